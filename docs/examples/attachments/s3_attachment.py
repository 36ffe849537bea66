"""Mail a file from S3: attached if it is small enough, as a link if it is not.

python docs/examples/attachments/s3_attachment.py reports 2026/may.pdf ann@example.net
"""

import argparse
import sys
from contextlib import closing
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from sesv2kit import SESv2Client, compose, errors

SENDER = "Reports <reports@example.com>"
MAX_ATTACHMENT = 7 * 1024 * 1024  # more makes some mailboxes refuse the mail
LINK_LIFETIME = 6 * 3600  # seconds; it also ends with the credentials that sign it


def compose_mail(s3: Any, bucket: str, key: str, to: str) -> compose.Mail:
    """Return a mail with an object of S3, or with a link to it."""
    name = key.rpartition("/")[2]
    found = s3.get_object(Bucket=bucket, Key=key)  # the headers; the bytes come later
    with closing(found["Body"]) as body:
        if found["ContentLength"] <= MAX_ATTACHMENT:
            return compose.mail(
                sender=SENDER,
                to=to,
                subject=f"Your file {name}",
                text="You find it attached.",
                attachments=[compose.attachment(body.read(), file_name=name)],
            )
    link = s3.generate_presigned_url(
        "get_object",
        Params={"Bucket": bucket, "Key": key},
        ExpiresIn=LINK_LIFETIME,
    )
    return compose.mail(
        sender=SENDER,
        to=to,
        subject=f"Your file {name}",
        text=f"Download it in the next hours:\n\n{link}\n",
    )


def main(bucket: str, key: str, to: str) -> int:
    """Send the mail, and return an exit code."""
    s3 = boto3.client("s3", config=Config(signature_version="s3v4"))
    try:
        mail = compose_mail(s3, bucket, key, to)
    except (BotoCoreError, ClientError) as error:
        print(f"The mail was not sent, as S3 failed: {error}")
        return 1
    with SESv2Client() as ses:
        try:
            sent = ses.send_email(**mail.arguments)
        except errors.AmbiguousSendError as error:
            print(f"The mail may have been sent: {error}")
            return 4
        except errors.SESv2Error as error:
            print(f"The mail was not sent: {error}")
            return 1
    print(f"sent as {sent.message_id}, {mail.size} bytes")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("bucket")
    parser.add_argument("key", help="the name of the object in the bucket")
    parser.add_argument("to", help="the address of the recipient")
    given = parser.parse_args()
    sys.exit(main(given.bucket, given.key, given.to))

"""Mail many files from S3 at once, with a limit to the memory that it takes.

    python docs/examples/attachments/s3_attachment_async.py reports

It reads objects and addresses from the standard input: `2026/may.pdf ann@example.net`.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterable
from typing import Any

import boto3
import httpx
from botocore.config import Config

from sesv2kit import AsyncSESv2Client, compose, errors

SENDER = "Reports <reports@example.com>"
MAX_ATTACHMENT = 7 * 1024 * 1024
LINK_LIFETIME = 6 * 3600
AT_ONCE = 4  # so that at most four files are in memory


class Mailer:
    """Mails objects of a bucket."""

    def __init__(
        self,
        ses: AsyncSESv2Client,
        http: httpx.AsyncClient,
        bucket: str,
    ) -> None:
        self._ses = ses
        self._http = http
        # It only signs URLs here; the bytes travel through httpx.
        self._s3: Any = boto3.client("s3", config=Config(signature_version="s3v4"))
        self._bucket = bucket
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def send(self, key: str, to: str) -> str:
        """Mail an object, and return what happened."""
        async with self._turns:
            try:
                mail = await self._compose(key, to)
                sent = await self._ses.send_email(**mail.arguments)
            except httpx.HTTPError as error:
                return f"not sent: S3: {type(error).__name__}"
            except errors.AmbiguousSendError:
                return "may have been sent"
            except errors.SESv2Error as error:
                return f"not sent: {error}"
        return f"sent as {sent.message_id}"

    async def _compose(self, key: str, to: str) -> compose.Mail:
        url: str = self._s3.generate_presigned_url(
            "get_object",
            Params={"Bucket": self._bucket, "Key": key},
            ExpiresIn=LINK_LIFETIME,
        )
        data = await self._download(url)
        name = key.rpartition("/")[2]
        text = (
            "You find it attached."
            if data is not None
            else f"Download it in the next hours:\n\n{url}\n"
        )
        files = [] if data is None else [compose.attachment(data, file_name=name)]
        return compose.mail(
            sender=SENDER,
            to=to,
            subject=f"Your file {name}",
            text=text,
            attachments=files,
        )

    async def _download(self, url: str) -> bytes | None:
        """Return the bytes, or None if they are too many to attach."""
        async with self._http.stream("GET", url) as response:
            response.raise_for_status()
            if int(response.headers.get("content-length", 0)) > MAX_ATTACHMENT:
                return None
            data = bytearray()
            async for chunk in response.aiter_bytes():
                data += chunk
                if len(data) > MAX_ATTACHMENT:
                    return None
        return bytes(data)


async def main(bucket: str, lines: Iterable[str]) -> None:
    """Mail the objects that the lines name."""
    wanted = [line.split() for line in lines if line.strip()]
    async with AsyncSESv2Client() as ses, httpx.AsyncClient() as http:
        mailer = Mailer(ses, http, bucket)
        outcomes = await asyncio.gather(*[mailer.send(key, to) for key, to in wanted])
    for (key, to), outcome in zip(wanted, outcomes, strict=True):
        print(f"{key} to {to}: {outcome}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("bucket")
    asyncio.run(main(parser.parse_args().bucket, sys.stdin))

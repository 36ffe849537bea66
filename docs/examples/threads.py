"""Send mails from several threads that share one client.

    python docs/examples/threads.py ann@example.net ben@example.net cleo@example.net

Region, credentials and endpoint come from the environment: AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_ENDPOINT_URL_SESV2 and so on.
"""

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from sesv2kit import SESv2Client, errors, models

AT_ONCE = 10


def main(addresses: Sequence[str]) -> None:
    """Send to all addresses, and tell what became of each mail."""
    # The pool stands inside, so that its threads are through when the client closes.
    with SESv2Client() as ses, ThreadPoolExecutor(AT_ONCE) as pool:
        for told in pool.map(partial(send, ses), addresses):
            print(told)


def send(ses: SESv2Client, to: str) -> str:
    """Send one mail; an error ends neither the thread nor the other mails."""
    try:
        reply = ses.send_email(
            from_email_address="shop@example.com",
            destination=models.Destination(to_addresses=[to]),
            content=models.EmailContent(
                simple=models.Message(
                    subject=models.Content(data="News"),
                    body=models.Body(text=models.Content(data="There is news.")),
                )
            ),
        )
    except errors.AmbiguousSendError as error:
        return f"{to}: unsure, not sent again: {error.__cause__}"
    except errors.SESv2Error as error:
        return f"{to}: not sent: {error}"
    return f"{to}: sent as {reply.message_id}"


if __name__ == "__main__":
    main(sys.argv[1:])

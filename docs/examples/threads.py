"""Send mails from several threads that share one client.

    python docs/examples/threads.py ann@example.net ben@example.net cleo@example.net

Region, credentials and endpoint come from the environment: AWS_REGION,
AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL_SESV2 and so on.
"""

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from sesv2kit import SESv2Client, compose, errors

AT_ONCE = 10


def main(addresses: Sequence[str]) -> None:
    """Send to all addresses, and print what happened to each mail."""
    # The pool is inside, so that its threads have ended when the client closes.
    with SESv2Client() as ses, ThreadPoolExecutor(AT_ONCE) as pool:
        for line in pool.map(partial(send, ses), addresses):
            print(line)


def send(ses: SESv2Client, to: str) -> str:
    """Send one mail; an error ends neither the thread nor the other mails."""
    try:
        mail = compose.mail(
            sender="shop@example.com", to=to, subject="News", text="There is news."
        )
        response = ses.send_email(**mail.arguments)
    except errors.AmbiguousSendError as error:
        return f"{to}: unsure, not sent again: {error.__cause__}"
    except errors.SESv2Error as error:
        return f"{to}: not sent: {error}"
    return f"{to}: sent as {response.message_id}"


if __name__ == "__main__":
    main(sys.argv[1:])

"""Send mails from several tasks of trio that share one client.

    python docs/examples/trio_script.py ann@example.net ben@example.net cleo@example.net

Region, credentials and endpoint come from the environment: AWS_REGION,
AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL_SESV2 and so on.
"""

import sys
from collections.abc import Sequence

import trio

from sesv2kit import AsyncSESv2Client, compose, errors

AT_ONCE = 10


async def main(addresses: Sequence[str]) -> None:
    """Send to all addresses, and print what happened to each mail."""
    limiter = trio.CapacityLimiter(AT_ONCE)
    # The nursery is inside, so that its tasks have ended when the client closes.
    async with AsyncSESv2Client() as ses, trio.open_nursery() as nursery:
        for to in addresses:
            nursery.start_soon(send, ses, limiter, to)


async def send(ses: AsyncSESv2Client, limiter: trio.CapacityLimiter, to: str) -> None:
    """Send one mail; an error that leaves the task would cancel the other sends."""
    async with limiter:
        try:
            mail = compose.mail(
                sender="shop@example.com", to=to, subject="News", text="There is news."
            )
            response = await ses.send_email(**mail.arguments)
        except errors.AmbiguousSendError as error:
            print(f"{to}: unsure, not sent again: {error.__cause__}")
        except errors.SESv2Error as error:
            print(f"{to}: not sent: {error}")
        else:
            print(f"{to}: sent as {response.message_id}")


if __name__ == "__main__":
    trio.run(main, sys.argv[1:])

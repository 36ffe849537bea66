"""Send mails from several tasks of trio that share one client.

    python docs/examples/trio_script.py ann@example.net ben@example.net cleo@example.net

Region, credentials and endpoint come from the environment: AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_ENDPOINT_URL_SESV2 and so on.
"""

import sys
from collections.abc import Sequence

import trio

from sesv2kit import AsyncSESv2Client, errors, models

AT_ONCE = 10


async def main(addresses: Sequence[str]) -> None:
    """Send to all addresses, and tell what became of each mail."""
    limiter = trio.CapacityLimiter(AT_ONCE)
    # The nursery stands inside, so that its tasks are through when the client closes.
    async with AsyncSESv2Client() as ses, trio.open_nursery() as nursery:
        for to in addresses:
            nursery.start_soon(send, ses, limiter, to)


async def send(ses: AsyncSESv2Client, limiter: trio.CapacityLimiter, to: str) -> None:
    """Send one mail; an error that left the task would cancel the other mails halfway."""
    async with limiter:
        try:
            reply = await ses.send_email(
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
            print(f"{to}: unsure, not sent again: {error.__cause__}")
        except errors.SESv2Error as error:
            print(f"{to}: not sent: {error}")
        else:
            print(f"{to}: sent as {reply.message_id}")


if __name__ == "__main__":
    trio.run(main, sys.argv[1:])

"""A tour of sesv2kit on this machine, without an AWS account or a network.

    python docs/examples/quickstart.py          # ends with Ctrl-C: look at the inbox
    python docs/examples/quickstart.py --once   # ends when it is done

The mails go to a local SES, which shows them in the browser. To send through SES
itself, make the client without `endpoint_url` and `credentials`; nothing else changes.
"""

import struct
import sys
import time
import zlib
from collections.abc import Iterator

from sesv2kit import Credentials, SESv2Client, compose, errors, events, local, models
from sesv2kit.bulk import BulkSender, tqdm_bar
from sesv2kit.testing import FakeSES

SHOP = "Bean & Leaf <shop@example.com>"
READERS = 200
BOUNCING = "bounce@simulator.amazonses.com"
IS_WATCHED = sys.stdout.isatty() and "--once" not in sys.argv


def main() -> None:
    """Start a local SES, send a mail and a mailing, show what became of them."""
    with FakeSES(auto_deliver=True) as fake, local.serve(fake) as url:
        print(f"A local SES is running. Its inbox: {url}\n")
        credentials = Credentials("any-key", "any-secret")
        # No proxy of the environment leads to this machine.
        with SESv2Client(
            region=fake.region, endpoint_url=url, credentials=credentials, proxy=""
        ) as ses:
            send_an_order(ses)
            send_news(ses)
            show_mistakes(ses)
        show_bounces(fake)
        print(f"\n{len(fake.outbox)} mails are in the inbox: {url}")
        if IS_WATCHED:
            print("Open it in a browser. Ctrl-C ends this.")
            wait()
        else:
            print(
                "The local SES ends with this program; in a terminal and without "
                "--once, both run until Ctrl-C."
            )


def send_an_order(ses: SESv2Client) -> None:
    """Send one mail, with an image in its text and an attachment."""
    mail = compose.mail(
        sender=SHOP,
        to="Ann <ann@example.net>",
        subject="Your order is on its way ☕",
        text="Dear Ann, two bags of coffee are on their way to you.",
        html="""
            <div style="max-width: 32rem; margin: auto; font-family: Georgia, serif">
              <img src="cid:band" alt="" style="width: 100%; border-radius: 12px">
              <h1>It is on its way</h1>
              <p>Dear Ann, two bags of coffee are on their way to you.</p>
              <p><a href="https://shop.example.com/orders/1042">Follow it</a></p>
            </div>
        """,
        inline={"band": compose.attachment(picture(), file_name="band.png")},
        attachments=[
            compose.attachment(b"2 x coffee  25.00 EUR\n", file_name="invoice.txt")
        ],
        tags={"kind": "order"},
    )
    response = ses.send_email(**mail.arguments)
    print(f"A mail with an image and an attachment: {response.message_id}")


def send_news(ses: SESv2Client) -> None:
    """Send a template to many readers, with a progress bar."""
    ses.create_email_template(
        template_name="news",
        template_content=models.EmailTemplateContent(
            subject="{{name}}, the new harvest is here",
            text="Dear {{name}}, it is here.{{#if member}} Members save 10 %.{{/if}}",
            html="""
                <h1>Dear {{name}}</h1>
                <p>The new harvest is here.</p>
                {{#if member}}<p>Members save 10 %.</p>{{/if}}
            """,
        ),
    )
    sender = BulkSender(
        ses,
        from_email_address=SHOP,
        default_content=compose.bulk_content(
            "news", {"name": "reader", "member": False}
        ),
        default_email_tags=compose.tags({"kind": "news"}),
        on_progress=tqdm_bar(total=READERS),
    )
    sent = sum(outcome.state == "sent" for outcome in sender.send(readers()))
    print(f"A mailing out of a template: {sent} of {READERS} sent")


def readers() -> Iterator[models.BulkEmailEntry]:
    """Yield an entry for each reader; the address of one of them does not work."""
    for number in range(READERS):
        address = BOUNCING if number == 7 else f"reader{number}@example.net"
        yield compose.bulk_entry(
            to=address, data={"name": f"Reader {number}", "member": number % 3 == 0}
        )


def show_mistakes(ses: SESv2Client) -> None:
    """Make two mistakes: one that is noticed at once, and one that SES refuses."""
    try:
        compose.mail(sender=SHOP, to="ann at example.net", subject="Hello", text="Hi")
    except errors.ParamValidationError as error:
        print(f"Never sent: {error.problems[0]}")
    mail = compose.mail(
        sender="someone@elsewhere.example",
        to="ann@example.net",
        subject="Hello",
        text="Hi",
    )
    try:
        ses.send_email(**mail.arguments)
    except errors.MessageRejected as error:
        print(f"Refused by SES: {error.message}")


def show_bounces(fake: FakeSES) -> None:
    """Show the events of the mails that bounced, as they would come from SES."""
    for event in fake.events:
        if isinstance(event, events.BounceEvent) and event.is_hard:
            people, reason = ", ".join(event.recipients), event.bounce.bounce_sub_type
            print(f"An event: {event.type} of {people}: {reason}")


def picture(width: int = 640, height: int = 120) -> bytes:
    """Return a picture as PNG: a band of warm colours."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            light = x / width
            rows += bytes(
                (
                    int(120 + 110 * light),
                    int(72 + 100 * light),
                    int(40 + 40 * (y / height)),
                )
            )
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"IDAT", zlib.compress(bytes(rows), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def wait() -> None:
    """Wait for Ctrl-C."""
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()

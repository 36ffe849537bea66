"""A tour of sesv2kit against a local SES endpoint, without an AWS account or a network.

    python docs/examples/quickstart.py

The endpoint is moto's server on a free port of this machine. To call SES itself, make the clients without
`endpoint_url` and `credentials`; nothing else changes.
"""

import asyncio
import logging
import os
from collections.abc import Generator
from contextlib import contextmanager
from email import message_from_string
from email.message import EmailMessage

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.server import ThreadedMotoServer
from moto.ses.models import RawMessage, ses_backends

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, compose, errors, models

REGION = "eu-west-1"
CREDENTIALS = Credentials("any-access-key", "any-secret-key")
SHOP = "shop@example.com"
CUSTOMERS = ["ann@example.net", "ben@example.net", "cleo@example.net"]


def main() -> None:
    """Start the endpoint, use it with both clients, and show the mails that it stored."""
    with local_ses() as url:
        print(f"A local SES endpoint: {url}")
        print("\nOne call after the other: SESv2Client")
        with SESv2Client(region=REGION, credentials=CREDENTIALS, endpoint_url=url) as ses:
            tour(ses)
        print("\nSeveral calls at once: AsyncSESv2Client")
        asyncio.run(async_tour(url))
        print("\nWhat the endpoint stored")
        show_stored_messages()


def tour(ses: SESv2Client) -> None:
    """Send mails and manage contacts with the sync client."""
    for address in (SHOP, "news@example.com", "help@example.com"):
        identity = ses.create_email_identity(email_identity=address)
        show("identity", f"{address} ({identity.identity_type})")

    response = ses.send_email(**order("ann@example.net").arguments)
    show("simple message", response.message_id)
    response = ses.send_email(**invoice("ann@example.net").arguments)
    show("raw message", response.message_id)

    ses.create_contact_list(contact_list_name="customers", description="Everybody who has bought something")
    for address in CUSTOMERS:
        ses.create_contact(contact_list_name="customers", email_address=address)
    ses.update_contact(contact_list_name="customers", email_address="ben@example.net", unsubscribe_all=True)
    for contact in ses.iter_contacts(contact_list_name="customers", page_size=2):
        show("contact", f"{contact.email_address}{' (unsubscribed)' if contact.unsubscribe_all else ''}")

    addresses = ses.iter_email_identities(filter={"IDENTITY_TYPE": "EMAIL_ADDRESS"}, page_size=2)
    for page in addresses.pages():
        show("page", ", ".join(str(identity.identity_name) for identity in page.email_identities))

    try:
        ses.get_contact_list(contact_list_name="no-such-list")
    except errors.NotFoundException as error:
        show("refused by SES", f"{error.code} (HTTP {error.status_code}): {error.message}")
    try:
        bad_header = models.MessageHeader(name="X Order", value="1042")
        ses.send_email(content=models.EmailContent(template=models.Template(template_name="", headers=[bad_header])))
    except errors.ParamValidationError as error:
        for problem in error.problems:
            show("never sent", problem)


async def async_tour(url: str) -> None:
    """Send mails and manage contacts with the async client."""
    async with AsyncSESv2Client(region=REGION, credentials=CREDENTIALS, endpoint_url=url) as ses:
        identity = await ses.create_email_identity(email_identity="billing@example.com")
        show("identity", f"billing@example.com ({identity.identity_type})")

        simple, raw = await asyncio.gather(
            ses.send_email(**order("ben@example.net").arguments),
            ses.send_email(**invoice("ben@example.net").arguments),
        )
        show("simple message", simple.message_id)
        show("raw message", raw.message_id)

        await ses.create_contact_list(contact_list_name="readers", description="Who gets the newsletter")
        await asyncio.gather(
            *(ses.create_contact(contact_list_name="readers", email_address=address) for address in CUSTOMERS)
        )
        readers = [contact async for contact in ses.iter_contacts(contact_list_name="readers", page_size=2)]
        show("contacts", ", ".join(sorted(str(contact.email_address) for contact in readers)))

        addresses = ses.iter_email_identities(filter={"IDENTITY_TYPE": "EMAIL_ADDRESS"}, page_size=2)
        async for page in addresses.pages():
            show("page", ", ".join(str(identity.identity_name) for identity in page.email_identities))

        try:
            await ses.send_email(**order("ben@example.net", sender="not-verified@example.org").arguments)
        except errors.MessageRejected as error:
            show("refused by SES", f"{error.code} (HTTP {error.status_code}): {error.message}")


def order(to: str, sender: str = SHOP) -> compose.Mail:
    """Compose a mail from its parts; SES builds the message."""
    return compose.mail(sender=sender, to=to, subject="Your order", text="It is on its way.", html="<p>On its way!</p>")


def invoice(to: str) -> compose.Mail:
    """Compose a mail from a message of the standard library, which is sent as it is."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = SHOP, to, "Your invoice"
    message.set_content("The invoice is attached.")
    message.add_attachment("Total: 12.50 EUR", filename="invoice.txt")
    return compose.raw(message)


@contextmanager
def local_ses() -> Generator[str]:
    """Run moto's server in a thread of this process; yield its URL."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # no log line for every request
    os.environ["NO_PROXY"] = "127.0.0.1"  # reach the local server without a proxy
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def show_stored_messages() -> None:
    """Print the messages that moto keeps instead of delivering them."""
    for message in ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages:
        if isinstance(message, RawMessage):
            show("raw message", f"to {message.destinations[0]}: {message_from_string(message.raw_data)['Subject']}")
        else:
            show("simple message", f"to {message.destinations['ToAddresses'][0]}: {message.subject}")


def show(what: str, value: object) -> None:
    """Print one line."""
    print(f"  {what:<16}{value}")


if __name__ == "__main__":
    main()

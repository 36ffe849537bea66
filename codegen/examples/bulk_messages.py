"""Examples: mails to many, in one request."""

from sesv2kit import SESv2Client, compose, models


def prepare(ses: SESv2Client) -> None:
    ses.create_email_template(
        template_name="welcome",
        template_content=models.EmailTemplateContent(
            subject="Welcome", text="Hello {{name}}"
        ),
    )


def send_bulk_email(ses: SESv2Client) -> None:
    names = {"ann@example.net": "Ann", "bob@example.org": "Bob"}
    response = ses.send_bulk_email(
        from_email_address="shop@example.com",
        default_content=compose.bulk_content("welcome", {"name": "friend"}),
        bulk_email_entries=[
            compose.bulk_entry(to=address, data={"name": name})
            for address, name in names.items()
        ],
    )
    for entry in response.failed:
        print(list(names)[entry.index], entry.result.status, entry.result.error)

"""Examples: mails."""

from sesv2kit import SESv2Client, compose


def send_custom_verification_email(ses: SESv2Client) -> None:
    sent = ses.send_custom_verification_email(
        email_address="partner@example.org", template_name="verify-address"
    )
    print(sent.message_id)


def send_email(ses: SESv2Client) -> None:
    mail = compose.mail(
        sender="The shop <shop@example.com>",
        to="ann@example.net",
        subject="Your order is on its way",
        text="Hello Ann, your parcel left today.",
        html="<p>Hello Ann, your parcel left <b>today</b>.</p>",
        tags={"kind": "shipping"},
    )
    sent = ses.send_email(**mail.arguments, configuration_set_name="newsletter")
    print(sent.message_id)

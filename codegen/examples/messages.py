"""Examples: mails."""

from sesv2kit import SESv2Client, compose


def prepare(ses: SESv2Client) -> None:
    ses.create_configuration_set(configuration_set_name="newsletter")
    ses.create_custom_verification_email_template(
        template_name="verify-address",
        from_email_address="shop@example.com",
        template_subject="Please confirm",
        template_content="<p>Please confirm.</p>",
        success_redirection_url="https://shop.example.com/verified",
        failure_redirection_url="https://shop.example.com/not-verified",
    )


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

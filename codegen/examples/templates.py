"""Examples: templates."""

import json

from sesv2kit import SESv2Client, models


def prepare(ses: SESv2Client) -> None:
    ses.create_email_template(
        template_name="welcome",
        template_content=models.EmailTemplateContent(
            subject="Welcome", text="Hello {{name}}"
        ),
    )
    ses.create_custom_verification_email_template(
        template_name="verify-address",
        from_email_address="shop@example.com",
        template_subject="Please confirm",
        template_content="<p>Please confirm.</p>",
        success_redirection_url="https://shop.example.com/verified",
        failure_redirection_url="https://shop.example.com/not-verified",
    )


def create_custom_verification_email_template(ses: SESv2Client) -> None:
    ses.create_custom_verification_email_template(
        template_name="verify-partner",
        from_email_address="shop@example.com",
        template_subject="Please confirm your address",
        template_content="<p>You will sell in our shop with this address.</p>",
        success_redirection_url="https://shop.example.com/verified",
        failure_redirection_url="https://shop.example.com/not-verified",
    )


def create_email_template(ses: SESv2Client) -> None:
    ses.create_email_template(
        template_name="receipt",
        template_content=models.EmailTemplateContent(
            subject="Your order {{number}}",
            text="Hello {{name}}, thank you for your order.",
            html="<p>Hello {{name}}, <b>thank you</b> for your order.</p>",
        ),
    )


def delete_custom_verification_email_template(ses: SESv2Client) -> None:
    ses.delete_custom_verification_email_template(template_name="verify-address")


def delete_email_template(ses: SESv2Client) -> None:
    ses.delete_email_template(template_name="welcome")


def get_custom_verification_email_template(ses: SESv2Client) -> None:
    template = ses.get_custom_verification_email_template(template_name="verify-address")
    print(template.template_subject, template.success_redirection_url)


def get_email_template(ses: SESv2Client) -> None:
    template = ses.get_email_template(template_name="welcome")
    print(template.template_content.subject)


def list_custom_verification_email_templates(ses: SESv2Client) -> None:
    for template in ses.iter_custom_verification_email_templates():
        print(template.template_name, template.template_subject)


def list_email_templates(ses: SESv2Client) -> None:
    for template in ses.iter_email_templates():
        print(template.template_name, template.created_timestamp)


def test_render_email_template(ses: SESv2Client) -> None:
    preview = ses.test_render_email_template(
        template_name="welcome", template_data=json.dumps({"name": "Ann"})
    )
    print(preview.rendered_template)  # a whole message, with its headers


def update_custom_verification_email_template(ses: SESv2Client) -> None:
    ses.update_custom_verification_email_template(
        template_name="verify-address",
        from_email_address="shop@example.com",
        template_subject="One click to confirm your address",
        template_content="<p>Please follow this link.</p>",
        success_redirection_url="https://shop.example.com/verified",
        failure_redirection_url="https://shop.example.com/not-verified",
    )


def update_email_template(ses: SESv2Client) -> None:
    ses.update_email_template(
        template_name="welcome",
        template_content=models.EmailTemplateContent(
            subject="Welcome, {{name}}", text="Good to have you with us."
        ),
    )

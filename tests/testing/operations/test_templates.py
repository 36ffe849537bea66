"""Templates of mails and of verification mails."""

import json
from email import message_from_string
from email.policy import default
from typing import Any

import pytest
from support.mails import SENDER, send, stored, template
from support.refused import refuses, wire

from sesv2kit import SESv2Client, errors, models
from sesv2kit.testing import FakeSES

MISSING = "Template welcome does not exist."


def content(**parts: str) -> models.EmailTemplateContent:
    return models.EmailTemplateContent(**parts)


def test_a_template_is_there_until_it_is_deleted(fake: FakeSES, ses: SESv2Client) -> None:
    tags = [models.Tag(key="team", value="shop")]
    ses.create_email_template(template_name="welcome", template_content=content(subject="Hello"), tags=tags)
    with refuses(errors.AlreadyExistsException, "Template welcome already exists for account id 123456789012."):
        ses.create_email_template(template_name="welcome", template_content=content(subject="Again"))
    created_at = fake.clock.now
    fake.clock.advance(60)
    ses.update_email_template(template_name="welcome", template_content=content(text="Hi {{name}}"))
    assert ses.get_email_template(template_name="welcome") == models.GetEmailTemplateResponse(
        template_name="welcome", template_content=content(text="Hi {{name}}"), tags=tags
    )
    (listed,) = ses.list_email_templates().templates_metadata
    assert listed == models.EmailTemplateMetadata(template_name="welcome", created_timestamp=created_at)
    for _ in range(2):
        ses.delete_email_template(template_name="welcome")
    with refuses(errors.NotFoundException, MISSING):
        ses.get_email_template(template_name="welcome")
    with refuses(errors.NotFoundException, MISSING):
        ses.update_email_template(template_name="welcome", template_content=content(subject="Hello"))
    with refuses(errors.NotFoundException, MISSING):
        ses.test_render_email_template(template_name="welcome", template_data="{}")
    with refuses(errors.NotFoundException, MISSING):
        send(ses, content=template())


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"text": "{{#if a}}"}, "line 1, column 1: the block 'if' is not closed"),
        ({"subject": "Hello", "html": "Hi\n{{name"}, "line 2, column 1: the tag has no end"),
        ({"subject": "é" * 250_000, "text": "é" * 6_001}, "The template has 512002 bytes; at most 512000 are allowed."),
        ({}, "The template must have a subject, a text or an HTML part."),
    ],
)
def test_a_template_that_can_not_be_kept(ses: SESv2Client, parts: dict[str, str], message: str) -> None:
    stored(ses, "old")
    with refuses(errors.BadRequestException, message):
        ses.create_email_template(template_name="welcome", template_content=content(**parts))
    with refuses(errors.BadRequestException, message):
        ses.update_email_template(template_name="old", template_content=content(**parts))
    assert [one.template_name for one in ses.list_email_templates().templates_metadata] == ["old"]
    assert ses.get_email_template(template_name="old").template_content == content(
        subject="Hello {{name}}", text="Hi {{name}}"
    )


def test_a_template_may_have_500_kb(ses: SESv2Client) -> None:
    ses.create_email_template(template_name="large", template_content=content(subject="S", html="x" * 511_999))
    assert len(ses.get_email_template(template_name="large").template_content.html or "") == 511_999


def rendered(ses: SESv2Client, data: object) -> Any:
    text = ses.test_render_email_template(template_name="welcome", template_data=json.dumps(data)).rendered_template
    assert text
    return message_from_string(text, policy=default)


def test_a_template_is_rendered_as_a_whole_message(ses: SESv2Client) -> None:
    stored(
        ses,
        subject="Grüße an {{name}}",
        text="Hi {{name}}{{#each items}}, {{this}}{{/each}} & more",
        html="<p>{{#if vip}}Dear {{/if}}{{name}} {{amazonSESUnsubscribeUrl}}</p>{{ses:openTracker}}",
    )
    message = rendered(ses, {"name": "Ann & Bob", "items": [1, 2], "vip": True})
    assert message["Subject"] == "Grüße an Ann & Bob"
    assert message["Message-ID"].endswith("@email.amazonses.com>")
    assert message["Date"].datetime.year == 2026
    assert message.get_body(["plain"]).get_content().strip() == "Hi Ann & Bob, 1, 2 & more"
    html = message.get_body(["html"]).get_content()
    assert html.strip() == "<p>Dear Ann & Bob {{amazonSESUnsubscribeUrl}}</p>"


def test_a_template_without_a_body_is_rendered(ses: SESv2Client) -> None:
    ses.create_email_template(template_name="welcome", template_content=content(subject="Hi {{name}}"))
    message = rendered(ses, {"name": "Ann"})
    assert message["Subject"] == "Hi Ann"
    assert message.get_payload().strip() == ""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("{}", "Attribute 'name' is not present in the rendering data."),
        ('{"Name": "Ann"}', "Attribute 'name' is not present in the rendering data."),
        ("[]", "Template rendering data is invalid"),
        ("no", "Template rendering data is invalid"),
        ('{"name": "\\ud800"}', "Template rendering data is invalid"),
    ],
)
def test_a_rendering_that_fails(ses: SESv2Client, data: str, message: str) -> None:
    stored(ses)
    with refuses(errors.BadRequestException, message):
        ses.test_render_email_template(template_name="welcome", template_data=data)


# Templates of verification mails -----------------------------------------------------------------


def custom(name: str = "verify", subject: str = "Verify") -> dict[str, str]:
    return {
        "template_name": name,
        "from_email_address": SENDER,
        "template_subject": subject,
        "template_content": "<p>Hi</p>",
        "success_redirection_url": "https://example.com/yes",
        "failure_redirection_url": "https://example.com/no",
    }


def test_a_template_of_verification_mails_is_there_until_it_is_deleted(ses: SESv2Client) -> None:
    ses.create_custom_verification_email_template(**custom())
    with refuses(errors.AlreadyExistsException, "Custom verification email template <verify> already exists."):
        ses.create_custom_verification_email_template(**custom())
    ses.update_custom_verification_email_template(**custom(subject="Changed"))
    expected = models.GetCustomVerificationEmailTemplateResponse(**custom(subject="Changed"))
    assert ses.get_custom_verification_email_template(template_name="verify") == expected
    (listed,) = ses.list_custom_verification_email_templates().custom_verification_email_templates
    assert (listed.template_name, listed.template_subject, listed.from_email_address) == ("verify", "Changed", SENDER)
    ses.delete_custom_verification_email_template(template_name="verify")
    missing = "Custom verification email template <verify> does not exist."
    for method in (ses.get_custom_verification_email_template, ses.delete_custom_verification_email_template):
        with refuses(errors.NotFoundException, missing):
            method(template_name="verify")
    with refuses(errors.NotFoundException, missing):
        ses.update_custom_verification_email_template(**custom())
    with refuses(errors.NotFoundException, missing):
        ses.send_custom_verification_email(email_address="ann@example.net", template_name="verify")


def test_an_account_has_at_most_50_templates_of_verification_mails(ses: SESv2Client) -> None:
    for number in range(50):
        ses.create_custom_verification_email_template(**custom(str(number)))
    message = "An account can have at most 50 custom verification email templates."
    with refuses(errors.LimitExceededException, message):
        ses.create_custom_verification_email_template(**custom("50"))


def test_other_sdks_get_the_same_syntax_errors(fake: FakeSES) -> None:
    body = {"TemplateName": "welcome", "TemplateContent": {"Text": "{{/if}}"}}
    status, response = wire(fake, "POST", "/v2/email/templates", body)
    assert status == 400
    assert "column 1" in response["message"]

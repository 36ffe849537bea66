"""Simple contents, templates, and bulk requests."""

from datetime import UTC, datetime

import pytest
from support.mails import EICAR, PERSON, entry, kinds_of, send, service, simple, stored, template

from sesv2kit import errors, models
from sesv2kit.testing import FakeSES

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def bulk(data: str | None = None, **facts: object) -> models.BulkEmailContent:
    return models.BulkEmailContent(
        template=models.Template(template_name="welcome", template_data=data, **facts)  # type: ignore[arg-type]
    )


def test_a_template_is_filled_in() -> None:
    with service() as (fake, ses):
        stored(ses, html="{{#if vip}}<b>{{name}}</b>{{else}}{{name}}{{/if}}")
        send(ses, content=template(data='{"name": "A&B", "vip": true}'))
        mail = fake.outbox[0]
    assert (mail.subject, mail.text, mail.html) == ("Hello A&B", "Hi A&B", "<b>A&B</b>")
    assert (mail.template, mail.template_data) == ("welcome", {"name": "A&B", "vip": True})


def test_a_template_is_found_by_its_arn() -> None:
    with service() as (fake, ses):
        stored(ses)
        arn = fake.world.arn("template/welcome")
        send(ses, content=template(None, template_arn=arn))
        assert (fake.outbox[0].template, fake.outbox[0].text) == (arn, "Hi Ann")


def test_a_mail_stays_when_its_template_changes() -> None:
    with service() as (fake, ses):
        stored(ses)
        send(ses, content=template())
        ses.delete_email_template(template_name="welcome")
        assert fake.outbox[0].text == "Hi Ann"
        assert b"Hi Ann" in fake.outbox[0].raw


def test_a_template_in_the_request() -> None:
    content = models.EmailTemplateContent(subject="{{a.b}}", html="<p>{{a.b}}</p>")
    with service() as (fake, ses):
        send(ses, content=template(None, '{"a": {"b": "x"}}', template_content=content))
        mail = fake.outbox[0]
    assert (mail.subject, mail.text, mail.html, mail.template) == ("x", None, "<p>x</p>", None)


@pytest.mark.parametrize("text", ["{{#if a}}x{{/if}}", "{{>partial}}"])
def test_a_template_in_the_request_has_variables_alone(text: str) -> None:
    content = models.EmailTemplateContent(subject="x", html=text)
    with service() as (_, ses), pytest.raises(errors.BadRequestException, match="unsupported operations"):
        send(ses, content=template(None, template_content=content))


@pytest.mark.parametrize("data", ["[1]", "{", "1", '"x"'])
def test_template_data_is_an_object(data: str) -> None:
    with FakeSES() as fake, fake.client(check_limits=False) as ses:
        stored(ses)
        with pytest.raises(errors.BadRequestException, match="rendering data"):
            send(ses, content=template(data=data))


def test_a_missing_variable_causes_a_rendering_failure_and_no_mail() -> None:
    with service() as (fake, ses):
        stored(ses)
        message_id = send(ses, content=template(data="{}"))
        (event,) = fake.events
        assert len(fake.outbox) == 0
        assert event.type == "Rendering Failure"
        assert event.message_id == message_id
        assert event.body.template_name == "welcome"
        assert event.body.error_message == "Attribute 'name' is not present in the rendering data."
        assert event.mail.headers == ()


def test_a_subject_out_of_a_template_is_one_line() -> None:
    with service() as (fake, ses):
        stored(ses)
        send(ses, content=template(data='{"name": "Ann\\r\\nBcc: eve@example.org"}'))
        assert fake.outbox[0].subject == "Hello Ann Bcc: eve@example.org"
        assert fake.outbox[0].message["Bcc"] is None


def test_headers_and_attachments_of_a_template() -> None:
    header = models.MessageHeader(name="X-Order", value="7")
    file = models.Attachment(file_name="a.txt", raw_content=b"abc")
    with service() as (fake, ses):
        stored(ses)
        send(ses, content=template(headers=[header], attachments=[file]))
        mail = fake.outbox[0]
        assert mail.message["X-Order"] == "7"
        assert [(found.file_name, found.data) for found in mail.attachments] == [("a.txt", b"abc")]


@pytest.mark.parametrize(
    "content",
    [
        simple("Hi", text=f"see {EICAR}"),
        simple("Hi", html=EICAR),
        simple("Hi", attachments=[models.Attachment(file_name="a.com", raw_content=EICAR.encode())]),
    ],
)
def test_a_virus_is_taken_and_rejected(content: models.EmailContent) -> None:
    with service(auto_deliver=True) as (fake, ses):
        send(ses, content=content)
        assert kinds_of(fake) == ["Send", "Reject"]
        assert fake.events[1].body.reason == "Bad content"
        assert fake.outbox[0].status == "rejected"


# Bulk --------------------------------------------------------------------------------------------


def test_the_data_of_an_entry_comes_over_the_default_data() -> None:
    with service() as (fake, ses):
        stored(ses, text="{{name}} {{city.name}} {{city.zip}} {{#each list}}{{this}}{{/each}}")
        response = ses.send_bulk_email(
            from_email_address="shop@example.com",
            default_content=bulk('{"name": "friend", "city": {"name": "X", "zip": 1}, "list": [1, 2]}'),
            bulk_email_entries=[
                entry("a@example.net"),
                entry("b@example.net", data='{"name": "Bob", "city": {"name": "Y"}, "list": [3]}'),
            ],
        )
        assert [result.message_id for result in response.bulk_email_entry_results] == [
            mail.message_id for mail in fake.outbox
        ]
        assert [mail.text for mail in fake.outbox] == ["friend X 1 12", "Bob Y 1 3"]
        assert [mail.operation for mail in fake.outbox] == ["SendBulkEmail", "SendBulkEmail"]


def test_tags_and_headers_of_an_entry_replace_those_of_the_request() -> None:
    def header(name: str, value: str) -> models.MessageHeader:
        return models.MessageHeader(name=name, value=value)

    def tag(name: str, value: str) -> models.MessageTag:
        return models.MessageTag(name=name, value=value)

    with service() as (fake, ses):
        stored(ses)
        ses.send_bulk_email(
            from_email_address="shop@example.com",
            default_content=bulk('{"name": "Ann"}', headers=[header("X-A", "1"), header("X-B", "1")]),
            default_email_tags=[tag("a", "1"), tag("b", "1")],
            bulk_email_entries=[
                entry(PERSON, replacement_tags=[tag("b", "2")], replacement_headers=[header("x-b", "2")]),
                entry(PERSON),
            ],
        )
        first, second = fake.outbox
        assert (first.tags, second.tags) == ({"a": "1", "b": "2"}, {"a": "1", "b": "1"})
        assert (first.message["X-A"], first.message.get_all("X-B")) == ("1", ["2"])
        assert (second.message["X-A"], second.message.get_all("X-B")) == ("1", ["1"])
        assert fake.events[0].tags["b"] == ("2",)


def test_each_entry_has_its_own_status() -> None:
    with service(sandbox=True, verified=["example.com"], clock=NOW) as (fake, ses):
        stored(ses)
        fake.settings.send_rate = 2
        fake.settings.daily_quota = 1
        response = ses.send_bulk_email(
            from_email_address="shop@example.com",
            default_content=bulk(),
            bulk_email_entries=[
                entry("nobody", data='{"name": "Ann"}'),
                entry("ann@example.org", data='{"name": "Ann"}'),
                entry("ann@example.com", data='{"name": "Ann"}'),
                entry("ann@example.com", data='{"name": "Ann"}'),
                entry("ann@example.com", data="[]"),
                entry("success@simulator.amazonses.com"),
            ],
        )
        found = [(result.status, bool(result.message_id)) for result in response.bulk_email_entry_results]
    assert found == [
        ("INVALID_PARAMETER", False),
        ("MESSAGE_REJECTED", False),
        ("SUCCESS", True),
        ("ACCOUNT_DAILY_QUOTA_EXCEEDED", False),
        ("INVALID_PARAMETER", False),
        ("SUCCESS", True),  # it is rendered later
    ]
    assert "ann@example.org" in (response.bulk_email_entry_results[1].error or "")


def test_a_rate_throttles_single_entries() -> None:
    with service(clock=NOW) as (fake, ses):
        stored(ses)
        fake.settings.send_rate = 2
        response = ses.send_bulk_email(
            from_email_address="shop@example.com",
            default_content=bulk('{"name": "Ann"}'),
            bulk_email_entries=[entry(PERSON)] * 3,
        )
        statuses = [result.status for result in response.bulk_email_entry_results]
    assert statuses == ["SUCCESS", "SUCCESS", "ACCOUNT_THROTTLED"]


def test_a_problem_of_the_whole_request_sends_nothing() -> None:
    with service() as (fake, ses):
        stored(ses)
        with pytest.raises(errors.MessageRejected):
            ses.send_bulk_email(
                from_email_address="shop@example.org",
                default_content=bulk(),
                bulk_email_entries=[entry(PERSON)],
            )
        assert len(fake.outbox) == 0


# Verification mails ------------------------------------------------------------------------------


def custom(ses: object) -> None:
    ses.create_custom_verification_email_template(  # type: ignore[attr-defined]
        template_name="verify",
        from_email_address="Shop <shop@example.com>",
        template_subject="Please confirm",
        template_content="<p>Welcome</p>",
        success_redirection_url="https://example.com/yes",
        failure_redirection_url="https://example.com/no",
    )


def test_a_verification_mail_begins_a_verification() -> None:
    with service(auto_verify=False) as (fake, ses):
        custom(ses)
        response = ses.send_custom_verification_email(email_address="new@example.net", template_name="verify")
        (mail,) = fake.outbox
        assert mail.message_id == response.message_id
        assert (mail.to, mail.subject, mail.sender) == (
            ["new@example.net"],
            "Please confirm",
            "Shop <shop@example.com>",
        )
        assert mail.html
        assert mail.html.startswith("<p>Welcome</p>")
        assert mail.links[0] in mail.html
        identity = ses.get_email_identity(email_identity="new@example.net")
        assert identity.verified_for_sending_status is False
        ses.send_custom_verification_email(email_address="new@example.net", template_name="verify")
        assert len(fake.outbox) == 2


def test_a_verification_mail_of_an_unknown_template() -> None:
    with service() as (_, ses), pytest.raises(errors.NotFoundException, match="verify"):
        ses.send_custom_verification_email(email_address="new@example.net", template_name="verify")


def test_a_verification_mail_needs_production_access() -> None:
    with service(sandbox=True) as (_, ses), pytest.raises(errors.BadRequestException, match="production"):
        ses.send_custom_verification_email(email_address="new@example.net", template_name="verify")

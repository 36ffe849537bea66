"""The mail backend: all of Django's mail API, against the fake service."""

import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest

pytest.importorskip("django", minversion="5.2")
import django
from django.conf import settings
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test.utils import override_settings
from support.django_mail import BACKEND, HAS_MAILERS, NO_MAILERS, backend_with, sending_by, settings_of

from sesv2kit import AsyncSESv2Client, Credentials, errors, models
from sesv2kit.django import EmailBackend
from sesv2kit.testing import FakeSES

if not settings.configured:
    settings.configure()
SHOP, ANN, BEN = "shop@example.com", "ann@example.net", "ben@example.net"
SECRET = "wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY"


needs_mailers = pytest.mark.skipif(not HAS_MAILERS, reason=NO_MAILERS)
with_each_setting = pytest.mark.parametrize(
    "fake",
    [pytest.param("MAILERS", marks=needs_mailers), "EMAIL_BACKEND"],
    indirect=True,
)


@pytest.fixture(autouse=True)
def fake(request: pytest.FixtureRequest) -> Iterator[FakeSES]:
    named = getattr(request, "param", "MAILERS" if HAS_MAILERS else "EMAIL_BACKEND")
    project = settings_of(**sending_by(BACKEND, old=named == "EMAIL_BACKEND"), SESV2KIT={})
    with FakeSES() as fake, fake.patched(), project:
        yield fake


def setting(**values: Any) -> Any:
    return override_settings(SESV2KIT=values)


@with_each_setting
def test_one_setting_is_enough(fake: FakeSES) -> None:
    assert mail.send_mail("Hello", "Hi Ann", SHOP, [ANN], html_message="<b>Hi Ann</b>") == 1
    (sent,) = fake.outbox
    assert (sent.subject, sent.sender, sent.to) == ("Hello", SHOP, [ANN])
    assert sent.text
    assert sent.text.strip() == "Hi Ann"
    assert sent.html
    assert sent.html.strip() == "<b>Hi Ann</b>"


def test_a_message_has_everything(fake: FakeSES) -> None:
    message = mail.EmailMultiAlternatives(
        "Grüße", "Hi", f"Shop <{SHOP}>", [ANN], cc=["cleo@example.net"], bcc=[BEN],
        reply_to=["help@example.com"], headers={"X-Order": "1042"},
    )  # fmt: skip
    message.attach_alternative("<p>Hi</p>", "text/html")
    message.attach("invoice.txt", "Total: 12.50", "text/plain")
    assert message.send() == 1
    (sent,) = fake.outbox
    assert sent.bcc == [BEN]
    assert sent.message["Subject"] == "Grüße"
    assert sent.message["X-Order"] == "1042"
    assert sent.message["Reply-To"] == "help@example.com"
    assert "Bcc" not in sent.message
    assert [attachment.file_name for attachment in sent.attachments] == ["invoice.txt"]
    assert message.ses_message_id == sent.message_id  # type: ignore[attr-defined]


@with_each_setting
def test_mass_mail_and_the_mails_to_admins_are_sent(fake: FakeSES) -> None:
    assert mail.send_mass_mail([("One", "1", SHOP, [ANN]), ("Two", "2", SHOP, [BEN])]) == 2
    with override_settings(ADMINS=[("Ann", ANN)] if django.VERSION < (6, 0) else [ANN], SERVER_EMAIL=SHOP):
        mail.mail_admins("Trouble", "There is trouble.")
    assert [sent.subject for sent in fake.outbox] == ["One", "Two", "[Django] Trouble"]


def test_addresses_may_be_translated(fake: FakeSES) -> None:
    from django.utils.functional import lazystr

    address: Any = lazystr(ANN)
    mail.EmailMessage("Hello", "Hi", SHOP, [address], cc=[lazystr(BEN)]).send()  # type: ignore[list-item]
    assert (fake.outbox[0].to, fake.outbox[0].cc) == ([ANN], [BEN])


def test_a_message_without_recipients_is_left_out(fake: FakeSES) -> None:
    assert mail.EmailMessage("Hello", "Hi", SHOP, []).send() == 0
    assert backend_with().send_messages([]) == 0
    assert fake.outbox == []


def test_the_setting_and_the_attributes_of_a_message_add_arguments(fake: FakeSES) -> None:
    with fake.client() as ses:
        for name in ("usual", "special"):
            ses.create_configuration_set(configuration_set_name=name)
        ses.create_contact_list(
            contact_list_name="readers",
            topics=[models.Topic(topic_name="news", display_name="News", default_subscription_status="OPT_IN")],
        )
    with setting(configuration_set="usual", tags={"app": "shop", "kind": "any"}):
        mail.EmailMessage("One", "1", SHOP, [ANN]).send()
        special: Any = mail.EmailMessage("Two", "2", SHOP, [ANN])
        special.ses_configuration_set = "special"
        special.ses_tags = {"kind": "news"}
        special.ses_list_management = ("readers", "news")
        special.send()
    one, two = fake.outbox
    assert (one.configuration_set, one.tags) == ("usual", {"app": "shop", "kind": "any"})
    assert (two.configuration_set, two.tags) == ("special", {"app": "shop", "kind": "news"})
    with fake.client() as ses:
        assert ses.get_contact(contact_list_name="readers", email_address=ANN).email_address == ANN


def test_an_error_is_raised_or_logged_and_what_was_sent_before_is_known(
    fake: FakeSES, caplog: pytest.LogCaptureFixture
) -> None:
    messages: Any = [mail.EmailMessage(subject, "Hi", SHOP, [ANN]) for subject in ("One", "Two", "Three")]
    messages[1].from_email = "nobody@elsewhere.example"
    with pytest.raises(errors.MessageRejected):
        backend_with().send_messages(messages)
    assert [sent.subject for sent in fake.outbox] == ["One"]
    assert messages[0].ses_message_id == fake.outbox[0].message_id
    assert not hasattr(messages[1], "ses_message_id")
    assert backend_with(fail_silently=True).send_messages(messages) == 2
    assert "not sent" in caplog.text


@pytest.mark.anyio
async def test_settings_that_no_client_can_have_are_an_error_or_logged(
    fake: FakeSES, caplog: pytest.LogCaptureFixture
) -> None:
    from sesv2kit.django import asend_messages

    messages = [mail.EmailMessage("Hello", "Hi", SHOP, [ANN])]
    with setting(proxy="socks5://proxy.example:1080"):
        with pytest.raises(errors.ConfigurationError, match="SOCKS"):
            backend_with().send_messages(messages)
        with pytest.raises(errors.ConfigurationError, match="SOCKS"):
            await asend_messages(messages)
        assert not caplog.records
        assert backend_with(fail_silently=True).send_messages(messages) == 0
        assert await asend_messages(messages, fail_silently=True) == 0
    assert backend_with(fail_silently=True, proxy="socks5://proxy.example").send_messages(messages) == 0
    assert [(record.levelname, "no mail was sent" in record.message) for record in caplog.records] == [
        ("ERROR", True)
    ] * 3
    assert not fake.outbox


def test_a_send_that_may_have_happened_is_neither_repeated_nor_counted(fake: FakeSES) -> None:
    fake.faults.on("SendEmail").lose_answer()
    with pytest.raises(errors.AmbiguousSendError):
        mail.send_mail("Hello", "Hi", SHOP, [ANN])
    assert len(fake.outbox) == 1


def test_workers_send_at_once_and_end_at_an_error(fake: FakeSES) -> None:
    messages = [mail.EmailMessage(f"Mail {number}", "Hi", SHOP, [ANN]) for number in range(50)]
    with setting(workers=8):
        assert backend_with().send_messages(messages) == 50
        assert len({sent.subject for sent in fake.outbox}) == 50
        fake.reset()
        messages[10].from_email = "nobody@elsewhere.example"
        with pytest.raises(errors.MessageRejected):
            backend_with().send_messages(messages)
    assert 10 <= len(fake.outbox) < 30
    assert {sent.subject for sent in fake.outbox} == {
        message.subject for message in messages if getattr(message, "ses_message_id", None) in ids(fake)
    }


def test_of_several_errors_an_ambiguous_one_is_raised(
    fake: FakeSES, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    together = threading.Barrier(8)

    def fail(_backend: object, _client: object, message: mail.EmailMessage) -> bool:
        together.wait(30)
        raise errors.AmbiguousSendError("lost") if message.subject == "5" else errors.ThrottledError("slow down")

    monkeypatch.setattr(EmailBackend, "_send", fail)
    messages = [mail.EmailMessage(str(number), "Hi", SHOP, [ANN]) for number in range(8)]
    with setting(workers=8), pytest.raises(errors.AmbiguousSendError):
        backend_with().send_messages(messages)
    assert caplog.text.count("ThrottledError: slow down") == 7


def test_a_backend_with_options_of_its_own_has_a_client_for_each_call_or_until_it_is_closed(fake: FakeSES) -> None:
    connection = backend_with(region="eu-central-1")
    message = mail.EmailMessage("Hello", "Hi", SHOP, [ANN])
    assert connection.send_messages([message]) == 1
    assert connection.open(), "the client of the call was closed"
    assert not connection.open()
    assert connection.send_messages([message]) == 1
    assert not connection.open(), "the client of the caller was not"
    connection.close()
    assert len(fake.outbox) == 2


def ids(fake: FakeSES) -> set[str]:
    return {sent.message_id for sent in fake.outbox}


def test_further_arguments_of_a_send(fake: FakeSES) -> None:
    everywhere = {"from_email_address": "orders@example.com", "reply_to_addresses": ["help@example.com"]}
    message: Any = mail.EmailMessage("Hello", "Hi", SHOP, [ANN])
    with setting(arguments=everywhere):
        message.send()
        message.ses_arguments = {"reply_to_addresses": ["ben@example.com"]}
        message.send()
        first, second = fake.outbox
        assert (first.sender, second.sender) == ("orders@example.com",) * 2
        assert (first.reply_to, second.reply_to) == (["help@example.com"], ["ben@example.com"])
        message.ses_arguments = {"content": None, "endpoint": "abcdef12.g3h"}
        with pytest.raises(errors.ParamValidationError, match=r"content.*endpoint"):
            message.send()
    assert len(fake.outbox) == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ses_tags", 7),
        ("ses_tags", ["campaign"]),
        ("ses_arguments", 7),
        ("ses_arguments", ["tenant_name"]),
        ("ses_list_management", 7),
        ("ses_list_management", ("readers", "news", "more")),
        ("ses_list_management", []),
    ],
)
def test_an_attribute_of_the_wrong_type_is_named_and_the_other_messages_are_sent(
    fake: FakeSES, name: str, value: Any
) -> None:
    wrong, right = mail.EmailMessage("Hello", "Hi", SHOP, [ANN]), mail.EmailMessage("Hello", "Hi", SHOP, [ANN])
    setattr(wrong, name, value)
    with pytest.raises(errors.ParamValidationError, match=f"EmailMessage: {name}: must be"):
        wrong.send()
    assert len(fake.outbox) == 0
    assert backend_with(fail_silently=True).send_messages([wrong, right]) == 1
    assert len(fake.outbox) == 1


@pytest.mark.parametrize("name", ["ses_tags", "ses_arguments", "ses_list_management", "ses_tenant"])
def test_an_attribute_of_none_is_the_same_as_no_attribute(fake: FakeSES, name: str) -> None:
    message = mail.EmailMessage("Hello", "Hi", SHOP, [ANN])
    setattr(message, name, None)
    assert message.send() == 1
    assert len(fake.outbox) == 1


def test_a_backend_with_arguments_has_a_client_of_its_own(fake: FakeSES) -> None:
    connection = backend_with(region="eu-west-3")
    assert connection.open()
    assert not connection.open()
    assert connection._own.region == "eu-west-3"
    assert connection.send_messages([mail.EmailMessage("Hello", "Hi", SHOP, [ANN])]) == 1
    connection.close()
    connection.close()
    assert len(fake.outbox) == 1


@with_each_setting
def test_arguments_of_get_connection_are_those_of_the_backend(fake: FakeSES) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"get_connection\(\) is deprecated")
        connection: Any = mail.get_connection(region="eu-west-3", fail_silently=True)
    assert connection.fail_silently
    with connection:
        assert connection._own.region == "eu-west-3"
        assert connection.send_messages([mail.EmailMessage("Hello", "Hi", SHOP, [ANN])]) == 1
    assert len(fake.outbox) == 1


def test_arguments_for_smtp_are_left_out_and_django_warns_of_them() -> None:
    warned = pytest.warns(PendingDeprecationWarning, match="does not support 'username'")
    with warned if HAS_MAILERS else nullcontext():
        backend: Any = EmailBackend(username="of SMTP")
    assert not backend.open(), "it has the client that all share"


@needs_mailers
def test_mailers_have_options_of_their_own(fake: FakeSES, caplog: pytest.LogCaptureFixture) -> None:
    america = {"BACKEND": BACKEND, "OPTIONS": {"region": "us-east-2", "fail_silently": True}}
    with override_settings(MAILERS={"default": {"BACKEND": BACKEND}, "america": america}):
        assert mail.send_mail("Hello", "Hi", SHOP, [ANN], using="america") == 1
        assert mail.send_mail("Hello", "Hi", "nobody@elsewhere.example", [ANN], using="america") == 0
        assert "not sent" in caplog.text
        with pytest.raises(errors.MessageRejected):
            mail.send_mail("Hello", "Hi", "nobody@elsewhere.example", [ANN])
        backend: Any = mail.mailers["america"]
    assert (backend.alias, backend.fail_silently) == ("america", True)
    with backend:
        assert backend._own.region == "us-east-2"
    assert len(fake.outbox) == 1


@needs_mailers
def test_an_unknown_option_of_a_mailer_is_named(fake: FakeSES) -> None:
    from django.core.mail import InvalidMailer

    from sesv2kit.django.system_checks import check_settings

    wrong = {"BACKEND": BACKEND, "OPTIONS": {"regoin": "us-east-2"}}
    with override_settings(MAILERS={"default": {"BACKEND": BACKEND}, "america": wrong}):
        with pytest.raises(InvalidMailer, match=r"MAILERS\['america'\].*'regoin'"):
            mail.send_mail("Hello", "Hi", SHOP, [ANN], using="america")
        (found,) = check_settings()
    assert found.id == "sesv2kit.E002"
    assert "MAILERS['america']" in found.msg
    assert "'regoin'" in found.msg
    assert not fake.outbox


@pytest.mark.anyio
async def test_messages_are_sent_in_an_event_loop(fake: FakeSES) -> None:
    from sesv2kit.django import asend_messages

    messages = [mail.EmailMessage(f"Mail {number}", "Hi", SHOP, [ANN]) for number in range(3)]
    assert await asend_messages(messages) == 3
    messages[0].from_email = "nobody@elsewhere.example"
    messages[1].to = []
    async with AsyncSESv2Client() as ses:
        assert await asend_messages(messages, client=ses, fail_silently=True) == 1
        with pytest.raises(errors.MessageRejected):
            await asend_messages(messages, client=ses)
    assert len(fake.outbox) == 4


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "must be a dict"),
        ({"regoin": "eu-west-1"}, "did you mean 'region'"),
        ({"workers": 0}, "at least 1"),
        ({"topics": "arn:aws:sns:eu-west-1:123456789012:events"}, "a list of ARNs"),
        ({"topics": 5}, "a list of ARNs"),
        ({"tags": ["kind"]}, "['tags'] must be a dict of texts"),
        ({"tags": {"kind": 5}}, "['tags'] must be a dict of texts"),
        ({"tenant": 5}, "['tenant'] must be a text"),
    ],
)
def test_a_wrong_setting_is_named(value: Any, message: str) -> None:
    with override_settings(SESV2KIT=value), pytest.raises(ImproperlyConfigured, match=re.escape(message)):
        mail.send_mail("Hello", "Hi", SHOP, [ANN])


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ({"region": "eu-west-1"}, []),
        ([], ["sesv2kit.E001"]),
        ({"regoin": "eu-west-1"}, ["sesv2kit.E002"]),
        ({"arguments": {"endpoint": "abcdef12.g3h", "content": None}}, ["sesv2kit.E002", "sesv2kit.E002"]),
        ({"arguments": ["endpoint_id"]}, ["sesv2kit.E002"]),
        ({"endpoint_url": "no url"}, ["sesv2kit.E003"]),
        ({"region": "eu-west-1", "credentials": ("key", "secret")}, ["sesv2kit.E003"]),
        ({"region": "eu-west-1", "proxy": "socks5://proxy:1080"}, ["sesv2kit.E003"]),
        ({"region": "eu-west-1", "hooks": 3}, ["sesv2kit.E003"]),
        ({"topics": ["july"], "region": 3}, ["sesv2kit.E002", "sesv2kit.E003"]),
    ],
)
def test_the_system_check_names_wrong_settings(value: Any, ids: list[str]) -> None:
    from sesv2kit.django.system_checks import check_settings

    with override_settings(SESV2KIT=value):
        assert [found.id for found in check_settings()] == ids


@with_each_setting
def test_the_system_check_reads_either_setting_without_a_warning(fake: FakeSES) -> None:
    from sesv2kit.django.system_checks import check_settings

    with setting(region="eu-west-1"):
        assert check_settings() == []


class Own(EmailBackend):
    """A backend of a project."""


@pytest.mark.parametrize(
    ("backend", "ids"),
    [
        (BACKEND, []),
        ("sesv2kit.django.backend.EmailBackend", []),
        (f"{__name__}.Own", []),
        ("sesv2kit.django.EmialBackend", ["sesv2kit.W001"]),
        ("sesv2kit.django.webhook", ["sesv2kit.W001"]),
        ("django.core.mail.backends.dummy.EmailBackend", ["sesv2kit.W001"]),
        ("", ["sesv2kit.W001"]),
    ],
)
def test_the_system_check_knows_which_backends_send_through_ses(backend: str, ids: list[str]) -> None:
    from sesv2kit.django.system_checks import check_settings

    with settings_of(**sending_by(backend), SESV2KIT={"region": "eu-west-1"}):
        found = check_settings()
    assert [one.id for one in found] == ids
    assert [("MAILERS" in str(one.hint)) == HAS_MAILERS for one in found] == [True] * len(ids)


@needs_mailers
@pytest.mark.parametrize(
    ("options", "shared", "messages"),
    [
        ({"region": "us-east-2"}, {}, []),
        ({"region": "us-east-2"}, {"region": 3}, []),  # no mailer has the client of SESV2KIT alone
        ({"proxy": "socks5://proxy:1080"}, {"region": "us-east-2"}, ["MAILERS['default']: no client can be made: "]),
        ({}, {"proxy": "socks5://proxy:1080"}, ["no client can be made: "]),
    ],
)
def test_the_system_check_makes_the_clients_of_the_mailers(
    options: dict[str, Any], shared: dict[str, Any], messages: list[str]
) -> None:
    from sesv2kit.django.system_checks import check_settings

    mailer = {"BACKEND": BACKEND, "OPTIONS": options}
    smtp = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": {"host": "127.0.0.1"}}
    with override_settings(MAILERS={"default": mailer, "inside": smtp}, SESV2KIT=shared):
        found = [one.msg for one in check_settings()]
    assert [text[: len(message)] for text, message in zip(found, messages, strict=True)] == messages


class Provider:
    """Credentials that may be loaded from a server."""

    def load(self) -> Credentials:
        """Return them."""
        raise AssertionError("a check must not load credentials")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (
            {"credentials": {"access_key": "AKIA", "secret_key": SECRET}},
            "no client can be made: AWS credentials must have an access_key and a secret_key; dict does not",
        ),
        (
            {"credentials": Credentials("AKIA", f"{SECRET}\n")},
            "no client can be made: the AWS secret key has a character that is not allowed",
        ),
        (
            {"proxy": f"socks5://shop:{SECRET}@proxy:1080"},
            "no client can be made: the proxy's URL must be http://host:port or https://host:port; ",
        ),
        (
            {"topics": ["arn:aws:sns:eu-west-1:1:mail"]},
            "SESV2KIT['topics']: 'arn:aws:sns:eu-west-1:1:mail' is not the ARN of an SNS topic, arn:aws:sns:REGION",
        ),
        ({"credentials": Credentials("AKIA", SECRET), "proxy": "proxy:3128"}, None),
        ({"credentials": Provider()}, None),
        ({"credentials": Provider().load}, None),
        ({"proxy": ""}, None),
        ({"topics": ("arn:aws:sns:eu-west-1:123456789012:mail",)}, None),
    ],
)
def test_the_check_names_the_setting_and_shows_no_secret(setting: dict[str, Any], message: str | None) -> None:
    from sesv2kit.django.system_checks import check_settings

    with override_settings(SESV2KIT={"region": "eu-west-1", **setting}):
        found = [one.msg for one in check_settings()]
    assert SECRET not in str(found)
    assert [text[: len(message or "")] for text in found] == ([message] if message else [])


def test_the_system_check_takes_the_backend_of_the_test_runner() -> None:
    from sesv2kit.django.system_checks import check_settings

    test_runner = sending_by("django.core.mail.backends.locmem.EmailBackend")
    with settings_of(**test_runner, SESV2KIT={"profile": "only-in-production"}):
        assert check_settings() == []
    with settings_of(**sending_by(BACKEND), SESV2KIT={"profile": "only-in-production"}):
        assert [found.id for found in check_settings()] == ["sesv2kit.E003"]


def test_the_webhook_sends_signals(fake: FakeSES, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.test import RequestFactory

    from sesv2kit import events
    from sesv2kit.django import signals, views

    got: list[events.Event] = []

    def on_bounce(event: events.Event, **_details: Any) -> None:
        got.append(event)

    verifier = events.SNSVerifier([fake.sns.topic_arn], certificates=fake.sns.certificates)
    monkeypatch.setattr(events, "SNSVerifier", lambda _topics: verifier)
    signals.bounced.connect(on_bounce)
    mail.send_mail("Hello", "Hi", SHOP, [ANN])
    bounce = fake.bounce(fake.outbox[-1], "NoEmail")
    post = fake.sns.post(bounce)
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in post.headers.items()}
    request = RequestFactory().post("/", post.body, content_type="text/plain", **headers)  # type: ignore[arg-type]
    with setting(topics=[fake.sns.topic_arn]):
        assert views.webhook(request).status_code == 200
    assert [event.key for event in got] == [bounce.key]
    with pytest.raises(ImproperlyConfigured, match="topics"):
        views.webhook(request)


def test_the_names_of_the_package() -> None:
    import sesv2kit.django

    assert dir(sesv2kit.django) == sorted(sesv2kit.django.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = sesv2kit.django.nonsense


def test_messages_without_recipients_are_not_sent(fake: FakeSES) -> None:
    empty = mail.EmailMessage("Hello", "Hi", SHOP, [])
    assert backend_with().send_messages([empty]) == 0
    assert not fake.outbox


@pytest.mark.parametrize("topic", [None, "news"])
def test_a_contact_list_by_its_name_or_as_a_model(fake: FakeSES, topic: str | None) -> None:
    topics = [models.Topic(topic_name="news", display_name="News", default_subscription_status="OPT_IN")]
    with fake.client() as ses:
        ses.create_contact_list(contact_list_name="readers", topics=topics)
    message: Any = mail.EmailMessage("Hello", "Hi {{amazonSESUnsubscribeUrl}}", SHOP, [ANN])
    options = models.ListManagementOptions(contact_list_name="readers", topic_name=topic)
    message.ses_list_management = options if topic else "readers"
    assert message.send() == 1
    assert fake.unsubscribe(fake.outbox[0]).recipients == (ANN,)


def test_the_command_without_the_permission_to_see_the_quota(fake: FakeSES) -> None:
    from io import StringIO

    from django.core.management import call_command

    from sesv2kit.django.management.commands.ses_test import Command

    output = StringIO()
    fake.faults.on("GetAccount").error("AccessDeniedException")
    call_command(Command(), ANN, sender=SHOP, stdout=output)
    assert "so the quota is unknown" in output.getvalue()
    assert len(fake.outbox) == 1


def test_an_event_without_a_signal_of_its_own(fake: FakeSES) -> None:
    from sesv2kit import events
    from sesv2kit.django import signals

    seen: list[events.Event] = []

    def receive(sender: object, event: events.Event, **_: object) -> None:
        seen.append(event)

    (unknown,) = events.parse(b'{"eventType": "Novelty", "mail": {"messageId": "1"}}')
    signals.event_received.connect(receive)
    try:
        signals.send(unknown)
    finally:
        signals.event_received.disconnect(receive)
    assert seen == [unknown]

"""The migrations of Django projects: what was sent before is sent after, and the guides leave no setting out.

The other packages are not among the project's own requirements; `nox -s migrations` installs them.
"""

import re
import runpy
import warnings
from collections.abc import Iterator
from email.message import EmailMessage as MIMEMessage
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django", minversion="5.2")
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.dispatch import Signal
from support.django_mail import BACKEND, HAS_MAILERS, sending_by, settings_of
from support.examples import EXAMPLES
from support.guides import GUIDES

from sesv2kit import events
from sesv2kit.django import signals
from sesv2kit.django.system_checks import check_settings
from sesv2kit.testing import FakeSES, SentMail

if not settings.configured:
    settings.configure()

DJANGO_SES, ANYMAIL = EXAMPLES / "from_django_ses", EXAMPLES / "from_anymail"
ANN = "ann@example.net"


@pytest.fixture
def fake() -> Iterator[FakeSES]:
    """A service that has the configuration set of the projects."""
    with FakeSES(region="eu-west-1") as fake, fake.client() as ses:
        ses.create_configuration_set(configuration_set_name="shop")
        yield fake


def project(file: Path, **changed: Any) -> Any:
    """Put the settings of a project in force; its apps are not loaded again."""
    values = {name: value for name, value in runpy.run_path(str(file)).items() if name.isupper()}
    del values["INSTALLED_APPS"]
    if not HAS_MAILERS and "MAILERS" in values:  # then the guides say to use the old setting
        values |= sending_by(values.pop("MAILERS")["default"]["BACKEND"])
    return settings_of(**values | changed)


def order() -> EmailMultiAlternatives:
    """Return a mail that has everything."""
    message = EmailMultiAlternatives(
        "Grüße",
        "It is on its way.",
        to=[f"Änn <{ANN}>"],
        cc=["cleo@example.net"],
        bcc=["ben@example.net"],
        reply_to=["help@example.com"],
        headers={"X-Order": "1042"},
    )
    message.attach_alternative("<p>It is on its way.</p>", "text/html")
    message.attach("invoice.pdf", b"%PDF-1.7 ...", "application/pdf")
    return message


def essence(mail: SentMail) -> dict[str, Any]:
    """Return what recipients and reports see of a mail."""
    message: MIMEMessage = mail.message
    ignored = {"date", "message-id", "content-type", "content-transfer-encoding", "mime-version"}
    return {
        "recipients": sorted(mail.recipients),
        "headers": {name.lower(): str(value) for name, value in message.items() if name.lower() not in ignored},
        "parts": [(part.get_content_type(), part.get_filename()) for part in message.walk()],
        "texts": (mail.text, mail.html, [file.data for file in mail.attachments]),
        "configuration_set": mail.configuration_set,
    }


# After -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [DJANGO_SES / "django_ses_after.py", ANYMAIL / "anymail_after.py"])
def test_the_new_settings_are_right_and_send(after: Path, fake: FakeSES) -> None:
    with project(after), fake.patched():
        assert check_settings() == []
        assert order().send() == 1
    (mail,) = fake.outbox
    assert (mail.sender, mail.configuration_set) == ("Shop <shop@example.com>", "shop")


def test_the_receivers_of_bounces_and_complaints_after_django_ses(fake: FakeSES) -> None:
    receivers = runpy.run_path(str(DJANGO_SES / "receivers_after.py"))
    with project(DJANGO_SES / "django_ses_after.py"), fake.patched():
        for to in ("ann@example.net", "ben@example.net", "cleo@example.net"):
            EmailMessage("Hello", "Hi", to=[to]).send()
    ann, ben, cleo = fake.outbox
    signals.send(fake.bounce(ann, "NoEmail"))
    signals.send(fake.bounce(ben, "MailboxFull"))
    signals.send(fake.complain(cleo))
    assert receivers["unwanted"] == {"ann@example.net", "cleo@example.net"}


def test_a_message_and_its_events_after_anymail(fake: FakeSES) -> None:
    receivers = runpy.run_path(str(ANYMAIL / "tracking_after.py"))
    with project(ANYMAIL / "anymail_after.py"), fake.patched():
        message_id = runpy.run_path(str(ANYMAIL / "message_after.py"))["send_order"](1042, ANN)
    (mail,) = fake.outbox
    assert mail.message_id == message_id
    signals.send(fake.deliver(mail))
    assert receivers["orders"] == {"1042": f"Delivery {ANN}"}


def test_a_configuration_set_by_a_header_counts_as_before(fake: FakeSES) -> None:
    with fake.client() as ses:
        ses.create_configuration_set(configuration_set_name="other")
    with settings_of(**sending_by(BACKEND), SESV2KIT={}), fake.patched():
        EmailMessage("a", "b", "shop@example.com", [ANN], headers={"X-SES-CONFIGURATION-SET": "other"}).send()
    assert fake.outbox[-1].configuration_set == "other"


# Before ------------------------------------------------------------------------------------------


@pytest.fixture
def url(fake: FakeSES, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the service; boto3 and sesv2kit both go there."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "any")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "any")
    with fake.serve() as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", url)
        yield url


@pytest.fixture
def django_ses() -> Any:
    """django-ses, if it is installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("django_ses")


@pytest.fixture
def anymail() -> Any:
    """django-anymail, if it is installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip("anymail")
        return import_module("anymail.backends.amazon_ses")


def test_django_ses_sends_the_same_mail(django_ses: Any, fake: FakeSES, url: str) -> None:
    with project(DJANGO_SES / "django_ses_before.py", AWS_SES_REGION_ENDPOINT_URL=url):
        order().send()
    with project(DJANGO_SES / "django_ses_after.py"):
        order().send()
    before, after = map(essence, fake.outbox)
    before["headers"].pop("x-ses-configuration-set", None)
    assert after == before


def test_anymail_sends_the_same_mail(anymail: Any, fake: FakeSES, url: str) -> None:
    with project(ANYMAIL / "anymail_before.py"):
        order().send()
    with project(ANYMAIL / "anymail_after.py"):
        order().send()
    before, after = map(essence, fake.outbox)
    assert after == before


def test_the_old_message_of_anymail_runs(anymail: Any, fake: FakeSES, url: str) -> None:
    names: dict[str, Any] = {}
    exec((ANYMAIL / "message_before.txt").read_text(encoding="utf-8"), names)
    with project(ANYMAIL / "anymail_before.py"):
        message_id = names["send_order"](1042, ANN)
    with project(ANYMAIL / "anymail_after.py"):
        runpy.run_path(str(ANYMAIL / "message_after.py"))["send_order"](1042, ANN)
    before, after = fake.outbox
    assert before.message_id == message_id
    assert (before.subject, before.text, before.to) == (after.subject, after.text, after.to)
    assert after.tags["kind"] == before.tags["kind"] == "order"
    assert dict(before.headers)["X-Metadata"] == '{"order": 1042}'


def test_the_old_receivers_run(django_ses: Any, anymail: Any, fake: FakeSES) -> None:
    names: dict[str, Any] = {}
    exec((DJANGO_SES / "receivers_before.txt").read_text(encoding="utf-8"), names)
    bounce = {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": ANN}]}
    import_module("django_ses.signals").bounce_received.send(
        sender=None, mail_obj={}, bounce_obj=bounce, raw_message=b""
    )
    assert names["unwanted"] == {ANN}
    exec((ANYMAIL / "tracking_before.txt").read_text(encoding="utf-8"), names)
    module = import_module("anymail.signals")
    event = module.AnymailTrackingEvent(event_type="delivered", recipient=ANN, metadata={"order": 1042})
    module.tracking.send(sender=None, event=event, esp_name="Amazon SES")
    assert names["orders"] == {"1042": f"delivered {ANN}"}


# The pages ---------------------------------------------------------------------------------------


def test_the_guide_names_every_setting_and_signal_of_django_ses(django_ses: Any) -> None:
    page = (GUIDES / "migrating-from-django-ses.md").read_text(encoding="utf-8")
    source = Path(str(import_module("django_ses.conf").__file__)).read_text(encoding="utf-8")
    names = set(re.findall(r"django_settings,\s*\"(\w+)\"", source))
    names |= {name for name, value in vars(import_module("django_ses.signals")).items() if isinstance(value, Signal)}
    assert len(names) > 40
    assert sorted(name for name in names if f"`{name}`" not in page) == []


def test_the_guide_names_every_setting_of_anymail_for_ses(anymail: Any) -> None:
    page = (GUIDES / "migrating-from-anymail.md").read_text(encoding="utf-8")
    views = Path(str(import_module("anymail.webhooks.amazon_ses").__file__)).read_text(encoding="utf-8")
    backend = Path(str(anymail.__file__)).read_text(encoding="utf-8")
    names = set(re.findall(r"get_anymail_setting\(\s*\"(\w+)\"", backend + views))
    assert len(names) > 5
    assert sorted(name for name in names if not re.search(rf"`(AMAZON_SES_)?{name.upper()}`", page)) == []


def test_the_guides_name_every_signal_of_this_package() -> None:
    for name in ("migrating-from-django-ses.md", "migrating-from-anymail.md"):
        page = (GUIDES / name).read_text(encoding="utf-8")
        for event, signal in signals.BY_CLASS.items():
            if event is not events.SubscriptionEvent:
                (attribute,) = [key for key, value in vars(signals).items() if value is signal]
                assert f"`{attribute}`" in page, name

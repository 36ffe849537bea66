"""Tests of the webhook, with posts that are really signed.

pytest docs/examples/bounces
"""

import sqlite3
from collections.abc import AsyncGenerator
from pathlib import Path

import bounces_app
import httpx
import pytest

from sesv2kit import SESv2Client, compose, events
from sesv2kit.testing import FakeSES, SentMail
from sesv2kit.testing.sns import Post

PATH = "/ses-events/"


@pytest.fixture
def anyio_backend() -> str:
    """Run the tests on asyncio."""
    return "asyncio"


@pytest.fixture
def asked() -> list[httpx.URL]:
    """What the app asked of SNS."""
    return []


@pytest.fixture
async def sns(
    fake_ses: FakeSES,
    asked: list[httpx.URL],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> AsyncGenerator[httpx.AsyncClient]:
    """Post to the app as SNS does."""

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        return httpx.Response(200)

    monkeypatch.setattr(bounces_app, "DATABASE", str(tmp_path / "users.db"))
    verifier = events.SNSVerifier(
        [fake_ses.sns.topic_arn],
        certificates=fake_ses.sns.certificates,
        http_client=httpx.Client(transport=httpx.MockTransport(answer)),
    )
    app = bounces_app.create_app(verifier)
    with bounces_app.connect() as database:
        database.execute("INSERT INTO users (address) VALUES ('ann@example.net')")
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://app") as sns:
        yield sns


@pytest.fixture
def mail(ses: SESv2Client, fake_ses: FakeSES) -> SentMail:
    """A mail to a user."""
    mail = compose.mail(
        sender="shop@example.com", to="Ann@example.net", subject="News", text="Hi"
    )
    ses.send_email(**mail.arguments)
    return fake_ses.outbox[-1]


async def post(sns: httpx.AsyncClient, post: Post) -> int:
    """Post something; return the status of the response."""
    response = await sns.post(PATH, content=post.body, headers=dict(post.headers))
    return response.status_code


def soft_bounces() -> int:
    """Return how many soft bounces the user has."""
    with bounces_app.connect() as database:
        (row,) = database.execute("SELECT soft_bounces FROM users").fetchall()
    return int(row[0])


@pytest.mark.anyio
async def test_the_subscription_is_confirmed(
    sns: httpx.AsyncClient, fake_ses: FakeSES, asked: list[httpx.URL]
) -> None:
    """With the topic and the token of the message."""
    assert await post(sns, fake_ses.sns.confirmation(token="abc")) == 200
    (url,) = asked
    assert url.params["Action"] == "ConfirmSubscription"
    assert url.params["TopicArn"] == fake_ses.sns.topic_arn
    assert url.params["Token"] == "abc"


@pytest.mark.anyio
@pytest.mark.parametrize("kind", ["bounce", "complaint"])
async def test_who_bounces_or_complains_gets_no_further_mail(
    sns: httpx.AsyncClient, fake_ses: FakeSES, mail: SentMail, kind: str
) -> None:
    """A hard bounce and a complaint mark the user."""
    act = fake_ses.bounce if kind == "bounce" else fake_ses.complain
    assert bounces_app.may_mail("ann@example.net")
    assert await post(sns, fake_ses.sns.post(act(mail))) == 200
    assert not bounces_app.may_mail("Ann@Example.net")


@pytest.mark.anyio
async def test_an_event_that_comes_twice_counts_once(
    sns: httpx.AsyncClient, fake_ses: FakeSES, mail: SentMail
) -> None:
    """Each delivery is a message of its own; the key of the event is the same."""
    event = fake_ses.bounce(mail, "MailboxFull")
    for _ in range(3):
        assert await post(sns, fake_ses.sns.post(event)) == 200
    assert (soft_bounces(), bounces_app.may_mail("ann@example.net")) == (1, True)


@pytest.mark.anyio
async def test_what_sns_did_not_sign_is_refused(
    sns: httpx.AsyncClient, fake_ses: FakeSES, mail: SentMail
) -> None:
    """Neither a changed message nor one of somebody else's topic marks anybody."""
    genuine = fake_ses.sns.post(fake_ses.deliver(mail))
    changed = genuine.body.replace(b"Delivery", b"Complain")
    topic = "arn:aws:sns:us-east-1:999999999999:ses-events"
    other = fake_ses.sns.post(fake_ses.complain(mail), topic_arn=topic)
    assert await post(sns, Post(changed, genuine.headers)) == 403
    assert await post(sns, other) == 403
    assert bounces_app.may_mail("ann@example.net")


@pytest.mark.anyio
async def test_nothing_is_lost_while_the_database_is(
    sns: httpx.AsyncClient,
    fake_ses: FakeSES,
    mail: SentMail,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """SNS gets a 500 and delivers the event again."""
    message = fake_ses.sns.post(fake_ses.bounce(mail))
    with monkeypatch.context() as broken:
        broken.setattr(bounces_app, "DATABASE", str(tmp_path / "missing" / "users.db"))
        with pytest.raises(sqlite3.OperationalError):
            bounces_app.may_mail("ann@example.net")
        assert await post(sns, message) == 500
    assert await post(sns, message) == 200
    assert not bounces_app.may_mail("ann@example.net")


@pytest.mark.anyio
async def test_a_mail_that_was_never_sent_is_logged(
    sns: httpx.AsyncClient,
    fake_ses: FakeSES,
    mail: SentMail,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Such an event is the only sign of it."""
    failure = {
        "eventType": "Rendering Failure",
        "mail": {"messageId": mail.message_id},
        "failure": {"templateName": "news", "errorMessage": "no variable 'name'"},
    }
    assert await post(sns, fake_ses.sns.post(failure)) == 200
    assert f"never sent: {mail.message_id}" in caplog.text

"""What tests read of the mails that were sent."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.mails import SENDER, entry, send, service, simple, stored, template

from sesv2kit import models
from sesv2kit._core.exceptions import ConfigurationError
from sesv2kit.testing import FakeSES

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_mail_is_in_the_outbox() -> None:
    with service(clock=NOW) as (fake, ses):
        response = ses.send_email(
            from_email_address="Shop <shop@example.com>",
            destination=models.Destination(
                to_addresses=["Ann <ann@example.net>"],
                cc_addresses=["bob@example.net"],
                bcc_addresses=["c@example.net"],
            ),
            reply_to_addresses=["help@example.com"],
            content=simple("Welcome", text="Hi Ann", html="<p>Hi Ann</p>"),
            email_tags=[models.MessageTag(name="campaign", value="spring")],
        )
        (mail,) = fake.outbox
    assert mail.message_id == response.message_id
    assert (mail.sender, mail.to, mail.cc, mail.bcc) == (
        "Shop <shop@example.com>",
        ["Ann <ann@example.net>"],
        ["bob@example.net"],
        ["c@example.net"],
    )
    assert mail.recipients == ["ann@example.net", "bob@example.net", "c@example.net"]
    assert (mail.subject, mail.text, mail.html) == ("Welcome", "Hi Ann", "<p>Hi Ann</p>")
    assert mail.reply_to == ["help@example.com"]
    assert mail.tags == {"campaign": "spring"}
    assert (mail.template, mail.template_data, mail.configuration_set, mail.tenant) == (None, None, None, None)
    assert (mail.status, mail.operation, mail.sent_at) == ("sent", "SendEmail", NOW)
    assert repr(mail) == "<SentMail to ann@example.net, bob@example.net, c@example.net: 'Welcome'>"


async def check_async() -> None:
    fake = FakeSES()
    async with fake.async_client() as ses:
        await ses.send_email(
            from_email_address=SENDER,
            destination=models.Destination(to_addresses=["ann@example.net"]),
            content=simple(),
        )
    assert len(fake.outbox) == 1


def test_an_async_client_sends_as_well() -> None:
    import asyncio

    asyncio.run(check_async())


def test_the_outbox_is_a_sequence() -> None:
    with service() as (fake, ses):
        assert fake.outbox == []
        assert not fake.outbox
        ids = [send(ses, f"a{number}@example.net") for number in range(5)]
        outbox = fake.outbox
        assert len(outbox) == 5
        assert [mail.message_id for mail in outbox] == ids
        assert outbox[0].message_id == outbox[-5].message_id == ids[0]
        assert outbox[-1].message_id == ids[-1]
        assert [mail.message_id for mail in outbox[1:4]] == ids[1:4]
        assert [mail.message_id for mail in outbox[::-2]] == ids[::-2]
        assert outbox[7:] == []
        assert outbox == list(outbox)
        assert outbox != [outbox[0]]
        assert outbox != "mails"
        assert outbox[0] in outbox
        assert len({outbox[0], outbox[0], outbox[1]}) == 2
        assert outbox[0] != "mail"
        assert repr(outbox).startswith("[<SentMail to a0@example.net")
        with pytest.raises(IndexError, match="5 entries"):
            outbox[5]
        send(ses)
        assert len(outbox) == 6


def test_a_mail_that_was_not_made_has_no_place() -> None:
    with service() as (fake, ses):
        stored(ses)
        ids = [send(ses, content=template(data=data)) for data in ('{"name": "A"}', "{}", '{"name": "B"}', "{}")]
        outbox = fake.outbox
        assert len(outbox) == 2
        assert [mail.message_id for mail in outbox] == [outbox[0].message_id, outbox[1].message_id] == [ids[0], ids[2]]
        assert outbox[-1].message_id == ids[2]


def test_many_mails_are_read_in_pieces() -> None:
    with service() as (fake, ses):
        stored(ses)
        for _ in range(11):
            ses.send_bulk_email(
                from_email_address=SENDER,
                default_content=models.BulkEmailContent(
                    template=models.Template(template_name="welcome", template_data='{"name": "Ann"}')
                ),
                bulk_email_entries=[entry(f"a{number}@example.net") for number in range(50)],
            )
        assert len(list(fake.outbox)) == len(fake.outbox) == 550
        assert len(list(fake.events)) == 550


def test_reset_forgets_mails_and_the_quota() -> None:
    with service(seed="x", clock=NOW) as (fake, ses):
        first = send(ses)
        fake.reset()
        assert (len(fake.outbox), len(fake.events), fake.world.send_quota().sent_last24_hours) == (0, 0, 0)
        assert send(ses) == first  # ids begin again


def test_ids_follow_from_the_seed() -> None:
    def ids(seed: int | None) -> list[str]:
        with service(seed=seed, clock=NOW) as (fake, ses):
            send(ses, "bounce@simulator.amazonses.com")
            return [fake.outbox[0].message_id, fake.events[1].body.feedback_id]

    assert ids(1) == ids(1) != ids(2)
    assert ids(None) != ids(None)
    assert all(
        re.fullmatch(r"0100[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-000000", id_) for id_ in ids(1)
    )


def test_everything_stays_in_a_file(tmp_path: object) -> None:
    path = f"{tmp_path}/ses.db"
    with service(db=path) as (fake, ses):
        stored(ses)
        send(ses, content=template())
        fake.bounce(fake.outbox[0], "MailboxFull")
        raw = fake.outbox[0].raw
    with FakeSES(db=path) as fake:
        (mail,) = fake.outbox
        assert (mail.text, mail.raw, mail.status) == ("Hi Ann", raw, "bounced")
        assert [event.type for event in mail.events] == ["Send", "Bounce"]


def test_what_was_deleted_is_not_in_the_file(tmp_path: Path) -> None:
    with service(db=tmp_path / "ses.db") as (_, ses):
        stored(ses, "one")
        stored(ses, "two")
        ses.delete_email_template(template_name="one")
    with service(db=tmp_path / "ses.db") as (_, ses):
        assert [found.template_name for found in ses.list_email_templates().templates_metadata] == ["two"]


def test_a_file_that_can_not_be_opened(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="can't be opened"):
        FakeSES(db=tmp_path / "missing" / "ses.db")
    with pytest.raises(ConfigurationError, match="can't be opened"):
        FakeSES(db=f"{tmp_path}/a\0b")


def test_mails_are_in_the_file_soon(tmp_path: Path) -> None:
    path = tmp_path / "ses.db"
    with service(db=path) as (_, ses):
        send(ses)
        deadline = time.monotonic() + 30
        while not count(path):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        send(ses)
    assert count(path) == 2


def test_a_process_that_ends_without_closing_loses_nothing(tmp_path: Path) -> None:
    code = (
        "import sys; from sesv2kit.testing import FakeSES; from support.mails import send\n"
        "fake = FakeSES(db=sys.argv[1]); send(fake.client())"
    )
    path = tmp_path / "ses.db"
    search = os.pathsep.join(map(os.path.abspath, filter(None, sys.path)))
    subprocess.run([sys.executable, "-c", code, path], check=True, env=os.environ | {"PYTHONPATH": search})
    assert count(path) == 1


def count(path: Path) -> int:
    """Return how many mails another process would find in a file."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM mails").fetchone()[0])


# assert_sent -------------------------------------------------------------------------------------


def test_mails_that_were_sent_are_found() -> None:
    with service() as (fake, ses):
        stored(ses)
        send(ses, "Ann <ann@Example.net>", content=simple("Hello", html="<p>Hi</p>"), sender="Shop <shop@example.com>")
        send(ses, "bob@example.net", content=simple("Hello again"))
        send(
            ses,
            "bob@example.net",
            content=template(),
            email_tags=[models.MessageTag(name="a", value="1"), models.MessageTag(name="b", value="2")],
        )
        assert [mail.subject for mail in fake.assert_sent(to="ann@example.net")] == ["Hello"]
        assert len(fake.assert_sent(to="bob@example.net", times=2)) == 2
        assert len(fake.assert_sent()) == 3
        for wanted in (
            {"to": "Ann <ann@Example.net>"},
            {"subject": "Hello"},
            {"subject": re.compile("again$")},
            {"sender": "Shop <shop@example.com>"},
            {"template": "welcome"},
            {"text": "Hi Ann"},
            {"text": re.compile(r"Hi \w+")},
            {"html": "<p>"},
            {"tags": {"b": "2"}},
        ):
            assert len(fake.assert_sent(times=1, **wanted)) == 1, wanted  # type: ignore[arg-type]
        assert fake.assert_sent(to="eve@example.net", times=0) == []


def test_what_was_not_sent_is_explained() -> None:
    with service() as (fake, ses):
        with pytest.raises(AssertionError, match="the outbox is empty"):
            fake.assert_sent(to="ann@example.net")
        send(ses, "bob@example.net", content=simple("Hello"))
        send(ses, "ann@example.net", content=simple("Hello again"))
        with pytest.raises(AssertionError) as caught:
            fake.assert_sent(to="ann@example.net", subject="Hello")
        with pytest.raises(AssertionError, match="any mail to be sent 3 times, and it was sent 2 times"):
            fake.assert_sent(times=3)
        with pytest.raises(AssertionError, match=re.escape("subject=/x/")):
            fake.assert_sent(subject=re.compile("x"))
    assert str(caught.value) == (
        "expected to='ann@example.net', subject='Hello' to be sent at least once, and it was sent 0 times\n"
        "the outbox holds 2 mails:\n"
        "  to bob@example.net: 'Hello'   <- other to\n"
        "  to ann@example.net: 'Hello again'   <- other subject"
    )


def test_mails_that_were_not_made_are_named() -> None:
    with service() as (fake, ses):
        stored(ses)
        send(ses, content=template(data="{}"))
        with pytest.raises(AssertionError, match="1 mail could not be made out of a template:\n  Attribute 'name'"):
            fake.assert_sent()


def test_a_long_outbox_is_cut() -> None:
    with service() as (fake, ses):
        for number in range(25):
            send(ses, f"a{number}@example.net")
        with pytest.raises(AssertionError, match=r"\.\.\. and 5 more"):
            fake.assert_sent(to="eve@example.net")


def test_a_mail_that_was_deleted_has_no_message() -> None:
    with service() as (fake, ses):
        send(ses)
        (mail,) = fake.outbox
        fake.reset()
        assert mail.subject == "Hello"
        with pytest.raises(ConfigurationError, match="was deleted"):
            _ = mail.raw


@pytest.mark.parametrize(
    "given",
    [
        {"to": ["ann@example.net"]},
        {"to": 7},
        {"subject": 7},
        {"times": "1"},
        {"times": True},
        {"times": -1},
        {"sender": 7},
        {"template": 7},
        {"text": b"Hi"},
        {"html": 7},
        {"tags": ["campaign"]},
    ],
    ids=str,
)
def test_a_wrong_argument_is_not_taken_for_a_mail_that_is_missing(given: dict[str, Any]) -> None:
    (name,) = given
    with service() as (fake, ses):
        send(ses)
        with pytest.raises(ConfigurationError, match=f"^{name} must be"):
            fake.assert_sent(**given)

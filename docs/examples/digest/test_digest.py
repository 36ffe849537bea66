"""Tests of the digest, against the fake.

pytest docs/examples/digest
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import digest
import pytest

from sesv2kit.testing import FakeSES

DAY = "2026-11-21"
PEOPLE = range(120)


@pytest.fixture(autouse=True)
def shop(fake_ses: FakeSES, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A new folder, with an article and 120 subscribers; one address is wrong."""
    monkeypatch.setattr(digest, "DATABASE", str(tmp_path / "shop.db"))
    monkeypatch.setattr(digest, "STATE", tmp_path)
    fake_ses.settings.send_rate = 100_000.0
    digest.query("SELECT 1")
    with closing(sqlite3.connect(digest.DATABASE)) as database, database:
        add_article(database, "New beans")
        people = [
            (f"Reader {n}", f"reader{n}@example.net", f"t{n}") for n in range(120)
        ]
        people[7] = ("Nobody", "nobody at example.net", "t7")
        insert = "INSERT INTO subscribers (name, address, token) VALUES (?, ?, ?)"
        database.executemany(insert, people)


def add_article(database: sqlite3.Connection, title: str) -> None:
    """Publish an article on the day."""
    values = [DAY, title, "https://shop.example.com/beans"]
    database.execute("INSERT INTO articles VALUES (?, ?, ?)", values)


def readers(fake: FakeSES) -> list[str]:
    """Return who has the digest, each as often as they have it."""
    return sorted(mail.recipients[0] for mail in fake.outbox if mail.tags)


def reports(fake: FakeSES) -> list[str]:
    """Return the subjects of the reports."""
    return [mail.subject for mail in fake.outbox if mail.to == [digest.OPERATOR]]


def test_everybody_gets_it_once_however_often_it_is_started(fake_ses: FakeSES) -> None:
    """The journal knows them, and the operator hears of it once."""
    assert [digest.main(DAY) for _ in range(3)] == [0, 0, 0]
    assert (len(readers(fake_ses)), len(set(readers(fake_ses)))) == (119, 119)
    report = f"Digest of {DAY}: 119 sent, 1 failed, 0 unknown, 0 left"
    assert reports(fake_ses) == [report]
    assert "failed: 8, ParamValidationError" in (fake_ses.outbox[-1].text or "")


def test_a_mail_has_the_articles_and_a_way_out(fake_ses: FakeSES) -> None:
    """Each reader has a link of their own."""
    digest.main(DAY)
    mail = next(
        mail for mail in fake_ses.outbox if mail.to[0].endswith("<reader3@example.net>")
    )
    assert mail.subject == "Reader 3, this is new"
    assert "* New beans\n  https://shop.example.com/beans" in (mail.text or "")
    assert "https://shop.example.com/leave?token=t3" in (mail.html or "")
    headers = dict(mail.headers)
    assert headers["List-Unsubscribe"] == "<https://shop.example.com/leave?token=t3>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_later_start_sends_the_same_edition(fake_ses: FakeSES) -> None:
    """What is published meanwhile is for another day; who has left gets nothing."""
    fake_ses.settings.daily_quota = digest.RESERVE + 50.0
    assert digest.main(DAY) == 75
    assert len(readers(fake_ses)) == 50
    with closing(sqlite3.connect(digest.DATABASE)) as database, database:
        add_article(database, "Too late")
        database.execute("DELETE FROM subscribers WHERE token = 't100'")
    fake_ses.settings.daily_quota = 50_000.0
    assert digest.main(DAY) == 0
    assert len(set(readers(fake_ses))) == len(readers(fake_ses)) == 118
    assert not [mail for mail in fake_ses.outbox if "Too late" in (mail.text or "")]


def test_the_reserve_is_not_touched(fake_ses: FakeSES) -> None:
    """Receipts can still be sent."""
    fake_ses.settings.daily_quota = float(digest.RESERVE)
    assert digest.main(DAY) == 75
    assert readers(fake_ses) == []
    assert reports(fake_ses) == [f"Digest of {DAY}: nothing was sent"]


def test_a_lost_response_is_reported_and_not_sent_again(fake_ses: FakeSES) -> None:
    """The request held up to 50 of them."""
    fake_ses.faults.on("SendBulkEmail").lose_answer()
    assert [digest.main(DAY) for _ in range(2)] == [0, 0]
    assert len(set(readers(fake_ses))) == len(readers(fake_ses)) == 119
    (subject,) = reports(fake_ses)
    assert " 0 unknown" not in subject


@pytest.mark.fake_ses(verified=[])
def test_nothing_is_sent_from_an_address_that_is_not_verified(
    fake_ses: FakeSES, capsys: pytest.CaptureFixture[str]
) -> None:
    """The preflight says so before the first mail."""
    assert digest.main(DAY) == 1
    assert len(fake_ses.outbox) == 0
    assert "example.com" in capsys.readouterr().out


def test_a_day_without_articles_sends_nothing(fake_ses: FakeSES) -> None:
    """Not even a report."""
    assert digest.main("2026-11-22") == 0
    assert len(fake_ses.outbox) == 0

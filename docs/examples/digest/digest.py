"""A digest of a day: each subscriber gets it once, however often this is started.

    python docs/examples/digest/digest.py 2026-11-21

The day is yesterday unless it is given. What is known of it is kept in
STATE_DIRECTORY. The exit status is 0 if everybody has the digest, 75 if another
start can send the rest, and 1 if somebody has to correct something first.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from sesv2kit import SESv2Client, compose, errors, models
from sesv2kit.bulk import BulkItem, BulkSender, BulkStoppedError

SENDER = "Shop <news@example.com>"
OPERATOR = "operator@example.com"
SITE = "https://shop.example.com"
DATABASE = os.environ.get("DATABASE", "shop.db")
STATE = Path(os.environ.get("STATE_DIRECTORY", "."))
RESERVE = 1000  # mails of the quota that receipts and the like may need today
SCHEMA = """
    CREATE TABLE IF NOT EXISTS articles (day TEXT, title TEXT, url TEXT);
    CREATE TABLE IF NOT EXISTS subscribers (
        id INTEGER PRIMARY KEY, name TEXT, address TEXT, token TEXT
    );
"""
TEXT = """Dear {{name}},

%s

No more of this: {{leave}}
"""
HTML = """<p>Dear {{name}},</p>
<ul>%s</ul>
<p><a href="{{leave}}">No more of this</a></p>
"""


class Subscriber(NamedTuple):
    """A row of the table."""

    id: int
    name: str
    address: str
    token: str


def main(day: str) -> int:
    """Send the digest of a day as far as possible, and mail a report."""
    content = edition(day)
    if content is None:
        print(f"{day}: there is nothing to write about")
        return 0
    with SESv2Client(timeout=10) as ses:
        try:
            status, lines = send(ses, day, content)
        except (errors.ConfigurationError, errors.JournalError) as error:
            print(error, file=sys.stderr)  # for example: another run has it open
            return 1
        report(ses, day, lines)
    return status


def edition(day: str) -> models.EmailTemplateContent | None:
    """Return the mail of a day: the same one each time, once it was made."""
    file = STATE / f"digest-{day}.json"
    if not file.exists():
        articles = query("SELECT title, url FROM articles WHERE day = ?", day)
        if not articles:
            return None
        draft = file.with_suffix(".new")
        draft.write_text(json.dumps(written(articles)))
        draft.replace(file)
    return models.EmailTemplateContent(**json.loads(file.read_text()))


def written(articles: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the parts of a mail; SES fills in the name and the link of each reader.

    A template that is sent along can have variables, and no loops, so the loop is here.
    """
    lines = [f"* {title}\n  {url}" for title, url in articles]
    items = [
        f'<li><a href="{escape(url)}">{escape(title)}</a></li>'
        for title, url in articles
    ]
    return {
        "subject": "{{name}}, this is new",
        "text": TEXT % "\n".join(lines).replace("{{", "{ {"),
        "html": HTML % "\n".join(items).replace("{", "&#123;"),
    }


def send(
    ses: SESv2Client, day: str, content: models.EmailTemplateContent
) -> tuple[int, list[str]]:
    """Send to everybody who does not have the digest; return status and report."""
    people = subscribers()
    items = [BulkItem(partial(entry_for, one), key=str(one.id)) for one in people]
    found = sender_for(ses, day, content).preflight(items[:100])
    wrong = [str(one) for one in found.problems if not one.path.startswith("sample")]
    if wrong:
        return 1, ["nothing was sent", *wrong]
    left = found.quota_left
    limit = int(left) - RESERVE if left is not None and isfinite(left) else None
    if limit is not None and limit < 1:
        return 75, ["nothing was sent", "what is left of the quota is reserved"]

    sender = sender_for(ses, day, content, limit)
    notes: list[str] = []
    try:
        with sender.stop_on_signals():
            notes.extend(
                f"{outcome.state}: {outcome.key}, {outcome.code}"
                for outcome in sender.send(items)
                if outcome.state != "sent"
            )
    except BulkStoppedError as stopped:
        notes.append(f"stopped: {stopped.reason}")
    done = sender.report
    rest = len(people) - done.settled
    numbers = f"{done.sent} sent, {done.failed} failed, {done.unknown} unknown"
    return 75 if rest else 0, [f"{numbers}, {rest} left", *sorted(notes)]


def sender_for(
    ses: SESv2Client,
    day: str,
    content: models.EmailTemplateContent,
    limit: int | None = None,
) -> BulkSender:
    """Return the sender of a day's digest; its journal has the day in its name."""
    return BulkSender(
        ses,
        from_email_address=SENDER,
        default_content=compose.bulk_content(
            content, {"name": "reader", "leave": SITE}
        ),
        default_email_tags=compose.tags({"kind": "digest", "day": day}),
        journal=STATE / f"digest-{day}.journal",
        limit=limit,
    )


def entry_for(one: Subscriber) -> models.BulkEmailEntry:
    """Return the entry of a subscriber; it is called for those alone who are due."""
    leave = f"{SITE}/leave?token={one.token}"
    return compose.bulk_entry(
        to=compose.address(one.name, one.address),
        data={"name": one.name, "leave": leave},
        headers=compose.unsubscribe(leave),
    )


def report(ses: SESv2Client, day: str, lines: Sequence[str]) -> None:
    """Print a report, and mail it unless it says what the last one said."""
    text = "\n".join(lines)
    print(text)
    last = STATE / f"digest-{day}.report"
    if last.exists() and last.read_text() == text:
        return
    mail = compose.mail(
        sender=SENDER, to=OPERATOR, subject=f"Digest of {day}: {lines[0]}", text=text
    )
    try:
        # Two reports do no harm.
        ses.send_email(**mail.arguments, options={"resend_ambiguous": True})
    except errors.SESv2Error as error:
        print(f"the report was not sent: {error}", file=sys.stderr)
    else:
        last.write_text(text)


def subscribers() -> list[Subscriber]:
    """Return who is subscribed now."""
    rows = query("SELECT id, name, address, token FROM subscribers ORDER BY id")
    return [Subscriber(*row) for row in rows]


def query(statement: str, *values: object) -> list[Any]:
    """Return the rows of a query; the tables are made if they are not there."""
    with closing(sqlite3.connect(DATABASE)) as database:
        database.executescript(SCHEMA)
        return database.execute(statement, values).fetchall()


if __name__ == "__main__":
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else yesterday))

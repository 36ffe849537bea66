"""The mails that the fake service took, and what became of them, in the tables of the database."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from .store import Database

_COLUMNS: Final = (
    "number, message_id, sent_at, operation, sender, recipients, subject, text, html, facts, request, status, is_read"
)


@attrs.frozen
class Recipients:
    """Who a mail goes to."""

    to: Sequence[str] = ()
    cc: Sequence[str] = ()
    bcc: Sequence[str] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """All of them, in the order of the request."""
        return (*self.to, *self.cc, *self.bcc)


@attrs.frozen(kw_only=True)
class StoredMail:
    """A mail as the log has it."""

    message_id: str
    sent_at: float
    """In seconds since the epoch."""
    operation: str
    """The operation that sent it."""
    sender: str
    recipients: Recipients
    subject: str
    text: str | None
    html: str | None
    facts: Mapping[str, Any]
    """What else the request said of the mail, as JSON: `tags`, `configuration_set`, `template`, `template_data`,
    `tenant`, `reply_to`, `headers`, `contact_list`, `topic` and `entry`, the place in a bulk request."""
    request: bytes
    """The body of the request, as it came."""
    status: str = "sent"
    """The status that events give it, see `sesv2kit.events.State`."""
    is_read: bool = False
    number: int = 0
    """Its number in the log, which grows."""


@attrs.frozen(kw_only=True)
class StoredEvent:
    """An event as the log has it: its body alone, as the mail says the rest."""

    message_id: str
    type: str
    """The `eventType`."""
    occurred_at: float
    """In seconds since the epoch."""
    body: Mapping[str, Any]
    """The body, as SES writes it."""
    number: int = 0


class MailLog:
    """All mails, newest last. The caller holds the lock of the database."""

    def __init__(self, database: Database) -> None:
        self._connection = database.connection

    def add(self, mail: StoredMail) -> StoredMail:
        """Keep a mail, and return it with its number."""
        recipients = json.dumps([mail.recipients.to, mail.recipients.cc, mail.recipients.bcc])
        cursor = self._connection.execute(
            "INSERT INTO mails (message_id, sent_at, operation, sender, recipients, subject, text, html, facts,"
            " request, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                mail.message_id,
                mail.sent_at,
                mail.operation,
                mail.sender,
                recipients,
                mail.subject,
                mail.text,
                mail.html,
                json.dumps(mail.facts),
                mail.request,
                mail.status,
            ),
        )
        return attrs.evolve(mail, number=cursor.lastrowid or 0)

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM mails").fetchone()[0])

    def find(self, message_id: str) -> StoredMail | None:
        """Return the mail with an id."""
        row = self._connection.execute(f"SELECT {_COLUMNS} FROM mails WHERE message_id = ?", (message_id,)).fetchone()  # noqa: S608
        return _mail(row) if row else None

    def at(self, position: int) -> StoredMail | None:
        """Return the mail at a position, 0 for the first; one below 0 counts from the last."""
        order, offset = ("ASC", position) if position >= 0 else ("DESC", -position - 1)
        query = f"SELECT {_COLUMNS} FROM mails ORDER BY number {order} LIMIT 1 OFFSET ?"  # noqa: S608
        row = self._connection.execute(query, (offset,)).fetchone()
        return _mail(row) if row else None

    def after(self, number: int, limit: int = 500) -> list[StoredMail]:
        """Return mails with larger numbers, oldest first."""
        query = f"SELECT {_COLUMNS} FROM mails WHERE number > ? ORDER BY number LIMIT ?"  # noqa: S608
        return [_mail(row) for row in self._connection.execute(query, (number, limit))]

    def between(self, start: float, end: float) -> Iterator[StoredMail]:
        """Yield the mails that were taken in a range of time, oldest first; the end does not belong to it."""
        query = f"SELECT {_COLUMNS} FROM mails WHERE sent_at >= ? AND sent_at < ? ORDER BY number"  # noqa: S608
        return map(_mail, self._connection.execute(query, (start, end)))

    def set_status(self, message_id: str, status: str) -> None:
        """Change the status of a mail."""
        self._connection.execute("UPDATE mails SET status = ? WHERE message_id = ?", (status, message_id))

    def count_since(self, moment: float) -> int:
        """Return how many mails were taken at or after a moment."""
        return int(self._connection.execute("SELECT count(*) FROM mails WHERE sent_at >= ?", (moment,)).fetchone()[0])

    def clear(self) -> None:
        """Delete all mails."""
        self._connection.execute("DELETE FROM mails")


class EventLog:
    """All events, in the order in which they were made. The caller holds the lock of the database."""

    def __init__(self, database: Database) -> None:
        self._connection = database.connection

    def add(self, event: StoredEvent) -> StoredEvent:
        """Keep an event, and return it with its number."""
        cursor = self._connection.execute(
            "INSERT INTO events (message_id, type, occurred_at, body) VALUES (?, ?, ?, ?)",
            (event.message_id, event.type, event.occurred_at, json.dumps(event.body)),
        )
        return attrs.evolve(event, number=cursor.lastrowid or 0)

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM events").fetchone()[0])

    def of_mail(self, message_id: str) -> list[StoredEvent]:
        """Return the events of a mail."""
        query = "SELECT message_id, type, occurred_at, body, number FROM events WHERE message_id = ? ORDER BY number"
        return [_event(row) for row in self._connection.execute(query, (message_id,))]

    def between(self, start: float, end: float) -> Iterator[StoredEvent]:
        """Yield the events of a range of time, oldest first; the end does not belong to it."""
        query = (
            "SELECT message_id, type, occurred_at, body, number FROM events"
            " WHERE occurred_at >= ? AND occurred_at < ? ORDER BY number"
        )
        return map(_event, self._connection.execute(query, (start, end)))

    def after(self, number: int, limit: int = 500) -> Iterator[StoredEvent]:
        """Return events with larger numbers, oldest first."""
        query = (
            "SELECT message_id, type, occurred_at, body, number FROM events WHERE number > ? ORDER BY number LIMIT ?"
        )
        return map(_event, self._connection.execute(query, (number, limit)).fetchall())

    def clear(self) -> None:
        """Delete all events."""
        self._connection.execute("DELETE FROM events")


def _mail(row: Sequence[Any]) -> StoredMail:
    number, message_id, sent_at, operation, sender, recipients, subject, text, html, facts, request, status, read = row
    return StoredMail(
        number=number,
        message_id=message_id,
        sent_at=sent_at,
        operation=operation,
        sender=sender,
        recipients=Recipients(*json.loads(recipients)),
        subject=subject,
        text=text,
        html=html,
        facts=json.loads(facts),
        request=request,
        status=status,
        is_read=bool(read),
    )


def _event(row: Sequence[Any]) -> StoredEvent:
    message_id, kind, occurred_at, body, number = row
    return StoredEvent(message_id=message_id, type=kind, occurred_at=occurred_at, body=json.loads(body), number=number)

"""The mails that the fake service took, and what became of them, in the tables of the database.

The columns of `mails` are the attributes of `StoredMail`; `recipients` holds three lists of addresses as JSON, and
`request` the number of the row of `requests` that has the body of the request, which all mails of a bulk request share.
A mail with the status `failed` was never made: its template could not be filled in.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import Any, Final

import attrs

from ..._core.exceptions import ConfigurationError
from .sending.addresses import mailbox_of
from .store import Database

_COLUMNS: Final = (
    "number, message_id, sent_at, status, is_read, counted, request, operation, sender, subject, recipients, facts,"
    " text, html"
)
_EVENT_COLUMNS: Final = "message_id, type, occurred_at, body, number"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@attrs.frozen
class Recipients:
    """Who a mail goes to: addresses as the request has them, with or without names."""

    to: Sequence[str] = ()
    cc: Sequence[str] = ()
    bcc: Sequence[str] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """All of them, in the order of the request."""
        return (*self.to, *self.cc, *self.bcc)

    @property
    def mailboxes(self) -> tuple[str, ...]:
        """All of them without names."""
        return tuple(map(mailbox_of, self.all))


@attrs.define(kw_only=True)
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
    """The plain text that the recipients see, before links are made to report clicks."""
    html: str | None
    """The HTML that the recipients see, before it is made to report opens and clicks."""
    facts: Mapping[str, Any]
    """What else is known of the mail, as JSON; what does not apply is missing.

    `tags` (values by names), `configuration_set`, `template` (its name or ARN), `template_data`, `tenant`, `reply_to`
    (addresses), `headers` (pairs of name and value), `contact_list`, `topic`, `unsubscribe_url`, `attachments` (file
    names), `entry` (the position in a bulk request), `is_raw`, `return_path`, `source_arn`, `tracking` (see
    `sending.tracking.Tracking`)."""
    counted: int = 0
    """How many recipients count against the quota; those of the mailbox simulator do not."""
    request: int = 0
    """The number of the request, see `MailLog.request_of`."""
    status: str = "sent"
    """The state that events give it, see `sesv2kit.events.State`."""
    is_read: bool = False
    number: int = 0
    """Its number in the log, which grows."""


@attrs.define(kw_only=True)
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
    """Its number in the log, which grows."""


class MailLog:
    """All mails, newest last. The caller holds the lock of the database."""

    def __init__(self, database: Database) -> None:
        self._connection = database.connection

    def add_request(self, body: bytes) -> int:
        """Keep the body of a request, and return its number."""
        return self._connection.execute("INSERT INTO requests (body) VALUES (?)", (body,)).lastrowid or 0

    def add(self, mail: StoredMail) -> None:
        """Keep a mail, which gets its number."""
        recipients = mail.recipients
        mail.number = _insert(
            self._connection,
            "INSERT INTO mails (message_id, sent_at, status, counted, request, operation, sender, subject, recipients,"
            " facts, text, html) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                mail.message_id,
                mail.sent_at,
                mail.status,
                mail.counted,
                mail.request,
                mail.operation,
                mail.sender,
                mail.subject,
                _encode((recipients.to, recipients.cc, recipients.bcc)),
                _encode(mail.facts),
                mail.text,
                mail.html,
            ),
        )

    def request_of(self, mail: StoredMail) -> bytes:
        """Return the body of the request that sent a mail.

        Raises:
            ConfigurationError: The mail was deleted.
        """
        row = self._connection.execute("SELECT body FROM requests WHERE number = ?", (mail.request,)).fetchone()
        if row is None:
            raise ConfigurationError(f"the mail {mail.message_id} was deleted, and its message with it")
        return bytes(row[0])

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM mails").fetchone()[0])

    def find(self, message_id: str) -> StoredMail | None:
        """Return the mail with an id."""
        row = self._connection.execute(f"SELECT {_COLUMNS} FROM mails WHERE message_id = ?", (message_id,)).fetchone()  # noqa: S608
        return _mail(row) if row else None

    def count_sent(self) -> int:
        """Return how many mails were made; those whose template could not be filled in were not."""
        query = "SELECT (SELECT count(*) FROM mails) - (SELECT count(*) FROM mails WHERE status = 'failed')"
        return int(self._connection.execute(query).fetchone()[0])

    def sent(self, start: int, count: int) -> list[StoredMail]:
        """Return mails that were made, oldest first, without the first `start` of them."""
        left = self.count_sent() - start - count
        if left > start:
            query = f"SELECT {_COLUMNS} FROM mails WHERE status != 'failed' ORDER BY number LIMIT ? OFFSET ?"  # noqa: S608
            return [_mail(row) for row in self._connection.execute(query, (count, start))]
        # The end is nearer, and each row on the way is read.
        query = f"SELECT {_COLUMNS} FROM mails WHERE status != 'failed' ORDER BY number DESC LIMIT ? OFFSET ?"  # noqa: S608
        rows = self._connection.execute(query, (count + min(left, 0), max(left, 0))).fetchall()
        return [_mail(row) for row in reversed(rows)]

    def sent_after(self, number: int, limit: int) -> list[StoredMail]:
        """Return mails that were made, with larger numbers, oldest first."""
        query = f"SELECT {_COLUMNS} FROM mails WHERE number > ? AND status != 'failed' ORDER BY number LIMIT ?"  # noqa: S608
        return [_mail(row) for row in self._connection.execute(query, (number, limit))]

    def between(self, start: float, end: float) -> Iterator[StoredMail]:
        """Yield the mails that were taken in a range of time, oldest first; the end does not belong to it."""
        query = f"SELECT {_COLUMNS} FROM mails WHERE sent_at >= ? AND sent_at < ? ORDER BY number"  # noqa: S608
        return map(_mail, self._connection.execute(query, (start, end)))

    def with_numbers(self, numbers: Sequence[int]) -> list[StoredMail]:
        """Return the mails with these numbers, newest first."""
        marks = ", ".join("?" * len(numbers))
        query = f"SELECT {_COLUMNS} FROM mails WHERE number IN ({marks}) ORDER BY number DESC"  # noqa: S608 -- no values
        return [_mail(row) for row in self._connection.execute(query, numbers)]

    def mark(self, message_id: str, *, is_read: bool) -> None:
        """Mark a mail as read, or as unread."""
        self._connection.execute("UPDATE mails SET is_read = ? WHERE message_id = ?", (is_read, message_id))

    def mark_all_read(self) -> None:
        """Mark every mail as read."""
        self._connection.execute("UPDATE mails SET is_read = 1 WHERE is_read = 0")

    def delete(self, message_id: str) -> bool:
        """Delete a mail; returns whether it was there."""
        self._connection.execute("DELETE FROM events WHERE message_id = ?", (message_id,))
        return self._connection.execute("DELETE FROM mails WHERE message_id = ?", (message_id,)).rowcount > 0

    def set_status(self, mail: StoredMail, status: str) -> None:
        """Change the status of a mail."""
        mail.status = status
        self._connection.execute("UPDATE mails SET status = ? WHERE message_id = ?", (status, mail.message_id))

    def recipients_by_second(self, moment: float) -> list[tuple[int, int]]:
        """Return the seconds since a moment in which mails were sent, and how many counted recipients each had."""
        query = (
            "SELECT CAST(sent_at AS INTEGER), sum(counted) FROM mails WHERE sent_at >= ?"
            " GROUP BY CAST(sent_at AS INTEGER) ORDER BY 1"
        )
        return [(int(second), int(count)) for second, count in self._connection.execute(query, (moment,))]

    def clear(self) -> None:
        """Delete all mails."""
        self._connection.execute("DELETE FROM mails")
        self._connection.execute("DELETE FROM requests")


class EventLog:
    """All events, in the order in which they were made. The caller holds the lock of the database."""

    def __init__(self, database: Database) -> None:
        self._connection = database.connection

    def add(self, event: StoredEvent) -> None:
        """Keep an event, which gets its number."""
        event.number = _insert(
            self._connection,
            "INSERT INTO events (message_id, type, occurred_at, body) VALUES (?, ?, ?, ?)",
            (event.message_id, event.type, event.occurred_at, _encode(event.body) if event.body else "{}"),
        )

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM events").fetchone()[0])

    def count(self) -> int:
        """Return how many events there are."""
        return len(self)

    def slice(self, start: int, count: int) -> list[StoredEvent]:
        """Return events, oldest first, without the first `start` of them."""
        left = len(self) - start - count
        if left > start:
            query = f"SELECT {_EVENT_COLUMNS} FROM events ORDER BY number LIMIT ? OFFSET ?"  # noqa: S608
            return [_event(row) for row in self._connection.execute(query, (count, start))]
        query = f"SELECT {_EVENT_COLUMNS} FROM events ORDER BY number DESC LIMIT ? OFFSET ?"  # noqa: S608
        rows = self._connection.execute(query, (count + min(left, 0), max(left, 0))).fetchall()
        return [_event(row) for row in reversed(rows)]

    def of_mail(self, message_id: str) -> list[StoredEvent]:
        """Return the events of a mail."""
        query = f"SELECT {_EVENT_COLUMNS} FROM events WHERE message_id = ? ORDER BY number"  # noqa: S608
        return [_event(row) for row in self._connection.execute(query, (message_id,))]

    def between(self, start: float, end: float) -> Iterator[StoredEvent]:
        """Yield the events of a range of time, oldest first; the end does not belong to it."""
        query = f"SELECT {_EVENT_COLUMNS} FROM events WHERE occurred_at >= ? AND occurred_at < ? ORDER BY number"  # noqa: S608
        return map(_event, self._connection.execute(query, (start, end)))

    def of_type(self, kind: str) -> list[StoredEvent]:
        """Return the events of a kind."""
        query = f"SELECT {_EVENT_COLUMNS} FROM events WHERE type = ? ORDER BY number"  # noqa: S608
        return [_event(row) for row in self._connection.execute(query, (kind,))]

    def after(self, number: int, limit: int) -> list[StoredEvent]:
        """Return events with larger numbers, oldest first."""
        query = f"SELECT {_EVENT_COLUMNS} FROM events WHERE number > ? ORDER BY number LIMIT ?"  # noqa: S608
        return [_event(row) for row in self._connection.execute(query, (number, limit))]

    def clear(self) -> None:
        """Delete all events."""
        self._connection.execute("DELETE FROM events")


def _insert(connection: Connection, query: str, values: Sequence[object]) -> int:
    """Insert a row, and return its number."""
    try:
        return connection.execute(query, values).lastrowid or 0
    except UnicodeEncodeError:  # half of a surrogate pair, which some charsets and template data can hold
        return connection.execute(query, [_encodable(value) for value in values]).lastrowid or 0


def _encodable(value: object) -> object:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _mail(row: Sequence[Any]) -> StoredMail:
    (number, message_id, sent_at, status, is_read, counted, request, *others) = row
    (operation, sender, subject, recipients, facts, text, html) = others
    return StoredMail(
        number=number,
        message_id=message_id,
        sent_at=sent_at,
        status=status,
        is_read=bool(is_read),
        counted=counted,
        request=request,
        operation=operation,
        sender=sender,
        subject=subject,
        recipients=Recipients(*json.loads(recipients)),
        facts=json.loads(facts),
        text=text,
        html=html,
    )


def _event(row: Sequence[Any]) -> StoredEvent:
    message_id, kind, occurred_at, body, number = row
    return StoredEvent(message_id=message_id, type=kind, occurred_at=occurred_at, body=json.loads(body), number=number)

"""The search of the inbox: words and terms such as `to:ann` and `-is:read` become a condition in SQL."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import attrs

from ..._core.exceptions import ConfigurationError

_TERM: Final = re.compile(
    r'(?P<not>[-!])?(?:(?P<field>[a-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<word>[^\s"]+))', re.IGNORECASE
)
_MAX_TERMS: Final = 30
_MAX_TERM: Final = 1000
"""How long a term may be; SQLite refuses very long patterns."""
_AGO: Final = re.compile(r"(\d{1,4})([hdw])")
_TAGS: Final = "SELECT 1 FROM json_each(facts, '$.tags')"
_UNITS: Final = {"h": "hours", "d": "days", "w": "weeks"}


@attrs.frozen
class Condition:
    """A condition on mails, for the WHERE clause of a query."""

    sql: str
    values: Sequence[object] = ()


EVERYTHING: Final = Condition("1")


def parse(text: str, now: datetime) -> Condition:
    """Return the condition that a search is.

    Words must all be in the mail: in its addresses, its subject or its text. `-` or `!` before a term excludes it.

    Args:
        text: The search.
        now: The present time, for `after:7d`.

    Raises:
        ConfigurationError: A term is not understood or too long; the message says which.
    """
    terms = [match for match in _TERM.finditer(text) if match[0].strip()][:_MAX_TERMS]
    conditions = [_condition(match, now) for match in terms]
    if not conditions:
        return EVERYTHING
    return Condition(
        " AND ".join(f"({condition.sql})" for condition in conditions),
        [value for condition in conditions for value in condition.values],
    )


def _condition(match: re.Match[str], now: datetime) -> Condition:
    value = match["quoted"] if match["quoted"] is not None else match["word"]
    if len(value) > _MAX_TERM:
        raise ConfigurationError(f"a term may have at most {_MAX_TERM:,} characters; {value[:20]}... is longer")
    field = (match["field"] or "").lower()
    if field in _CONDITIONS:
        found = _CONDITIONS[field](value, now)
    else:
        # A colon that follows no known word is a part of the text, as in a time or an address of the web.
        found = _anywhere(f"{match['field']}:{value}" if field else value)
    return Condition(f"NOT ({found.sql})", found.values) if match["not"] else found


def _like(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _anywhere(text: str) -> Condition:
    columns = ("subject", "sender", "recipients", "text", "html", "message_id")
    sql = " OR ".join(rf"coalesce({column}, '') LIKE ? ESCAPE '\'" for column in columns)
    return Condition(sql, [_like(text)] * len(columns))


def _column(column: str) -> Callable[[str, datetime], Condition]:
    return lambda text, _now: Condition(rf"coalesce({column}, '') LIKE ? ESCAPE '\'", [_like(text)])


def _recipients(place: int | None) -> Callable[[str, datetime], Condition]:
    column = "recipients" if place is None else f"json_extract(recipients, '$[{place}]')"
    return _column(column)


def _tag(text: str, _now: datetime) -> Condition:
    name, equals, value = text.partition("=")
    if equals:
        return Condition(f"EXISTS ({_TAGS} WHERE key = ? AND value = ?)", [name, value])
    return Condition(f"EXISTS ({_TAGS} WHERE ? IN (key, value))", [name])


def _is(text: str, _now: datetime) -> Condition:
    known: Mapping[str, str] = {"read": "is_read = 1", "unread": "is_read = 0"}
    if text.lower() not in known:
        raise ConfigurationError(f"is:{text} is not understood; is:read and is:unread are")
    return Condition(known[text.lower()])


def _has(text: str, _now: datetime) -> Condition:
    if text.lower() not in ("attachment", "attachments"):
        raise ConfigurationError(f"has:{text} is not understood; has:attachment is")
    return Condition("json_array_length(facts, '$.attachments') > 0")


def _status(text: str, _now: datetime) -> Condition:
    return Condition("status = ?", [text.lower()])


def _moment(text: str, now: datetime) -> float:
    """Return a time: a date, a time of ISO 8601, or how long ago (`36h`, `7d`, `2w`)."""
    if ago := _AGO.fullmatch(text):
        return (now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})).timestamp()
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise ConfigurationError(f"{text!r} is not a time; write 2026-01-31, 2026-01-31T12:00 or 7d") from None


_CONDITIONS: Final[Mapping[str, Callable[[str, datetime], Condition]]] = {
    "to": _recipients(0),
    "cc": _recipients(1),
    "bcc": _recipients(2),
    "from": _column("sender"),
    "subject": _column("subject"),
    "text": _column("text"),
    "template": _column("json_extract(facts, '$.template')"),
    "id": _column("message_id"),
    "tag": _tag,
    "is": _is,
    "has": _has,
    "status": _status,
    "before": lambda text, now: Condition("sent_at < ?", [_moment(text, now)]),
    "after": lambda text, now: Condition("sent_at >= ?", [_moment(text, now)]),
}

"""Bulk sending: settings, entries, and the result of a run."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import attrs

from sesv2kit import Credentials, errors, models
from sesv2kit.bulk import BulkItem, Outcome, Report

CONTENT = models.BulkEmailContent(template=models.Template(template_name="news", template_data="{}"))
SETTINGS: dict[str, Any] = {"from_email_address": "shop@example.com", "default_content": CONTENT}
CLIENT: dict[str, Any] = {"region": "eu-west-1", "credentials": Credentials("key", "secret"), "retry_mode": "off"}

Source = Iterable[models.BulkEmailEntry | BulkItem]


def address(number: int) -> str:
    """Return the address of a recipient."""
    return f"r{number}@example.net"


def entry(number: int, others: int = 0) -> models.BulkEmailEntry:
    """Return the entry of a recipient, and of so many others."""
    to = [address(number), *[f"other{other}.{number}@example.net" for other in range(others)]]
    return models.BulkEmailEntry(destination=models.Destination(to_addresses=to))


def entries(count: int) -> list[models.BulkEmailEntry]:
    """Return entries to the first so many recipients."""
    return list(map(entry, range(count)))


@attrs.define
class Mailing:
    """What came of a run."""

    report: Report
    outcomes: list[Outcome] = attrs.field(factory=list[Outcome])
    error: Exception | None = None

    @property
    def states(self) -> dict[int, str]:
        """The state of every entry that has an outcome, by its place."""
        states = {outcome.index: str(outcome.state) for outcome in self.outcomes}
        assert len(states) == len(self.outcomes), "an entry has two outcomes"
        return states


Send = Callable[..., Awaitable[Mailing]]
"""Sends entries through a server, and returns what came of it; settings are the sender's own."""


def outcome(index: int, **facts: Any) -> Outcome:
    """Return an outcome, of a mail that was sent unless something else is said."""
    return Outcome(**{"index": index, "key": None, "entry": entry(index), "state": "sent", "message_id": "id", **facts})


REJECTED = errors.MessageRejected('a virus, "found"\nin it', code="MESSAGE_REJECTED", operation="SendBulkEmail")
OUTCOMES = [
    outcome(0, key="=1+1", attempts=1),
    outcome(1, state="failed", message_id=None, error=REJECTED, attempts=2),
    outcome(3, key="\ud800"),
    outcome(2, state="unknown", message_id=None, error=errors.AmbiguousSendError("who knows"), resumed=True),
]

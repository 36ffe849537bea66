"""Mailings that any number of workers send, on any number of machines, over a journal in a database.

    july = Mailing("july", journal=SharedJournal("postgresql+psycopg:///shop"), entries=entries_for, client=make_client,
                   from_email_address="shop@example.com", default_content=content)
    july.enrol(keys)
    for number in july.sweep():
        july.send_batch(number)

How it fails, and what is lost: workers, the engine and the database may die at any time, and no entry is lost or sent
twice. Entries of requests that were under way are `unknown`, until events, or `Mailing.decide`, settle them. The
journal needs a database that keeps what it has committed: one that fails over without its last commits stops the
mailing.

One machine is served by `sesv2kit.bulk.BulkSender`, without any of this. docs/fleet.md is the guide.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .._core.exceptions import ConfigurationError, JournalError
from .errors import LeaseLostError
from .hooks import BatchInfo, FleetHook
from .reports import BatchReport, EntryOutcome, MailingReport

if TYPE_CHECKING:
    from .journal import SharedJournal as SharedJournal
    from .mailing import Mailing as Mailing

_HOMES = {"Mailing": "mailing", "SharedJournal": "journal"}
"""What needs SQLAlchemy."""


def __getattr__(name: str) -> Any:
    if name in ("celery", "procrastinate"):
        return import_module(f".{name}", __name__)
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    except ModuleNotFoundError as missing:
        if missing.name != "sqlalchemy":
            raise
        raise ConfigurationError('a fleet needs an extra: pip install "sesv2kit[fleet]"') from missing
    globals()[name] = value
    return value


__all__ = [
    "BatchInfo",
    "BatchReport",
    "EntryOutcome",
    "FleetHook",
    "JournalError",
    "LeaseLostError",
    "Mailing",
    "MailingReport",
    "SharedJournal",
]

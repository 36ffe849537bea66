"""Mailings: any number of entries through `send_bulk_email`, each with an outcome of its own.

How it fails, and what is lost: an entry that fails has an outcome that says so, and the others go on. What stops a run
raises `BulkStoppedError`, whose `untouched` entries were not sent. With a journal, the next run carries on after any
end, and nothing is lost: entries whose request was under way are `unknown`. Without one, a process that is killed loses
what it knew. docs/bulk.md is the guide.
"""

from .._core.exceptions import BulkStoppedError, JournalError
from .item import BulkItem
from .journal import EntryRecord, Journal, KnownEntry, MailingIdentity
from .outcome_file import OutcomeFile
from .preflight import Preflight
from .report import Outcome, Progress, Report, tqdm_bar
from .senders import AsyncBulkSender, BulkSender

__all__ = [
    "AsyncBulkSender",
    "BulkItem",
    "BulkSender",
    "BulkStoppedError",
    "EntryRecord",
    "Journal",
    "JournalError",
    "KnownEntry",
    "MailingIdentity",
    "Outcome",
    "OutcomeFile",
    "Preflight",
    "Progress",
    "Report",
    "tqdm_bar",
]

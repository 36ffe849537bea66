"""Mailings: any number of entries through `send_bulk_email`, each with an outcome of its own.

docs/bulk.md is the guide.
"""

from .._core.exceptions import BulkStoppedError, JournalError
from .item import BulkItem
from .journal import Journal
from .outcome_file import OutcomeFile
from .preflight import Preflight
from .report import Outcome, Progress, Report, tqdm_bar
from .senders import AsyncBulkSender, BulkSender

__all__ = [
    "AsyncBulkSender",
    "BulkItem",
    "BulkSender",
    "BulkStoppedError",
    "Journal",
    "JournalError",
    "Outcome",
    "OutcomeFile",
    "Preflight",
    "Progress",
    "Report",
    "tqdm_bar",
]

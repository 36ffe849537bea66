"""Mailings: any number of entries through `send_bulk_email`, each with an outcome of its own.

docs/bulk.md is the guide.
"""

from .._core.exceptions import BulkStoppedError
from .item import BulkItem
from .journal import Journal
from .report import Outcome, OutcomeFile, Progress, Report, tqdm_bar
from .senders import AsyncBulkSender, BulkSender

__all__ = [
    "AsyncBulkSender",
    "BulkItem",
    "BulkSender",
    "BulkStoppedError",
    "Journal",
    "Outcome",
    "OutcomeFile",
    "Progress",
    "Report",
    "tqdm_bar",
]

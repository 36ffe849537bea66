"""Mailings: any number of entries through `send_bulk_email`, each with an outcome of its own.

docs/bulk.md is the guide.
"""

from .._core.exceptions import BulkStoppedError
from .report import Outcome, OutcomeFile, Progress, Report, tqdm_bar
from .run import BulkItem
from .senders import AsyncBulkSender, BulkSender

__all__ = [
    "AsyncBulkSender",
    "BulkItem",
    "BulkSender",
    "BulkStoppedError",
    "Outcome",
    "OutcomeFile",
    "Progress",
    "Report",
    "tqdm_bar",
]

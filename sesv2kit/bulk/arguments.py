"""What the arguments of a sender have to be: most are checked when it is made, the others when a run begins."""

from collections.abc import AsyncIterable, Iterable, Mapping
from concurrent.futures import Executor
from os import fsencode
from pathlib import Path
from typing import Any, Final

from .._core.callbacks import is_sync_function
from .._core.model import is_number
from .._core.settings import SWITCH, Rule
from ..client import AsyncSESv2Client, SESv2Client


def _is_path(value: Any) -> bool:
    try:
        return b"\0" not in fsencode(Path(value))
    except (TypeError, UnicodeEncodeError):
        return False


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 1


def _is_source(value: Any) -> bool:
    """Return whether a value can hold several entries; the letters of a str are not entries."""
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | bytearray)


_OPTIONAL_COUNT: Final = Rule(lambda value: value is None or _is_count(value), "must be an int of at least 1, or None")
_SOURCE: Final = "must be an iterable of BulkEmailEntry or BulkItem, and not one of them or a str"

SENDER_RULES: Final[Mapping[str, Rule]] = {
    "max_in_flight": _OPTIONAL_COUNT,
    "max_attempts": Rule(_is_count, "must be an int of at least 1"),
    "journal": Rule(
        lambda value: value is None or _is_path(value) or is_sync_function(value),
        "must be the path of a file, or a function that opens a Journal and is not async",
    ),
    "retry_failed": SWITCH,
    "resend_unknown": SWITCH,
    "unique_recipients": SWITCH,
    "limit": _OPTIONAL_COUNT,
    "stop_when": Rule(
        lambda value: value is None or is_sync_function(value) or (is_number(value) and 0 < value <= 1),
        "must be a share above 0 and at most 1, or a function of the report that is not async",
    ),
    "on_quota": Rule(lambda value: value in ("stop", "wait"), "must be 'stop' or 'wait'"),
    "outage_patience": Rule(lambda value: is_number(value) and value >= 0, "must be a number of seconds, at least 0"),
    "read_ahead": SWITCH,
    "on_progress": Rule(
        lambda value: value is None or is_sync_function(value), "must be a function of the report that is not async"
    ),
    "sample": Rule(_is_source, _SOURCE),
    "total": Rule(
        lambda value: value is None or (type(value) is int and value >= 0), "must be an int of at least 0, or None"
    ),
}
"""What the arguments that both senders have must be."""
SYNC_RULES: Final[Mapping[str, Rule]] = {
    **SENDER_RULES,
    "client": Rule(
        lambda value: isinstance(value, SESv2Client),
        "must be an SESv2Client; AsyncBulkSender takes an AsyncSESv2Client",
    ),
    "entries": Rule(_is_source, f"{_SOURCE}; AsyncBulkSender takes an async one"),
    "executor": Rule(lambda value: value is None or isinstance(value, Executor), "must be an Executor, or None"),
}
"""What the arguments of `BulkSender` must be."""
ASYNC_RULES: Final[Mapping[str, Rule]] = {
    **SENDER_RULES,
    "client": Rule(
        lambda value: isinstance(value, AsyncSESv2Client),
        "must be an AsyncSESv2Client; BulkSender takes an SESv2Client",
    ),
    "entries": Rule(
        lambda value: isinstance(value, AsyncIterable) or _is_source(value), f"{_SOURCE}; it may be an async one"
    ),
}
"""What the arguments of `AsyncBulkSender` must be."""
OUTCOME_FILE_RULES: Final[Mapping[str, Rule]] = {"path": Rule(_is_path, "must be the path of a file")}

"""Functions of the user's, which are called and not awaited."""

from inspect import isasyncgenfunction, isawaitable, iscoroutinefunction
from typing import Any


def is_sync_function(value: Any) -> bool:
    """Return whether a value can be called, and is not known to be async."""
    # Of an object, what its class defines is called; a class itself is called to make an object.
    return callable(value) and not _is_async(value) and not _is_async(type(value).__call__)


def _is_async(function: Any) -> bool:
    # A stand-in by `create_autospec` would pass for async: it has a mock where the flags of a function are.
    flags = getattr(getattr(function, "__code__", None), "co_flags", 0)
    return (iscoroutinefunction(function) or isasyncgenfunction(function)) and isinstance(flags, int)


def was_async(returned: object) -> bool:
    """Return whether a function did nothing yet, as what it returned has to be awaited; a coroutine is closed."""
    if returned is None or not isawaitable(returned):
        return False
    close = getattr(returned, "close", None)
    if close:
        close()
    return True

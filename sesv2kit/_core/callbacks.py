"""Functions that the user passes, and that are called but not awaited."""

from inspect import isasyncgenfunction, isawaitable, iscoroutinefunction
from typing import Any


def is_sync_function(value: Any) -> bool:
    """Return whether a value can be called, and is not known to be async."""
    # A call of an object calls `__call__` of its class; for a class, that is the one of its metaclass.
    return callable(value) and not _is_async(value) and not _is_async(type(value).__call__)


def _is_async(function: Any) -> bool:
    # `create_autospec` returns objects that seem to be async: the flags of their code are a mock.
    flags = getattr(getattr(function, "__code__", None), "co_flags", 0)
    return (iscoroutinefunction(function) or isasyncgenfunction(function)) and isinstance(flags, int)


def was_async(returned: object) -> bool:
    """Return whether what a function returned has to be awaited, so that nothing was done; a coroutine is closed."""
    if returned is None or not isawaitable(returned):
        return False
    close = getattr(returned, "close", None)
    if close:
        close()
    return True

"""Checks of handlers, of what they return, and of the events that callers pass."""

from typing import Any

from .._core.callbacks import is_sync_function, was_async
from .._core.exceptions import ConfigurationError
from .event import Event


def check_function(function: Any, name: str, *, is_sync: bool = False) -> None:
    """Check a function that the caller gives.

    Raises:
        ConfigurationError: It can't be called, or is async where it has to be sync.
    """
    if not callable(function):
        raise ConfigurationError(f"{name} must be a function, is {type(function).__name__}")
    if is_sync and not is_sync_function(function):
        raise ConfigurationError(f"{name} is async, but has to be sync here")


def check_event(given: Any) -> None:
    """Check what should be an event.

    Raises:
        ConfigurationError: It is something else.
    """
    if not isinstance(given, Event):
        raise ConfigurationError(f"event must be an Event, as sesv2kit.events.parse returns, is {type(given).__name__}")


def refuse_awaitable(result: object) -> None:
    """Check what a handler that should be sync returned.

    Raises:
        TypeError: It is an awaitable, so that nothing was done.
    """
    if was_async(result):
        raise TypeError("the handler is async, but has to be sync here")

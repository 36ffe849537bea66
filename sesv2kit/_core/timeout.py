"""Timeouts: seconds for each phase of a request."""

from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple, Protocol, TypeAlias

from .model import is_number

Phase = Literal["connect", "write", "read", "pool"]


class Phases(NamedTuple):
    """The seconds that each phase of a request may take; None for no limit."""

    connect: float | None
    write: float | None
    read: float | None
    pool: float | None
    """Waiting for a connection to become free."""


class PhaseTimeouts(Protocol):
    """An `httpx.Timeout`. Type checkers, and those who read the annotations of a client, need no httpx for this."""

    def as_dict(self) -> dict[str, float | None]:
        """Return the seconds of each phase."""
        ...


Timeout: TypeAlias = float | PhaseTimeouts | Phases | None
"""A timeout, as callers pass it: seconds for each phase, or seconds by phase. None and infinity set no limit."""

DEFAULT_TIMEOUT: Final = Phases(connect=5.0, write=30.0, read=30.0, pool=30.0)


def phases(timeout: Timeout) -> Phases:
    """Return the seconds of each phase."""
    if isinstance(timeout, Phases):
        return timeout
    given: Mapping[str, float | None]
    given = dict.fromkeys(_NAMES, timeout) if timeout is None or isinstance(timeout, int | float) else timeout.as_dict()
    return Phases(**{name: bounded(seconds) for name, seconds in given.items()})


def bounded(seconds: float | None) -> float | None:
    """Return the seconds; None, which is no limit, if operating systems can't count so many."""
    return None if seconds is None or seconds > _MAX_SECONDS else seconds


_MAX_SECONDS: Final = 2e6
"""23 days: `poll` counts milliseconds in 32 bits."""
_NAMES: Final = Phases._fields


def is_seconds(value: Any) -> bool:
    """Return whether a value is a number of seconds above 0, or None."""
    return value is None or (is_number(value) and value > 0)


def is_timeout(value: Any) -> bool:
    """Return whether a value is a `Timeout`, of seconds above 0."""
    if is_seconds(value):
        return True
    if not isinstance(value, Phases):
        import httpx  # loading it takes as long as a first call

        if not isinstance(value, httpx.Timeout):
            return False
    return all(map(is_seconds, phases(value)))

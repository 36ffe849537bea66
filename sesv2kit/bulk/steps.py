"""What a bulk run requests from the sender that drives it.

A run is a generator that does no I/O: it yields a step, the sender takes it, and what the step returned is sent in.
An error of this package that the step's own work raised is thrown in, as with the steps of a call.
"""

from collections import deque
from collections.abc import Generator, MutableSequence, Sequence
from typing import Any, TypeVar

import attrs

from .._call.options import RequestOptions
from .._call.steps import RunBlocking
from .item import Chunk
from .report import Outcome
from .verdict import Finished


@attrs.frozen
class Pull:
    """Step: begin to take so many further elements from the source; returns nothing, as `Collect` does."""

    elements: int


@attrs.frozen
class StopPulling:
    """Step: take nothing more from the source; returns a `Pulled` with what had been taken meanwhile."""


@attrs.frozen
class Load:
    """Step: call functions that return entries; returns for each what it returned, or the exception that it raised."""

    functions: Sequence[Any]


@attrs.frozen
class FindRate:
    """Step: find the send rate; if it is the account's, read it, unless a process that shares it has done so."""

    options: RequestOptions


@attrs.frozen
class ReadAccount:
    """Step: call `get_account`, from which the send rate learns; returns the response."""

    options: RequestOptions


@attrs.frozen
class Start:
    """Step: begin a request; returns nothing."""

    chunk: Chunk


@attrs.frozen
class Collect:
    """Step: wait for something to happen, at most so many seconds; returns a `Collected`."""

    seconds: float | None


@attrs.frozen
class Emit:
    """Step: hand these outcomes to the caller, and take each out of the queue."""

    outcomes: deque[Outcome]


@attrs.frozen
class Pulled:
    """What the source gave."""

    elements: Sequence[object] = ()
    ended: bool = False
    error: Exception | None = None
    """What the source raised, which is also its end."""


@attrs.frozen
class Collected:
    """What has happened."""

    finished: MutableSequence[Finished] = attrs.field(factory=list[Finished])
    """The requests that have ended; the run takes each out once it has taken it in."""
    pulled: Pulled = Pulled()


Step = Pull | StopPulling | Load | RunBlocking | FindRate | ReadAccount | Start | Collect | Emit
T = TypeVar("T")
Work = Generator[Step, Any, T]
Steps = Work[None]

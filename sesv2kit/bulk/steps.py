"""What a bulk run asks of the sender that drives it.

A run is a generator that does no I/O: it yields a step, the sender takes it, and what the step returned is sent in.
An error of this package that the step's own work raised is thrown in, as with the steps of a call.
"""

from collections.abc import Callable, Generator, Sequence
from typing import Any

import attrs

from .._call.options import RequestOptions
from .item import Chunk
from .report import Outcome


@attrs.frozen
class Pull:
    """Step: take up to so many elements from the source; returns a `Pulled`."""

    max_elements: int


@attrs.frozen
class Pulled:
    """What the source gave."""

    elements: Sequence[object]
    ended: bool = False
    error: Exception | None = None
    """What the source raised, which is also its end."""


@attrs.frozen
class RunBlocking:
    """Step: run a function that may block, in a thread if need be; returns what the function returns."""

    function: Callable[[], Any]


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
    """Step: wait for requests to end, at most so many seconds; returns a list of `Finished`."""

    seconds: float | None


@attrs.frozen
class Emit:
    """Step: hand an outcome to the caller."""

    outcome: Outcome


Step = Pull | RunBlocking | ReadAccount | Start | Collect | Emit
Steps = Generator[Step, Any, None]

"""Ctrl-C and SIGTERM: what sends ends with the requests under way."""

import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class Interruption:
    """Stops a mailing at Ctrl-C and SIGTERM, so that it ends with the requests under way."""

    def __init__(self) -> None:
        self.number: int | None = None
        """The number of the signal that came; None if none came."""

    @contextmanager
    def calling(self, end: Callable[[], object]) -> Generator[None]:
        """Return a context in which the signals call what stops a mailing. A second one does what it did before."""
        before: dict[int, Any] = {}

        def stop(number: int, _frame: object) -> None:
            signal.signal(number, before[number])
            self.number = number
            end()

        for number in map(int, _SIGNALS):
            before[number] = signal.signal(number, stop)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

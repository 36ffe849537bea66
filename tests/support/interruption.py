"""Interrupts a thread at each of the moments at which Python runs signal handlers."""

from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any


class Interrupted(BaseException):
    """What a signal handler raises."""


class Interruption:
    """Acts at one of the moments at which Python runs signal handlers: as a function begins, or a call has ended.

    Args:
        moment: Which one, for `sys.setprofile`.
        act: What happens then.
        code: The file or the folder of the functions that count.
    """

    def __init__(self, moment: int, act: Callable[[], object], code: Path) -> None:
        self._left = moment
        self._act = act
        self._code = str(code)
        self.happened = False

    def __call__(self, frame: FrameType, event: str, function: Any) -> None:
        if event not in ("call", "c_return") or not frame.f_code.co_filename.startswith(self._code) or self.happened:
            return
        if event == "c_return" and function.__name__ == "__enter__":
            # An event since Python 3.14. What a handler raises just then keeps the lock of a `with` locked on 3.14;
            # only Python can prevent that, and 3.15 does.
            return
        self._left -= 1
        if self._left < 0:
            self.happened = True
            self._act()


def interrupt() -> None:
    """Raise an error."""
    raise Interrupted

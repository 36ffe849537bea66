"""Locks that a fork waits for, so that no child is forked while another thread is in the midst of something."""

import os
import threading
from contextlib import suppress
from typing import Final

_MAX_WAIT: Final = 1.0
"""Seconds that a fork waits at most: reading a file, which happens in an import as well, may hang."""


class ForkGuard:
    """A lock that a fork waits for.

    A child has only the thread that has forked it. What another thread of the parent had locked, in OpenSSL or for an
    import, stays locked in the child for ever.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._hold, after_in_parent=self._let_go, after_in_child=self._renew)

    def _hold(self) -> None:
        self.lock.acquire(timeout=_MAX_WAIT)

    def _let_go(self) -> None:
        with suppress(RuntimeError):  # the fork has not waited any longer
            self.lock.release()

    def _renew(self) -> None:
        self.lock = threading.RLock()


IMPORTS: Final = ForkGuard()
"""Guards imports that a call makes only when it needs them."""

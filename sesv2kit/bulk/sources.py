"""Sources of entries, read so that a slow one delays nothing: the elements that are there can be taken at any time.

A source is read only as far as `Pull` steps request.
"""

import contextvars
import logging
import threading
import time
from collections import deque
from collections.abc import AsyncIterable, Callable, Iterable, Iterator
from typing import Final, Protocol

from .._core import aio
from .steps import Pulled

_PATIENCE: Final = 1.0
"""Seconds that the end of a run waits for a source that is about to give an element."""
_MAX_SECONDS: Final = 0.1
"""Seconds for which a source is read in the caller's own thread before the run does something else."""

_log = logging.getLogger("sesv2kit")


class Source(Protocol):
    """A source of entries, as a sender uses it."""

    @property
    def is_ready(self) -> bool:
        """Whether `take` may return elements at once."""
        ...

    def pull(self, elements: int) -> None:
        """Begin to take so many further elements."""
        ...

    def take(self) -> Pulled:
        """Return the elements that are there."""
        ...


class InlineSource:
    """A source that is read in the thread of the caller: a list, or whatever the caller wants to be read there."""

    def __init__(self, source: Iterable[object]) -> None:
        self._source = source
        self._iterator: Iterator[object] | None = None
        self._wanted = 0

    @property
    def is_ready(self) -> bool:
        """Whether there is something to take."""
        return self._wanted > 0

    def pull(self, elements: int) -> None:
        """Request so many further elements."""
        self._wanted += elements

    def take(self) -> Pulled:
        """Take as many elements as were requested, for a tenth of a second at most."""
        elements: list[object] = []
        until = time.monotonic() + _MAX_SECONDS
        try:
            if self._wanted and self._iterator is None:
                self._iterator = iter(self._source)
            while self._wanted and self._iterator is not None and not (elements and time.monotonic() > until):
                elements.append(next(self._iterator))
                self._wanted -= 1
        except StopIteration:
            self._wanted = 0
            return Pulled(elements, ended=True)
        except Exception as error:  # noqa: BLE001 -- the source's own, raised again at the end of the run
            self._wanted = 0
            return Pulled(elements, ended=True, error=error)
        return Pulled(elements)

    def stop(self) -> Pulled:
        """Take nothing more."""
        self._wanted = 0
        return Pulled()


class _Buffer:
    """The elements that a thread or a task has read from a source, until the run takes them."""

    def __init__(self, notify: Callable[[], object]) -> None:
        self._notify = notify
        self._elements: deque[object] = deque()
        self._wanted = 0
        self._has_ended = False
        self._error: Exception | None = None
        self._is_stopped = False

    @property
    def is_ready(self) -> bool:
        """False: the notification says when there is something to take."""
        return False

    def take(self) -> Pulled:
        """Return the elements that are there."""
        # The end first: nothing comes after it.
        ended, error = self._has_ended, self._error
        elements = [self._elements.popleft() for _ in range(len(self._elements))]
        return Pulled(elements, ended, error)

    def _end(self, error: Exception | None = None) -> None:
        self._error = error
        self._has_ended = True
        self._notify()

    def _end_by(self, error: BaseException) -> None:
        if not isinstance(error, Exception):  # such as SystemExit, or the cancellation of what the source waits for
            ended = RuntimeError(f"{type(error).__name__} ended the source")
            ended.__cause__ = error
            error = ended
        self._end(error)


class ThreadSource(_Buffer):
    """A source that a thread of its own reads.

    Args:
        source: The source.
        notify: Called when all requested elements are there; from another thread.
    """

    def __init__(self, source: Iterable[object], notify: Callable[[], object]) -> None:
        super().__init__(notify)
        self._source = source
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_abandoned = False

    def pull(self, elements: int) -> None:
        """Begin to take so many further elements."""
        with self._change:
            self._wanted += elements
            self._change.notify_all()
        if not self._thread:
            context = contextvars.copy_context()
            self._thread = threading.Thread(target=context.run, args=(self._work,), name="sesv2kit-bulk-source")
            self._thread.daemon = True  # a source that never gives another element must not keep a program from ending
            self._thread.start()

    def stop(self) -> Pulled:
        """Take nothing more; returns what had been taken. A source that gives nothing for a second is left alone."""
        with self._change:
            self._is_stopped = True
            self._change.notify_all()
        # It may not have been started: Ctrl-C came just then, or the system has no more threads.
        if self._thread and self._thread.is_alive() and not self._is_abandoned:
            self._thread.join(_PATIENCE)
        with self._change:
            self._is_abandoned = True
            return self.take()

    def _work(self) -> None:
        try:
            iterator = iter(self._source)
            while wanted := self._wait_until_wanted():
                for _ in range(wanted):
                    self._elements.append(next(iterator))
                    if self._is_stopped:
                        self._report_late()
                        return
                with self._change:
                    self._wanted -= wanted
                    if not self._wanted:
                        self._notify()
        except StopIteration:
            self._end()
        except BaseException as error:  # noqa: BLE001 -- the source's own, raised again at the end of the run
            self._end_by(error)

    def _wait_until_wanted(self) -> int:
        """Wait until further elements are wanted; returns how many, 0 if no more ever are."""
        with self._change:
            while not self._wanted and not self._is_stopped:
                self._change.wait()
            return 0 if self._is_stopped else self._wanted

    def _report_late(self) -> None:
        """Log an element that came after the run had taken the last ones."""
        with self._change:
            if self._is_abandoned and self._elements:
                _log.warning("an entry that the source gave after the run had ended was not sent")


class TaskSource(_Buffer):
    """An async source that a task of its own reads.

    Args:
        source: The source.
        notify: Called when all requested elements are there.
    """

    def __init__(self, source: AsyncIterable[object], notify: Callable[[], object]) -> None:
        super().__init__(notify)
        self._source = source
        self._change = aio.event()
        self._cancel: Callable[[], object] | None = None
        self._has_left = aio.event()

    def pull(self, elements: int) -> None:
        """Begin to take so many further elements."""
        self._wanted += elements
        self._change.set()
        if not self._cancel:
            self._cancel = aio.start(self._work, self._has_left.set)

    def cancel(self) -> None:
        """Break off the wait for another element, if there is one."""
        self._is_stopped = True
        if self._cancel:  # pragma: no branch -- else nothing was pulled
            self._cancel()

    async def stop(self) -> Pulled:
        """Take nothing more; returns what had been taken."""
        self.cancel()
        if self._cancel:  # pragma: no branch -- else nothing was pulled
            await aio.wait(self._has_left, _PATIENCE)
        return self.take()

    async def _work(self) -> None:
        try:
            iterator = aiter(self._source)
            while True:
                while not self._wanted:
                    self._change = aio.event()
                    await self._change.wait()
                if len(self._elements) % 10 == 0:
                    await aio.sleep(0)  # for others, should the source never wait
                self._elements.append(await anext(iterator))
                self._wanted -= 1
                if not self._wanted:
                    self._notify()
        except StopAsyncIteration:
            self._end()
        except BaseException as error:
            if self._is_stopped:
                raise  # the run has cancelled it
            self._end_by(error)

"""The threads and the tasks that take the steps of a run."""

import contextvars
import inspect
import os
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Sequence
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, Final

from .._call.steps import RunBlocking
from .._core import aio
from .._core.exceptions import ConfigurationError, SESv2Error
from ..client import AsyncSESv2Client, SESv2Client
from .item import Chunk
from .pace import MAX_IN_FLIGHT
from .run import Run
from .sources import InlineSource, TaskSource, ThreadSource
from .steps import Collect, Collected, Emit, FindRate, Load, Pull, Pulled, ReadAccount, Start, Step, Steps, StopPulling
from .verdict import Finished, Result, Verdict, judge

Taken = tuple[object, SESv2Error | None]
"""What a step returned, or the error of this package that it raised."""
NOTHING: Final[Taken] = (None, None)
THREAD_SPACING: Final = 0.003
"""Seconds from the beginning of a request to that of the next one beside it, where each has a thread. A request that
takes less time needs none beside it: threads that take turns so often cost a tenth of the CPU time of a run. Up to
16,000 entries a second can still begin."""


def next_step(steps: Steps, taken: Taken) -> Step | None:
    """Return the next step; None if there is none."""
    value, error = taken
    try:
        return steps.throw(error) if error else steps.send(value)
    except StopIteration:
        return None


class Threads:
    """Takes the steps of a run, blocking, with a thread for each request under way.

    Args:
        client: The client to send through.
        run: The run.
        entries: The source.
        read_ahead: Whether a thread of its own reads the source.
        executor: Its threads make the requests; None for threads of the run's own.
    """

    def __init__(
        self, client: SESv2Client, run: Run, entries: Iterable[object], *, read_ahead: bool, executor: Executor | None
    ) -> None:
        self._owned: ThreadPoolExecutor | None = None
        if executor is None:
            executor = self._owned = ThreadPoolExecutor(run.settings.max_in_flight or MAX_IN_FLIGHT, "sesv2kit-bulk")
        self._executor: Executor = executor
        self._process = os.getpid()
        self._under_way: dict[Future[None], list[Chunk]] = {}
        self._client = client
        self._run = run
        self._finished: list[Finished] = []
        """Requests that have ended, until the run has taken them in: Ctrl-C may come at any time before."""
        self._events: SimpleQueue[None] = SimpleQueue()
        """Gets something whenever something happens."""
        in_thread = read_ahead and not isinstance(entries, Sequence)
        self._source = ThreadSource(entries, self.wake) if in_thread else InlineSource(entries)

    def wake(self) -> None:
        """End a wait, if there is one. Safe to call from other threads and from signal handlers."""
        self._events.put(None)

    def take(self, step: Step) -> Taken:
        """Take a step.

        Raises:
            ConfigurationError: This is a child that was forked meanwhile, without the threads of the run.
        """
        if os.getpid() != self._process:
            raise ConfigurationError("a mailing belongs to the process that began it, and this one was forked off")
        match step:
            case Start(chunk):
                self._start(chunk)
            case Collect(seconds):
                self._wait(0 if self._source.is_ready else seconds)
                pulled = self._source.take()  # before the requests, which would be lost if Ctrl-C came in the source
                return Collected(self.finished(), pulled), None
            case Pull(elements):
                self._source.pull(elements)
            case StopPulling():
                return self._source.stop(), None
            case RunBlocking(function):
                return _try(function)
            case Load(functions):
                return load(functions), None
            case FindRate(options):
                return _try(lambda: self._client.read_send_rate(options))
            case ReadAccount(options):
                return _try(lambda: self._client.get_account(options=options))
            case Emit():  # pragma: no branch -- there is no other step
                pass
        return NOTHING

    def finished(self) -> list[Finished]:
        """Return the requests that have ended. Whoever has taken one in takes it out."""
        with suppress(Empty):
            while True:
                self._events.get_nowait()
        return self._finished

    def close(self) -> None:
        """Wait for the requests under way, and let go of the source."""
        if os.getpid() != self._process:  # the requests are those of the parent
            return
        try:
            # Not `futures.wait`, which waits forever for one that the executor's shutdown has cancelled.
            for future, waiting in self._under_way.copy().items():
                self._ended(waiting, future)
            if self._owned:
                self._owned.shutdown()
        except BaseException as error:
            # Ctrl-C, once more: nobody waits any longer, so an executor of the caller's must not send them later.
            for waiting in self._under_way.copy().values():
                self._give_up(waiting, error)
            raise
        finally:
            self._run.report.untouched += len(self._source.stop().elements)

    def _wait(self, seconds: float | None) -> None:
        """If nothing has happened, wait for it, at most so many seconds."""
        with suppress(Empty):
            self._events.get(timeout=seconds)

    def _start(self, chunk: Chunk) -> None:
        waiting = [chunk]
        try:
            future = self._executor.submit(contextvars.copy_context().run, self._send, waiting)
            self._under_way[future] = waiting
            future.add_done_callback(partial(self._ended, waiting))
        except BaseException as error:
            # An executor that can't start a thread keeps the work, as it does when Ctrl-C comes just then.
            self._give_up(waiting, error)
            if not isinstance(error, RuntimeError):
                raise

    def _ended(self, waiting: list[Chunk], future: Future[None]) -> None:
        """Wait until a request has ended, or the executor was shut down or broke before it began."""
        try:
            error = future.exception()
        except CancelledError as cancelled:
            error = cancelled
        if error:
            self._give_up(waiting, error)
        self._under_way.pop(future, None)

    def _give_up(self, waiting: list[Chunk], error: BaseException) -> None:
        """End a request that no thread has begun. Whoever takes it out of the list has it."""
        with suppress(IndexError):
            chunk = waiting.pop()
            reason = SESv2Error(f"the executor has not run a request: {str(error) or type(error).__name__}")
            reason.__cause__ = error
            self._end(_not_begun(chunk, reason))

    def _send(self, waiting: list[Chunk]) -> None:
        try:
            chunk = waiting.pop()
        except IndexError:
            return  # it was given up
        result: Result
        try:
            result = self._client.send_bulk_email(**self._run.request(chunk))
        except BaseException as error:  # noqa: BLE001 -- it is judged, like a response
            result = error
        self._end(self._run.finish(chunk, result))

    def _end(self, finished: Finished) -> None:
        self._finished.append(finished)
        self.wake()


class Tasks:
    """Takes the steps of a run, without blocking other tasks, with a task for each request under way.

    Args:
        client: The client to send through.
        run: The run.
        entries: The source.
        read_ahead: Whether a thread of its own reads a source that is not async.
    """

    def __init__(
        self,
        client: AsyncSESv2Client,
        run: Run,
        entries: Iterable[object] | AsyncIterable[object],
        *,
        read_ahead: bool,
    ) -> None:
        self._client = client
        self._run = run
        self._finished: list[Finished] = []
        self._cancels: set[Callable[[], object]] = set()
        self._loop = aio.current_loop()
        self._has_news = False
        self._news = aio.event()
        self._source: InlineSource | ThreadSource | TaskSource
        if isinstance(entries, AsyncIterable):
            self._source = TaskSource(entries, self._notify)
        elif read_ahead and not isinstance(entries, Sequence):
            self._source = ThreadSource(entries, self.wake)
        else:
            self._source = InlineSource(entries)

    def wake(self) -> None:
        """End a wait, if there is one. Safe to call from other threads and from signal handlers."""
        self._has_news = True
        aio.set_in_loop(self._news, self._loop)

    def _notify(self) -> None:
        self._has_news = True
        self._news.set()

    async def take(self, step: Step) -> Taken:
        """Take a step."""
        match step:
            case Start(chunk):
                self._start(chunk)
            case Collect(seconds):
                await self._wait(seconds)
                pulled = self._source.take()  # before the requests, which would be lost if Ctrl-C came in the source
                return Collected(self.finished(), pulled), None
            case Pull(elements):
                self._source.pull(elements)
            case StopPulling():
                return await self._stop_pulling(), None
            case RunBlocking(function):
                return await aio.in_thread(lambda: _try(function))
            case Load(functions):
                return await load_async(functions), None
            case FindRate(options):
                return await _try_async(self._client.read_send_rate(options))
            case ReadAccount(options):
                return await _try_async(self._client.get_account(options=options))
            case Emit():  # pragma: no branch -- there is no other step
                pass
        return NOTHING

    def finished(self) -> list[Finished]:
        """Return the requests that have ended."""
        found, self._finished = self._finished, []
        return found

    def cancel(self) -> None:
        """Cancel the requests under way."""
        for cancel in list(self._cancels):
            cancel()
        if isinstance(self._source, TaskSource):
            self._source.cancel()

    async def ended(self) -> None:
        """Wait until no request is under way, and let go of the source."""
        while self._cancels:
            self._news = aio.event()
            await self._news.wait()
        pulled = await self._stop_pulling()
        self._run.report.untouched += len(pulled.elements)

    async def _wait(self, seconds: float | None) -> None:
        if seconds == 0 or self._finished or self._source.is_ready or self._has_news:
            await aio.sleep(0)
        else:
            self._news = aio.event()
            if not self._has_news:  # pragma: no branch -- else another thread set it meanwhile
                await aio.wait(self._news, seconds)
        self._has_news = False

    async def _stop_pulling(self) -> Pulled:
        source = self._source
        if isinstance(source, TaskSource):
            return await source.stop()
        return await aio.in_thread(source.stop) if isinstance(source, ThreadSource) else source.stop()

    def _start(self, chunk: Chunk) -> None:
        waiting = [chunk]

        def landed() -> None:
            if waiting:  # on asyncio, a task that is cancelled before it began does nothing
                self._finished.append(_not_begun(chunk, SESv2Error("a request was cancelled before it began")))
            self._cancels.discard(cancel)
            self._notify()

        cancel = aio.start(lambda: self._send(waiting), landed)
        self._cancels.add(cancel)

    async def _send(self, waiting: list[Chunk]) -> None:
        chunk = waiting.pop()
        try:
            finished = await self._finish(chunk)
        except BaseException as error:
            self._finished.append(Finished(chunk, judge(chunk, error, resend_unknown=False)))
            if not isinstance(error, Exception):  # it was cancelled, perhaps alone; the journal still says in flight
                raise
        else:
            self._finished.append(finished)

    async def _finish(self, chunk: Chunk) -> Finished:
        result: Result
        try:
            result = await self._client.send_bulk_email(**self._run.request(chunk))
        except Exception as error:  # noqa: BLE001 -- it is judged, like a response
            result = error
        if self._run.journal:
            return await aio.in_thread(lambda: self._run.finish(chunk, result))
        return self._run.finish(chunk, result)


def _not_begun(chunk: Chunk, reason: SESv2Error) -> Finished:
    """Return the end of a request that no thread or task has begun: it ends the run, and its entries are untouched."""
    return Finished(chunk, [Verdict("pending", reason, then="stop") for _ in chunk])


def _try(function: Callable[[], object]) -> Taken:
    try:
        return function(), None
    except SESv2Error as error:
        return None, error


async def _try_async(work: Awaitable[object]) -> Taken:
    try:
        return await work, None
    except SESv2Error as error:
        return None, error


def load(functions: Sequence[Callable[[], Any]]) -> list[object]:
    """Return what functions return, or raise."""
    loaded: list[object] = []
    for function in functions:
        try:
            loaded.append(function())
        except Exception as error:  # noqa: BLE001 -- its item fails, see `Intake`
            loaded.append(error)
    return loaded


async def load_async(functions: Sequence[Callable[[], Any]]) -> list[object]:
    """Return what functions return, or raise; they are called in a thread, and what has to be awaited is awaited."""
    loaded = await aio.in_thread(lambda: load(functions))
    try:
        return [await _awaited(value) if inspect.isawaitable(value) else value for value in loaded]
    finally:
        for value in filter(inspect.iscoroutine, loaded):
            value.close()  # those that are left if the task was cancelled; closing the others does nothing


async def _awaited(value: Awaitable[object]) -> object:
    try:
        return await value
    except Exception as error:  # noqa: BLE001 -- its item fails, see `Intake`
        return error

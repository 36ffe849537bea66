"""The senders of bulk runs: the threads and tasks that take the steps of a run."""

import contextvars
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Callable,
    Generator,
    Iterable,
    Iterator,
    Sequence,
)
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from os import PathLike
from queue import Empty, SimpleQueue
from typing import Final, Generic, TypeVar

from .._call.options import RequestOptions, check_options, check_send_rate
from .._core import aio
from .._core.exceptions import ConfigurationError, SESv2Error
from .._rate.send_rate import SendRateLike
from ..client import AsyncSESv2Client, SESv2Client
from ..models import BulkEmailContent, ConfigurationOverrides, MessageTag
from .item import Chunk, Element
from .report import Outcome, Progress, Report
from .run import Run, Settings
from .sqlite import SqliteJournal
from .steps import Collect, Emit, Pull, Pulled, ReadAccount, RunBlocking, Start, Step, Steps
from .verdict import Finished, Result, judge

T = TypeVar("T")
ClientT = TypeVar("ClientT", SESv2Client, AsyncSESv2Client)


class _Sender(Generic[ClientT]):
    """What both senders share: settings, and the report of the latest run."""

    def __init__(
        self,
        client: ClientT,
        *,
        default_content: BulkEmailContent,
        from_email_address: str | None = None,
        from_email_address_identity_arn: str | None = None,
        reply_to_addresses: Sequence[str] | None = None,
        feedback_forwarding_email_address: str | None = None,
        feedback_forwarding_email_address_identity_arn: str | None = None,
        default_email_tags: Sequence[MessageTag] | None = None,
        configuration_set_name: str | None = None,
        endpoint_id: str | None = None,
        tenant_name: str | None = None,
        configuration_overrides: ConfigurationOverrides | None = None,
        send_rate: SendRateLike | None = None,
        max_in_flight: int = 8,
        max_attempts: int = 5,
        journal: str | PathLike[str] | None = None,
        retry_failed: bool = False,
        resend_unknown: bool = False,
        on_progress: Progress | None = None,
        options: RequestOptions | None = None,
    ) -> None:
        """Set the sender up; nothing is read or sent before its first run.

        Args:
            client: The client to send through; it stays the caller's to close.
            default_content: As for `send_bulk_email`, like all arguments from here to `configuration_overrides`.
            from_email_address: See there.
            from_email_address_identity_arn: See there.
            reply_to_addresses: See there.
            feedback_forwarding_email_address: See there.
            feedback_forwarding_email_address_identity_arn: See there.
            default_email_tags: See there.
            configuration_set_name: See there.
            endpoint_id: See there.
            tenant_name: See there.
            configuration_overrides: See there.
            send_rate: Recipients per second, as for a client. Default: the client's own rate; if it has none, the
                account's, which needs the permission `ses:GetAccount`.
            max_in_flight: How many requests, of up to 50 entries each, may be under way at a time. Default: 8.
            max_attempts: How many requests an entry is in at most because it was throttled or met a transient
                failure; requests that the client itself repeats count as one. Default: 5.
            journal: The path of an SQLite file in which the state of every entry is kept, so that another run can
                carry on after this one. Default: None, no journal.
            retry_failed: Whether entries that the journal says have failed are sent again. Default: False, they are
                reported.
            resend_unknown: Whether entries are sent again that may have been sent, now or by what the journal says;
                somebody may then get a mail twice. Default: False, they are reported.
            on_progress: Called with the report after each response, and at the end, such as `tqdm_bar()`. What it
                raises ends the run.
            options: What each request does otherwise than the client: timeout, retries, headers.

        Raises:
            ParamValidationError: An argument of `send_bulk_email` is missing, has the wrong type, or is past a limit.
            ConfigurationError: Another argument is not what it has to be.
        """
        for name, number in (("max_in_flight", max_in_flight), ("max_attempts", max_attempts)):
            if type(number) is not int or number < 1:
                raise ConfigurationError(f"{name} must be an int of at least 1")
        check_send_rate(send_rate)
        rate: SendRateLike = send_rate or client.send_rate or "account"
        arguments = {
            "default_content": default_content,
            "from_email_address": from_email_address,
            "from_email_address_identity_arn": from_email_address_identity_arn,
            "reply_to_addresses": reply_to_addresses,
            "feedback_forwarding_email_address": feedback_forwarding_email_address,
            "feedback_forwarding_email_address_identity_arn": feedback_forwarding_email_address_identity_arn,
            "default_email_tags": default_email_tags,
            "configuration_set_name": configuration_set_name,
            "endpoint_id": endpoint_id,
            "tenant_name": tenant_name,
            "configuration_overrides": configuration_overrides,
        }
        self._settings = Settings(
            arguments=arguments,
            options={**check_options("SendBulkEmail", options), "send_rate": rate},
            known_rate=lambda: client.find_send_rate(rate),
            max_in_flight=max_in_flight,
            max_attempts=max_attempts,
            resend_unknown=resend_unknown,
            retry_failed=retry_failed,
            check_limits=client.check_limits,
            on_progress=on_progress,
        )
        self._fingerprint = self._settings.fingerprint()
        self._client: ClientT = client
        self._journal = journal
        self._report = Report()

    @property
    def report(self) -> Report:
        """The numbers of the latest run, which move while it is under way."""
        return self._report

    def _new_run(self) -> Run:
        """Begin a run; opens the journal, so it may block."""
        journal = None if self._journal is None else SqliteJournal(self._journal, self._fingerprint)
        run = Run(self._settings, journal)
        self._report = run.report
        return run


class BulkSender(_Sender[SESv2Client]):
    """Sends any number of entries, with a thread for each request under way."""

    def send(self, entries: Iterable[Element]) -> Generator[Outcome]:
        """Send entries, and yield an outcome for each. The run begins when this is iterated over.

        The source is read only as far ahead as there are requests under way. Leaving the loop, or closing the
        generator, ends the run: it begins no other request, and waits for those under way.

        Args:
            entries: The entries; a `BulkItem` is one with a key.

        Yields:
            Outcome: What became of an entry. Each has one; they come in the order in which they are known.

        Raises:
            BulkStoppedError: The run ended early, for a reason that concerns every entry.
            ConfigurationError: The journal can't be used.
        """
        source = iter(entries)
        with closing(self._new_run()) as run:
            work = _Threads(self._client, run, source)
            try:
                with work.pool, closing(run.steps()) as steps:
                    taken = _NOTHING
                    while step := _next(steps, taken):
                        taken = work.take(step)
                        if isinstance(step, Emit):
                            yield step.outcome
            finally:
                run.end(work.finished(0))


class AsyncBulkSender(_Sender[AsyncSESv2Client]):
    """Sends any number of entries, with a task for each request under way, on asyncio or trio."""

    async def send(
        self,
        entries: Iterable[Element] | AsyncIterable[Element],
    ) -> AsyncGenerator[Outcome]:
        """Send entries, and yield an outcome for each. The run begins when this is iterated over.

        The source is read only as far ahead as there are requests under way. Closing the generator ends the run: it
        begins no other request, and waits for those under way. So that leaving the loop closes it, write
        `async with contextlib.aclosing(sender.send(entries)) as outcomes`. If the task that iterates is cancelled, so
        are the requests under way; nobody knows whether they were carried out, and the journal says so.

        Args:
            entries: The entries, from an iterable or an async iterable; a `BulkItem` is one with a key.

        Yields:
            Outcome: What became of an entry. Each has one; they come in the order in which they are known.

        Raises:
            BulkStoppedError: The run ended early, for a reason that concerns every entry.
            ConfigurationError: The journal can't be used.
        """
        source = aiter(entries) if isinstance(entries, AsyncIterable) else iter(entries)
        run = await self._open_run()
        work = _Tasks(self._client, run, source)
        try:
            with closing(run.steps()) as steps:
                taken = _NOTHING
                while step := _next(steps, taken):
                    taken = await work.take(step)
                    if isinstance(step, Emit):
                        yield step.outcome
        except (Exception, GeneratorExit):
            await work.ended()
            raise
        finally:
            work.cancel()  # what is left, if this task was cancelled
            try:
                await aio.shielded(work.ended)
                await aio.shielded(lambda: aio.in_thread(run.close))
            finally:
                run.close()  # if this task was cancelled once more
                run.end(work.finished())

    async def _open_run(self) -> Run:
        """Begin a run in a thread; if this task is cancelled meanwhile, what the thread opens is closed."""
        opened: list[Run] = []
        wanted = True

        def begin() -> Run:
            opened.append(self._new_run())
            if not wanted:
                opened[0].close()
            return opened[0]

        try:
            return await aio.in_thread(begin)
        except BaseException:
            wanted = False
            for run in opened:
                run.close()
            raise


# Taking steps ------------------------------------------------------------------------------------


Taken = tuple[object, SESv2Error | None]
"""What a step returned, or the error of this package that it raised."""
_NOTHING: Final[Taken] = (None, None)


def _next(steps: Steps, taken: Taken) -> Step | None:
    """Return the next step; None if there is none."""
    value, error = taken
    try:
        return steps.throw(error) if error else steps.send(value)
    except StopIteration:
        return None


def _try(function: Callable[[], object]) -> Taken:
    try:
        return function(), None
    except SESv2Error as error:
        return None, error


class _Threads:
    """Takes the steps of a run, blocking."""

    def __init__(self, client: SESv2Client, run: Run, source: Iterator[object]) -> None:
        self.pool = ThreadPoolExecutor(run.settings.max_in_flight, "sesv2kit-bulk")
        self._client = client
        self._run = run
        self._source = source
        self._finished: SimpleQueue[Finished] = SimpleQueue()

    def take(self, step: Step) -> Taken:
        """Take a step."""
        match step:
            case Pull(max_elements):
                return self._pull(max_elements), None
            case Start(chunk):
                self.pool.submit(contextvars.copy_context().run, self._send, chunk)
            case Collect(seconds):
                return self.finished(seconds), None
            case RunBlocking(function):
                return _try(function)
            case ReadAccount(options):
                return _try(lambda: self._client.get_account(options=options))
            case Emit():
                pass
        return _NOTHING

    def finished(self, seconds: float | None) -> list[Finished]:
        """Return the requests that have ended; if there is none, wait for one, at most so many seconds."""
        found: list[Finished] = []
        with suppress(Empty):
            found.append(self._finished.get(block=seconds != 0, timeout=seconds))
            while True:
                found.append(self._finished.get_nowait())
        return found

    def _pull(self, max_elements: int) -> Pulled:
        elements: list[object] = []
        try:
            while len(elements) < max_elements:
                elements.append(next(self._source))
        except StopIteration:
            return Pulled(elements, ended=True)
        except Exception as error:  # noqa: BLE001 -- the source's own, raised again at the end of the run
            return Pulled(elements, ended=True, error=error)
        return Pulled(elements)

    def _send(self, chunk: Chunk) -> None:
        result: Result
        try:
            self._run.begin(chunk)
            result = self._client.send_bulk_email(**self._run.settings.request(chunk))
        except BaseException as error:  # noqa: BLE001 -- it is judged, like a response
            result = error
        self._finished.put(self._run.finish(chunk, result))


class _Tasks:
    """Takes the steps of a run, without blocking other tasks."""

    def __init__(self, client: AsyncSESv2Client, run: Run, source: Iterator[object] | AsyncIterator[object]) -> None:
        self._client = client
        self._run = run
        self._source = source
        self._finished: list[Finished] = []
        self._cancels: set[Callable[[], object]] = set()
        self._news = aio.event()

    async def take(self, step: Step) -> Taken:
        """Take a step."""
        match step:
            case Pull(max_elements):
                return await self._pull(max_elements), None
            case Start(chunk):
                self._start(chunk)
            case Collect(seconds):
                if seconds == 0 or self._finished:
                    await aio.sleep(0)
                else:
                    self._news = aio.event()
                    await aio.wait(self._news, seconds)
                return self.finished(), None
            case RunBlocking(function):
                return await aio.in_thread(lambda: _try(function))
            case ReadAccount(options):
                try:
                    return await self._client.get_account(options=options), None
                except SESv2Error as error:
                    return None, error
            case Emit():
                pass
        return _NOTHING

    def finished(self) -> list[Finished]:
        """Return the requests that have ended."""
        found, self._finished = self._finished, []
        return found

    def cancel(self) -> None:
        """Cancel the requests under way."""
        for cancel in list(self._cancels):
            cancel()

    async def ended(self) -> None:
        """Wait until no request is under way."""
        while self._cancels:
            self._news = aio.event()
            await self._news.wait()

    async def _pull(self, max_elements: int) -> Pulled:
        elements: list[object] = []
        source = self._source
        await aio.sleep(0)  # for others, should the source never wait
        try:
            while len(elements) < max_elements:
                elements.append(await anext(source) if isinstance(source, AsyncIterator) else next(source))
        except (StopIteration, StopAsyncIteration):
            return Pulled(elements, ended=True)
        except Exception as error:  # noqa: BLE001 -- the source's own, raised again at the end of the run
            return Pulled(elements, ended=True, error=error)
        return Pulled(elements)

    def _start(self, chunk: Chunk) -> None:
        def landed() -> None:
            self._cancels.discard(cancel)
            self._news.set()

        cancel = aio.start(lambda: self._send(chunk), landed)
        self._cancels.add(cancel)

    async def _send(self, chunk: Chunk) -> None:
        try:
            finished = await self._finish(chunk)
        except BaseException as error:  # it was cancelled, perhaps alone; the journal still says in flight
            self._finished.append(Finished(chunk, judge(chunk, error, resend_unknown=False)))
            raise
        self._finished.append(finished)

    async def _finish(self, chunk: Chunk) -> Finished:
        result: Result
        try:
            await self._journalled(lambda: self._run.begin(chunk))
            result = await self._client.send_bulk_email(**self._run.settings.request(chunk))
        except Exception as error:  # noqa: BLE001 -- it is judged, like a response
            result = error
        return await self._journalled(lambda: self._run.finish(chunk, result))

    async def _journalled(self, function: Callable[[], T]) -> T:
        """Run a function that writes into the journal, if there is one, in a thread."""
        return await aio.in_thread(function) if self._run.journal else function()

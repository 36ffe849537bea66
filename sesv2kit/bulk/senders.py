"""The senders of bulk runs."""

from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
)
from concurrent.futures import Executor
from contextlib import closing, suppress
from typing import ClassVar

from .._core import aio
from .._core.constructor import with_own_constructor
from .._core.exceptions import ConfigurationError, SESv2Error
from .._core.settings import Rule, check_settings
from ..client import AsyncSESv2Client, SESv2Client
from .arguments import ASYNC_RULES, SYNC_RULES
from .base import Sender
from .drivers import NOTHING, THREAD_SPACING, Tasks, Threads, load, load_async, next_step
from .item import Element
from .preflight import Check, Preflight, take
from .report import Outcome
from .run import Run
from .steps import Emit, Load


@with_own_constructor
class BulkSender(Sender[SESv2Client]):
    """Sends any number of entries, with a thread for each request under way."""

    _rules: ClassVar[Mapping[str, Rule]] = SYNC_RULES
    _spacing: ClassVar[float] = THREAD_SPACING
    executor: Executor | None = None
    """The executor whose threads make the requests of the next runs, such as a pool that several senders share; the
    caller shuts it down. The loop over a run must not be in one of these threads, and a process that was forked off
    needs an executor of its own: such a run could wait for ever. Default: None, each run has threads of its own."""

    def preflight(self, sample: Iterable[Element], *, total: int | None = None) -> Preflight:
        """Check, without sending anything, what would go wrong with a mailing.

        Checked are the account (sandbox, paused sending, 24-hour quota, rate), the identity of the sender, the
        configuration set, the template and whether the data has its variables, and the entries of the sample, as a run
        checks them.

        Args:
            sample: Some entries, such as the first hundred; they are all read, and loaded.
            total: How many entries the mailing has. Default: None, as many as the sample.

        Returns:
            Preflight: The problems, what could not be checked, and how long the mailing takes. It needs the permissions
            `ses:GetAccount`, `ses:GetEmailIdentity`, `ses:GetConfigurationSet` and `ses:GetEmailTemplate`; without one
            of them, that part is in `unchecked`.

        Raises:
            ConfigurationError: The sample is not an iterable of entries, or the total is not a number of entries.
        """
        steps = Check(self._settings, sample, total).steps()
        taken = NOTHING
        while not isinstance(step := take(steps, *taken), Preflight):
            if isinstance(step, Load):
                taken = load(step.functions), None
                continue
            try:
                taken = getattr(self._client, step.method)(**step.arguments), None
            except SESv2Error as error:
                taken = None, error
        return step

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
            ConfigurationError: The journal can't be used, or the entries are not an iterable.
            JournalError: The journal can't be read or written, or is not what it was.
        """
        check_settings(self._rules, {"entries": entries, "executor": self.executor})
        account: str | None = None
        if self._open_journal:
            with suppress(ConfigurationError):  # the run will say what is wrong with the credentials
                account = self._client.find_account_id()
        with closing(self._new_run(entries, account)) as run:
            threads = Threads(self._client, run, entries, read_ahead=self._read_ahead, executor=self.executor)
            self._begin(run, threads.wake)
            try:
                with closing(threads), closing(run.steps()) as steps:
                    taken = NOTHING
                    while step := next_step(steps, taken):
                        taken = threads.take(step)
                        if isinstance(step, Emit):
                            yield from _emptied(step)
            finally:
                self._end(run, threads.finished())


@with_own_constructor
class AsyncBulkSender(Sender[AsyncSESv2Client]):
    """Sends any number of entries, with a task for each request under way, on asyncio or trio."""

    _rules: ClassVar[Mapping[str, Rule]] = ASYNC_RULES

    async def preflight(self, sample: Iterable[Element], *, total: int | None = None) -> Preflight:
        """Check, without sending anything, what would go wrong with a mailing.

        Checked are the account (sandbox, paused sending, 24-hour quota, rate), the identity of the sender, the
        configuration set, the template and whether the data has its variables, and the entries of the sample, as a run
        checks them.

        Args:
            sample: Some entries, such as the first hundred; they are all read, and loaded.
            total: How many entries the mailing has. Default: None, as many as the sample.

        Returns:
            Preflight: The problems, what could not be checked, and how long the mailing takes. It needs the permissions
            `ses:GetAccount`, `ses:GetEmailIdentity`, `ses:GetConfigurationSet` and `ses:GetEmailTemplate`; without one
            of them, that part is in `unchecked`.

        Raises:
            ConfigurationError: The sample is not an iterable of entries, or the total is not a number of entries.
        """
        steps = Check(self._settings, sample, total).steps()
        taken = NOTHING
        while not isinstance(step := take(steps, *taken), Preflight):
            if isinstance(step, Load):
                taken = await load_async(step.functions), None
                continue
            try:
                taken = await getattr(self._client, step.method)(**step.arguments), None
            except SESv2Error as error:
                taken = None, error
        return step

    async def send(self, entries: Iterable[Element] | AsyncIterable[Element]) -> AsyncGenerator[Outcome]:
        """Send entries, and yield an outcome for each. The run begins when this is iterated over.

        The source is read only as far ahead as there are requests under way. Closing the generator ends the run: it
        begins no other request, and waits for those under way. So that leaving the loop closes it, write `async with
        contextlib.aclosing(sender.send(entries)) as outcomes`. If the task that iterates is cancelled, so are the
        requests under way. Nobody knows whether they were carried out: a later run with the same journal reports their
        entries as `unknown`.

        Args:
            entries: The entries, from an iterable or an async iterable; a `BulkItem` is one with a key.

        Yields:
            Outcome: What became of an entry. Each has one; they come in the order in which they are known.

        Raises:
            BulkStoppedError: The run ended early, for a reason that concerns every entry.
            ConfigurationError: The journal can't be used, or the entries are not an iterable.
            JournalError: The journal can't be read or written, or is not what it was.
        """
        check_settings(self._rules, {"entries": entries})
        run = await self._open_run(entries)
        tasks = Tasks(self._client, run, entries, read_ahead=self._read_ahead)
        self._begin(run, tasks.wake)
        try:
            with closing(run.steps()) as steps:
                taken = NOTHING
                while step := next_step(steps, taken):
                    taken = await tasks.take(step)
                    if isinstance(step, Emit):
                        for outcome in _emptied(step):
                            yield outcome
        except (Exception, GeneratorExit):
            await tasks.ended()
            raise
        finally:
            tasks.cancel()  # what is left, if this task was cancelled
            try:
                await aio.shielded(tasks.ended)
                await aio.shielded(lambda: aio.in_thread(run.close))
            finally:
                run.close()  # if this task was cancelled once more
                self._end(run, tasks.finished())

    async def _open_run(self, entries: object) -> Run:
        """Begin a run in a thread; if this task is cancelled meanwhile, what the thread opens is closed."""
        account: str | None = None
        if self._open_journal:
            with suppress(ConfigurationError):  # the run will say what is wrong with the credentials
                account = await self._client.find_account_id()
        opened: list[Run] = []
        wanted = True

        def begin() -> Run:
            opened.append(self._new_run(entries, account))
            if not wanted:
                opened[0].close()
            return opened[0]

        try:
            return await aio.in_thread(begin)
        except BaseException:
            wanted = False
            for run in opened:
                run.close()  # pragma: no cover -- the thread ended just as the task was cancelled
            raise


def _emptied(step: Emit) -> Iterator[Outcome]:
    """Yield outcomes, and take each out of the queue, so that those that are left were not yielded."""
    while step.outcomes:
        outcome = step.outcomes[0]
        try:
            yield outcome
        finally:  # not before: Ctrl-C must lose no outcome
            step.outcomes.popleft()

"""The senders of bulk runs."""

from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from concurrent.futures import Executor
from contextlib import closing, suppress
from os import PathLike
from typing import ClassVar, Literal

from .._call.options import RequestOptions
from .._core import aio
from .._core.exceptions import ConfigurationError, SESv2Error
from .._core.settings import Rule, check_settings
from .._rate.send_rate import SendRateLike
from ..client import AsyncSESv2Client, SESv2Client
from ..models import BulkEmailContent, ConfigurationOverrides, MessageTag
from .arguments import ASYNC_RULES, SYNC_RULES
from .base import Sender, StopWhen
from .drivers import NOTHING, THREAD_SPACING, Tasks, Threads, load, load_async, next_step
from .item import Element
from .journal import OpenJournal
from .preflight import Check, Preflight, take
from .report import Outcome, Progress
from .run import Run
from .steps import Emit, Load


class BulkSender(Sender[SESv2Client]):
    """Sends any number of entries, with a thread for each request under way."""

    _rules: ClassVar[Mapping[str, Rule]] = SYNC_RULES
    _spacing: ClassVar[float] = THREAD_SPACING
    executor: Executor | None = None
    """The executor whose threads make the requests of the next runs, such as a pool that several senders share; the
    caller shuts it down. The loop over a run must not be in one of these threads, and a process that was forked off
    needs an executor of its own: such a run could wait for ever. Default: None, each run has threads of its own."""

    def __init__(
        self,
        client: SESv2Client,
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
        max_in_flight: int | None = None,
        max_attempts: int = 5,
        journal: str | PathLike[str] | OpenJournal | None = None,
        retry_failed: bool = False,
        resend_unknown: bool = False,
        unique_recipients: bool = False,
        limit: int | None = None,
        stop_when: StopWhen | None = None,
        on_quota: Literal["stop", "wait"] = "stop",
        outage_patience: float = 0.0,
        read_ahead: bool = True,
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
            max_in_flight: How many requests, of up to 50 entries each, may be under way at a time, at least 1. Default:
                None, 8 at first, and up to 100 as long as only that keeps the next request from leaving at its turn.
            max_attempts: How many requests an entry is in at most because it met a transient failure, at least 1;
                requests that the client itself repeats count as one, and throttling does not count. Default: 5.
            journal: The path of an SQLite file in which the state of every entry is kept, so that another run can
                carry on after this one; or a function that opens another `Journal` for each run, which closes it, and
                gets the `MailingIdentity`. Default: None, no journal.
            retry_failed: Whether entries that the journal says have failed are sent again. Default: False, they are
                reported.
            resend_unknown: Whether entries are sent again that may have been sent, now or by what the journal says;
                somebody may then get a mail twice. Default: False, they are reported.
            unique_recipients: Whether an entry fails if one of its addresses in To, in upper or lower case, is in To
                of an earlier entry of the run. Takes about 110 bytes of memory an address. Default: False.
            limit: How many entries a run sends at most, at least 1; the source is read no further. What the journal
                knows from earlier runs does not count. Default: None, no limit.
            stop_when: Stops a run early: the share of outcomes that may fail, above 0 and at most 1, which counts from
                100 outcomes on; or a function that is called with the report after each response, and stops the run
                when it returns something true. A text that it returns becomes the reason. Default: None.
            on_quota: What a run does when the account's 24-hour quota is used up: `stop`, or `wait` until the service
                allows more, which is checked every five minutes. Default: `stop`.
            outage_patience: Seconds for which a run goes on while no request reaches the service, though entries
                have been in `max_attempts` requests. Default: 0.
            read_ahead: Whether a thread of its own reads the source, so that a slow one holds nothing up; with False,
                the thread that iterates reads it, which suits a source that is bound to its thread, such as a cursor
                of sqlite3 or a database transaction. A list is read where it is, an async source by a task. Default:
                True.
            on_progress: Called with the report after each response, and at the end, such as `tqdm_bar()`. What it
                raises ends the run.
            options: What each request does otherwise than the client: timeout, retries, headers.

        Raises:
            ParamValidationError: An argument of `send_bulk_email` is missing, has the wrong type, or is past a limit.
            ConfigurationError: Another argument is not what it has to be.
        """
        super().__init__(
            client,
            default_content=default_content,
            from_email_address=from_email_address,
            from_email_address_identity_arn=from_email_address_identity_arn,
            reply_to_addresses=reply_to_addresses,
            feedback_forwarding_email_address=feedback_forwarding_email_address,
            feedback_forwarding_email_address_identity_arn=feedback_forwarding_email_address_identity_arn,
            default_email_tags=default_email_tags,
            configuration_set_name=configuration_set_name,
            endpoint_id=endpoint_id,
            tenant_name=tenant_name,
            configuration_overrides=configuration_overrides,
            send_rate=send_rate,
            max_in_flight=max_in_flight,
            max_attempts=max_attempts,
            journal=journal,
            retry_failed=retry_failed,
            resend_unknown=resend_unknown,
            unique_recipients=unique_recipients,
            limit=limit,
            stop_when=stop_when,
            on_quota=on_quota,
            outage_patience=outage_patience,
            read_ahead=read_ahead,
            on_progress=on_progress,
            options=options,
        )

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
                run.end(threads.finished(0))
                self._end(run)


class AsyncBulkSender(Sender[AsyncSESv2Client]):
    """Sends any number of entries, with a task for each request under way, on asyncio or trio."""

    _rules: ClassVar[Mapping[str, Rule]] = ASYNC_RULES

    def __init__(
        self,
        client: AsyncSESv2Client,
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
        max_in_flight: int | None = None,
        max_attempts: int = 5,
        journal: str | PathLike[str] | OpenJournal | None = None,
        retry_failed: bool = False,
        resend_unknown: bool = False,
        unique_recipients: bool = False,
        limit: int | None = None,
        stop_when: StopWhen | None = None,
        on_quota: Literal["stop", "wait"] = "stop",
        outage_patience: float = 0.0,
        read_ahead: bool = True,
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
            max_in_flight: How many requests, of up to 50 entries each, may be under way at a time, at least 1. Default:
                None, 8 at first, and up to 100 as long as only that keeps the next request from leaving at its turn.
            max_attempts: How many requests an entry is in at most because it met a transient failure, at least 1;
                requests that the client itself repeats count as one, and throttling does not count. Default: 5.
            journal: The path of an SQLite file in which the state of every entry is kept, so that another run can
                carry on after this one; or a function that opens another `Journal` for each run, which closes it, and
                gets the `MailingIdentity`. Default: None, no journal.
            retry_failed: Whether entries that the journal says have failed are sent again. Default: False, they are
                reported.
            resend_unknown: Whether entries are sent again that may have been sent, now or by what the journal says;
                somebody may then get a mail twice. Default: False, they are reported.
            unique_recipients: Whether an entry fails if one of its addresses in To, in upper or lower case, is in To
                of an earlier entry of the run. Takes about 110 bytes of memory an address. Default: False.
            limit: How many entries a run sends at most, at least 1; the source is read no further. What the journal
                knows from earlier runs does not count. Default: None, no limit.
            stop_when: Stops a run early: the share of outcomes that may fail, above 0 and at most 1, which counts from
                100 outcomes on; or a function that is called with the report after each response, and stops the run
                when it returns something true. A text that it returns becomes the reason. Default: None.
            on_quota: What a run does when the account's 24-hour quota is used up: `stop`, or `wait` until the service
                allows more, which is checked every five minutes. Default: `stop`.
            outage_patience: Seconds for which a run goes on while no request reaches the service, though entries
                have been in `max_attempts` requests. Default: 0.
            read_ahead: Whether a thread of its own reads the source, so that a slow one holds nothing up; with False,
                the thread that iterates reads it, which suits a source that is bound to its thread, such as a cursor
                of sqlite3 or a database transaction. A list is read where it is, an async source by a task. Default:
                True.
            on_progress: Called with the report after each response, and at the end, such as `tqdm_bar()`. What it
                raises ends the run.
            options: What each request does otherwise than the client: timeout, retries, headers.

        Raises:
            ParamValidationError: An argument of `send_bulk_email` is missing, has the wrong type, or is past a limit.
            ConfigurationError: Another argument is not what it has to be.
        """
        super().__init__(
            client,
            default_content=default_content,
            from_email_address=from_email_address,
            from_email_address_identity_arn=from_email_address_identity_arn,
            reply_to_addresses=reply_to_addresses,
            feedback_forwarding_email_address=feedback_forwarding_email_address,
            feedback_forwarding_email_address_identity_arn=feedback_forwarding_email_address_identity_arn,
            default_email_tags=default_email_tags,
            configuration_set_name=configuration_set_name,
            endpoint_id=endpoint_id,
            tenant_name=tenant_name,
            configuration_overrides=configuration_overrides,
            send_rate=send_rate,
            max_in_flight=max_in_flight,
            max_attempts=max_attempts,
            journal=journal,
            retry_failed=retry_failed,
            resend_unknown=resend_unknown,
            unique_recipients=unique_recipients,
            limit=limit,
            stop_when=stop_when,
            on_quota=on_quota,
            outage_patience=outage_patience,
            read_ahead=read_ahead,
            on_progress=on_progress,
            options=options,
        )

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
        begins no other request, and waits for those under way. So that leaving the loop closes it, write
        `async with contextlib.aclosing(sender.send(entries)) as outcomes`. If the task that iterates is cancelled, so
        are the requests under way; nobody knows whether they were carried out, and the journal says so.

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
                run.end(tasks.finished())
                self._end(run)

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
    """Yield outcomes, and take each out of the queue, so that what is left is what nobody has read."""
    while step.outcomes:
        yield step.outcomes.popleft()

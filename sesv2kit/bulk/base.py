"""What both senders share: settings, and the report of the latest run."""

import signal
from collections.abc import Callable, Generator, Mapping, Sequence, Sized
from contextlib import contextmanager
from functools import partial
from os import PathLike
from typing import Any, ClassVar, Final, Generic, Literal, TypeVar

from .._call.options import RequestOptions, check_send_rate
from .._core.exceptions import ConfigurationError, SESv2Error
from .._core.settings import Rule, check_settings
from .._rate.send_rate import SendRateLike
from ..client import AsyncSESv2Client, SESv2Client
from ..models import BulkEmailContent, ConfigurationOverrides, MessageTag
from .journal import MailingIdentity, OpenJournal, is_journal
from .report import Outcome, Progress, Report
from .run import Run
from .settings import Settings, check_mailing_options, fingerprint
from .sqlite import SqliteJournal
from .verdict import Finished

ClientT = TypeVar("ClientT", SESv2Client, AsyncSESv2Client)
StopWhen = float | Callable[[Report], object]
"""When a run is stopped: at a share of failures, or when a function of the report returns something true."""
_MIN_OUTCOMES: Final = 100
"""Outcomes of a run before which a share of failures does not stop it."""


class Sender(Generic[ClientT]):
    """What both senders share: settings, and the report of the latest run."""

    _rules: ClassVar[Mapping[str, Rule]]
    _spacing: ClassVar[float] = 0.0

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
            client: The client to send through, an `SESv2Client`, or an `AsyncSESv2Client` for an `AsyncBulkSender`; it
                stays the caller's to close.
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
        given: Mapping[str, object] = {
            "client": client,
            "max_in_flight": max_in_flight,
            "max_attempts": max_attempts,
            "journal": journal,
            "retry_failed": retry_failed,
            "resend_unknown": resend_unknown,
            "unique_recipients": unique_recipients,
            "limit": limit,
            "stop_when": stop_when,
            "on_quota": on_quota,
            "outage_patience": outage_patience,
            "read_ahead": read_ahead,
            "on_progress": on_progress,
        }
        check_settings(self._rules, given)
        checked_options = check_mailing_options(options)
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
            options={**checked_options, "send_rate": rate},
            known_rate=lambda: client.find_send_rate(rate),
            max_in_flight=max_in_flight,
            max_attempts=max_attempts,
            resend_unknown=resend_unknown,
            retry_failed=retry_failed,
            check_limits=client.check_limits,
            on_progress=on_progress,
            stop_when=_stop_condition(stop_when),
            limit=limit,
            on_quota=on_quota,
            outage_patience=outage_patience,
            unique_recipients=unique_recipients,
        )
        self._fingerprint = fingerprint(arguments, check_limits=client.check_limits)
        self._client: ClientT = client
        self._open_journal: OpenJournal | None = None
        if callable(journal):
            self._open_journal = journal
        elif journal is not None:
            self._open_journal = partial(SqliteJournal, journal)
        self._read_ahead = read_ahead
        self._report = Report()
        self._unread: tuple[Outcome, ...] = ()
        self._under_way: tuple[tuple[Run, Callable[[], object]], ...] = ()

    @property
    def report(self) -> Report:
        """The numbers of the latest run, which change while it is under way."""
        return self._report

    @property
    def unread(self) -> Sequence[Outcome]:
        """The outcomes that the latest run did not yield, because the loop over it was left early."""
        return self._unread

    def stop(self) -> None:
        """Stop the runs under way: they begin nothing more, yield the outcomes of what is, and raise BulkStoppedError.

        Can be called from other threads and from signal handlers. Does nothing if no run is under way.
        """
        for run, wake in self._under_way:
            run.results.request_stop(SESv2Error("stop() was called"))
            wake()

    @contextmanager
    def stop_on_signals(self, *signals: int) -> Generator[None]:
        """Return a context in which signals stop the runs under way, as `stop` does; only for the main thread.

        Args:
            *signals: The signals. Default: SIGINT, which Ctrl-C sends, and SIGTERM. A second one of the same kind does
                what it did before, and so does the first one if no run is under way.

        Raises:
            ConfigurationError: A signal can't be handled, or this is not the main thread.
        """
        before: dict[int, Any] = {}

        def stop(number: int, _frame: object) -> None:
            signal.signal(number, before[number])
            if self._under_way:
                self.stop()
            else:  # the run that begins next would take no notice of it
                signal.raise_signal(number)

        try:
            for number in signals or (signal.SIGINT, signal.SIGTERM):
                try:
                    before[number] = signal.signal(number, stop)
                except (OSError, TypeError, ValueError) as error:
                    raise ConfigurationError(f"the signal {number!r} can't be handled: {error}") from error
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _new_run(self, entries: object, account: str | None) -> Run:
        """Begin a run; opens the journal, so it may block."""
        journal: Any = None
        if self._open_journal:
            client = self._client
            identity = MailingIdentity(self._fingerprint, client.region, client.endpoint_url, account)
            journal = self._open_journal(identity)
        total = len(entries) if isinstance(entries, Sized) else None
        try:
            if self._open_journal:
                _check_journal(journal)
            run = Run(self._settings, journal, total=total, spacing=self._spacing)
        except ConfigurationError:
            raise
        except BaseException:  # such as Ctrl-C
            if journal:
                journal.close()
            raise
        self._report = run.report
        self._unread = ()
        return run

    def _begin(self, run: Run, wake: Callable[[], object]) -> None:
        self._under_way = (*self._under_way, (run, wake))

    def _end(self, run: Run, finished: Sequence[Finished]) -> None:
        """End a run; takes the finished requests that it has not waited for."""
        try:
            run.end(finished)
        finally:  # on_progress may have raised
            self._under_way = tuple(other for other in self._under_way if other[0] is not run)
            if run.report is self._report:
                self._unread = tuple(run.results.outbox)


def _check_journal(journal: object) -> None:
    if not is_journal(journal):
        name = type(journal).__name__
        raise ConfigurationError(
            f"journal must return a Journal, with its four methods, none of which is async, and not {name}"
        )


def _stop_condition(given: StopWhen | None) -> Callable[[Report], object] | None:
    """Return a function that says whether to stop a run, for what the caller gave."""
    if given is None or callable(given):
        return given
    share = given

    def stop(report: Report) -> str | None:
        count, failed = report.settled - report.resumed, report.failed - report.failed_before
        if count < _MIN_OUTCOMES or failed / count < share:
            return None
        return f"{failed} of {count} entries failed, which reaches the share of stop_when="

    return stop

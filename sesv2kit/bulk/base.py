"""What both senders share: settings, and the report of the latest run."""

import signal
from collections.abc import Callable, Generator, Mapping, Sequence, Sized
from contextlib import contextmanager
from functools import partial
from os import PathLike
from typing import Any, ClassVar, Final, Generic, Literal, TypeVar

from .._call.options import RequestOptions, check_options, check_send_rate
from .._core.exceptions import ConfigurationError, SESv2Error
from .._core.settings import Rule, check_settings
from .._rate.send_rate import SendRateLike
from ..client import AsyncSESv2Client, SESv2Client
from ..models import BulkEmailContent, ConfigurationOverrides, MessageTag
from .journal import MailingIdentity, OpenJournal, is_journal
from .report import Outcome, Progress, Report
from .run import Run
from .settings import Settings
from .sqlite import SqliteJournal

ClientT = TypeVar("ClientT", SESv2Client, AsyncSESv2Client)
StopWhen = float | Callable[[Report], object]
"""When a run is stopped: at a share of failures, or when a function of the report returns something true."""
_MIN_OUTCOMES: Final = 100
"""So many outcomes have to be there before a share of them says something."""


class Sender(Generic[ClientT]):
    """What both senders share: settings, and the report of the latest run."""

    _rules: ClassVar[Mapping[str, Rule]]
    _spacing: ClassVar[float] = 0.0

    # The public classes have a constructor each, so that Python names them when it is called wrongly.
    def __init__(
        self,
        client: ClientT,
        *,
        default_content: BulkEmailContent,
        from_email_address: str | None,
        from_email_address_identity_arn: str | None,
        reply_to_addresses: Sequence[str] | None,
        feedback_forwarding_email_address: str | None,
        feedback_forwarding_email_address_identity_arn: str | None,
        default_email_tags: Sequence[MessageTag] | None,
        configuration_set_name: str | None,
        endpoint_id: str | None,
        tenant_name: str | None,
        configuration_overrides: ConfigurationOverrides | None,
        send_rate: SendRateLike | None,
        max_in_flight: int | None,
        max_attempts: int,
        journal: str | PathLike[str] | OpenJournal | None,
        retry_failed: bool,
        resend_unknown: bool,
        unique_recipients: bool,
        limit: int | None,
        stop_when: StopWhen | None,
        on_quota: Literal["stop", "wait"],
        outage_patience: float,
        read_ahead: bool,
        on_progress: Progress | None,
        options: RequestOptions | None,
    ) -> None:
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
        checked_options = check_options("SendBulkEmail", options)
        if "before_send" in checked_options:
            raise ConfigurationError("before_send is an option of single calls; a mailing has a journal")
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
        self._fingerprint = self._settings.fingerprint()
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
                what it did before.

        Raises:
            ConfigurationError: A signal can't be handled, or this is not the main thread.
        """
        before: dict[int, Any] = {}

        def stop(number: int, _frame: object) -> None:
            signal.signal(number, before[number])
            self.stop()

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
            if not is_journal(journal):
                name = type(journal).__name__
                raise ConfigurationError(
                    f"journal must return a Journal, with its four methods, none of which is async, and not {name}"
                )
        total = len(entries) if isinstance(entries, Sized) else None
        run = Run(self._settings, journal, total=total, spacing=self._spacing)
        self._report = run.report
        self._unread = ()
        return run

    def _begin(self, run: Run, wake: Callable[[], object]) -> None:
        self._under_way = (*self._under_way, (run, wake))

    def _end(self, run: Run) -> None:
        self._under_way = tuple(other for other in self._under_way if other[0] is not run)
        if run.report is self._report:
            self._unread = tuple(run.results.outbox)


def _stop_condition(given: StopWhen | None) -> Callable[[Report], object] | None:
    """Return a function that says whether to stop a run, for what the caller gave."""
    if given is None or callable(given):
        return given
    share = given

    def stop(report: Report) -> str | None:
        count, failed = report.settled - report.resumed, report.failed - report.failed_before
        if count < _MIN_OUTCOMES or failed / count < share:
            return None
        return f"{failed} of {count} entries failed, which is the share that stop_when= allows"

    return stop

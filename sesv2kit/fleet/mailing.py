"""A mailing that any number of workers send: batches, taken one at a time, each by a run of `BulkSender`."""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from typing import Final

from .._call.hooks import check_hooks
from .._call.options import RequestOptions, check_send_rate
from .._core.exceptions import ConfigurationError
from .._rate.send_rate import SendRateLike
from ..bulk.settings import check_mailing_options, fingerprint
from ..client import SESv2Client
from ..events import Event
from ..models import BulkEmailContent, ConfigurationOverrides, MessageTag
from .arguments import Entries, check_arguments, check_keys, check_name, checked_events, checked_key
from .errors import LeaseLostError
from .hooks import BatchInfo, FleetHook
from .journal import MailingRow, SharedJournal
from .reports import BatchReport, EntryOutcome, MailingReport, batch_report
from .states import AGAIN, FAILED, PENDING, SENT, SKIPPED, STATES, UNKNOWN, FleetState
from .tags import find_entry
from .worker import Worker, worker_name

_CODE_BY_HAND: Final = "decided"
"""The code of outcomes that `decide` has set."""
_EVENTS_AT_A_TIME: Final = 1000
"""Events that are read before the journal is written."""
_OFFERED_FOR: Final = 2
"""Leases after which a batch that the engine has, and no worker has begun, is handed out again."""
_MILLISECONDS: Final = 1000
"""Milliseconds in a second."""
_MIN_REST: Final = 0.2
_MAX_REST: Final = 2.0
"""Seconds after which a worker that found nothing to do checks again."""

_log = logging.getLogger("sesv2kit")

Dispatch = Callable[[int], object]
"""Hands a batch to an engine."""


class Mailing:
    """One mailing of a fleet: a name in a journal, and how its entries are sent.

    Define it in a module that every worker imports. Making one connects to nothing. It can be used by several threads,
    and by processes that were forked off.

    Args:
        name: Its name in the journal, 1 to 200 printable characters without spaces around them. A name is for one
            mailing: one content, sender and account.
        journal: Where the states of its entries are kept.
        entries: Returns the `BulkItem`s of the keys it is given, each with its key, in any order. It is called when a
            batch is about to be sent. A key without an entry, such as that of somebody who has unsubscribed meanwhile,
            becomes `skipped`; `retry_skipped` tries it again.
        client: A client, or a function that returns one; it is called once a process.
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
        send_rate: Recipients per second. Workers of several processes share one over Redis:
            `SendRate(redis="redis://...", when_lost="wait")`. Default: None, the client's; each process then has it to
            itself.
        batch_size: Entries in a batch, 1 to 5,000; a batch is what one worker takes. Default: 500.
        lease: Seconds, 2 to 86,400, after which a batch may be taken over from a worker that has died or frozen.
            It decides how soon, and not whether anything is sent twice. It has to be longer than the client waits for
            a response. Default: 60.
        max_in_flight: As for `BulkSender`: requests under way at a time, in each worker. Default: None.
        max_attempts: As for `BulkSender`: how many requests an entry is in at most. Default: 5.
        min_offered: Batches that wait in the engine at least, at least 1. Default: 4.
        tag_entries: Whether each mail has the tag `sesv2kit-entry`, which `settle` needs. Default: True.
        options: As for `BulkSender`: what each request does otherwise than the client.
        hooks: What observes the batches, such as those of `sesv2kit.otel`. Default: none.

    Raises:
        ConfigurationError: An argument is not what it has to be.
        ParamValidationError: There is something wrong with the options, or with an argument of `send_bulk_email`. What
            is past a limit is refused here if `client` is a client, and by the first batch if it is a function.
    """

    def __init__(
        self,
        name: str,
        *,
        journal: SharedJournal,
        entries: Entries,
        client: SESv2Client | Callable[[], SESv2Client],
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
        batch_size: int = 500,
        lease: float = 60.0,
        max_in_flight: int | None = None,
        max_attempts: int = 5,
        min_offered: int = 4,
        tag_entries: bool = True,
        options: RequestOptions | None = None,
        hooks: Sequence[FleetHook] = (),
    ) -> None:
        given: Mapping[str, object] = {
            "name": name,
            "journal": journal,
            "entries": entries,
            "client": client,
            "max_in_flight": max_in_flight,
            "max_attempts": max_attempts,
            "batch_size": batch_size,
            "lease": lease,
            "min_offered": min_offered,
            "tag_entries": tag_entries,
        }
        check_arguments(given)
        check_name(name)
        check_mailing_options(options)
        check_send_rate(send_rate)
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
        # Whether limits count is not known before there is a client; the first batch then checks them.
        fingerprint(arguments, check_limits=isinstance(client, SESv2Client) and client.check_limits)
        self.name: str = name
        """Its name in the journal."""
        self.journal: SharedJournal = journal
        """Where the states of its entries are kept."""
        self.dispatch: Dispatch | None = None
        """Hands a batch to the engine; `celery.install` and `procrastinate.install` set it. Without one, `sweep` only
        returns the batches."""
        self._worker = Worker(
            name,
            journal,
            entries=entries,
            client=client,
            settings={
                **arguments,
                "send_rate": send_rate,
                "max_in_flight": max_in_flight,
                "max_attempts": max_attempts,
                "options": options,
            },
            lease=lease,
            tag_entries=tag_entries,
            stop_mailing=lambda reason: self._set_status("stopped", reason, logging.WARNING),
        )
        self._batch_size = batch_size
        self._offered_for = int(lease * _OFFERED_FOR * _MILLISECONDS)
        self._min_offered = min_offered
        self._hooks = check_hooks(hooks, FleetHook)
        self._row: MailingRow | None = None

    def __repr__(self) -> str:
        return f"Mailing({self.name!r}, journal={self.journal!r})"

    # Enrolling and sending -------------------------------------------------------------------------

    def enrol(self, keys: Iterable[str], *, keys_are_unique: bool = False) -> int:
        """Add keys to the mailing, and return how many were new. Nothing is sent.

        The call can be repeated, after a crash or to add keys: those that are there are left alone. Keys are read
        10,000 at a time, so a million of them need no more memory than 10,000.

        Args:
            keys: Keys of 1 to 255 characters, such as the ids of users; not addresses.
            keys_are_unique: Whether the caller vouches that no key comes twice. Enrolment is then several times as
                fast and needs a third of the space. A key that comes twice within 10,000 is refused all the same; one
                that comes again later is sent twice. To repeat it, give the same keys in the same order; several
                processes may do so at once. Default: False, the journal finds repeated keys.

        Returns:
            int: How many keys were new.

        Raises:
            ParamValidationError: A key can't be used. The keys before the 10,000 that it is in were taken in.
            ConfigurationError: The mailing was enrolled otherwise before, or the database can't be used at all.
            JournalError: The database can't be written. Nothing is lost: repeat the enrolment.
        """
        check_keys(keys)
        mailing = self._mailing()
        return self.journal.enrol(mailing.id, keys, batch_size=self._batch_size, vouched=keys_are_unique)

    def send_batch(self, number: int) -> BatchReport:
        """Send what is left to send of a batch. Any engine may call this, any number of times, late, twice or never.

        A batch that another worker has, or in which nothing is left to send, is left alone. When the work ends, the
        next batches are handed to the engine.

        Args:
            number: The batch, as `sweep` returned it.

        Returns:
            BatchReport: What became of the batch.

        Raises:
            LeaseLostError: Another worker has taken the batch over, because this worker was frozen for longer than the
                lease. Nothing was sent after that; responses that came late are kept.
            JournalError: The database can't be written; nothing more was sent. What was in flight becomes unknown when
                the batch is taken up again.
            BulkStoppedError: A reason that concerns this worker has ended the work, such as credentials or a network
                that it alone lacks. What was not sent is handed out again. A reason that concerns the account (quota,
                suspension, a refusal of all requests) raises nothing: it stops the mailing for all workers, and is in
                the report.
            ConfigurationError: There is no such batch, the mailing was begun with other arguments, the client waits for
                a response for longer than the lease, or the function for entries returned something other than a
                `BulkItem` for each key that it was given, or for some of them. Nothing was sent.
            Exception: What the function for entries raised. Nothing was sent.
        """
        info = BatchInfo(self.name, number, worker_name())
        with ExitStack() as stack:
            for hook in self._hooks:
                stack.enter_context(hook.around_batch(info))
            began = time.monotonic()
            mailing = self._mailing(fresh=True)
            if mailing.status == "running":
                report = self._worker.send(mailing, info)
            else:
                self.journal.take_back(mailing.id, [number])
                report = batch_report(number, mailing.status, "", time.monotonic() - began, mailing.reason)
            info.report = report
            self._log_report(report, info.worker)
            if info.claims:
                self._hand_out_next(mailing)
            return report

    def sweep(self) -> list[int]:
        """Hand out the lost batches, and as many new ones as keep the engine's queue at twice the busy workers.

        A batch is lost if its worker has died, frozen or given it back, or if the engine has dropped it. Call `sweep`
        every 30 seconds or so, by the engine, by cron or by a timer of systemd; several at a time do no harm. The first
        call begins a mailing. It needs no worker.

        Returns:
            list[int]: The batches that were handed out: to the engine, if there is one, otherwise to the caller, who
            passes each to `send_batch`.

        Raises:
            JournalError: The database can't be used. Nothing is lost: the next sweep does the same.
            Exception: What the engine raised, such as a broker that can't be reached. The next sweep hands out the
                batches that it did not get.
        """
        return self._hand_out(self._mailing(), lost=True)

    def work(self, *, on_batch: Callable[[BatchReport], object] | None = None) -> MailingReport:
        """Send batches in this process, one after another, without any engine.

        Any number of processes may do so at a time, on any number of machines, beside an engine or instead of one. It
        returns when the mailing is finished or stopped, or `stop_working` was called. While the mailing is paused, or
        others have the last batches, it waits. Batches of workers that died are taken up, so no sweep is needed.

        Args:
            on_batch: Called with the report of each batch. Default: None.

        Returns:
            MailingReport: How far the mailing is; at once if nothing was enrolled.

        Raises:
            JournalError: As for `send_batch`, like the other errors. A lost lease is logged, and the work goes on.
            BulkStoppedError: See there.
            ConfigurationError: See there.
            Exception: What the function for entries or `on_batch` raised.
        """
        rest = _MIN_REST
        while not self._worker.is_leaving:
            mailing = self._mailing()
            number = self.journal.take(mailing.id, self._offered_for)
            if number is None:
                if self.journal.is_over(mailing.id):
                    break
                self._rest(rest)
                rest = min(rest * 2, _MAX_REST)
            elif self._worker.is_leaving:
                self.journal.take_back(mailing.id, [number])
            else:
                rest = _MIN_REST
                done = self._work_on(number)
                if done and on_batch:
                    on_batch(done)
        return self.report()

    def stop_working(self) -> None:
        """End the work of this process alone: it begins no other request, and gives its batches back.

        Requests under way end, and are recorded, so nothing becomes unknown. `work` returns, and so does a `send_batch`
        that is under way, with the state `open`. It is for good: this object begins no work afterwards. Can be called
        from other threads and from signal handlers.
        """
        self._worker.leave()

    # Reports and outcomes --------------------------------------------------------------------------

    def report(self) -> MailingReport:
        """Return the mailing in numbers: progress, batches, rate, and the time left.

        Raises:
            JournalError: The database can't be read.
        """
        return self.journal.report(self.name, self._mailing().id)

    def outcomes(self, state: FleetState | None = None) -> Iterator[EntryOutcome]:
        """Yield what became of each entry, in the order of the batches, while the mailing may go on.

        Args:
            state: `pending`, `in flight`, `sent`, `failed`, `unknown` or `skipped`. Default: None, all entries.

        Yields:
            EntryOutcome: An entry.

        Raises:
            ConfigurationError: There is no such state.
            JournalError: The database can't be read.
        """
        if state is not None and state not in STATES.values():
            raise ConfigurationError(
                f"there is no state {state!r}; there are {', '.join(dict.fromkeys(STATES.values()))}"
            )
        return self.journal.outcomes(self._mailing().id, state)

    # Control ---------------------------------------------------------------------------------------

    def stop(self, reason: str = "stop() was called") -> None:
        """Stop the mailing for all workers: within about a second they begin no other request.

        Requests under way end, and are recorded. `resume` goes on.

        Args:
            reason: Why, for the report and the log.

        Raises:
            ConfigurationError: The reason is not a str.
            JournalError: The database can't be written; the mailing goes on.
        """
        check_arguments({"reason": reason})
        self._set_status("stopped", reason)

    def pause(self) -> None:
        """Pause the mailing for all workers, as `stop` does.

        Raises:
            JournalError: The database can't be written; the mailing goes on.
        """
        self._set_status("paused", None)

    def resume(self) -> None:
        """Go on after `pause`, `stop`, or a reason that has stopped the mailing. The next sweep hands batches out.

        Raises:
            JournalError: The database can't be written.
        """
        self._set_status("running", None)

    def resend_unknown(self) -> int:
        """Have the unknown entries sent again. Most of them were sent, so most of these people get the mail twice.

        Settle them by events first, see `settle`. Batches that a worker has are left as they are.

        Returns:
            int: How many entries are to be sent again.

        Raises:
            JournalError: The database can't be written. Repeat the call.
        """
        return self.journal.replace(self._mailing().id, UNKNOWN, AGAIN)

    def retry_failed(self) -> int:
        """Have the failed entries sent again; they were certainly not sent.

        Returns:
            int: How many entries are to be sent again.

        Raises:
            JournalError: The database can't be written. Repeat the call.
        """
        return self.journal.replace(self._mailing().id, FAILED, PENDING)

    def retry_skipped(self) -> int:
        """Have the function for entries called again for the skipped keys, whose mails were certainly not sent.

        Keys for which it returns an entry now are sent; the others are skipped again.

        Returns:
            int: How many entries are pending again.

        Raises:
            JournalError: The database can't be written. Repeat the call.
        """
        return self.journal.replace(self._mailing().id, SKIPPED, PENDING)

    def settle(self, events: Iterable[Event]) -> int:
        """Take from events which of the unknown entries were sent.

        Each event of a mail shows that SES took it, a bounce or a rendering failure as well as a delivery. Events of
        other mails are ignored. The call can be repeated.

        Args:
            events: Events of `sesv2kit.events.parse`, any number, of mails with the tag `sesv2kit-entry`.

        Returns:
            int: How many entries were not `sent` before.

        Raises:
            JournalError: The database can't be written. Repeat the call with the same events.
        """
        mailing = self._mailing()
        stream = checked_events(events)
        settled = 0
        while some := list(islice(stream, _EVENTS_AT_A_TIME)):
            found: defaultdict[int, dict[int, str]] = defaultdict(dict)
            for event in some:
                if place := find_entry(event, mailing.uid):
                    number, position = place
                    found[number][position] = event.mail.message_id or ""
            settled += self.journal.settle(mailing.id, found)
        return settled

    def decide(self, *, sent: Iterable[str] = (), failed: Iterable[str] = ()) -> int:
        """Note by hand what became of unknown entries, such as after a look at the account's statistics.

        Entries that are not unknown, or are to be sent again, stay as they are. To send those again that were not sent,
        call `retry_failed`.

        Args:
            sent: Keys of entries that were sent.
            failed: Keys of entries that were certainly not sent.

        Returns:
            int: How many of them were unknown.

        Raises:
            ConfigurationError: A key is in both or not a str, or one was given instead of several.
            JournalError: The database can't be written. Repeat the call.
        """
        check_keys(sent, failed)
        letters = {checked_key(key): SENT for key in sent}
        refused = {checked_key(key): FAILED for key in failed}
        if both := letters.keys() & refused.keys():
            raise ConfigurationError(f"{len(both)} keys are both in sent= and in failed=")
        return self.journal.decide(self._mailing().id, letters | refused, _CODE_BY_HAND)

    def accept_failover(self, *, ahead: int = 100) -> int:
        """Go on after a failover of the database, see `SharedJournal.accept_failover`.

        Args:
            ahead: See there. Default: 100 batches.

        Returns:
            int: How many entries became unknown.

        Raises:
            ConfigurationError: `ahead` is not an int of at least 0.
            JournalError: The database can't be written. Repeat the call.
        """
        check_arguments({"ahead": ahead})
        return self.journal.accept_failover(self.name, ahead=ahead)

    def close(self) -> None:
        """Close the connections of this process to the journal, and its client if a function made it.

        The next use opens new ones. Requests under way end first. A batch that another thread sends ends with a
        `BulkStoppedError`, and is handed out again; use `stop_working` to end it in order.
        """
        self._worker.close()
        self.journal.close()

    # Private ---------------------------------------------------------------------------------------

    def _mailing(self, *, fresh: bool = False) -> MailingRow:
        if fresh or self._row is None:
            self._row = self.journal.find(self.name)
        return self._row

    def _set_status(self, status: str, reason: str | None, level: int = logging.INFO) -> None:
        if reason:  # of whatever a service or a shell has said; databases refuse these characters
            reason = reason.replace("\0", "\\x00").encode(errors="backslashreplace").decode()
        self.journal.set_status(self._mailing().id, status, reason)
        _log.log(level, "mailing %s: %s%s", self.name, status, f": {reason}" if reason else "")

    def _work_on(self, number: int) -> BatchReport | None:
        """Send a batch; returns None if its lease was lost."""
        try:
            return self.send_batch(number)
        except LeaseLostError as error:
            _log.warning("mailing %s: %s", self.name, error)
            return None

    def _rest(self, seconds: float) -> None:
        """Wait, but not longer than until `stop_working`, which a signal handler may call."""
        until = time.monotonic() + seconds
        while not self._worker.is_leaving and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))

    def _hand_out(self, mailing: MailingRow, *, lost: bool) -> list[int]:
        if self.dispatch is None and not lost:
            return []
        numbers = self.journal.offer(mailing.id, self._offered_for, self._min_offered, lost=lost)
        if dispatch := self.dispatch:
            for handed, number in enumerate(numbers):
                try:
                    dispatch(number)
                except BaseException:
                    self.journal.take_back(mailing.id, numbers[handed:])
                    raise
        return numbers

    def _hand_out_next(self, mailing: MailingRow) -> None:
        """Hand the next batches to the engine after one was sent; a sweep hands out what the engine did not get."""
        try:
            self._hand_out(mailing, lost=False)
        except Exception as error:  # noqa: BLE001 -- whatever an engine raises, the batch was sent
            _log.warning("mailing %s: the next batch was not handed out: %s", self.name, error)

    def _log_report(self, report: BatchReport, worker: str) -> None:
        _log.info(
            "mailing %s: batch %d %s on %s: sent %d, failed %d, unknown %d, skipped %d, pending %d, in %.1f s%s",
            self.name,
            report.number,
            report.state,
            worker,
            report.sent,
            report.failed,
            report.unknown,
            report.skipped,
            report.pending,
            report.seconds,
            f": {report.reason}" if report.reason else "",
        )

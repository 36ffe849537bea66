"""A mailing that any number of workers send: batches, taken one at a time, each by a run of `BulkSender`."""

import inspect
import logging
import os
import secrets
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from typing import Any, Final, cast

from .._call.hooks import check_hooks
from .._call.options import RequestOptions, check_send_rate
from .._call.retry import classify
from .._core.exceptions import APIError, BulkStoppedError, ConfigurationError, JournalError, SESv2Error
from .._core.model import is_sequence
from .._core.settings import SWITCH, TEXT, Rule, check_settings
from .._core.timeout import DEFAULT_TIMEOUT
from .._rate.send_rate import SendRateLike
from ..bulk import BulkItem, BulkSender, EntryRecord, MailingIdentity
from ..bulk.arguments import SENDER_RULES
from ..bulk.settings import check_mailing_options, fingerprint
from ..client import SESv2Client
from ..errors import ExpiredTokenException, IncompleteSignature, RequestExpired, UnrecognizedClientException
from ..events import Event
from ..models import BulkEmailContent, BulkEmailEntry, ConfigurationOverrides, MessageTag
from . import schema
from .batch import BatchJournal, Claim
from .errors import EntriesSettledError, LeaseLostError, MailingHaltedError
from .hooks import BatchInfo, FleetHook
from .journal import MailingRow, SharedJournal
from .reports import BatchReport, EntryOutcome, MailingReport
from .states import AGAIN, FAILED, PENDING, SENT, SKIPPED, STATES, TO_SEND, UNKNOWN, FleetState, counts

TAG: Final = "sesv2kit-entry"
"""The tag of each mail, by which its events name its entry in the journal."""
_MIN_LEASE: Final = 2.0
_MAX_LEASE: Final = 86_400.0
"""Seconds of a day: what a worker had that died is nobody's for so long."""
_BY_HAND: Final = "decided"
"""The code of outcomes that somebody has decided upon."""
_SETTLED: Final = 1000
"""Events that are read at a time."""
_MAX_THREADS: Final = 1000
"""Threads of a process. There are as many as there were requests under way at a time."""
_MILLISECONDS: Final = 1000
"""Of a second."""
_OFFERED_FOR: Final = 2
"""Leases after which a batch that the engine has, and nobody has begun, is handed out again."""
_MIN_REST: Final = 0.2
_MAX_REST: Final = 2.0
"""Seconds after which a worker that found nothing to do checks again."""

_RULES: Final[Mapping[str, Rule]] = {
    "name": TEXT,
    "journal": Rule(lambda value: isinstance(value, SharedJournal), "must be a SharedJournal"),
    "entries": Rule(callable, "must be a function of keys that returns their BulkItems"),
    "client": Rule(
        lambda value: callable(value) or isinstance(value, SESv2Client),
        "must be an SESv2Client, or a function that returns one",
    ),
    "max_in_flight": SENDER_RULES["max_in_flight"],
    "max_attempts": SENDER_RULES["max_attempts"],
    "batch_size": Rule(
        lambda value: type(value) is int and 1 <= value <= schema.MAX_BATCH,
        f"must be an int from 1 to {schema.MAX_BATCH}",
    ),
    "lease": Rule(
        lambda value: type(value) in (int, float) and _MIN_LEASE <= value <= _MAX_LEASE,
        f"must be a number of seconds from {_MIN_LEASE:g} to {_MAX_LEASE:g}",
    ),
    "min_offered": Rule(lambda value: type(value) is int and value >= 1, "must be an int of at least 1"),
    "tag_entries": SWITCH,
}
"""What each argument of a mailing has to be."""

_REASON: Final[Mapping[str, Rule]] = {"reason": TEXT}

_log = logging.getLogger("sesv2kit")

Entries = Callable[[Sequence[str]], Iterable[BulkItem]]
Dispatch = Callable[[int], object]


class Mailing:
    """One mailing of a fleet: a name in a journal, and how its entries are sent.

    Define it in a module that every worker imports. Making one connects to nothing. It can be used by several threads,
    and by processes that were forked off.

    Args:
        name: What the journal calls it, 1 to 200 printable characters without spaces around them. A name is for one
            mailing: one content, sender, account.
        journal: Where its states are.
        entries: Returns the `BulkItem`s of the keys it is given, each with its key, in any order. It is called when a
            batch is about to be sent. A key without an entry becomes `skipped`: somebody has unsubscribed meanwhile.
            It stays so unless `retry_skipped` is called.
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
        check_settings(_RULES, given)
        if not 0 < len(name) <= schema.MAX_NAME:
            raise ConfigurationError(f"the name of a mailing must have 1 to {schema.MAX_NAME} characters")
        if not name.isprintable() or name != name.strip():  # MySQL ignores spaces at the end
            raise ConfigurationError("the name of a mailing must be printable, without spaces around it")
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
        """What the journal calls it."""
        self.journal: SharedJournal = journal
        """Where its states are."""
        self.dispatch: Dispatch | None = None
        """Hands a batch to the engine; `celery.install` and `procrastinate.install` set it. Without one, `sweep` only
        returns the batches."""
        self._entries = entries
        self._make_client: Callable[[], Any] = client if callable(client) else lambda: client
        self._owns_client = callable(client)
        self._settings: dict[str, Any] = {
            **arguments,
            "send_rate": send_rate,
            "max_in_flight": max_in_flight,
            "max_attempts": max_attempts,
            "options": options,
        }
        self._batch_size = batch_size
        self._lease = lease
        self._offered_for = int(lease * _OFFERED_FOR * _MILLISECONDS)
        self._min_offered = min_offered
        self._tag_entries = tag_entries
        self._hooks = check_hooks(hooks, FleetHook)
        self._lock = threading.Lock()
        self._row: MailingRow | None = None
        self._client: SESv2Client | None = None
        self._client_process = 0
        self._threads: ThreadPoolExecutor | None = None
        """The threads of the requests of all batches: starting some for each batch takes a twentieth of its time."""
        self._identity: MailingIdentity | None = None
        self._runs: set[BulkSender] = set()
        """The senders of the batches that this process works on."""
        self._is_leaving = False

    def __repr__(self) -> str:
        return f"Mailing({self.name!r}, journal={self.journal!r})"

    # Filling and sending ---------------------------------------------------------------------------

    def enrol(self, keys: Iterable[str], *, keys_are_unique: bool = False) -> int:
        """Take keys into the mailing, and say how many were new. Nothing is sent.

        It can be repeated, after a crash or to add keys: those that are there are left alone. Keys are read as they
        come, 10,000 at a time, so a million of them need no more memory than these.

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
        _check_keys(keys)
        mailing = self._mailing()
        return self.journal.enrol(mailing.id, keys, batch_size=self._batch_size, vouched=keys_are_unique)

    def send_batch(self, number: int) -> BatchReport:
        """Send what is left to send of a batch. Any engine may call this, any number of times, late, twice or never.

        A batch that somebody else works on, or in which nothing is left, is left alone. When the work ends, the next
        batches are handed to the engine.

        Args:
            number: The batch, as `sweep` returned it.

        Returns:
            BatchReport: What became of the batch.

        Raises:
            LeaseLostError: Somebody else has taken the batch over, because this worker was frozen for longer than the
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
        info = BatchInfo(self.name, number, _worker())
        with ExitStack() as stack:
            for hook in self._hooks:
                stack.enter_context(hook.around_batch(info))
            info.report = self._claim_and_send(number, info)
            return info.report

    def _claim_and_send(self, number: int, info: BatchInfo) -> BatchReport:
        began = time.monotonic()
        mailing = self._mailing(fresh=True)
        if mailing.status != "running":
            self.journal.take_back(mailing.id, [number])
            return self._reported(number, mailing.status, "", began, mailing.reason)
        lease = int(self._lease * _MILLISECONDS)
        claim = self.journal.claim(mailing.id, number, lease, secrets.token_hex(16))
        if isinstance(claim, str):
            return self._reported(number, claim, "", began)
        runs: list[BulkSender] = []

        def halted(_error: JournalError) -> None:
            for run in runs:
                run.stop()

        batch = self.journal.open_batch(claim, lease, halted)
        info.claims = claim.claims
        info.before = _batch_report(number, "open", claim.states)
        if claim.claims > 1:
            _log.warning("mailing %s: batch %d is taken up again: claim %d", self.name, number, claim.claims)
        state, reason = "open", None
        try:
            with self._renewing(batch, info):
                reason = self._send(mailing, claim, batch, runs)
                state = "stopped" if reason else "open"
        except MailingHaltedError as error:
            state, reason = error.status, error.reason
        except BaseException as error:
            # A lost lease can't be given back; a database that is gone neither, so the lease runs out.
            with suppress(JournalError):
                batch.release()
            seconds = time.monotonic() - began
            message = "mailing %s: batch %d broke off on %s after %.1f s: %s"
            _log.warning(message, self.name, number, info.worker, seconds, type(error).__name__)
            raise
        states = batch.release()
        if state == "open" and not any(letter in TO_SEND for letter in states):
            state = "done"
        report = self._reported(number, state, states, began, reason)
        try:
            self._hand_out(mailing, lost=False)
        except Exception as error:  # noqa: BLE001 -- the batch was sent; what the engine did not get, a sweep hands out
            _log.warning("mailing %s: the next batch was not handed out: %s", self.name, error)
        return report

    def sweep(self) -> list[int]:
        """Hand out what is nobody's, and what keeps the engine's queue at twice the busy workers.

        Call it every 30 seconds or so, by the engine, by cron or by a timer of systemd; several at a time do no harm.
        It begins a mailing, too, and needs no worker.

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
        while not self._is_leaving:
            mailing = self._mailing()
            number = self.journal.take(mailing.id, self._offered_for)
            if number is None:
                if self.journal.is_over(mailing.id):
                    break
                self._rest(rest)
                rest = min(rest * 2, _MAX_REST)
            elif self._is_leaving:
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
        self._is_leaving = True
        for run in tuple(self._runs):
            run.stop()

    # Watching --------------------------------------------------------------------------------------

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

    # Deciding --------------------------------------------------------------------------------------

    def stop(self, reason: str = "stop() was called") -> None:
        """Stop the mailing for all workers: within about a second they begin no other request.

        Requests under way end, and are recorded. `resume` goes on.

        Args:
            reason: Why, for the report and the log.

        Raises:
            ConfigurationError: The reason is not a str.
            JournalError: The database can't be written; the mailing goes on.
        """
        check_settings(_REASON, {"reason": reason})
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
        """Have the unknown entries sent again, of which most were sent: these people get a mail twice.

        Settle them by events first, see `settle`. Batches that somebody works on are left as they are.

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
        """Take from events which mails were sent: what is unknown, and has one, was.

        Each event of a mail shows that SES took it, a bounce or a rendering failure as well as a delivery: the response
        that was lost would have been the id of the mail. Events of other mails are passed over. It can be repeated.

        Args:
            events: Events of `sesv2kit.events.parse`, any number, of mails with the tag `sesv2kit-entry`.

        Returns:
            int: How many entries were not `sent` before.

        Raises:
            JournalError: The database can't be written. Repeat the call with the same events.
        """
        mailing = self._mailing()
        stream = _checked_events(events)
        settled = 0
        while some := list(islice(stream, _SETTLED)):
            found: defaultdict[int, dict[int, str]] = defaultdict(dict)
            for event in some:
                if place := _place_of(event, mailing.uid):
                    number, position, message_id = place
                    found[number][position] = message_id
            settled += self.journal.settle(mailing.id, found)
        return settled

    def decide(self, *, sent: Iterable[str] = (), failed: Iterable[str] = ()) -> int:
        """Say by hand what became of unknown entries, as somebody has found out: in the account's statistics, say.

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
        _check_keys(sent, failed)
        letters = {_checked_key(key): SENT for key in sent}
        refused = {_checked_key(key): FAILED for key in failed}
        if both := letters.keys() & refused.keys():
            raise ConfigurationError(f"{len(both)} keys are among those that were sent and those that were not")
        return self.journal.decide(self._mailing().id, letters | refused, _BY_HAND)

    def accept_failover(self, *, ahead: int = 100) -> int:
        """Go on after a failover of the database, see `SharedJournal.accept_failover`.

        Args:
            ahead: See there. Default: 100 batches.

        Returns:
            int: How many entries became unknown.

        Raises:
            JournalError: The database can't be written. Repeat the call.
        """
        return self.journal.accept_failover(self.name, ahead=ahead)

    def close(self) -> None:
        """Close the connections of this process to the journal, and its client if a function made it.

        The next use opens new ones. Requests under way end first. A batch that another thread sends ends with a
        `BulkStoppedError`, and is handed out again; use `stop_working` to end it in order.
        """
        with self._lock:
            client, self._client = self._client, None
            threads, self._threads = self._threads, None
        if client is not None and threads is not None and self._client_process == os.getpid():
            threads.shutdown()
            if self._owns_client:
                client.close()
        self.journal.close()

    # Inside ----------------------------------------------------------------------------------------

    def _mailing(self, *, fresh: bool = False) -> MailingRow:
        if fresh or self._row is None:
            self._row = self.journal.find(self.name)
        return self._row

    def _set_status(self, status: str, reason: str | None, level: int = logging.INFO) -> None:
        if reason:  # of whatever a service or a shell has said; databases refuse these characters
            reason = reason.replace("\0", "\\x00").encode(errors="backslashreplace").decode()
        self.journal.set_status(self._mailing().id, status, reason)
        _log.log(level, "mailing %s: %s%s", self.name, status, f": {reason}" if reason else "")

    def _process_client(self) -> SESv2Client:
        with self._lock:
            if self._client is None or self._client_process != os.getpid():
                client = self._make_client()
                if not isinstance(client, SESv2Client):
                    raise ConfigurationError(f"client must return an SESv2Client, and has returned {_name_of(client)}")
                try:
                    self._check_lease(client)
                except ConfigurationError:
                    if self._owns_client:
                        client.close()
                    raise
                self._client, self._client_process = client, os.getpid()
                self._threads = ThreadPoolExecutor(_MAX_THREADS, "sesv2kit-fleet")
            return self._client

    def _work_on(self, number: int) -> BatchReport | None:
        """Send a batch; returns None if it was lost."""
        try:
            return self.send_batch(number)
        except LeaseLostError as error:
            _log.warning("mailing %s: %s", self.name, error)
            return None

    def _rest(self, seconds: float) -> None:
        """Wait, but not longer than until `stop_working`, which a signal handler may call."""
        until = time.monotonic() + seconds
        while not self._is_leaving and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))

    def _check_lease(self, client: SESv2Client) -> None:
        """Check that a batch is not taken over while its worker still waits for a response.

        Raises:
            ConfigurationError: The lease is too short for the client's timeouts.
        """
        seconds = client.find_response_timeout(self._settings["options"])
        if seconds is not None and seconds < self._lease:
            return
        waits = "for ever" if seconds is None else f"for {seconds:g} seconds"
        problem = f"the lease of {self._lease:g} seconds is not longer than a response is waited for, {waits}"
        if seconds != DEFAULT_TIMEOUT.read:
            raise ConfigurationError(f"mailing {self.name}: {problem}: set timeout= of the client, or a longer lease=")
        # Nobody has chosen these seconds, and the lease is prolonged as long as the database is there.
        _log.warning(
            "mailing %s: %s; if the database is gone for that long, entries become unknown", self.name, problem
        )

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

    @contextmanager
    def _renewing(self, batch: BatchJournal, info: BatchInfo) -> Generator[None]:
        """Return a context in which a thread prolongs the lease."""
        ended = threading.Event()

        def renew() -> None:
            while not ended.wait(self._lease / 3):
                with suppress(JournalError):
                    batch.renew()
                    info.renewals += not batch.lost

        thread = threading.Thread(target=renew, name="sesv2kit-fleet-lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _send(self, mailing: MailingRow, claim: Claim, batch: BatchJournal, runs: list[BulkSender]) -> str | None:
        """Send the entries of a batch; returns why the work ended early, if the mailing is stopped for that."""
        if self._is_leaving:
            return None
        wanted = {key: position for position, key in enumerate(claim.keys) if claim.states[position] in TO_SEND}
        found = self._load(wanted)
        gone = [position for key, position in wanted.items() if key not in found]
        batch.skip([position for position in gone if claim.states[position] == PENDING], SKIPPED)
        batch.skip([position for position in gone if claim.states[position] == AGAIN], UNKNOWN)
        if not found:
            return None

        def open_journal(identity: MailingIdentity) -> BatchJournal:
            if identity != self._identity:
                self.journal.identify(mailing.id, identity)
                self._identity = identity
            return batch

        sender = BulkSender(self._process_client(), journal=open_journal, read_ahead=False, **self._settings)
        sender.executor = self._threads
        runs.append(sender)
        batch.check()
        unrecorded: list[EntryRecord] = []
        doubtful: list[int] = []
        """What was to be sent again, and can't be, unless the run has ended early."""
        self._runs.add(sender)
        try:
            for outcome in sender.send(self._items(sender, f"{mailing.uid}-{claim.number}", wanted, found)):
                key = outcome.key
                if key is None or batch.states[wanted[key]] not in TO_SEND:
                    continue
                if outcome.state == "unknown":
                    doubtful.append(wanted[key])
                else:  # it never was in a request
                    unrecorded.append(EntryRecord(key, outcome.state, outcome.message_id, outcome.code))
        except BulkStoppedError as stopped:
            return self._stopped(stopped, batch)
        finally:
            self._runs.discard(sender)
            if unrecorded and not batch.lost:
                batch.record(unrecorded)
        batch.skip(doubtful, UNKNOWN)
        return None

    def _load(self, wanted: Mapping[str, int]) -> dict[str, Any]:
        """Return the entries of keys, those that there are, or the functions that return them."""
        found: dict[str, Any] = {}
        for item in _returned_items(self._entries(list(wanted))) if wanted else ():
            key = item.key
            if not isinstance(key, str):
                raise _entries_error(
                    f"a BulkItem whose key is {_name_of(key)}, and not one of the keys that it was given"
                )
            if key not in wanted:
                raise _entries_error("a BulkItem with a key that it was not given")
            if key in found:
                raise _entries_error("two BulkItems with the same key")
            found[key] = item.entry
        return found

    def _items(
        self, sender: BulkSender, place: str, wanted: Mapping[str, int], found: dict[str, Any]
    ) -> Iterator[BulkItem]:
        """Yield the items of a batch in its order, each with its tag, and let go of them.

        With all of them at once, Python's garbage collector would run more often.
        """
        if self._is_leaving:
            sender.stop()  # the run had not begun when `stop_working` stopped it
        for key, position in wanted.items():
            if key in found:
                entry = found.pop(key)
                yield BulkItem(_tagged(entry, f"{place}-{position}") if self._tag_entries else entry, key)

    def _stopped(self, stopped: BulkStoppedError, batch: BatchJournal) -> str | None:
        """Stop the mailing if that is for all; otherwise raise the error, unless `stop_working` is the reason."""
        if batch.lost:
            raise batch.lost from stopped
        reason = stopped.reason
        if isinstance(reason, EntriesSettledError):
            return None  # the others are sent when the batch is taken up again
        if isinstance(reason, JournalError | ConfigurationError):
            raise reason from stopped
        if not _concerns_account(reason):
            if self._is_leaving:
                return None
            raise stopped
        self._set_status("stopped", str(reason), logging.WARNING)
        return str(reason)

    def _reported(self, number: int, state: str, states: str, began: float, reason: str | None = None) -> BatchReport:
        report = _batch_report(number, state, states, time.monotonic() - began, reason)
        _log.info(
            "mailing %s: batch %d %s on %s: sent %d, failed %d, unknown %d, skipped %d, pending %d, in %.1f s%s",
            self.name,
            number,
            report.state,
            _worker(),
            report.sent,
            report.failed,
            report.unknown,
            report.skipped,
            report.pending,
            report.seconds,
            f": {reason}" if reason else "",
        )
        return report


def _check_keys(*given: Any) -> None:
    """Check that keys are several; the letters of one text would be taken for keys."""
    if any(isinstance(keys, str) or not isinstance(keys, Iterable) for keys in given):
        raise ConfigurationError("keys must be an iterable of str, and not one str")


def _checked_key(key: object) -> str:
    if not isinstance(key, str):
        raise ConfigurationError(f"keys must be str, and not {_name_of(key)}")
    return key


def _checked_events(given: Any) -> Iterator[Event]:
    """Yield events.

    Raises:
        ConfigurationError: It is one of them, or something else.
    """
    if not isinstance(given, Iterable):
        raise ConfigurationError(f"events must be an iterable of Event, is {_name_of(given)}")
    for event in cast("Iterable[object]", given):
        if not isinstance(event, Event):
            raise ConfigurationError(f"events must be those of sesv2kit.events.parse, not {_name_of(event)}")
        yield event


def _returned_items(returned: object) -> Iterator[BulkItem]:
    """Yield what the function for entries has returned.

    Raises:
        ConfigurationError: It is not an iterable of `BulkItem` objects.
    """
    if inspect.iscoroutine(returned):
        returned.close()  # else Python warns that nobody has awaited it
    if inspect.iscoroutine(returned) or inspect.isasyncgen(returned):
        raise _entries_error(f"{_name_of(returned)}: the function must not be async")
    kind = _name_of(returned)
    if not isinstance(returned, Iterable):
        raise _entries_error(kind)
    for item in cast("Iterable[object]", returned):
        if not isinstance(item, BulkItem):
            raise _entries_error(f"{kind} with {_name_of(item)} in it")
        yield item


def _entries_error(returned: str) -> ConfigurationError:
    expected = "an iterable of BulkItem, one for each key that it was given, except for those that it leaves out"
    return ConfigurationError(f"the function for entries must return {expected}; it returned {returned}")


def _name_of(value: object) -> str:
    """Return what a message calls a value, which may hold an address: its type."""
    return "None" if value is None else f"an object of type {type(value).__name__}"


def _batch_report(number: int, state: str, states: str, seconds: float = 0.0, reason: str | None = None) -> BatchReport:
    return BatchReport(
        number=number,
        state=state,  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        **counts(states),
        pending=states.count(PENDING) + states.count(AGAIN),
        seconds=seconds,
        reason=reason,
    )


def _worker() -> str:
    """Return a name of this process, for the log."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _tagged(given: Any, value: str) -> Any:
    """Return an entry with its tag; or a function that returns it, if a function was given."""
    tag = MessageTag(name=TAG, value=value)
    return (lambda: _with_tag(given(), tag)) if callable(given) else _with_tag(given, tag)


def _with_tag(entry: Any, tag: MessageTag) -> Any:
    """Return an entry with one more tag; what can't be sent is refused later, with the others."""
    if not isinstance(entry, BulkEmailEntry) or entry.extra:
        return entry
    given: Any = entry.replacement_tags
    if given is not None and not is_sequence(given):
        return entry
    # `attrs.evolve` takes ten times as long.
    return BulkEmailEntry(
        destination=entry.destination,
        replacement_tags=[tag] if given is None else [*given, tag],
        replacement_email_content=entry.replacement_email_content,
        replacement_headers=entry.replacement_headers,
        extra_members=entry.extra_members,
    )


def _concerns_account(reason: SESv2Error) -> bool:
    """Return whether an error would meet every worker: the service refuses, and not only for a moment.

    Refused credentials, or a clock that is wrong, may be those of one worker.
    """
    of_worker = ExpiredTokenException | IncompleteSignature | RequestExpired | UnrecognizedClientException
    is_of_worker = isinstance(reason, of_worker)
    return isinstance(reason, APIError) and not is_of_worker and not classify(reason).transient


def _place_of(event: Event, uid: str) -> tuple[int, int, str] | None:
    """Return the batch, the position and the id of the mail that an event is about, if it is one of the mailing."""
    for value in event.tags.get(TAG, ()):
        mailing, _, place = value.partition("-")
        number, _, position = place.partition("-")
        if mailing == uid and number.isdecimal() and position.isdecimal():
            return int(number), int(position), event.mail.message_id or ""
    return None

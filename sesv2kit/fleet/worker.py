"""How one process sends batches of a mailing: each by a run of `BulkSender`, while a thread renews the lease."""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any, Final

from .._call.retry import classify
from .._core.exceptions import APIError, BulkStoppedError, ConfigurationError, JournalError, SESv2Error
from .._core.timeout import DEFAULT_TIMEOUT
from ..bulk import BulkItem, BulkSender, EntryRecord, MailingIdentity
from ..client import SESv2Client
from ..errors import ExpiredTokenException, IncompleteSignature, RequestExpired, UnrecognizedClientException
from .arguments import Entries, checked_client, load_entries
from .batch import BatchJournal, Claim
from .errors import EntriesSettledError, MailingHaltedError
from .hooks import BatchInfo
from .journal import MailingRow, SharedJournal
from .reports import BatchReport, batch_report
from .states import AGAIN, PENDING, SKIPPED, TO_SEND, UNKNOWN, has_any
from .tags import tagged

_MAX_THREADS: Final = 1000
"""Threads of a process. There are as many as there were requests under way at a time."""
_MILLISECONDS: Final = 1000
"""Milliseconds in a second."""

_log = logging.getLogger("sesv2kit")


class Worker:
    """Sends batches of a mailing in this process. Safe to share between threads, and to use after a fork.

    Args:
        name: The name of the mailing, for messages.
        journal: Where its states are.
        entries: The function for entries.
        client: A client, or a function that returns one; it is called once a process.
        settings: Further arguments of `BulkSender`.
        lease: Seconds after which a batch may be taken over from a worker that has died or frozen.
        tag_entries: Whether each mail gets a tag with its place in the journal.
        stop_mailing: Called with a reason that concerns every worker; stops the mailing.
    """

    def __init__(
        self,
        name: str,
        journal: SharedJournal,
        *,
        entries: Entries,
        client: SESv2Client | Callable[[], SESv2Client],
        settings: Mapping[str, Any],
        lease: float,
        tag_entries: bool,
        stop_mailing: Callable[[str], object],
    ) -> None:
        self._name = name
        self._journal = journal
        self._entries = entries
        self._make_client: Callable[[], object] = client if callable(client) else lambda: client
        self._owns_client = callable(client)
        self._settings = settings
        self._lease = lease
        self._tag_entries = tag_entries
        self._stop_mailing = stop_mailing
        self._lock = threading.Lock()
        self._client: SESv2Client | None = None
        self._client_process = 0
        self._threads: ThreadPoolExecutor | None = None
        """The threads of the requests of all batches: starting some for each batch takes a twentieth of its time."""
        self._identity: MailingIdentity | None = None
        self._runs: set[BulkSender] = set()
        """The senders of the batches that this process works on."""
        self.is_leaving: bool = False
        """Whether the work of this process has to end."""

    def leave(self) -> None:
        """End the work of this process: it begins no other request. Safe to call from signal handlers."""
        self.is_leaving = True
        for run in tuple(self._runs):
            run.stop()

    def close(self) -> None:
        """Wait for requests under way, and close the client if a function made it. The next batch opens a new one."""
        with self._lock:
            client, self._client = self._client, None
            threads, self._threads = self._threads, None
        if client is not None and threads is not None and self._client_process == os.getpid():
            threads.shutdown()
            if self._owns_client:
                client.close()

    def send(self, mailing: MailingRow, info: BatchInfo) -> BatchReport:
        """Claim a batch, and send what is left to send of it.

        Args:
            mailing: The mailing.
            info: The batch; gets what is known of the work on it.
        """
        number, began = info.number, time.monotonic()
        lease = int(self._lease * _MILLISECONDS)
        claim = self._journal.claim(mailing.id, number, lease, secrets.token_hex(16))
        if isinstance(claim, str):
            return batch_report(number, claim, "", time.monotonic() - began)
        runs: list[BulkSender] = []

        def halted(_error: JournalError) -> None:
            for run in runs:
                run.stop()

        batch = self._journal.open_batch(claim, lease, halted)
        info.claims = claim.claims
        info.before = batch_report(number, "open", claim.states)
        if claim.claims > 1:
            _log.warning("mailing %s: batch %d is taken up again: claim %d", self._name, number, claim.claims)
        try:
            state, reason = self._work(mailing, claim, batch, runs, info)
        except BaseException as error:
            # A lost lease can't be given back; a database that is gone neither, so the lease runs out.
            with suppress(JournalError):
                batch.release()
            seconds = time.monotonic() - began
            message = "mailing %s: batch %d broke off on %s after %.1f s: %s"
            _log.warning(message, self._name, number, info.worker, seconds, type(error).__name__)
            raise
        states = batch.release()
        if state == "open" and not has_any(states, TO_SEND):
            state = "done"
        return batch_report(number, state, states, time.monotonic() - began, reason)

    def _work(
        self, mailing: MailingRow, claim: Claim, batch: BatchJournal, runs: list[BulkSender], info: BatchInfo
    ) -> tuple[str, str | None]:
        """Send the entries of a batch; returns the state of the batch, and why the work ended early, if it did."""
        try:
            with self._renewing(batch, info):
                reason = self._send(mailing, claim, batch, runs)
        except MailingHaltedError as error:
            return error.status, error.reason
        return "stopped" if reason else "open", reason

    @contextmanager
    def _renewing(self, batch: BatchJournal, info: BatchInfo) -> Generator[None]:
        """Return a context in which a thread renews the lease."""
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
        """Send the entries of a batch; returns why the mailing was stopped, if it was."""
        if self.is_leaving:
            return None
        wanted = {key: position for position, key in enumerate(claim.keys) if claim.states[position] in TO_SEND}
        found = load_entries(self._entries, wanted)
        gone = [position for key, position in wanted.items() if key not in found]
        batch.skip([position for position in gone if claim.states[position] == PENDING], SKIPPED)
        batch.skip([position for position in gone if claim.states[position] == AGAIN], UNKNOWN)
        if not found:
            return None
        sender = self._sender(mailing, batch)
        runs.append(sender)
        batch.check()
        unrecorded: list[EntryRecord] = []
        doubtful: list[int] = []
        """What was to be sent again, and can't be, unless the run has ended early."""
        self._runs.add(sender)
        try:
            for outcome in sender.send(self._items(sender, mailing.uid, claim.number, wanted, found)):
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

    def _sender(self, mailing: MailingRow, batch: BatchJournal) -> BulkSender:
        """Return the sender of a batch."""

        def open_journal(identity: MailingIdentity) -> BatchJournal:
            if identity != self._identity:
                self._journal.identify(mailing.id, identity)
                self._identity = identity
            return batch

        sender = BulkSender(self._process_client(), journal=open_journal, read_ahead=False, **self._settings)
        sender.executor = self._threads
        return sender

    def _items(
        self, sender: BulkSender, uid: str, number: int, wanted: Mapping[str, int], found: dict[str, Any]
    ) -> Iterator[BulkItem]:
        """Yield the items of a batch in its order, each with its tag, and let go of them.

        With all of them at once, Python's garbage collector would run more often.
        """
        if self.is_leaving:
            sender.stop()  # the run had not begun when `leave` stopped it
        for key, position in wanted.items():
            if key in found:
                entry = found.pop(key)
                yield BulkItem(tagged(entry, uid, number, position) if self._tag_entries else entry, key)

    def _stopped(self, stopped: BulkStoppedError, batch: BatchJournal) -> str | None:
        """Stop the mailing, and return the reason, if that concerns all workers. Otherwise raise the error.

        If `leave` has stopped the run, or an event has settled an entry, nothing is raised: the rest is sent when the
        batch is taken up again.
        """
        if batch.lost:
            raise batch.lost from stopped
        reason = stopped.reason
        if isinstance(reason, EntriesSettledError):
            return None
        if isinstance(reason, JournalError | ConfigurationError):
            raise reason from stopped
        if _concerns_account(reason):
            self._stop_mailing(str(reason))
            return str(reason)
        if self.is_leaving:
            return None
        raise stopped

    def _process_client(self) -> SESv2Client:
        """Return the client of this process."""
        with self._lock:
            if self._client is None or self._client_process != os.getpid():
                client = checked_client(self._make_client())
                try:
                    self._check_lease(client)
                except ConfigurationError:
                    if self._owns_client:
                        client.close()
                    raise
                self._client, self._client_process = client, os.getpid()
                self._threads = ThreadPoolExecutor(_MAX_THREADS, "sesv2kit-fleet")
            return self._client

    def _check_lease(self, client: SESv2Client) -> None:
        """Check that a batch is not taken over while its worker still waits for a response.

        Raises:
            ConfigurationError: The lease is too short for the client's timeouts.
        """
        seconds = client.find_response_timeout(self._settings["options"])
        if seconds is not None and seconds < self._lease:
            return
        timeout = "without a limit" if seconds is None else f"{seconds:g} seconds"
        problem = f"the lease of {self._lease:g} seconds is not longer than the client waits for a response ({timeout})"
        if seconds != DEFAULT_TIMEOUT.read:
            raise ConfigurationError(f"mailing {self._name}: {problem}: set timeout= of the client, or a longer lease=")
        # Nobody has chosen these seconds, and the lease is renewed as long as the database can be reached.
        _log.warning(
            "mailing %s: %s; if the database is gone for that long, entries become unknown", self._name, problem
        )


def worker_name() -> str:
    """Return the name of this process, for the log: `host:pid`."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _concerns_account(reason: SESv2Error) -> bool:
    """Return whether an error would meet every worker: the service refuses, and not only for a moment.

    Refused credentials, or a clock that is wrong, may be those of one worker.
    """
    of_worker = ExpiredTokenException | IncompleteSignature | RequestExpired | UnrecognizedClientException
    is_of_worker = isinstance(reason, of_worker)
    return isinstance(reason, APIError) and not is_of_worker and not classify(reason).transient

"""A fleet for tests: a mailing, and workers as processes of their own that can be killed and frozen."""

import json
import logging
import multiprocessing
import os
import random
import secrets
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from multiprocessing.process import BaseProcess
from typing import Any

from sqlalchemy import create_engine, text

import sesv2kit._aws.signing  # noqa: F401 -- loaded once, for all processes that are forked off this one
from sesv2kit import SendRate, SESv2Client, models
from sesv2kit.bulk import BulkItem
from sesv2kit.fleet import JournalError, Mailing, SharedJournal
from sesv2kit.fleet.batch import BatchJournal
from sesv2kit.testing import FakeSES

from .bulk import CLIENT, SETTINGS, address

LEASE = 2.0

# Processes that are forked off one that has loaded the package are there at once.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["support.fleet"])


def items(keys: Sequence[str]) -> list[BulkItem]:
    """Return the entries of keys, which are numbers."""
    return [
        BulkItem(models.BulkEmailEntry(destination=models.Destination(to_addresses=[address(int(key))])), key)
        for key in keys
    ]


def mailing(database: str, ses: str = "http://127.0.0.1:9", name: str = "july", **settings: Any) -> Mailing:
    """Return a mailing over an SES endpoint."""
    os.environ["NO_PROXY"] = "127.0.0.1"
    journal: dict[str, Any] = {
        "require_durable": False,
        "patience": settings.pop("patience", 60.0),
        "guard": settings.pop("guard", True),
    }
    given: dict[str, Any] = {
        **SETTINGS,
        "journal": SharedJournal(database, **journal),
        "entries": items,
        "client": lambda: SESv2Client(**CLIENT, endpoint_url=ses),
        "send_rate": SendRate(100_000.0),
        "lease": LEASE,
        **settings,
    }
    return Mailing(name, **given)


def mailing_of_engine() -> Mailing:
    """Return the mailing that the environment of an engine's program describes."""
    settings: dict[str, Any] = {"batch_size": 100, **json.loads(os.environ.get("FLEET_SETTINGS", "{}"))}
    if rate := settings.pop("shared_rate", None):
        settings["send_rate"] = SendRate(rate, redis=os.environ["FLEET_RATES"], when_lost="wait")
    return mailing(os.environ["FLEET_DATABASE"], os.environ["FLEET_SES"], **settings)


def claimed(july: Mailing, number: int = 0) -> BatchJournal:
    """Return the journal of a batch, which the caller holds as a worker does."""
    claim = july.journal.claim(july.journal.find(july.name).id, number, 60_000, secrets.token_hex(16))
    assert not isinstance(claim, str)
    return july.journal.open_batch(claim, 60_000, lambda _error: None)


def with_claimed_batch(make: Callable[..., Mailing], *keys: str) -> tuple[Mailing, BatchJournal]:
    """Return a mailing of a few keys, and the journal of its batch, which the caller holds as a worker does."""
    july = make()
    july.enrol(keys)
    return july, claimed(july)


def execute(database: str, statement: str) -> None:
    """Execute a statement over a connection of its own."""
    engine = create_engine(database)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def let_leases_end(database: str) -> None:
    """Let the time of all leases run out, as if their workers had frozen."""
    execute(database, "UPDATE sesv2kit_fleet_batches SET leased_until = 0, offered_until = 0")


def account_for_all(fake: FakeSES, july: Mailing, count: int, max_unknown: int) -> Counter[str]:
    """Compare the journal of a finished mailing with what the service has; returns how many entries have each state."""
    taken = Counter(recipient for sent in fake.outbox for recipient in sent.to)
    outcomes = {outcome.key: outcome for outcome in july.outcomes()}
    states: Counter[str] = Counter(outcome.state for outcome in outcomes.values())
    print(dict(states))

    assert sorted(map(int, outcomes)) == list(range(count)), "an entry was lost"
    assert max(taken.values()) == 1, "an entry was sent twice"
    assert set(states) <= {"sent", "unknown"}
    ids = {sent.to[0]: sent.message_id for sent in fake.outbox}
    for key, outcome in outcomes.items():
        if outcome.state == "sent":
            assert outcome.message_id == ids[address(int(key))], "what is called sent was sent, with this id"
        else:
            taken[address(int(key))] += 0
    assert len(taken) == count, "an entry that is called sent was not"
    report = july.report()
    assert (report.status, report.sent, report.unknown) == ("finished", states["sent"], states["unknown"])
    assert states["unknown"] <= max_unknown

    # Events settle what was sent; what is then unknown was not.
    july.settle(event for sent in fake.outbox for event in sent.events)
    left = [int(outcome.key) for outcome in july.outcomes("unknown")]
    assert [taken[address(key)] for key in left] == [0] * len(left)

    # And if the caller says so, what is unknown is sent again, and nothing else.
    before = len(fake.outbox)
    assert july.resend_unknown() == len(left)
    while numbers := july.sweep():
        for number in numbers:
            july.send_batch(number)
    assert len(fake.outbox) - before == len(left)
    assert july.report().sent == count
    return states


def work(database: str, ses: str, has_marks: bool, settings: dict[str, Any]) -> None:
    """Send batches until the mailing is finished, or its database is on another server."""
    logging.disable(logging.CRITICAL)
    if not has_marks:
        leave_out_marks()
    july = mailing(database, ses, **settings)
    while True:
        try:
            numbers = july.sweep()
            random.shuffle(numbers)
            for number in numbers:
                july.send_batch(number)
            if not numbers and july.report().status == "finished":
                return
        except JournalError as error:
            if "another server" in str(error):
                return
            continue
        if not numbers:
            time.sleep(0.1)


def leave_out_marks() -> None:
    """Let requests leave without a durable mark, and let nobody notice a batch that was taken over."""

    def begin(_journal: BatchJournal, _keys: Iterable[str]) -> None:
        return

    BatchJournal.begin = begin  # type: ignore[method-assign,assignment]


class Workers:
    """Worker processes, which are killed and frozen at random, and replaced.

    Args:
        count: How many there are.
        target: What each runs.
        arguments: What it is called with.
        seed: What chance is made of.
    """

    def __init__(self, count: int, target: Callable[..., object], arguments: Sequence[object], seed: int) -> None:
        self.kills = 0
        self.freezes = 0
        self._target = target
        self._arguments = arguments
        self._chance = random.Random(seed)
        self._workers: list[BaseProcess] = [self._start() for _ in range(count)]
        self._frozen: dict[BaseProcess, float] = {}

    def _start(self) -> BaseProcess:
        worker = processes.Process(target=self._target, args=tuple(self._arguments))
        worker.start()
        return worker

    def disturb(self, kills: int, freezes: int, share_done: Callable[[], float]) -> None:
        """Kill and freeze workers in the midst of their work, evenly over the mailing, until all have ended.

        Args:
            kills: How many are killed.
            freezes: How many are frozen for longer than their leases.
            share_done: Returns which share of the mailing was sent.
        """
        deaths = [True] * kills + [False] * freezes
        self._chance.shuffle(deaths)
        for number, kills_it in enumerate(deaths):
            while share_done() < 0.9 * (number + self._chance.random()) / len(deaths):
                self._thaw()
                time.sleep(0.005)
                if not any(worker.is_alive() for worker in self._workers):
                    return
            time.sleep(self._chance.uniform(0.0, 0.05))
            place = self._chance.choice([at for at, worker in enumerate(self._workers) if worker not in self._frozen])
            worker = self._workers[place]
            if not worker.is_alive():
                continue
            if kills_it:
                worker.kill()
                worker.join()
                self.kills += 1
                self._workers[place] = self._start()
            elif len(self._frozen) < len(self._workers) - 1:
                os.kill(worker.pid or 0, signal.SIGSTOP)
                self._frozen[worker] = time.monotonic() + 1.5 * LEASE
                self.freezes += 1

    def finish(self, seconds: float = 300.0) -> None:
        """Wait until all workers have ended."""
        deadline = time.monotonic() + seconds
        while any(worker.is_alive() for worker in self._workers):
            assert time.monotonic() < deadline, "the workers don't end"
            self._thaw(everyone=len(self._frozen) == sum(worker.is_alive() for worker in self._workers))
            time.sleep(0.05)
        assert [worker.exitcode for worker in self._workers] == [0] * len(self._workers)

    def close(self) -> None:
        """Kill what is left."""
        for worker in self._workers:
            worker.kill()
            worker.join()

    def _thaw(self, everyone: bool = False) -> None:
        for worker, until in list(self._frozen.items()):
            if everyone or time.monotonic() >= until:
                os.kill(worker.pid or 0, signal.SIGCONT)
                del self._frozen[worker]

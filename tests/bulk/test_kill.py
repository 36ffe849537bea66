"""A mailing that is killed again and again, at any moment, loses nothing and sends nothing twice unasked."""

import json
import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pytest
from support.bulk import address
from support.bulk_process import mail, wait_for_rate
from support.bulk_server import Behaviour, BulkServer

KILLS = int(os.environ.get("SESV2KIT_KILLS", "12"))
"""How often a mailing is killed."""
COUNT = 250 * KILLS
"""How many entries there are; about as many are sent between two deaths."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")

# Processes that are forked off one that has loaded the package are there at once.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["support.bulk_process"])


def settle(server: BulkServer) -> None:
    """Wait until the server has dealt with what the dead have sent."""
    while True:
        before = len(server.requests)
        time.sleep(0.02)
        if server.now == 0 and len(server.requests) == before:
            return


def run(server: BulkServer, folder: Path, kind: str, resend_unknown: bool = False) -> None:
    """Run a mailing to its end."""
    process = _processes.Process(target=mail, args=(server.url, folder, COUNT, kind, resend_unknown))
    process.start()
    process.join()
    assert process.exitcode == 0


def kill(server: BulkServer, folder: Path, chance: random.Random) -> int | None:
    """Begin a mailing, and kill it: at once, or some time after its first request; returns how it ended."""
    kind = chance.choice(["sync", "async"])
    process = _processes.Process(target=mail, args=(server.url, folder, COUNT, kind, False))
    made = len(server.requests)
    process.start()
    if chance.random() < 0.9:
        while process.is_alive() and len(server.requests) == made:
            time.sleep(0.001)
    process.join(chance.uniform(0.0, 0.03))
    process.kill()
    process.join()
    settle(server)
    return process.exitcode


def states(folder: Path) -> dict[str, str]:
    """Return the state of every key, as the last run has told it."""
    lines = [json.loads(line) for line in (folder / "outcomes.jsonl").read_text().splitlines()]
    told = {line["key"]: line["state"] for line in lines}
    assert len(told) == len(lines), "an entry has two outcomes"
    return told


def test_a_mailing_that_is_killed_at_any_moment_accounts_for_every_entry(server: BulkServer, tmp_path: Path) -> None:
    seed = random.randrange(2**32)
    print(f"seed: {seed}")
    chance = random.Random(seed)
    server.decide = lambda _addresses: Behaviour(seconds=chance.uniform(0, 0.01))
    deaths = 0
    while deaths < KILLS and (code := kill(server, tmp_path, chance)) != 0:
        assert code == -signal.SIGKILL
        deaths += 1
    assert deaths > KILLS / 2, "it was over too soon"
    run(server, tmp_path, "sync")

    told = states(tmp_path)
    assert sorted(map(int, told)) == list(range(COUNT)), "an entry was lost"
    taken = {key: server.taken[address(int(key))] for key in told}
    assert max(taken.values()) == 1, "an entry was sent twice"
    assert set(told.values()) <= {"sent", "unknown"}
    assert {key for key in told if told[key] == "sent"} <= {key for key in taken if taken[key] == 1}
    unknown = {key for key in told if told[key] == "unknown"}
    print(f"{deaths} deaths, {len(unknown)} of {COUNT} unknown, {sum(taken[key] for key in unknown)} of them sent")

    # And now, if the caller says so, what is unknown is sent again, and nothing else.
    run(server, tmp_path, "async", resend_unknown=True)
    assert set(states(tmp_path).values()) == {"sent"}
    for key in told:
        again = server.taken[address(int(key))] - taken[key]
        assert again == (key in unknown), "what is sent again is what was unknown"


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_what_waits_for_its_permit_when_the_process_is_killed_is_sent_by_the_next_run(
    server: BulkServer, tmp_path: Path, kind: str
) -> None:
    count = 1000
    process = _processes.Process(target=wait_for_rate, args=(server.url, tmp_path, count, kind))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert server.requests == []

    finish = _processes.Process(target=mail, args=(server.url, tmp_path, count, kind, False))
    finish.start()
    finish.join()
    assert finish.exitcode == 0
    assert states(tmp_path) == {str(number): "sent" for number in range(count)}
    assert server.taken == {address(number): 1 for number in range(count)}

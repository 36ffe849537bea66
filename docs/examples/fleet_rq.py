"""A mailing that workers of RQ send, on any number of machines.

    python -m pip install "sesv2kit[fleet,redis]" "psycopg[binary]" rq
    python fleet_rq.py start
    rq worker --url redis://localhost mailings
    python fleet_rq.py sweep
    python fleet_rq.py report

The first command takes the keys in, and hands out the first batches. The second one is
a worker, which runs in the folder of this file; start any number, on any number of
machines. The third one hands out what was lost: have cron or a timer of systemd call it
every minute. The last one shows how far it is.

SHOP_REDIS and SHOP_DATABASE name the servers. Region, credentials and endpoint come
from the environment, as always. The template `july` and the identity of the sender have
to exist.
"""

import argparse
import os
from collections.abc import Sequence

from redis import Redis
from rq import Queue

from sesv2kit import SendRate, SESv2Client, compose
from sesv2kit.bulk import BulkItem
from sesv2kit.fleet import Mailing, SharedJournal

REDIS = os.environ.get("SHOP_REDIS", "redis://localhost")
DATABASE = os.environ.get("SHOP_DATABASE", "postgresql+psycopg://shop@localhost/shop")
USERS = {str(number): f"user{number}@example.net" for number in range(1000)}

queue = Queue("mailings", connection=Redis.from_url(REDIS))


def entries_for(keys: Sequence[str]) -> list[BulkItem]:
    """Load the entries of a batch; whoever has unsubscribed meanwhile is left out."""
    return [
        BulkItem(compose.bulk_entry(to=USERS[key], data={"name": key}), key)
        for key in keys
        if key in USERS
    ]


july = Mailing(
    "july",
    journal=SharedJournal(DATABASE),
    entries=entries_for,
    client=SESv2Client,
    from_email_address="shop@example.com",
    default_content=compose.bulk_content("july", {"name": "reader"}),
    send_rate=SendRate(redis=REDIS, when_lost="wait"),
)


def send_batch(number: int) -> None:
    """Send a batch; any number of times, late, or twice at once."""
    july.send_batch(number)


def dispatch(number: int) -> None:
    """Hand a batch to RQ, which kills a job after its timeout, 180 s by default."""
    queue.enqueue("fleet_rq.send_batch", number, job_timeout=3600, result_ttl=0)


july.dispatch = dispatch


def main(command: str) -> None:
    """Do what the command line says."""
    if command == "start":
        print(f"{july.enrol(USERS)} are new")
    if command in ("start", "sweep"):
        print(f"{len(july.sweep())} batches were handed out")
    else:
        print(july.report())
    july.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=("start", "sweep", "report"))
    main(parser.parse_args().command)

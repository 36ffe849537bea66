"""A mailing that workers of Dramatiq send, on any number of machines.

    python -m pip install "sesv2kit[fleet,redis]" "psycopg[binary]" "dramatiq[redis]"
    python fleet_dramatiq.py start
    dramatiq fleet_dramatiq
    python fleet_dramatiq.py sweep
    python fleet_dramatiq.py report

The first command takes the keys in, and hands out the first batches. The second one is
a worker; start any number, on any number of machines. The third
one hands out what was lost: have cron or a timer of systemd call it every minute. The
last one shows how far it is.

SHOP_REDIS and SHOP_DATABASE name the servers. Region, credentials and endpoint come
from the environment, as always. The template `july` and the identity of the sender have
to exist.
"""

import argparse
import os
from collections.abc import Sequence

import dramatiq
from dramatiq.brokers.redis import RedisBroker

from sesv2kit import SendRate, SESv2Client, compose
from sesv2kit.bulk import BulkItem
from sesv2kit.fleet import LeaseLostError, Mailing, SharedJournal

REDIS = os.environ.get("SHOP_REDIS", "redis://localhost")
DATABASE = os.environ.get("SHOP_DATABASE", "postgresql+psycopg://shop@localhost/shop")
USERS = {str(number): f"user{number}@example.net" for number in range(1000)}

dramatiq.set_broker(RedisBroker(url=REDIS))


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


# Dramatiq need not repeat a batch that failed: a sweep hands it out again. The limit,
# in milliseconds, has to be longer than a batch takes at the rate of the account.
@dramatiq.actor(max_retries=0, time_limit=3_600_000, throws=LeaseLostError)
def send_batch(number: int) -> None:
    """Send a batch; any number of times, late, or twice at once."""
    july.send_batch(number)


july.dispatch = send_batch.send


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

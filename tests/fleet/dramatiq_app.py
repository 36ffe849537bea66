"""A program of Dramatiq for the tests: `dramatiq dramatiq_app`."""

import os

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from support.fleet import mailing_of_engine

from sesv2kit.fleet import LeaseLostError

dramatiq.set_broker(RedisBroker(url=os.environ["FLEET_BROKER"]))
july = mailing_of_engine()


@dramatiq.actor(max_retries=0, throws=LeaseLostError)
def send_batch(number: int) -> None:
    """Send a batch."""
    july.send_batch(number)


july.dispatch = send_batch.send

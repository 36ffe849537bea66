"""Measure what an event costs: `nox -s bench-events`, or `python tests/benchmarks/events.py`.

- parse: microseconds of `events.parse` for each kind of event, bare and in the envelope of SNS.
- webhooks: events per second through the ASGI application and through Django views, in process, without a socket and on
  one core. Every message is signed by a certificate of the benchmark, and each contestant has loaded the certificate
  before. The views of django-anymail and django-ses are measured where those packages are installed: django-ses
  verifies SignatureVersion 1 alone, and django-anymail verifies no signature.

Times are those of the processor, and shown is the best of the rounds: other programs on the machine only make a round
slower.
"""

import argparse
import asyncio
import importlib.util
import json
import platform
import sys
import timeit
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from time import process_time
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1]))

from django.conf import settings
from django.test import RequestFactory
from run import table
from support.events import BODIES, TOPIC, event
from support.events import sns as in_sns
from support.sns import URL, certificate, signed

from sesv2kit import events

SIGNED = 500
"""Messages that are signed beforehand, and then used in turns; signing takes longer than verifying."""
ROUNDS = 20

Work = Callable[[list[dict[str, Any]]], int]
"""Handles signed messages, and returns how many events its handler got."""


# Parsing -----------------------------------------------------------------------------------------


def parse_time(body: str) -> float:
    """Return the microseconds of one parse."""
    number = 500
    return min(timeit.repeat(lambda: events.parse(body), number=number, repeat=20, timer=process_time)) / number * 1e6


def parse_rows() -> Iterator[list[str]]:
    """Yield kind, and microseconds bare and over SNS."""
    for kind in BODIES:
        found = event(kind)
        times = [parse_time(json.dumps(body)) for body in (found, in_sns(found))]
        yield [kind, *(f"{time:.0f} µs" for time in times)]


# Webhooks ----------------------------------------------------------------------------------------


def headers_of(message: dict[str, Any]) -> dict[str, str]:
    """Return the headers that SNS posts."""
    return {
        "content-type": "text/plain; charset=UTF-8",
        "x-amz-sns-message-type": message["Type"],
        "x-amz-sns-message-id": message["MessageId"],
        "x-amz-sns-topic-arn": message["TopicArn"],
    }


def posted(message: dict[str, Any]) -> dict[str, Any]:
    """Return a message as servers hand it to ASGI and WSGI applications."""
    headers = headers_of(message)
    return {
        "body": json.dumps(message).encode(),
        "scope": {
            "type": "http",
            "method": "POST",
            "path": "/",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        },
        "environ": {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
    }


def verifier() -> events.SNSVerifier:
    """Return a verifier with the certificate of the benchmark."""
    return events.SNSVerifier([TOPIC], certificates={URL: certificate()})


def through_asgi(messages: list[dict[str, Any]]) -> int:
    """Call the ASGI application as a server does."""
    handled = 0

    async def handle(_event: events.Event) -> None:
        nonlocal handled
        handled += 1

    app = events.asgi.Webhook(handle, verifier())

    async def post(scope: dict[str, Any], body: bytes) -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            assert message.get("status", 200) == 200

        await app(scope, receive, send)

    async def post_all() -> None:
        for message in messages:
            await post(message["scope"], message["body"])

    asyncio.run(post_all())
    return handled


def through_view(messages: list[dict[str, Any]], view: Callable[[Any], Any], count: Callable[[], int]) -> int:
    """Call a view of Django."""
    factory = RequestFactory()
    for message in messages:
        request = factory.generic("POST", "/", message["body"], "text/plain; charset=UTF-8", **message["environ"])
        assert view(request).status_code == 200
    return count()


def through_our_view(messages: list[dict[str, Any]]) -> int:
    """Call the Django view of sesv2kit."""
    handled: list[None] = []
    view = events.django.webhook(lambda _event: handled.append(None), verifier())
    return through_view(messages, view, handled.__len__)


@contextmanager
def counting(signals: list[Any]) -> Iterator[list[None]]:
    """Count what signals of Django send."""
    handled: list[None] = []

    def receive(**_facts: Any) -> None:
        handled.append(None)

    for signal in signals:
        signal.connect(receive)
    try:
        yield handled
    finally:
        for signal in signals:
            signal.disconnect(receive)


def through_anymail(messages: list[dict[str, Any]]) -> int:
    """Call the view of django-anymail."""
    from anymail.signals import tracking
    from anymail.webhooks.amazon_ses import AmazonSESTrackingWebhookView

    with counting([tracking]) as handled:
        return through_view(messages, AmazonSESTrackingWebhookView.as_view(), handled.__len__)


def through_django_ses(messages: list[dict[str, Any]]) -> int:
    """Call the view of django-ses, which gets the certificate of the benchmark when it fetches one."""
    import requests
    from django_ses import signals
    from django_ses.views import SESEventWebhookView

    response = requests.Response()
    response.status_code, response._content = 200, certificate()
    with counting([signals.bounce_received]) as handled, patch.object(requests, "get", lambda *_, **__: response):
        return through_view(messages, SESEventWebhookView.as_view(), handled.__len__)


def contestants() -> Iterator[tuple[str, str, Work]]:
    """Yield what is measured: its name, the signature versions it is measured with, and what does the work."""
    yield "events.asgi.Webhook", "12", through_asgi
    yield "events.django.webhook", "12", through_our_view
    if importlib.util.find_spec("django_ses"):
        yield "django-ses", "1", through_django_ses
    if importlib.util.find_spec("anymail"):
        yield "django-anymail (verifies nothing)", "1", through_anymail


def rate(work: Work, version: str, number: int) -> float:
    """Return events per second."""
    made = [signed(event(), version=version) for _ in range(SIGNED)]
    messages = list(islice(cycle(map(posted, made)), number))
    assert work(messages[:100]) == 100

    def run() -> None:
        assert work(messages) == number

    return number / min(timeit.repeat(run, number=1, repeat=ROUNDS, timer=process_time))


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000, help="events of each of 20 rounds (default: %(default)s)")
    number = parser.parse_args().events
    settings.configure(
        ALLOWED_HOSTS=["*"],
        AWS_SES_REGION_NAME="eu-west-1",
        AWS_SNS_EVENT_TRUSTED_TOPIC_ARNS=[TOPIC],
        ANYMAIL={"AMAZON_SES_CLIENT_PARAMS": {"region_name": "eu-west-1"}, "WEBHOOK_SECRET": None},
        SILENCED_SYSTEM_CHECKS=["anymail.W001"],
    )
    where = f"Python {platform.python_version()}, {platform.machine()}"
    print(f"Measured on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {where}\n")
    print(table(["parse", "bare", "over SNS"], list(parse_rows())), "\n")
    rows = [
        [name, version, f"{(found := rate(work, version, number)):,.0f}", f"{1e6 / found:.0f} µs"]
        for name, versions, work in contestants()
        for version in versions
    ]
    print(table(["webhook", "SignatureVersion", "events per second", "each"], rows))


if __name__ == "__main__":
    main()

"""OpenTelemetry: a span for every call, by the semantic conventions for RPC and AWS SDKs, and metrics.

Both hooks also observe the batches of a fleet: `Mailing(..., hooks=[OpenTelemetry(), Metrics()])`.

How it fails, and what is lost: telemetry changes nothing about a call. OpenTelemetry's API does not raise when an
exporter fails; what was not exported when a process is killed is lost. docs/observability.md is the guide.

Needs the extra: `pip install "sesv2kit[otel]"`.
https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/
"""

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from typing import Final
from urllib.parse import urlsplit

try:
    from opentelemetry import metrics, propagate, trace
    from opentelemetry.metrics import MeterProvider, Observation
    from opentelemetry.trace import Span, SpanKind, Status, StatusCode, TracerProvider
    from opentelemetry.util.types import AttributeValue
except ModuleNotFoundError as _missing:
    raise ImportError('sesv2kit.otel needs an extra: pip install "sesv2kit[otel]"') from _missing

from . import fleet
from ._call.hooks import AttemptInfo, CallInfo, Hook
from ._version import __version__
from .bulk import Report
from .errors import APIError, JournalError, TransportError
from .events import BounceEvent, Event
from .fleet import BatchInfo, FleetHook, MailingReport

_FRESH: Final = 1.0
"""Seconds for which several metrics use the same report of a mailing."""
_BATCH_STATES: Final = ("waiting", "offered", "active", "lost", "done")
_ENTRY_STATES: Final = ("pending", "in_flight", "sent", "failed", "unknown", "skipped")
_OUTCOMES: Final = ("sent", "failed", "unknown", "skipped")
_SENDS: Final = ("SendEmail", "SendBulkEmail", "SendCustomVerificationEmail")
_TOO_MANY_REQUESTS: Final = 429


class OpenTelemetry(Hook, FleetHook):
    """Makes a client span of every call, and passes the trace on in the request's headers.

    Pass it to a client: `SESv2Client(hooks=[OpenTelemetry()])`. A span has the operation, the HTTP status, the
    request id, how often the request was repeated, and the error; never a body, an address or a secret. As a hook of a
    fleet's mailing, it makes a span of every batch, too; the spans of the batch's requests are its children.

    Args:
        tracer_provider: Where spans go. Default: the global provider.
    """

    def __init__(self, tracer_provider: TracerProvider | None = None) -> None:
        self._tracer = trace.get_tracer("sesv2kit", __version__, tracer_provider)
        self._spans: dict[CallInfo, Span] = {}

    @contextmanager
    def around_call(self, call: CallInfo) -> Generator[None]:
        """Open a span around a call."""
        attributes: dict[str, AttributeValue] = {
            "rpc.system": "aws-api",
            "rpc.service": "SESv2",
            "rpc.method": call.operation,
        }
        span = self._tracer.start_span(f"SESv2.{call.operation}", kind=SpanKind.CLIENT, attributes=attributes)
        with trace.use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            self._spans[call] = span
            try:
                yield
            except Exception as error:
                span.set_attribute("error.type", _error_type(error))
                span.set_status(Status(StatusCode.ERROR))
                raise
            finally:
                del self._spans[call]
                if call.status_code is not None:
                    span.set_attribute("http.response.status_code", call.status_code)
                if call.request_id is not None:
                    span.set_attribute("aws.request_id", call.request_id)
                if call.attempts > 1:
                    span.set_attribute("http.request.resend_count", call.attempts - 1)

    @contextmanager
    def around_attempt(self, attempt: AttemptInfo) -> Generator[None]:
        """Add the trace's headers to a request, and where it goes to the span."""
        url = urlsplit(attempt.url)
        span = self._spans[attempt.call]
        span.set_attribute("server.address", url.hostname or "")
        span.set_attribute("server.port", url.port or (80 if url.scheme == "http" else 443))
        propagate.inject(attempt.headers)
        yield

    @contextmanager
    def around_batch(self, batch: BatchInfo) -> Generator[None]:
        """Open a span around the work on a batch."""
        attributes: dict[str, AttributeValue] = {
            "sesv2kit.mailing": batch.mailing,
            "sesv2kit.batch": batch.number,
            "sesv2kit.worker": batch.worker,
        }
        span = self._tracer.start_span("sesv2kit.send_batch", kind=SpanKind.INTERNAL, attributes=attributes)
        with trace.use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            try:
                yield
            except BaseException as error:
                span.set_attribute("error.type", _error_type(error))
                span.set_status(Status(StatusCode.ERROR))
                raise
            finally:
                span.set_attribute("sesv2kit.batch.claims", batch.claims)
                if report := batch.report:
                    span.set_attribute("sesv2kit.batch.state", report.state)
                    for state in (*_OUTCOMES, "pending"):
                        span.set_attribute(f"sesv2kit.batch.{state}", getattr(report, state))


class Metrics(Hook, FleetHook):
    """Counts calls, retries, throttles and what became of sends, and measures how long calls take.

    Pass it to a client: `SESv2Client(hooks=[Metrics()])`. A mailing reports to `bulk`, a webhook to `count_event`; the
    mailing of a fleet takes it as a hook, and one process watches it as a whole, see `watch`. No attribute has an
    address, an id or a text of a mail, so the number of time series stays small.

    Args:
        meter_provider: Where the metrics go. Default: the global provider.
    """

    def __init__(self, meter_provider: MeterProvider | None = None) -> None:
        meter = metrics.get_meter("sesv2kit", __version__, meter_provider)
        self._duration = meter.create_histogram(
            "sesv2kit.call.duration", unit="s", description="How long calls take, retries and waits included."
        )
        self._retries = meter.create_counter(
            "sesv2kit.retries", unit="{request}", description="Requests that repeat an earlier one of their call."
        )
        self._throttles = meter.create_counter(
            "sesv2kit.throttles", unit="{request}", description="Requests that SES refused since there were too many."
        )
        self._sends = meter.create_counter(
            "sesv2kit.sends",
            unit="{request}",
            description="Send requests by outcome: sent, refused, not_sent, or ambiguous (perhaps sent).",
        )
        self._entries = meter.create_counter(
            "sesv2kit.bulk.entries", unit="{mail}", description="Entries of mailings by state: sent, failed, unknown."
        )
        self._in_flight = meter.create_up_down_counter(
            "sesv2kit.bulk.in_flight", unit="{mail}", description="Entries of mailings whose request is under way."
        )
        self._claims = meter.create_counter(
            "sesv2kit.fleet.claims", unit="{batch}", description="Batches that workers claimed: first, or again."
        )
        self._batches = meter.create_counter(
            "sesv2kit.fleet.batches",
            unit="{batch}",
            description="Work on batches by how it ended: done, open, held, paused, stopped, or abandoned.",
        )
        self._fleet_entries = meter.create_counter(
            "sesv2kit.fleet.entries", unit="{mail}", description="Entries of fleets by what became of them in a batch."
        )
        self._renewals = meter.create_counter(
            "sesv2kit.fleet.renewals", unit="{renewal}", description="Leases of batches that were renewed by a timer."
        )
        self._seconds = meter.create_histogram(
            "sesv2kit.fleet.duration", unit="s", description="How long the work on a batch takes."
        )
        self._watched: list[fleet.Mailing] = []
        self._reports: dict[str, tuple[float, MailingReport]] = {}
        meter.create_observable_gauge(
            "sesv2kit.fleet.queue",
            [lambda _options: self._observe(_BATCH_STATES)],
            unit="{batch}",
            description="Batches of watched mailings by state: waiting, offered, active, lost, done.",
        )
        meter.create_observable_gauge(
            "sesv2kit.fleet.progress",
            [lambda _options: self._observe(_ENTRY_STATES)],
            unit="{mail}",
            description="Entries of watched mailings by state.",
        )
        self._events = meter.create_counter(
            "sesv2kit.events", unit="{event}", description="Events by type; bounces by their type, too."
        )

    @contextmanager
    def around_call(self, call: CallInfo) -> Generator[None]:
        """Count a call, and what became of a send."""
        error: BaseException | None = None
        try:
            yield
        except BaseException as raised:
            error = raised
            raise
        finally:
            attributes = {"rpc.method": call.operation}
            if call.attempts > 1:
                self._retries.add(call.attempts - 1, attributes)
            if call.operation in _SENDS:
                self._sends.add(1, attributes | {"outcome": _outcome(error, call)})
            if error is not None:
                attributes["error.type"] = _error_type(error)
            if call.seconds is not None:
                self._duration.record(call.seconds, attributes)

    @contextmanager
    def around_attempt(self, attempt: AttemptInfo) -> Generator[None]:
        """Count a request that was throttled."""
        try:
            yield
        finally:
            if attempt.status_code == _TOO_MANY_REQUESTS:
                self._throttles.add(1, {"rpc.method": attempt.call.operation})

    def bulk(self, mailing: str) -> Callable[[Report], None]:
        """Return a function for the `on_progress` of a `BulkSender`.

        Args:
            mailing: What the mailing is called in the metrics.
        """
        before: Counter[str] = Counter()
        attributes = {"mailing": mailing}

        def progress(report: Report) -> None:
            for state in ("sent", "failed", "unknown"):
                count: int = getattr(report, state)
                if count > before[state]:
                    self._entries.add(count - before[state], attributes | {"state": state})
                before[state] = count
            self._in_flight.add(report.in_flight - before["in flight"], attributes)
            before["in flight"] = report.in_flight

        return progress

    @contextmanager
    def around_batch(self, batch: BatchInfo) -> Generator[None]:
        """Count what became of a batch and its entries."""
        began = time.monotonic()
        attributes = {"mailing": batch.mailing}
        ended = attributes | {"state": "abandoned"}
        try:
            yield
        except BaseException as error:
            ended["error.type"] = _error_type(error)
            raise
        finally:
            if batch.claims:
                self._claims.add(1, attributes | {"claim": "first" if batch.claims == 1 else "again"})
            if batch.renewals:
                self._renewals.add(batch.renewals, attributes)
            if batch.report:
                ended["state"] = batch.report.state
            self._batches.add(1, ended)
            self._seconds.record(time.monotonic() - began, ended)
            for state in _OUTCOMES if batch.report and batch.before else ():
                count: int = getattr(batch.report, state) - getattr(batch.before, state)
                if count > 0:
                    self._fleet_entries.add(count, attributes | {"state": state})

    def watch(self, mailing: "fleet.Mailing") -> None:
        """Report how far a mailing of a fleet is, and how many batches wait, whenever metrics are collected.

        Each collection reads the mailing's numbers from the database, so call this in one process: the one that runs
        Celery's beat, for example.

        Args:
            mailing: The mailing.
        """
        self._watched.append(mailing)

    def _observe(self, states: Iterable[str]) -> Iterable[Observation]:
        """Yield the numbers of watched mailings; those whose database can't be read are left out."""
        for mailing in self._watched:
            at, report = self._reports.get(mailing.name, (0.0, None))
            if report is None or time.monotonic() - at > _FRESH:
                try:
                    report = mailing.report()
                except JournalError:
                    continue
                self._reports[mailing.name] = time.monotonic(), report
            for state in states:
                yield Observation(getattr(report, state), {"mailing": mailing.name, "state": state})

    def count_event(self, event: Event) -> None:
        """Count an event, as a handler of a webhook does. SES delivers some twice: drop repeated ones before."""
        attributes = {"type": event.type}
        if isinstance(event, BounceEvent):
            attributes["bounce_type"] = str(event.bounce.bounce_type)
        self._events.add(1, attributes)


def _error_type(error: BaseException) -> str:
    return error.code if isinstance(error, APIError) else type(error).__qualname__


def _outcome(error: BaseException | None, call: CallInfo) -> str:
    """Return what became of a send."""
    if error is None:
        return "sent"
    if call.may_have_happened or (isinstance(error, TransportError) and error.outcome == "unknown"):
        return "ambiguous"
    return "refused" if isinstance(error, APIError) else "not_sent"

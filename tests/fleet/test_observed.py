"""What an operator sees of a fleet: spans and metrics of OpenTelemetry's SDK, and hooks of one's own."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode
from sqlalchemy import create_engine, text
from support.fleet import items

from sesv2kit.bulk import BulkItem
from sesv2kit.errors import JournalError
from sesv2kit.fleet import BatchInfo, FleetHook, LeaseLostError, Mailing
from sesv2kit.otel import Metrics, OpenTelemetry
from sesv2kit.testing import FakeSES

Make = Callable[..., Mailing]


class Seen:
    """Spans and metrics of providers of their own."""

    def __init__(self) -> None:
        provider = TracerProvider()
        self._spans = InMemorySpanExporter()
        provider.add_span_processor(SimpleSpanProcessor(self._spans))
        self._reader = InMemoryMetricReader()
        self.traces = OpenTelemetry(provider)
        self.metrics = Metrics(MeterProvider([self._reader]))
        self.hooks = [self.traces, self.metrics]

    def spans(self, name: str) -> list[ReadableSpan]:
        return [span for span in self._spans.get_finished_spans() if span.name == name]

    def points(self, name: str) -> dict[tuple[str, ...], Any]:
        """Return the values of a metric, by those of its attributes but the mailing."""
        data: Any = self._reader.get_metrics_data()
        metrics = data.resource_metrics[0].scope_metrics[0].metrics if data else ()
        return {
            tuple(str(point.attributes[key]) for key in sorted(point.attributes) if key != "mailing"): getattr(
                point, "value", getattr(point, "count", None)
            )
            for metric in metrics
            if metric.name == name
            for point in metric.data.data_points
        }


@pytest.fixture
def seen() -> Seen:
    return Seen()


def test_a_batch_is_a_span_above_those_of_its_requests(make: Make, fake: FakeSES, seen: Seen) -> None:
    july = make(client=lambda: fake.client(hooks=[seen.traces]), hooks=seen.hooks)
    july.enrol(map(str, range(150)))
    for number in july.sweep():
        july.send_batch(number)
    batches, requests = seen.spans("sesv2kit.send_batch"), seen.spans("SESv2.SendBulkEmail")
    assert (len(batches), len(requests)) == (2, 3)
    first, second = ((span.context.span_id, span.context.trace_id) for span in batches if span.context)
    parents = [(span.parent.span_id, span.context.trace_id) for span in requests if span.parent and span.context]
    assert sorted(parents) == sorted([first, first, second])
    attributes = dict(batches[1].attributes or {})
    assert str(attributes.pop("sesv2kit.worker")).count(":") == 1
    assert attributes == {
        "sesv2kit.mailing": "july",
        "sesv2kit.batch": 1,
        "sesv2kit.batch.claims": 1,
        "sesv2kit.batch.state": "done",
        "sesv2kit.batch.sent": 50,
        "sesv2kit.batch.failed": 0,
        "sesv2kit.batch.unknown": 0,
        "sesv2kit.batch.skipped": 0,
        "sesv2kit.batch.pending": 0,
    }


def test_batches_and_entries_are_counted_by_what_became_of_them(make: Make, fake: FakeSES, seen: Seen) -> None:
    fake.faults.on("SendBulkEmail").lose_answer()
    july = make(max_in_flight=1, entries=lambda wanted: items([key for key in wanted if key != "7"]), hooks=seen.hooks)
    july.enrol(map(str, range(250)))
    seen.metrics.watch(july)
    assert seen.points("sesv2kit.fleet.queue") == {
        ("waiting",): 3,
        ("offered",): 0,
        ("active",): 0,
        ("lost",): 0,
        ("done",): 0,
    }
    for number in (0, 1):
        july.send_batch(number)
    july.send_batch(1)
    july.pause()
    july.send_batch(2)
    assert seen.points("sesv2kit.fleet.claims") == {("first",): 2}
    assert seen.points("sesv2kit.fleet.batches") == {("done",): 3, ("paused",): 1}
    assert seen.points("sesv2kit.fleet.duration") == {("done",): 3, ("paused",): 1}
    assert seen.points("sesv2kit.fleet.entries") == {("sent",): 149, ("unknown",): 50, ("skipped",): 1}


def test_gauges_are_read_once_a_collection_and_survive_the_database(
    make: Make, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    july, august = make(), make(name="august")
    july.enrol(map(str, range(10)))
    for mailing in (july, august):
        seen.metrics.watch(mailing)
    reports: list[str] = []
    genuine = Mailing.report

    def report(self: Mailing) -> Any:
        reports.append(self.name)
        if self is august:
            raise JournalError("no database")
        return genuine(self)

    monkeypatch.setattr(Mailing, "report", report)
    assert seen.points("sesv2kit.fleet.progress")["pending",] == 10
    assert reports.count("july") == 1
    monkeypatch.setattr("sesv2kit.otel._FRESH", -1.0)
    july.send_batch(0)
    assert seen.points("sesv2kit.fleet.progress")["sent",] == 10


def test_a_batch_that_is_abandoned_and_claimed_again_is_counted(
    make: Make, fake: FakeSES, seen: Seen, database: str
) -> None:
    def slow(wanted: Sequence[str]) -> list[BulkItem]:
        engine = create_engine(database)
        with engine.begin() as connection:
            connection.execute(text("UPDATE sesv2kit_fleet_batches SET leased_until = 0"))
        engine.dispose()
        assert make(hooks=seen.hooks).send_batch(0).state == "done"
        return items(wanted)

    july = make(entries=slow, hooks=seen.hooks, lease=1000)
    july.enrol(map(str, range(100)))
    with pytest.raises(LeaseLostError):
        july.send_batch(0)
    assert len(fake.outbox) == 100
    assert seen.points("sesv2kit.fleet.claims") == {("first",): 1, ("again",): 1}
    assert seen.points("sesv2kit.fleet.batches") == {("done",): 1, ("LeaseLostError", "abandoned"): 1}
    assert seen.points("sesv2kit.fleet.entries") == {("sent",): 100}
    again, lost = seen.spans("sesv2kit.send_batch")
    assert (again.attributes or {})["sesv2kit.batch.claims"] == 2
    assert lost.status.status_code is StatusCode.ERROR
    assert (lost.attributes or {})["error.type"] == "LeaseLostError"


def test_renewed_leases_are_counted(make: Make, seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    renewed = threading.Event()

    def slow(wanted: Sequence[str]) -> list[BulkItem]:
        assert renewed.wait(30)
        return items(wanted)

    july = make(entries=slow, lease=2.0, hooks=seen.hooks)
    july.enrol(["1"])
    genuine = july.journal.open_batch

    def open_batch(*arguments: Any) -> Any:
        batch = genuine(*arguments)
        renew = batch.renew

        def noticed() -> None:
            renew()
            renewed.set()

        monkeypatch.setattr(batch, "renew", noticed)
        return batch

    monkeypatch.setattr(july.journal, "open_batch", open_batch)
    assert july.send_batch(0).sent == 1
    assert seen.points("sesv2kit.fleet.renewals")[()] >= 1


def test_a_custom_hook_sees_a_batch_before_and_after(make: Make, fake: FakeSES) -> None:
    infos: list[BatchInfo] = []

    class Own(FleetHook):
        @contextmanager
        def around_batch(self, batch: BatchInfo) -> Iterator[None]:
            assert (batch.mailing, batch.number, batch.claims, batch.report) == ("july", 0, 0, None)
            yield
            infos.append(batch)

    july = make(hooks=[FleetHook(), Own()])
    july.enrol(map(str, range(100)))
    report = july.send_batch(0)
    (info,) = infos
    assert info.report is report
    assert info.before is not None
    assert (info.before.pending, report.pending, info.claims) == (100, 0, 1)
    assert len(fake.outbox) == 100


def test_a_hook_that_raises_ends_the_work_before_it_begins(make: Make, fake: FakeSES) -> None:
    class Broken(FleetHook):
        def around_batch(self, batch: BatchInfo) -> Any:
            raise ZeroDivisionError(batch.number)

    july = make(hooks=[Broken()])
    july.enrol(["1"])
    with pytest.raises(ZeroDivisionError):
        july.send_batch(0)
    assert (july.report().pending, len(fake.outbox)) == (1, 0)

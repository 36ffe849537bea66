"""OpenTelemetry: a span a call, with the trace handed on to the service."""

import subprocess
import sys

import anyio
import anyio.lowlevel
import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode, format_span_id, format_trace_id
from support.unit import CALLS, FAULTS, HOST, KINDS, Kind, Script, any_client, ask, async_client, ok, refusal

from sesv2kit import errors
from sesv2kit.otel import OpenTelemetry

each_client = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(autouse=True)
def naps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip the waiting between attempts."""
    monkeypatch.setattr("sesv2kit._call.pipeline.random.random", lambda: 0.0)


class Traces:
    """A provider whose spans are kept."""

    def __init__(self) -> None:
        self.provider = TracerProvider()
        self.hook = OpenTelemetry(self.provider)
        self._exporter = InMemorySpanExporter()
        self.provider.add_span_processor(SimpleSpanProcessor(self._exporter))

    @property
    def spans(self) -> tuple[ReadableSpan, ...]:
        return self._exporter.get_finished_spans()


@pytest.fixture
def traces() -> Traces:
    """Return a provider of its own for every test."""
    return Traces()


@pytest.mark.anyio
@each_client
async def test_a_call_is_a_client_span_by_the_conventions(kind: Kind, traces: Traces) -> None:
    method, arguments = CALLS["send"]
    client = any_client(kind, Script(ok({"MessageId": "01"})), hooks=[traces.hook])
    await ask(client, method, **arguments)
    (span,) = traces.spans
    assert (span.name, span.kind, span.status.status_code) == ("SESv2.SendEmail", SpanKind.CLIENT, StatusCode.UNSET)
    assert dict(span.attributes or {}) == {
        "rpc.system": "aws-api",
        "rpc.service": "SESv2",
        "rpc.method": "SendEmail",
        "server.address": HOST,
        "server.port": 443,
        "http.response.status_code": 200,
        "aws.request_id": "req-1",
    }


@pytest.mark.anyio
@each_client
async def test_a_span_has_the_number_of_retries(kind: Kind, traces: Traces) -> None:
    client = any_client(kind, Script(FAULTS["503"], FAULTS["429"], ok()), hooks=[traces.hook])
    await ask(client, "get_account")
    (span,) = traces.spans
    assert (span.attributes or {})["http.request.resend_count"] == 2
    assert (span.attributes or {})["http.response.status_code"] == 200


@pytest.mark.anyio
@each_client
@pytest.mark.parametrize(
    ("fault", "error_type", "status"),
    [("limit", "LimitExceededException", 400), ("hung up", "AmbiguousSendError", None)],
)
async def test_a_span_of_a_failed_call_has_the_error_but_not_its_message(
    fault: str, error_type: str, status: int | None, kind: Kind, traces: Traces
) -> None:
    method, arguments = CALLS["send"]
    with pytest.raises(errors.SESv2Error):
        await ask(any_client(kind, Script(FAULTS[fault]), hooks=[traces.hook]), method, **arguments)
    (span,) = traces.spans
    assert span.status.status_code is StatusCode.ERROR
    assert (span.status.description, span.events) == (None, ())
    assert (span.attributes or {})["error.type"] == error_type
    assert (span.attributes or {}).get("http.response.status_code") == status


@pytest.mark.anyio
@each_client
async def test_a_span_never_has_a_body_an_address_or_a_secret(kind: Kind, traces: Traces) -> None:
    refused = refusal(404, "NotFoundException", "Identity ann@example.net not found")
    with pytest.raises(errors.NotFoundException):
        await ask(
            any_client(kind, Script(refused), hooks=[traces.hook]),
            "get_email_identity",
            email_identity="ann@example.net",
        )
    text = traces.spans[0].to_json()
    assert "ann" not in text
    assert "AKIDEXAMPLE" not in text


@pytest.mark.anyio
@each_client
async def test_the_trace_travels_in_the_headers_of_every_request_unsigned(kind: Kind, traces: Traces) -> None:
    script = Script(FAULTS["503"], ok())
    await ask(any_client(kind, script, hooks=[traces.hook]), "get_account")
    context = traces.spans[0].context
    assert context is not None
    sent = f"00-{format_trace_id(context.trace_id)}-{format_span_id(context.span_id)}-"
    assert len(script.requests) == 2
    assert all(request.headers["traceparent"].startswith(sent) for request in script.requests)
    assert "traceparent" not in script.requests[0].headers["authorization"]


@pytest.mark.anyio
@each_client
async def test_a_call_is_a_child_of_the_users_span(kind: Kind, traces: Traces) -> None:
    client = any_client(kind, Script(ok(), ok()), hooks=[traces.hook])
    with traces.provider.get_tracer("user").start_as_current_span("order") as order:
        await ask(client, "get_account")
    await ask(client, "get_account")
    child, parent, alone = traces.spans
    assert child.parent == order.get_span_context() == parent.context
    assert alone.parent is None


@pytest.mark.anyio
async def test_spans_of_tasks_are_not_mixed_up(traces: Traces) -> None:
    client = async_client(Script(*[ok()] * 20), hooks=[traces.hook])

    async def order(number: int) -> None:
        with traces.provider.get_tracer("user").start_as_current_span(f"order {number}"):
            await anyio.lowlevel.checkpoint()
            await client.get_account()

    async with anyio.create_task_group() as tasks:
        for number in range(20):
            tasks.start_soon(order, number)
    calls = [span for span in traces.spans if span.kind is SpanKind.CLIENT]
    orders = [span for span in traces.spans if span.kind is not SpanKind.CLIENT]
    parents = {span.parent.span_id for span in calls if span.parent}
    assert parents == {span.context.span_id for span in orders if span.context}
    assert len(calls) == len(orders) == len(parents) == 20


@pytest.mark.anyio
@each_client
async def test_without_a_provider_calls_work_as_usual(kind: Kind) -> None:
    response = await ask(any_client(kind, Script(ok()), hooks=[OpenTelemetry()]), "get_account")
    assert response.metadata.attempts == 1


def test_the_package_alone_does_not_load_opentelemetry() -> None:
    code = "import sys, sesv2kit; sesv2kit.SESv2Client; sys.exit(any('opentelemetry' in name for name in sys.modules))"
    subprocess.run([sys.executable, "-c", code], check=True)

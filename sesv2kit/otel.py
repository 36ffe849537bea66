"""OpenTelemetry: a span for every call, by the semantic conventions for RPC and AWS SDKs.

Needs the extra: `pip install "sesv2kit[otel]"`.
https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/
"""

from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import urlsplit

try:
    from opentelemetry import propagate, trace
    from opentelemetry.trace import Span, SpanKind, Status, StatusCode, TracerProvider
    from opentelemetry.util.types import AttributeValue
except ModuleNotFoundError as _missing:
    raise ImportError('sesv2kit.otel needs an extra: pip install "sesv2kit[otel]"') from _missing

from ._call.hooks import AttemptInfo, CallInfo, Hook
from ._version import __version__
from .errors import APIError


class OpenTelemetry(Hook):
    """Makes a client span of every call, and passes the trace on in the request's headers.

    Pass it to a client: `SESv2Client(hooks=[OpenTelemetry()])`. A span has the operation, the HTTP status, the
    request id, how often the request was repeated, and the error; never a body, an address or a secret.

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
                name = error.code if isinstance(error, APIError) else type(error).__qualname__
                span.set_attribute("error.type", name)
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

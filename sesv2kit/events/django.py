"""The webhook as a Django view: `path("ses-events/", events.django.webhook(handler, verifier))`. Needs Django."""

from collections.abc import Awaitable, Callable

from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from . import webhook as _webhook
from .handlers import check_function
from .verifier import SNSVerifier
from .webhook import TOO_LARGE, UNREADABLE, WRONG_METHOD, Handler, Reply


def webhook(
    handler: Handler, verifier: SNSVerifier, *, confirm: bool = True, max_body: int = _webhook.MAX_BODY
) -> Callable[[HttpRequest], HttpResponse]:
    """Return a view that receives events from SNS; it is exempt from the CSRF check, since the signature is the check.

    Args:
        handler: Is called with each event. What it raises makes SNS deliver the message again.
        verifier: Verifies the signatures.
        confirm: Whether to confirm subscriptions to the topics of the verifier. Default: True.
        max_body: Bytes that a request may have. Default: 1 MiB.

    Raises:
        ConfigurationError: An argument is not what it has to be, or the handler is async: see `async_webhook`.
    """
    check_function(handler, "handler", is_sync=True)
    receiver = _webhook.Webhook(handler, verifier, confirm=confirm, max_body=max_body)

    def view(request: HttpRequest) -> HttpResponse:
        body = _body(request, max_body)
        return _response(body if isinstance(body, Reply) else receiver.handle(body, _headers(request)))

    return csrf_exempt(view)


def async_webhook(
    handler: Handler, verifier: SNSVerifier, *, confirm: bool = True, max_body: int = _webhook.MAX_BODY
) -> Callable[[HttpRequest], Awaitable[HttpResponse]]:
    """Return an async view that receives events from SNS, for a handler that is async, see `webhook`."""
    receiver = _webhook.Webhook(handler, verifier, confirm=confirm, max_body=max_body)

    async def view(request: HttpRequest) -> HttpResponse:
        body = _body(request, max_body)
        return _response(body if isinstance(body, Reply) else await receiver.ahandle(body, _headers(request)))

    return csrf_exempt(view)


def _body(request: HttpRequest, max_body: int) -> bytes | Reply:
    if request.method != "POST":
        return WRONG_METHOD
    try:
        body = request.read(max_body + 1)
    except (UnreadablePostError, RawPostDataException, OSError):
        return UNREADABLE
    return TOO_LARGE if len(body) > max_body else body


def _headers(request: HttpRequest) -> dict[str, str]:
    """Return the headers of SNS alone; `request.headers` would convert all."""
    prefix = "HTTP_X_AMZ_SNS_"
    return {
        name.removeprefix("HTTP_").replace("_", "-"): str(value)
        for name, value in request.META.items()
        if name.startswith(prefix)
    }


def _response(reply: Reply) -> HttpResponse:
    response = HttpResponse(reply.body, status=reply.status, content_type="text/plain; charset=utf-8")
    if reply is WRONG_METHOD:
        response["Allow"] = "POST"
    return response

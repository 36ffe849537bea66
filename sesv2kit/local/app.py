"""The local service as one ASGI application: the API of SES, the page, the JSON API, live updates."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from .._core.exceptions import ConfigurationError
from .._core.model import is_collection_of
from .._core.settings import Rule, check_settings, is_text
from ..testing import FakeSES
from ..testing.asgi import Receive, Send
from .guard import LOOPBACK, Guard
from .json_api import JsonApi
from .live import CHANGE, Live, may_change
from .pages import Pages
from .visits import Visits

_NAMES: Final = Rule(lambda value: is_collection_of(value, is_text), "must be a collection of str")
RULES: Final = {
    "fake": Rule(lambda value: isinstance(value, FakeSES), "must be a FakeSES"),
    "hosts": _NAMES,
    "webhooks": _NAMES,
}
"""What the arguments of `create_app` and `serve` have to be."""
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_SSE = {"cache-control": "no-store", "x-accel-buffering": "no"}


def _deleted(_request: Request, error: Exception) -> Response:
    """Return the response to a request for a mail that somebody deletes meanwhile."""
    return JSONResponse({"message": str(error)}, 404)


def create_app(fake: FakeSES, *, hosts: Collection[str] = LOOPBACK) -> Any:
    """Return an ASGI application that serves a fake service, its inbox and its JSON API.

    Args:
        fake: The service.
        hosts: The names by which browsers may call it, without ports; `*` for any. Default: those of loopback.

    Raises:
        ConfigurationError: An argument is of the wrong type.
    """
    check_settings(RULES, {"fake": fake, "hosts": hosts})
    return with_live(fake, Live(fake), hosts)


def with_live(fake: FakeSES, live: Live, hosts: Collection[str]) -> Any:
    """Return the application of `create_app` with live updates that the caller closes."""
    api = fake.app()

    async def updates(request: Request) -> Response:
        if request.method == "HEAD":  # a stream without an end would keep the connection busy
            return Response(headers=_SSE, media_type="text/event-stream")
        return StreamingResponse(live.stream(), media_type="text/event-stream", headers=_SSE)

    async def no_such_route(request: Request) -> Response:
        message = f"there is no {request.method} {request.url.path}"
        return JSONResponse({"message": message}, 404)

    routes = [
        Route("/_local/live", updates),
        *JsonApi(fake).routes(),
        *Pages(fake).routes(),
        *Visits(fake).routes(),
        Route("/_local/{rest:path}", no_such_route, methods=_METHODS),
        Mount("/", api),
    ]
    site = Starlette(routes=routes, exception_handlers={ConfigurationError: _deleted})

    async def app(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        # The API takes requests itself: a fault can't break the connection through Starlette, which wraps `send`.
        is_api = scope["type"] == "http" and scope["path"].startswith("/v2/")
        await (api if is_api else site)(scope, receive, send)  # type: ignore[arg-type]
        if may_change(scope):
            live.send(CHANGE)

    return Guard(app, hosts)

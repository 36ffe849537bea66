"""Templates become responses: the headers that every page has, and the filters of the templates."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...testing import FakeSES
from ..inbox import MAX_COUNT, count_unread

FOLDER: Final = Path(__file__).parents[1]
MAX_FORM: Final = 4 * 1024 * 1024
"""How many bytes a form may have."""
CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "content-security-policy": CONTENT_POLICY,
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
_STATIC: Final = {"style.css": "text/css", "script.js": "text/javascript", "icon.svg": "image/svg+xml"}
Form = Mapping[str, str]


def html_response(text: str, status: int = 200, headers: Mapping[str, str] = _HEADERS) -> Response:
    """Return HTML with the headers of a page, or with others."""
    return Response(text.encode("utf-8", "replace"), status, headers, "text/html; charset=utf-8")


def redirect(path: str) -> Response:
    """Return a redirect to a page, the response to a form."""
    return RedirectResponse(path, 303, _HEADERS)


def json_response(members: Mapping[str, Any], status: int = 200) -> Response:
    """Return JSON."""
    return Response(json.dumps(members), status, _HEADERS, "application/json")


def posted(handle: Callable[[Request, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that reads a form and handles it in a thread.

    Args:
        handle: Takes the request and the fields of the form, of which the last one of each name counts.
    """

    async def endpoint(request: Request) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > MAX_FORM:
                return Response("The form is too large.\n", 413, _HEADERS, "text/plain")
        try:
            fields = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100))
        except ValueError:
            return Response("The form can't be read.\n", 400, _HEADERS, "text/plain")
        return await run_in_threadpool(handle, request, fields)

    return endpoint


def static(request: Request) -> Response:
    """Return the style sheet, the script or the icon."""
    name = request.path_params["name"]
    if name not in _STATIC:
        return Response("Not found.\n", 404, _HEADERS, "text/plain")
    headers = {"cache-control": "max-age=86400", "x-content-type-options": "nosniff"}
    return Response((FOLDER / "static" / name).read_bytes(), 200, headers, f"{_STATIC[name]}; charset=utf-8")


class Renderer:
    """Renders the templates of the pages.

    Args:
        fake: The service.
    """

    def __init__(self, fake: FakeSES) -> None:
        self._fake = fake
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(
            bounded=_bounded,
            clock=_clock,
            day=_day,
            iso=_iso,
            number=_number,
            pretty=_pretty,
            query=_query,
            size=_size,
            words=_words,
        )

    def page(self, request: Request, name: str, status: int = 200, **context: Any) -> Response:
        """Return a page.

        Args:
            request: The request.
            name: The name of the template, without its ending.
            status: The HTTP status. Default: 200.
            **context: The variables of the template.
        """
        text = self._templates.get_template(f"{name}.html").render(
            path=request.url.path,
            base_url=str(request.base_url).rstrip("/"),
            region=self._fake.region,
            sandbox=self._fake.world.settings.sandbox,
            unread=count_unread(self._fake),
            now=self._fake.clock.now,
            version=_version(),
            **context,
        )
        return html_response(text, status)

    def missing(self, request: Request, what: str) -> Response:
        """Return the page for something that is not there."""
        return self.page(request, "missing", 404, what=what)


@cache
def _version() -> str:
    """Return a mark of the static files, so that browsers load them again when they have changed."""
    content = b"".join((FOLDER / "static" / name).read_bytes() for name in _STATIC)
    return hashlib.blake2b(content, digest_size=6).hexdigest()


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _clock(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%H:%M")


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _number(value: float) -> str:
    return f"{value:,.0f}"


def _bounded(count: int) -> str:
    """Return a number that was counted up to a limit."""
    return f"{count:,}" if count < MAX_COUNT else f"{MAX_COUNT - 1:,}+"


def _pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, default=str)


def _query(fields: Mapping[str, object]) -> str:
    """Return a query string of the fields that are not empty."""
    text = urlencode({name: value for name, value in fields.items() if value not in (None, "")})
    return f"?{text}" if text else ""


def _size(count: int) -> str:
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def _words(name: object) -> str:
    """Return a constant of the service in lower case, with spaces."""
    return str(name).replace("_", " ").lower()

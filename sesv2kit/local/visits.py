"""The addresses in mails that lead to this service: the image of opens, tracked links, the page to leave a list."""

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..testing.fake import FakeSES

_HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; form-action 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


class Visits:
    """Follows the addresses in the mails of a service.

    Args:
        fake: The service.
    """

    def __init__(self, fake: FakeSES) -> None:
        self._fake = fake

    def routes(self) -> Sequence[Route]:
        """Return the routes of an application."""
        prefixes = ("I0", "L0", "unsubscribe", "verify")
        return [Route(f"/{prefix}/{{rest:path}}", self._visit, methods=["GET", "POST"]) for prefix in prefixes]

    async def _visit(self, request: Request) -> Response:
        if request.method == "HEAD":  # whoever looks whether a link works does not follow it
            return Response(headers=_HEADERS)
        page = self._fake.visit(
            request.scope["raw_path"].decode("latin-1"),
            method=request.method,
            user_agent=request.headers.get("user-agent", ""),
            ip_address=request.client.host if request.client else "",
        )
        if page is None:
            return Response("There is no such link.\n", 404, _HEADERS, "text/plain")
        location = {"location": page.location} if page.location else {}
        return Response(page.body, page.status, _HEADERS | location, page.content_type)

"""The list of the inbox."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..._core.exceptions import ConfigurationError
from ...testing import FakeSES
from ..inbox import Rows, find_rows
from .rendering import Form, Renderer, posted, redirect

PAGE: Final = 50
_MAX_SEARCH: Final = 1000
_NOTHING: Final = Rows((), 0, 0, None, None)


class InboxPage:
    """The list of mails, with its search.

    Args:
        fake: The service.
        renderer: Renders the templates.
    """

    def __init__(self, fake: FakeSES, renderer: Renderer) -> None:
        self._fake = fake
        self._render = renderer

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/", self.show, methods=["GET"]),
            Route("/read", posted(self.mark_all_read), methods=["POST"]),
            Route("/delete", posted(self.delete_all), methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Show the mails that a search finds: `q`, and `before` for older ones."""
        text = request.query_params.get("q", "")[:_MAX_SEARCH].strip()
        before = request.query_params.get("before", "")
        number = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
        problem = None
        try:
            found = find_rows(self._fake, text, before=number or None, limit=PAGE)
        except ConfigurationError as error:
            found, problem = _NOTHING, str(error)
        status = 400 if problem else 200
        return self._render.page(request, "inbox", status, q=text, found=found, problem=problem)

    def mark_all_read(self, _request: Request, _form: Form) -> Response:
        """Mark all mails as read."""
        with self._fake.world.database.lock:
            self._fake.world.mails.mark_all_read()
        return redirect("/")

    def delete_all(self, _request: Request, _form: Form) -> Response:
        """Delete all mails and events."""
        with self._fake.world.database.lock:
            self._fake.world.mails.clear()
            self._fake.world.events.clear()
        return redirect("/")

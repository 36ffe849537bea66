"""The page of the inbox."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ..testing import FakeSES


class Pages:
    """The pages of the browser.

    Args:
        fake: The service.
    """

    def __init__(self, fake: FakeSES) -> None:
        self._fake = fake

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/", self.inbox)]

    async def inbox(self, _request: Request) -> Response:
        """Show the mails."""
        return HTMLResponse("<!doctype html><title>Inbox</title>")

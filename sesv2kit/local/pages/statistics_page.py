"""What happened over time, and the quota."""

from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...testing import FakeSES
from ..statistics import EventCounts
from .plot import KINDS, plot
from .rendering import Renderer

SPANS: Final = {
    "1h": ("Hour", timedelta(hours=1)),
    "6h": ("6 hours", timedelta(hours=6)),
    "24h": ("Day", timedelta(days=1)),
    "7d": ("Week", timedelta(days=7)),
    "30d": ("30 days", timedelta(days=30)),
}
_USUAL: Final = "1h"


class StatisticsPage:
    """The page of statistics.

    Args:
        fake: The service.
        renderer: Renders the templates.
    """

    def __init__(self, fake: FakeSES, renderer: Renderer) -> None:
        self._counts = EventCounts(fake)
        self._render = renderer

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/statistics", self.show, methods=["GET"])]

    def show(self, request: Request) -> Response:
        """Show the events of a `span` of time."""
        span = request.query_params.get("span", "")
        if span not in SPANS:
            span = _USUAL
        statistics = self._counts.over(SPANS[span][1])
        return self._render.page(
            request,
            "statistics",
            span=span,
            spans=SPANS,
            kinds=KINDS,
            statistics=statistics,
            plot=plot(statistics),
        )

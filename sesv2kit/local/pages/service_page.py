"""Scripted faults, and the clock."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..._core.exceptions import ConfigurationError
from ...testing import FakeSES
from ...testing._service.routing import routes
from ..json_api import add_fault
from .rendering import Form, Renderer, posted, redirect

KINDS: Final = {
    "throttle": "Throttle: TooManyRequestsException",
    "error": "Error of the service, with the code",
    "status": "Page of a proxy, with the HTTP status",
    "stall": "Response only after some seconds",
    "lose_request": "Lose the request: nothing is done",
    "lose_answer": "Lose the response: it is done",
    "truncate": "Break off within the response",
}
_MAX_ADVANCE: Final = 10 * 366 * 86_400.0
_NUMBERS: Final = {"status": int, "seconds": float}


class ServicePage:
    """The page of faults and the clock.

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
            Route("/service", self.show, methods=["GET"]),
            Route("/service", posted(self.change), methods=["POST"]),
        ]

    def show(self, request: Request, problem: str | None = None) -> Response:
        """Show the faults that are scripted, and the time."""
        return self._render.page(
            request,
            "service",
            400 if problem else 200,
            faults=self._fake.faults.pending,
            kinds=KINDS,
            operations=sorted(route.operation.name for route in routes()),
            clock=self._fake.clock,
            settings=self._fake.world.settings,
            problem=problem,
        )

    def change(self, request: Request, form: Form) -> Response:
        """Add a fault, remove all, or move the clock, as `action` says."""
        try:
            self._change(form)
        except (ConfigurationError, ValueError, OverflowError) as error:
            return self.show(request, str(error))
        return redirect("/service")

    def _change(self, form: Form) -> None:
        match form.get("action"):
            case "add":
                add_fault(self._fake, _members(form))
            case "clear":
                self._fake.faults.clear()
            case "advance":
                self._fake.clock.advance(_seconds(form.get("seconds", "")))
            case _:
                raise ConfigurationError("there is no such action")


def _seconds(text: str) -> float:
    """Return how far the clock is moved."""
    seconds = float(text)
    if not 0 <= seconds <= _MAX_ADVANCE:
        raise ConfigurationError("the clock can be advanced by 0 seconds to 10 years")
    return seconds


def _members(form: Form) -> dict[str, Any]:
    members: dict[str, Any] = {"operation": form.get("operation") or "*", "kind": form.get("kind", "")}
    members["times"] = None if form.get("always") else int(form.get("times") or 1)
    if form.get("code"):
        members["code"] = form["code"]
    return members | {name: read(form[name]) for name, read in _NUMBERS.items() if form.get(name)}

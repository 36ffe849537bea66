"""The pages of the browser: rendered here, with one style sheet and one script."""

from starlette.routing import Route

from ...testing import FakeSES
from .inbox_page import InboxPage
from .mail_page import MailPage
from .rendering import Renderer, static
from .resource_pages import ResourcePages
from .service_page import ServicePage
from .statistics_page import StatisticsPage
from .template_pages import TemplatePages


class Pages:
    """The pages of the browser.

    Args:
        fake: The service.
    """

    def __init__(self, fake: FakeSES) -> None:
        self._fake = fake

    def routes(self) -> list[Route]:
        """Return the routes."""
        renderer = Renderer(self._fake)
        pages = (InboxPage, MailPage, StatisticsPage, TemplatePages, ResourcePages, ServicePage)
        routes = [route for page in pages for route in page(self._fake, renderer).routes()]
        return [*routes, Route("/static/{name}", static, methods=["GET"])]

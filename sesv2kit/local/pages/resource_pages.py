"""Identities, the suppression list, and contacts."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ... import errors
from ..._dns import records
from ...testing import FakeSES
from ...testing._service.operations import contacts, identities, suppression
from .rendering import Form, Renderer, posted, redirect

_PAGE = 50


class ResourcePages:
    """The pages of identities, suppressed addresses and contacts.

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
            Route("/identities", self.show_identities, methods=["GET"]),
            Route("/identities", posted(self.change_identities), methods=["POST"]),
            Route("/suppression", self.show_suppression, methods=["GET"]),
            Route("/suppression", posted(self.change_suppression), methods=["POST"]),
            Route("/contacts", self.show_contacts, methods=["GET"]),
        ]

    def show_identities(self, request: Request, problem: str | None = None) -> Response:
        """Show the identities with their DNS records: `token` for further ones."""
        world = self._fake.world
        with world.database.lock:
            try:
                listed = identities.list_email_identities(world, next_token=_token(request), page_size=_PAGE)
            except errors.BadRequestException:
                listed = identities.list_email_identities(world, page_size=_PAGE)
            found = [
                identities.find_identity(world, info.identity_name or "") for info in listed.email_identities or ()
            ]
        shown = [(identity, records(identity.name, identity.attributes, self._fake.region)) for identity in found]
        status = 400 if problem else 200
        return self._render.page(
            request, "identities", status, identities=shown, next_token=listed.next_token, problem=problem
        )

    def change_identities(self, request: Request, form: Form) -> Response:
        """Create, verify or delete the identity `name`, as `action` says."""
        world, name = self._fake.world, form.get("name", "").strip()

        def change() -> None:
            if form.get("action") == "verify":
                identities.verify(world, identities.find_identity(world, name))
            elif form.get("action") == "delete":
                identities.delete_email_identity(world, email_identity=name)
            else:
                identities.create_email_identity(world, email_identity=name)

        problem = self._try(change)
        return self.show_identities(request, problem) if problem else redirect("/identities")

    def show_suppression(self, request: Request, problem: str | None = None) -> Response:
        """Show the suppressed addresses: `token` for further ones."""
        world = self._fake.world
        with world.database.lock:
            try:
                listed = suppression.list_suppressed_destinations(world, next_token=_token(request), page_size=_PAGE)
            except errors.BadRequestException:
                listed = suppression.list_suppressed_destinations(world, page_size=_PAGE)
        return self._render.page(
            request,
            "suppression",
            400 if problem else 200,
            addresses=listed.suppressed_destination_summaries or (),
            next_token=listed.next_token,
            problem=problem,
        )

    def change_suppression(self, request: Request, form: Form) -> Response:
        """Add or remove the address `address`, as `action` says."""
        world, address = self._fake.world, form.get("address", "").strip()

        def change() -> None:
            if form.get("action") == "remove":
                suppression.delete_suppressed_destination(world, email_address=address)
                return
            if "@" not in address.strip("@") or len(address.split()) != 1:
                raise errors.BadRequestException(f"{address!r} is not an address.")
            reason = "COMPLAINT" if form.get("reason") == "COMPLAINT" else "BOUNCE"
            suppression.put_suppressed_destination(world, email_address=address, reason=reason)

        problem = self._try(change)
        return self.show_suppression(request, problem) if problem else redirect("/suppression")

    def show_contacts(self, request: Request) -> Response:
        """Show the contact lists, and the contacts of the one that `list` names."""
        world = self._fake.world
        with world.database.lock:
            lists = contacts.list_contact_lists(world, page_size=1000).contact_lists or ()
            names = [entry.contact_list_name or "" for entry in lists]
            name = request.query_params.get("list", "")
            if name not in names:
                name = names[0] if names else ""
            if not name:
                return self._render.page(request, "contacts", lists=[], chosen=None)
            chosen = contacts.find_list(world, name)
            try:
                listed = contacts.list_contacts(
                    world, contact_list_name=name, page_size=_PAGE, next_token=_token(request)
                )
            except errors.BadRequestException:
                listed = contacts.list_contacts(world, contact_list_name=name, page_size=_PAGE)
        people = [
            (
                contact,
                {
                    preference.topic_name: preference.subscription_status
                    for preference in (*(contact.topic_default_preferences or ()), *(contact.topic_preferences or ()))
                },
                {preference.topic_name for preference in contact.topic_preferences or ()},
            )
            for contact in listed.contacts or ()
        ]
        return self._render.page(
            request, "contacts", lists=names, chosen=chosen, people=people, next_token=listed.next_token
        )

    def _try(self, change: Callable[[], None]) -> str | None:
        """Change something; returns why that was refused, None if it was not."""
        with self._fake.world.database.lock:
            try:
                change()
            except errors.APIError as error:
                return error.message
        return None


def _token(request: Request) -> str | None:
    return request.query_params.get("token") or None

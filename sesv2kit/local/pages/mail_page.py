"""A mail: its texts, files and events, and the buttons that let something happen to it."""

import json
from collections.abc import Mapping
from typing import Any, Final, cast
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..._core.exceptions import ConfigurationError
from ...testing import FakeSES, SentMail
from ...testing._service.mail_log import StoredMail
from ...testing._service.operations.templates import EmailTemplate
from ...testing._service.sending.bodies import BOUNCES
from ..inbox import find_neighbours
from . import files, mail_html
from .rendering import Form, Renderer, html_response, posted, redirect
from .timeline import entries

_MAX_TEXT: Final = 500_000
"""How many characters of a text a tab shows."""
_MAX_STRING: Final = 2000
"""How long a string in the request may be before it is shortened."""
_MAX_LINKS: Final = 100
_SIMPLE: Final = ("deliver", "complain", "delay", "open", "unsubscribe")
TABS: Final = ("html", "text", "source", "headers", "attachments", "events", "request")


class MailPage:
    """The pages of one mail.

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
            Route("/mail/{id}", self.show, methods=["GET"]),
            Route("/mail/{id}/html", self.html, methods=["GET"]),
            Route("/mail/{id}/raw", self.raw, methods=["GET"]),
            Route("/mail/{id}/attachments/{position:int}", self.attachment, methods=["GET"]),
            Route("/mail/{id}/images/{position:int}", self.image, methods=["GET"]),
            Route("/mail/{id}/act", posted(self.act), methods=["POST"]),
            Route("/mail/{id}/unread", posted(self.mark_unread), methods=["POST"]),
            Route("/mail/{id}/delete", posted(self.delete), methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Show a mail: `tab`, and `images=1` for those of other hosts."""
        stored = self._find(request)
        if stored is None:
            return self._render.missing(request, "This mail is not here. It may have been deleted.")
        # Pages that refresh themselves and images of mails don't read a mail; somebody who looks at it does.
        if not stored.is_read and request.headers.get("sec-fetch-dest", "document") == "document":
            with self._fake.world.database.lock:
                self._fake.world.mails.mark(stored.message_id, is_read=True)
        return self._page(request, stored)

    def _page(self, request: Request, stored: StoredMail, problem: str | None = None) -> Response:
        mail = SentMail(self._fake.world, stored)
        is_made = stored.status != "failed"
        tab = request.query_params.get("tab", "")
        if tab not in TABS:
            tab = ("html" if mail.html else "text") if is_made else "events"
        if not is_made and tab not in ("events", "request"):
            tab = "events"
        query = request.query_params.get("q", "")
        try:
            newer, older = find_neighbours(self._fake, query, stored.number)
        except ConfigurationError:
            newer, older = find_neighbours(self._fake, "", stored.number)
        with self._fake.world.database.lock:
            timeline = entries(self._fake.world, stored)
        return self._render.page(
            request,
            "mail",
            400 if problem else 200,
            mail=mail,
            is_made=is_made,
            tab=tab,
            q=query,
            newer=newer,
            older=older,
            timeline=timeline,
            attachments=_files(mail) if is_made else [],
            links=mail.links[:_MAX_LINKS],
            bounces=BOUNCES,
            has_list="contact_list" in stored.facts,
            problem=problem,
            **self._details(request, stored, mail, tab),
        )

    def _details(self, request: Request, stored: StoredMail, mail: SentMail, tab: str) -> Mapping[str, Any]:
        """Return what one tab alone needs."""
        match tab:
            case "html":
                with_images = request.query_params.get("images") == "1"
                has_remote = not with_images and mail_html.has_remote_images(mail.html or "")
                return {"with_images": with_images, "has_remote": has_remote}
            case "text":
                return _shortened(mail.text or "")
            case "source" if request.query_params.get("part") == "html":
                return {"part": "html", **_shortened(mail.html or "")}
            case "source":
                return {"part": "raw", **_shortened(mail.raw.decode("utf-8", "replace"))}
            case "request":
                with self._fake.world.database.lock:
                    body = self._fake.world.mails.request_of(stored)
                    name = (mail.template or "").rpartition("/")[2]
                    is_stored = name in self._fake.world.records(EmailTemplate)
                return {"body": _readable(body), "template_name": name if is_stored else None}
            case _:
                return {}

    def html(self, request: Request) -> Response:
        """Return the HTML of a mail, for the frame: `images=1` loads those of other hosts."""
        stored = self._find(request)
        if stored is None or not stored.html:
            return html_response("<!doctype html><p>This mail has no HTML.", 404, mail_html.headers())
        base = f"{str(request.base_url).rstrip('/')}/mail/{quote(stored.message_id, safe='')}/images"
        images: dict[str, str] = {}
        if "cid:" in stored.html.lower():
            for position, attachment in enumerate(SentMail(self._fake.world, stored).attachments):
                if attachment.content_id:
                    images.setdefault(attachment.content_id, f"{base}/{position}")
        with_images = request.query_params.get("images") == "1"
        return html_response(mail_html.shown(stored.html, images), 200, mail_html.headers(with_images=with_images))

    def raw(self, request: Request) -> Response:
        """Return the message, as a download."""
        stored = self._find(request)
        if stored is None or stored.status == "failed":
            return self._render.missing(request, "This mail is not here.")
        name = files.safe_name(stored.subject.replace("/", "-"), "mail")[:80]
        return files.download(SentMail(self._fake.world, stored).raw, f"{name}.eml", "message/rfc822")

    def attachment(self, request: Request) -> Response:
        """Return an attachment, as a download."""
        return self._file(request, is_shown=False)

    def image(self, request: Request) -> Response:
        """Return an image in a mail."""
        return self._file(request, is_shown=True)

    def _file(self, request: Request, *, is_shown: bool) -> Response:
        stored = self._find(request)
        position: int = request.path_params["position"]
        attachments = SentMail(self._fake.world, stored).attachments if stored and stored.status != "failed" else []
        if position >= len(attachments):
            return self._render.missing(request, "This file is not here.")
        attachment = attachments[position]
        if not is_shown:
            return files.download(attachment.data, files.name_of(attachment, position), attachment.content_type)
        return files.image(attachment, position) or self._render.missing(request, "This file is not an image.")

    def act(self, request: Request, form: Form) -> Response:
        """Let something happen to a mail: `action`, or `bounce` with the sub-type, or `click` with the link."""
        stored = self._find(request)
        if stored is None:
            return self._render.missing(request, "This mail is not here.")
        try:
            self._act(stored.message_id, form)
        except ConfigurationError as error:
            return self._page(request, stored, str(error))
        query = form.get("q", "")
        return redirect(
            f"/mail/{quote(stored.message_id, safe='')}?tab=events" + (f"&q={quote(query)}" if query else "")
        )

    def _act(self, message_id: str, form: Form) -> None:
        if "bounce" in form:
            self._fake.bounce(message_id, form["bounce"])
        elif "click" in form:
            self._fake.click(message_id, form["click"])
        elif form.get("action") in _SIMPLE:
            getattr(self._fake, form["action"])(message_id)
        else:
            raise ConfigurationError(f"there is no action {form.get('action', '')!r}")

    def mark_unread(self, request: Request, _form: Form) -> Response:
        """Mark a mail as unread."""
        with self._fake.world.database.lock:
            self._fake.world.mails.mark(request.path_params["id"], is_read=False)
        return redirect("/")

    def delete(self, request: Request, _form: Form) -> Response:
        """Delete a mail and its events."""
        with self._fake.world.database.lock:
            self._fake.world.mails.delete(request.path_params["id"])
        return redirect("/")

    def _find(self, request: Request) -> StoredMail | None:
        with self._fake.world.database.lock:
            return self._fake.world.mails.find(request.path_params["id"])


def _files(mail: SentMail) -> list[dict[str, Any]]:
    return [
        {
            "position": position,
            "name": files.name_of(attachment, position),
            "content_type": attachment.content_type,
            "content_id": attachment.content_id,
            "is_inline": attachment.is_inline,
            "is_image": attachment.content_type in files.RASTER,
            "size": len(attachment.data),
        }
        for position, attachment in enumerate(mail.attachments)
    ]


def _shortened(text: str) -> dict[str, Any]:
    return {"shown": text[:_MAX_TEXT], "left_out": max(0, len(text) - _MAX_TEXT)}


def _readable(body: bytes) -> str:
    """Return the body of a request for people: indented, with long strings shortened."""
    text = json.dumps(_with_short_strings(json.loads(body)), indent=2, ensure_ascii=False)
    return text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT] + "\n…"


def _with_short_strings(value: object) -> object:
    if isinstance(value, dict):
        members = cast("dict[str, object]", value)
        return {name: _with_short_strings(member) for name, member in members.items()}
    if isinstance(value, list):
        return [_with_short_strings(item) for item in cast("list[object]", value)]
    if isinstance(value, str) and len(value) > _MAX_STRING:
        return f"{value[:200]}… ({len(value):,} characters)"
    return value

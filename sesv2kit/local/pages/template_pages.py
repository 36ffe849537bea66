"""Stored templates, and an editor with a preview."""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

import attrs
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ... import errors, models
from ..._handlebars import SES_VARIABLES, TemplateError, parse, variables
from ...testing import FakeSES
from ...testing._service.operations import templates
from . import mail_html
from .rendering import Form, Renderer, html_response, json_response, posted, redirect

_PAGE: Final = 50
_PARTS: Final[Sequence[str]] = ("subject", "html", "text")
_MAX_PREVIEWS: Final = 20
_MAX_SIZE: Final = 500_000
_OF_SES: Final = {**dict.fromkeys(SES_VARIABLES, ""), "amazonSESUnsubscribeUrl": "https://unsubscribe.example/"}
"""Values of the variables that SES fills in itself."""


@attrs.frozen(kw_only=True)
class Preview:
    """What a template becomes with some data."""

    subject: str
    html: str
    text: str
    problems: Sequence[str]
    missing: Sequence[str]
    """The variables that the template prints and the data does not have."""
    variables: Sequence[str]
    """All variables that the template reads."""


def preview(parts: Mapping[str, str], data_text: str) -> Preview:
    """Render a template as far as that is possible.

    Args:
        parts: The texts of `subject`, `html` and `text`.
        data_text: The data as JSON; empty for none.
    """
    problems: list[str] = []
    data = _read(data_text, problems)
    rendered: dict[str, str] = {}
    missing: dict[str, None] = {}
    read: dict[str, None] = {}
    for part in _PARTS:
        rendered[part] = ""
        try:
            template = parse(parts.get(part, ""))
            read.update(dict.fromkeys(variables(template)))
            missing.update(dict.fromkeys(template.missing(data)))
            rendered[part] = template.render(data, strict=False)
        except TemplateError as error:
            problems.append(f"{part}: {error}")
    return Preview(
        **rendered,
        problems=problems,
        missing=list(missing),
        variables=[name for name in read if name not in _OF_SES],
    )


def _read(text: str, problems: list[str]) -> dict[str, Any]:
    data: object = {}
    if text.strip():
        try:
            data = json.loads(text)
        except ValueError as error:
            problems.append(f"data: this is not JSON: {error}")
            data = {}
        except RecursionError:
            data = None
    if not isinstance(data, dict):
        problems.append("data: it must be an object of JSON, such as {}")
        data = {}
    return {**cast("dict[str, Any]", data), **_OF_SES}


def sample(names: Sequence[str]) -> dict[str, Any]:
    """Return data in which every variable has its own name as its value.

    Args:
        names: The variables, such as `user.name` and `items[].price`.
    """
    data: dict[str, Any] = {}
    for name in names:
        _place(data, name.split("."))
    return data


def _place(data: dict[str, Any], steps: Sequence[str]) -> None:
    """Put a value for a variable into data, with what is around it."""
    name, *rest = steps
    key, is_list = name.removesuffix("[]"), name.endswith("[]")
    if not rest:
        data.setdefault(key, [key] if is_list else key)
        return
    found: object = data.get(key)
    inner = cast("list[object]", found)[0] if is_list and isinstance(found, list) else found
    if not isinstance(inner, dict):
        inner = {}
        data[key] = [inner] if is_list else inner
    _place(cast("dict[str, Any]", inner), rest)


class TemplatePages:
    """The pages of templates.

    Args:
        fake: The service.
        renderer: Renders the templates of the pages.
    """

    def __init__(self, fake: FakeSES, renderer: Renderer) -> None:
        self._fake = fake
        self._render = renderer
        self._previews: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/templates", self.show, methods=["GET"]),
            Route("/templates/edit", self.edit, methods=["GET"]),
            Route("/templates/edit", posted(self.change), methods=["POST"]),
            Route("/templates/preview", posted(self.preview), methods=["POST"]),
            Route("/templates/preview/{key}", self.preview_html, methods=["GET"]),
        ]

    def show(self, request: Request) -> Response:
        """List the templates: `token` for further ones."""
        world = self._fake.world
        with world.database.lock:
            try:
                listed = templates.list_email_templates(
                    world, next_token=request.query_params.get("token") or None, page_size=_PAGE
                )
            except errors.BadRequestException:
                listed = templates.list_email_templates(world, page_size=_PAGE)
            found = [
                (entry, templates.find_template(world, entry.template_name or "").content)
                for entry in listed.templates_metadata or ()
            ]
        return self._render.page(request, "templates", templates=found, next_token=listed.next_token)

    def edit(self, request: Request) -> Response:
        """Show the template `name` in an editor, or an empty one."""
        name = request.query_params.get("name", "")
        parts: dict[str, str] = dict.fromkeys(_PARTS, "")
        if name:
            try:
                with self._fake.world.database.lock:
                    content = templates.find_template(self._fake.world, name).content
            except errors.NotFoundException:
                return self._render.missing(request, "There is no template of this name.")
            parts = {"subject": content.subject or "", "html": content.html or "", "text": content.text or ""}
        data = sample(_variables(parts))
        text = json.dumps(data, indent=2, ensure_ascii=False)
        return self._editor(request, {**parts, "data": text, "name": name}, is_new=not name)

    def _editor(self, request: Request, form: Form, *, is_new: bool, problem: str | None = None) -> Response:
        result = preview(form, form.get("data", ""))
        return self._render.page(
            request,
            "template",
            400 if problem else 200,
            form={field: form.get(field, "") for field in (*_PARTS, "data", "name")},
            is_new=is_new,
            preview=result,
            key=self._keep(result.html),
            problem=problem,
        )

    def change(self, request: Request, form: Form) -> Response:
        """Save or delete a template, or show its preview, as `action` says."""
        action, name = form.get("action"), form.get("name", "").strip()
        is_new = form.get("is_new") == "1"
        if action == "preview":
            return self._editor(request, form, is_new=is_new)
        if action == "delete":
            with self._fake.world.database.lock:
                templates.delete_email_template(self._fake.world, template_name=name)
            return redirect("/templates")
        problem = self._save(name, form, is_new=is_new)
        return self._editor(request, form, is_new=is_new, problem=problem) if problem else redirect("/templates")

    def _save(self, name: str, form: Form, *, is_new: bool) -> str | None:
        """Keep a template; returns why that is not possible, None if it is."""
        if not name:
            return "A template needs a name."
        if sum(len(form.get(part, "")) for part in _PARTS) > _MAX_SIZE:
            return "A template can have at most 500 KB."
        try:
            for part in _PARTS:
                parse(form.get(part, ""))
        except TemplateError as error:
            return f"The template was not saved: {error}"
        content = models.EmailTemplateContent(
            subject=form.get("subject", ""), html=form.get("html") or None, text=form.get("text") or None
        )
        save = templates.create_email_template if is_new else templates.update_email_template
        try:
            with self._fake.world.database.lock:
                save(self._fake.world, template_name=name, template_content=content)
        except errors.APIError as error:
            return error.message
        return None

    def preview(self, _request: Request, form: Form) -> Response:
        """Return a preview as JSON, for the script."""
        result = preview(form, form.get("data", ""))
        return json_response(
            {
                "subject": result.subject,
                "text": result.text,
                "problems": list(result.problems),
                "missing": list(result.missing),
                "variables": list(result.variables),
                "url": f"/templates/preview/{self._keep(result.html)}",
            }
        )

    def preview_html(self, request: Request) -> Response:
        """Return the HTML of a preview, for the frame."""
        with self._lock:
            html = self._previews.get(request.path_params["key"])
        if html is None:
            return html_response("<!doctype html><p>This preview is gone.", 404, mail_html.headers())
        return html_response(mail_html.shown(html, {}), 200, mail_html.headers())

    def _keep(self, html: str) -> str:
        key = hashlib.blake2b(html.encode("utf-8", "replace"), digest_size=16).hexdigest()
        with self._lock:
            self._previews[key] = html
            self._previews.move_to_end(key)
            while len(self._previews) > _MAX_PREVIEWS:
                self._previews.popitem(last=False)
        return key


def _variables(parts: Mapping[str, str]) -> list[str]:
    """Return what a stored template reads, except for what the service fills in."""
    found = dict.fromkeys(name for text in parts.values() for name in variables(parse(text)))
    return [name for name in found if name not in _OF_SES]

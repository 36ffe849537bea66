"""Renders the plan with the templates: the text of each file, by its path in the package."""

import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jinja2

from .plan import Argument, Class, Method, Plan, WaiterMethod

BANNER = "# Written by `python -m codegen` from codegen/spec; edit that, not this file."
_TEMPLATES = Path(__file__).parent / "templates"
_WIDTH = 110
_ROOT = "SESv2Error"
_SUMMARY_COLUMN = 30
FROM_TOKEN = "Token of the page to begin with, such as the `resume_token` of another iterator. Default: the first page."


def render(plan: Plan) -> dict[str, str]:
    """Return the text of every generated file by its path in the package, not yet formatted."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 -- Python, not HTML
    )
    filters: dict[str, Any] = environment.filters
    filters.update(docstring=docstring, literal=repr)
    filters.update(model_docstring=model_docstring, waiter_docstring=waiter_docstring)
    filters.update(method_docstring=method_docstring, pages_docstring=pages_docstring)

    def text(template: str, **context: object) -> str:
        return environment.get_template(template).render(banner=BANNER, **context)

    names = sorted(name for module in plan.models for name in module.names())
    files = {f"models/{module.name}.py": text("models.py.j2", module=module) for module in plan.models}
    files["models/__init__.py"] = text("models_init.py.j2", modules=plan.models, names=names)
    files |= {f"_api/{module.name}.py": text("api.py.j2", module=module) for module in plan.apis}
    files["_api/waiters.py"] = text("waiter_rows.py.j2", waiters=plan.waiters)
    domains = sorted(module.name for module in plan.apis)
    modules = sorted([*domains, "waiters"])
    files["_api/__init__.py"] = text("api_rows.py.j2", modules=modules, domains=domains)
    for folder, asynchronous in (("_api/sync", False), ("_api/aio", True)):
        for module in plan.apis:
            files[f"{folder}/{module.name}.py"] = text("api_methods.py.j2", module=module, asynchronous=asynchronous)
        files[f"{folder}/waiters.py"] = text("waiters.py.j2", waiters=plan.waiters, asynchronous=asynchronous)
        files[f"{folder}/__init__.py"] = text("api_init.py.j2", modules=plan.apis, asynchronous=asynchronous)
    files["convert.py"] = text("convert.py.j2", modules=plan.apis)
    files["errors.py"] = text("errors.py.j2", plan=plan, tree=tree(plan))
    return files


def tree(plan: Plan) -> list[str]:
    """Return the lines that show the tree of errors."""
    children: dict[str | None, list[tuple[str, str]]] = {}
    for base in plan.base_errors:
        if base.base or base.name == _ROOT:
            children.setdefault(base.base, []).append((base.name, base.summary))
    for error in plan.errors:
        children.setdefault(error.base, []).append((error.name, ""))

    def lines(name: str, summary: str, indent: int) -> Iterator[str]:
        yield f"{' ' * indent + name:<{_SUMMARY_COLUMN}}{summary}".rstrip() if summary else " " * indent + name
        for child in children.get(name, ()):
            yield from lines(*child, indent + 2)

    return [line for child in children[None] for line in lines(*child, 0)]


def docstring(text: str, indent: int) -> str:
    """Return a docstring, wrapped and indented."""
    escaped = _summary_first(text, indent).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    lines = [line for paragraph in escaped.split("\n") for line in (_wrapped(paragraph, indent) or [""])]
    closing = '"""' if len(lines) == 1 else f'\n{" " * indent}"""'
    lines[0] = f'"""{lines[0]}'
    return textwrap.indent("\n".join(lines), " " * indent) + closing


def _summary_first(text: str, indent: int) -> str:
    """Return the text with its first sentence on a line of its own, if the first paragraph needs more than one."""
    first, newline, rest = text.partition("\n")
    if len(first) <= _WIDTH - indent:
        return text
    sentence, stop, others = first.partition(". ")
    return f"{sentence}.\n\n{others}{newline}{rest}" if stop else text


def _wrapped(text: str, indent: int, hanging: str = "") -> list[str]:
    return textwrap.wrap(
        text, _WIDTH - indent, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )


def model_docstring(model: Class) -> str:
    """Return a model's docstring; if users make it, with its arguments, which editors show only from there."""
    return docstring("\n".join(_model_lines(model)), 4)


def method_docstring(method: Method) -> str:
    """Return a method's docstring, in the sections that editors and Sphinx read."""
    return docstring("\n".join(_method_lines(method)), 8)


def pages_docstring(method: Method, paginator: str) -> str:
    """Return the docstring of the method that iterates over the pages of a method."""
    return docstring("\n".join(_pages_lines(method, paginator)), 8)


def waiter_docstring(waiter: WaiterMethod, asynchronous: bool) -> str:
    """Return the docstring of a method that waits."""
    return docstring("\n".join(_waiter_lines(waiter, asynchronous=asynchronous)), 8)


def _model_lines(model: Class) -> Iterator[str]:
    yield model.doc
    yield ""
    if model.is_sent and model.fields:
        yield "Args:"
        for field in model.fields:
            yield from _entry(field.name, field.doc, indent=4)
        yield ""
    yield model.reference


def _method_lines(method: Method) -> Iterator[str]:
    yield method.doc
    yield ""
    yield "Args:"
    yield from _arguments(method.signature())
    yield from _entry("options", "Settings for this call alone: timeout, retries, headers.")
    yield ""
    yield "Returns:"
    yield from _entry(method.output, method.returns, hanging=False)
    yield ""
    yield "Raises:"
    yield from _entry("ParamValidationError", "The arguments are invalid; nothing was sent.")
    yield from _api_error(method)
    yield from _entry("TransportError", "No usable response came; for a send, see AmbiguousSendError.")
    yield ""
    yield method.reference


def _pages_lines(method: Method, paginator: str) -> Iterator[str]:
    yield f"Iterate over everything that `{method.name}` lists, page by page."
    yield ""
    yield "Nothing is sent before the first entry is requested; each page is a separate call."
    yield ""
    yield "Args:"
    for argument in method.signature():
        is_token = method.pages is not None and argument.name == method.pages.token
        yield from _entry(argument.name, FROM_TOKEN if is_token else argument.doc)
    yield from _entry("options", "Settings for each of the calls: timeout, retries, headers.")
    yield ""
    yield "Returns:"
    yield from _entry(paginator, "The entries; its `pages()` yields the whole responses.", hanging=False)
    yield ""
    yield "Raises:"
    yield from _entry("ParamValidationError", "The arguments are invalid. All errors here are raised while iterating.")
    yield from _api_error(method)
    yield from _entry("ResponseError", "The service returned a token twice, so the pages would never end.")
    yield from _entry("TransportError", "No usable response came.")
    yield ""
    yield method.reference


def _waiter_lines(waiter: WaiterMethod, *, asynchronous: bool) -> Iterator[str]:
    yield waiter.doc
    yield ""
    yield "Args:"
    yield from _arguments(waiter.signature())
    for name, text in waiting_arguments(waiter, asynchronous=asynchronous):
        yield from _entry(name, text)
    yield from _entry("options", "Settings for each of the calls: timeout, retries, headers.")
    yield ""
    yield "Returns:"
    yield from _entry(waiter.output, f"The last response of `{waiter.calls}`.", hanging=False)
    yield ""
    yield "Raises:"
    yield from _entry("ParamValidationError", "An argument is invalid; nothing was sent.")
    if waiter.can_fail:
        yield from _entry("WaiterFailedError", "It has failed; the error has the response and the reason.")
    yield from _entry("WaiterTimeoutError", "The time ran out; the error has the last response.")
    yield from _entry("APIError", f"The service refused a call for good: {waiter.raises or 'any code'}, or another.")
    yield ""
    yield waiter.reference


def waiting_arguments(waiter: WaiterMethod, *, asynchronous: bool) -> list[tuple[str, str]]:
    """Return the arguments of a waiter for its times, delays and progress, each with its description."""
    may_be_async = "; may be async" if asynchronous else ""
    return [
        (
            "wait_timeout",
            "Seconds for the whole wait, calls included; above 0. None sets no bound. "
            f"Default: {waiter.wait_timeout:,}, which is {waiter.longest}.",
        ),
        (
            "initial_delay",
            "Seconds between the first two calls; above 0, at most 86,400. The delay doubles from call to call, and "
            f"each is shortened at random by up to a half. Default: {waiter.initial_delay:,}.",
        ),
        (
            "max_delay",
            f"Maximum seconds between two calls; above 0, at most 86,400. Default: {waiter.max_delay:,}.",
        ),
        ("on_progress", f"Function that is called with each response, the last one too{may_be_async}."),
    ]


def _arguments(arguments: Iterable[Argument]) -> Iterator[str]:
    for argument in arguments:
        yield from _entry(argument.name, argument.doc)


def _api_error(method: Method) -> list[str]:
    return _entry("APIError", f"The service refused the request: {method.raises}, or another.") if method.raises else []


def _entry(name: str, text: str, *, hanging: bool = True, indent: int = 8) -> list[str]:
    return _wrapped(f"    {name}: {text}", indent, "        " if hanging else "    ")

"""The parts of a mail: checked, and turned into models."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from .. import models
from .._core.model import is_sequence
from .addresses import read_address
from .checks import Checks, limits_of
from .files import File, attachments, not_simple

_MAX_RECIPIENTS: Final = 50
_MAX_HEADER: Final = 996
"""Characters of a header's name and value together, as the SESv2 model of botocore 1.44.5 says."""
_SET_BY_SES: Final = frozenset(
    {"bcc", "cc", "date", "from", "message-id", "mime-version", "reply-to", "return-path", "subject", "to"}
)
"""Headers that SES sets, besides those that begin with `Content-`: https://docs.aws.amazon.com/ses/latest/dg/header-fields.html."""
_OF_A_MESSAGE: Final = re.compile(r"(?i)sender|resent-.*")
"""Headers with addresses, RFC 5322 sections 3.6.2 and 3.6.6."""
_TAG: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html."""
Addresses = str | Sequence[str]
"""One address or several: `ann@example.net`, `Ann <ann@example.net>`, `"Miller, Ann" <ann@example.net>`."""

# Recipients and tags -----------------------------------------------------------------------------


def addresses(checks: Checks, path: str, given: Addresses) -> list[str]:
    """Return addresses as they may be sent."""
    if isinstance(given, str):
        items = {path: given}
    elif is_sequence(given):
        items = {f"{path}[{index}]": item for index, item in enumerate(given)}
    else:
        checks.add(path, f"expected a str or a sequence of str, got {type(given).__name__}")
        return []
    read = [checks.call(at, read_address, item) for at, item in items.items() if checks.fits(at, str, item)]
    return [one for one in read if one is not None]


def optional_addresses(checks: Checks, path: str, given: Addresses | None) -> list[str]:
    """Return addresses as they may be sent; none for None."""
    return [] if given is None else addresses(checks, path, given)


def destination(checks: Checks, to: Addresses, cc: Addresses | None, bcc: Addresses | None) -> models.Destination:
    """Return recipients, checked; at least one is required."""
    others = [one for one in (cc, bcc) if one is not None]
    given = [[one] if isinstance(one, str) else one for one in (to, *others)]
    count = sum(len(many) if is_sequence(many) else 1 for many in given)
    if not count:
        checks.add("to", "is required: the mail has no recipient")
    if count > _MAX_RECIPIENTS:
        checks.add("to", f"must be at most {_MAX_RECIPIENTS} recipients in to, cc and bcc together, is {count}")
    return models.Destination(
        to_addresses=addresses(checks, "to", to) or None,
        cc_addresses=optional_addresses(checks, "cc", cc) or None,
        bcc_addresses=optional_addresses(checks, "bcc", bcc) or None,
    )


def tags(checks: Checks, given: Mapping[str, str] | None) -> list[models.MessageTag]:
    """Return tags for sending events."""
    labels = [models.MessageTag(name=name, value=value) for name, value in checks.mapping("tags", given).items()]
    for label in labels:
        path = f"tags[{label.name!r}]"
        rule = "must be 1 to 256 ASCII letters, digits, underscores and dashes"
        if not _TAG.fullmatch(label.name):
            checks.add(f"{path} (key)", rule)
        if checks.fits(path, str, label.value) and not _TAG.fullmatch(label.value):
            checks.add(path, rule)
    return labels


@attrs.frozen
class Envelope:
    """Who sends a mail to whom, and the tags that describe it."""

    sender: str
    destination: models.Destination
    reply_to: Sequence[str]
    tags: Sequence[models.MessageTag]

    def headers(self) -> list[tuple[str, str]]:
        """Return the headers with these addresses, without Bcc."""
        by_name = {
            "From": [self.sender],
            "To": self.destination.to_addresses,
            "Cc": self.destination.cc_addresses,
            "Reply-To": self.reply_to,
        }
        return [(name, ", ".join(addresses)) for name, addresses in by_name.items() if addresses]


def envelope(
    checks: Checks,
    sender: str,
    to: Addresses,
    cc: Addresses | None,
    bcc: Addresses | None,
    reply_to: Addresses | None,
    labels: Mapping[str, str] | None,
) -> Envelope:
    """Return checked addresses and tags."""
    one = checks.call("sender", read_address, sender) if checks.fits("sender", str, sender) else None
    return Envelope(
        one or "",
        destination(checks, to, cc, bcc),
        optional_addresses(checks, "reply_to", reply_to),
        tags(checks, labels),
    )


# Texts -------------------------------------------------------------------------------------------


def headers(checks: Checks, given: Mapping[str, str] | None) -> list[models.MessageHeader]:
    """Return headers; those that the service sets are refused."""
    named = checks.mapping("headers", given)
    max_items = limits_of(models.Message, "headers").max_items
    if max_items is not None and len(named) > max_items:
        checks.add("headers", f"must be at most {max_items} items, is {len(named)}")
    if len({name.lower() for name in named}) < len(named):
        checks.add("headers", "has a name twice; names are not case-sensitive")
    return [_header(checks, f"headers[{name!r}]", name, value) for name, value in named.items()]


def _header(checks: Checks, path: str, name: str, value: Any) -> models.MessageHeader:
    text = checks.header_text(path, value)
    checks.fits(f"{path} (key)", str, name, limits_of(models.MessageHeader, "name"))
    if name.lower() in _SET_BY_SES or name.lower().startswith("content-"):
        checks.add(f"{path} (key)", "is set by SES, or by an argument of its own")
    if _OF_A_MESSAGE.fullmatch(name):
        checks.add(f"{path} (key)", "has an address; only a message of your own can hold it, see compose.raw")
    fits = not isinstance(value, str) or checks.fits(path, str, text, limits_of(models.MessageHeader, "value"))
    if fits and len(name) + len(text) > _MAX_HEADER:
        checks.add(path, f"must be at most {_MAX_HEADER} characters, name and value together")
    return models.MessageHeader(name=name, value=text)


def template(
    checks: Checks,
    given: str | models.EmailTemplateContent,
    data: Mapping[str, object] | None,
    own_headers: Mapping[str, str] | None,
    files: Sequence[File] | None,
) -> models.Template:
    """Return a template with its data."""
    values = template_data(checks, data)
    own = headers(checks, own_headers)
    attached = attachments(checks, files)
    for path, one in attached.items():
        checks.extend(not_simple(path, one))
    filled = models.Template(template_data=values, headers=own or None, attachments=list(attached.values()) or None)
    if isinstance(given, models.EmailTemplateContent):
        if checks.fits("template", models.EmailTemplateContent, given):
            checks.header_text("template.subject", given.subject or "")
        return attrs.evolve(filled, template_content=given)
    if checks.fits("template", str, given, limits_of(models.Template, "template_name")) and given.startswith("arn:"):
        return attrs.evolve(filled, template_arn=given)
    return attrs.evolve(filled, template_name=given)


def template_data(checks: Checks, given: Mapping[str, object] | None) -> str:
    """Return the values of a template as JSON."""
    try:
        text = json.dumps(dict(checks.mapping("data", given)), ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        checks.add("data", f"can't be written as JSON: {error}")
        return ""
    checks.fits("data", str, text, limits_of(models.Template, "template_data"))
    return text

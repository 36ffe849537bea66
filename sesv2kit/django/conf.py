"""The setting `SESV2KIT` of a Django project."""

import inspect
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final, cast

import attrs
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from ..client._sync import SESv2Client

NAME: Final = "SESV2KIT"
CLIENT_ARGUMENTS: Final = frozenset(inspect.signature(SESv2Client).parameters) - {"http_client"}
"""What the setting hands to the client."""


@attrs.frozen(kw_only=True)
class MailSettings:
    """What the setting says beside the arguments of the client."""

    configuration_set: str | None = None
    """The configuration set of mails that name none."""
    tags: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """Tags of every mail; those of a mail come on top."""
    tenant: str | None = None
    """The tenant of mails that name none."""
    workers: int = 1
    """How many mails `send_messages` sends at a time, each in a thread."""
    arguments: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    """Further arguments of `send_email` for every mail; those of a mail come on top."""
    topics: Sequence[str] = ()
    """The ARNs of the SNS topics whose events the webhook takes."""


MAIL_ARGUMENTS: Final = frozenset(field.name for field in attrs.fields(MailSettings))
SEND_ARGUMENTS: Final = frozenset(inspect.signature(SESv2Client.send_email).parameters) - {
    "self",
    "content",
    "destination",
    "configuration_set_name",
    "email_tags",
    "list_management_options",
    "tenant_name",
}
"""The arguments that a project or a mail may add: neither those that the message itself says, nor those with names of
their own.
"""


def read() -> Mapping[str, Any]:
    """Return the setting; an empty one if the project has none.

    Raises:
        ImproperlyConfigured: It is not a dict, or has an unknown name.
    """
    given: object = getattr(settings, NAME, {})
    if not isinstance(given, Mapping):
        raise ImproperlyConfigured(f"{NAME} must be a dict")
    found = problems(cast("Mapping[str, Any]", given))
    if found:
        raise ImproperlyConfigured(found[0])
    return cast("Mapping[str, Any]", given)


def problems(given: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the setting, as far as its names and its simple values say."""
    known = CLIENT_ARGUMENTS | MAIL_ARGUMENTS
    found = [f"{NAME} has no {name!r}{_nearest(name, known)}" for name in given if name not in known]
    arguments: object = given.get("arguments", {})
    if not isinstance(arguments, Mapping):
        found.append(f"{NAME}['arguments'] must be a dict")
    else:
        found += [
            f"{NAME}['arguments'] has no {name!r}{_nearest(name, SEND_ARGUMENTS)}"
            for name in cast("Mapping[str, Any]", arguments)
            if name not in SEND_ARGUMENTS
        ]
    workers: object = given.get("workers", 1)
    if not isinstance(workers, int) or isinstance(workers, bool) or workers < 1:
        found.append(f"{NAME}['workers'] must be a whole number of at least 1")
    topics: object = given.get("topics", ())
    if isinstance(topics, str) or not _all_texts(topics):
        found.append(f"{NAME}['topics'] must be a list of ARNs{', not one text' if isinstance(topics, str) else ''}")
    tags: object = given.get("tags", {})
    if not isinstance(tags, Mapping) or not _all_texts(chain(*cast("Mapping[str, Any]", tags).items())):
        found.append(f"{NAME}['tags'] must be a dict of texts")
    found += [
        f"{NAME}[{name!r}] must be a text"
        for name in ("configuration_set", "tenant")
        if not isinstance(given.get(name), str | None)
    ]
    return found


def _all_texts(values: object) -> bool:
    return isinstance(values, Iterable) and all(isinstance(value, str) for value in cast("Iterable[object]", values))


def _nearest(name: str, known: Collection[str]) -> str:
    """Return a hint at the name that was meant."""
    from difflib import get_close_matches

    near = get_close_matches(str(name), known, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def mail_settings() -> MailSettings:
    """Return what the setting says about mails."""
    return MailSettings(**{name: value for name, value in read().items() if name in MAIL_ARGUMENTS})


def client_settings() -> dict[str, Any]:
    """Return what the setting says about the client."""
    return {name: value for name, value in read().items() if name in CLIENT_ARGUMENTS}

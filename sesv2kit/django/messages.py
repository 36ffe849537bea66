"""Django's messages as the arguments of `send_email`."""

from collections.abc import Mapping
from typing import Any, cast

from django.core.mail import EmailMessage

from .. import compose, models
from .._core.model import is_mapping
from ..errors import ParamValidationError, Problem
from .conf import SEND_ARGUMENTS, MailSettings


def arguments_of(message: EmailMessage, settings: MailSettings) -> dict[str, Any]:
    """Return the arguments of `send_email` for a message.

    Args:
        message: The message. Its attributes `ses_configuration_set`, `ses_tags` (names and values), `ses_tenant`,
            `ses_list_management` (the name of a contact list, or a pair of list and topic) and `ses_arguments` (further
            arguments of `send_email`) say more about it.
        settings: What the project's setting says.

    Raises:
        ParamValidationError: The message can't be sent like this; nothing was sent.
    """
    tags: Mapping[str, str] = {**settings.tags, **_mapping(message, "ses_tags")}
    # Addresses may be lazy translations, as those of ADMINS.
    to, cc, bcc = ([str(address) for address in part] for part in (message.to, message.cc, message.bcc))
    mail = compose.raw(message.message(), to=to, cc=cc, bcc=bcc, tags=tags or None)
    arguments: dict[str, Any] = dict(mail.arguments)
    arguments["configuration_set_name"] = getattr(message, "ses_configuration_set", settings.configuration_set)
    arguments["tenant_name"] = getattr(message, "ses_tenant", settings.tenant)
    arguments["list_management_options"] = _list_management(getattr(message, "ses_list_management", None))
    arguments |= {**settings.arguments, **_given_arguments(message)}
    return {name: value for name, value in arguments.items() if value is not None}


def _mapping(message: EmailMessage, name: str) -> Mapping[str, Any]:
    """Return an attribute of a message that is a mapping, if it has one."""
    given = getattr(message, name, None)
    if given is not None and not is_mapping(given):
        raise ParamValidationError("EmailMessage", [Problem(name, "must be a mapping")])
    return given or {}


def _given_arguments(message: EmailMessage) -> Mapping[str, Any]:
    given = _mapping(message, "ses_arguments")
    unknown = [
        Problem(f"ses_arguments[{name!r}]", "is not an argument that a message can have")
        for name in given
        if name not in SEND_ARGUMENTS
    ]
    if unknown:
        raise ParamValidationError("EmailMessage", unknown)
    return given


def _list_management(given: Any) -> models.ListManagementOptions | None:
    if given is None or isinstance(given, models.ListManagementOptions):
        return given
    if isinstance(given, str):
        return models.ListManagementOptions(contact_list_name=given)
    if not isinstance(given, tuple | list) or len(cast("tuple[Any, ...]", given)) != 2:
        wanted = "must be the name of a contact list, or a pair of list and topic"
        raise ParamValidationError("EmailMessage", [Problem("ses_list_management", wanted)])
    name, topic = cast("tuple[Any, Any]", given)
    return models.ListManagementOptions(contact_list_name=name, topic_name=topic)

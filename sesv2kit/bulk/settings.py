"""What the runs of a sender share: its settings, and the arguments of its requests."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Literal

import attrs

from .._api.bulk_messages import SEND_BULK_EMAIL
from .._call.options import RequestOptions, check_options
from .._call.request import build_request
from .._core.compiled import Encoded
from .._core.exceptions import ConfigurationError, Problem
from .._rate.send_rate import SendRate
from .checks import invalid, template_data_problem
from .item import Chunk
from .report import Progress, Report


@attrs.frozen(kw_only=True)
class Settings:
    """What the runs of a sender share."""

    arguments: Mapping[str, Any]
    """Everything that `send_bulk_email` takes but the entries and the options."""
    options: RequestOptions
    """The options of each request, the send rate among them."""
    known_rate: Callable[[], SendRate | None]
    """Returns the send rate; None, or one that is not known yet, until the account was read."""
    max_in_flight: int | None
    max_attempts: int
    resend_unknown: bool
    retry_failed: bool
    check_limits: bool
    on_progress: Progress | None
    stop_when: Callable[[Report], object] | None = None
    limit: int | None = None
    on_quota: Literal["stop", "wait"] = "stop"
    outage_patience: float = 0.0
    unique_recipients: bool = False

    def request(self, chunk: Chunk, before_send: Callable[[], None] | None) -> dict[str, Any]:
        """Return the arguments of a request; the function is called when it is about to leave."""
        options: RequestOptions = {**self.options, "before_send": before_send} if before_send else self.options
        entries = Encoded([item.entry for item in chunk], [item.text for item in chunk])
        return {**self.arguments, "bulk_email_entries": entries, "options": options}


def fingerprint(arguments: Mapping[str, Any], *, check_limits: bool) -> bytes:
    """Check the arguments that all entries share, and return a hash of them.

    Args:
        arguments: Everything that `send_bulk_email` takes but the entries and the options.
        check_limits: Whether an argument may not be past a limit.

    Raises:
        ParamValidationError: An argument is missing, has the wrong type, or is past a limit.
    """
    request = build_request(
        SEND_BULK_EMAIL, {**arguments, "bulk_email_entries": ()}, check_limits=check_limits, large=True
    )
    template = arguments["default_content"].template
    if template and template.template_data is not None:
        message = template_data_problem(template.template_data)
        if message:
            raise invalid([Problem("default_content.template.template_data", message)])
    found = hashlib.blake2b(digest_size=16)
    for piece in (request.body,) if isinstance(request.body, bytes) else request.body.pieces():
        found.update(piece)
    return found.digest()


def check_mailing_options(options: RequestOptions | None) -> RequestOptions:
    """Return the options of a mailing's requests.

    Raises:
        ParamValidationError: There is something wrong with one.
        ConfigurationError: One is for single calls alone.
    """
    checked = check_options("SendBulkEmail", options)
    if "before_send" in checked:
        raise ConfigurationError("before_send is an option of single calls; a mailing has a journal")
    return checked

"""Pure: the id that SES gives a mail, and the Message-ID header that the recipient sees."""

import re
from typing import Any, Final

from .event import EventError

_HEADER: Final = re.compile(r"\s*<?([0-9a-zA-Z-]+)@(email|[a-z0-9-]+)\.amazonses\.com>?\s*")
_FIRST_REGION: Final = "us-east-1"
"""The first region, whose Message-ID headers name no region."""


def message_id_header(message_id: str, region: str) -> str:
    """Return the Message-ID header that SES writes into a mail.

    Args:
        message_id: The id that `send_email` returned.
        region: The region that it was sent in.
    """
    return f"<{message_id}@{'email' if region == _FIRST_REGION else region}.amazonses.com>"


def ses_message_id(header: str) -> str:
    """Return the id that SES gave a mail, out of its Message-ID header.

    Args:
        header: The value of the header, with or without angle brackets.

    Raises:
        EventError: SES did not write the header.
    """
    given: Any = header  # None, if a message has no such header
    matched = _HEADER.fullmatch(given) if isinstance(given, str) else None
    if not matched:
        raise EventError("the Message-ID header was not written by SES")
    return matched[1]

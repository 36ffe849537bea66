"""How many recipients a request has, as SES counts them."""

import re
from collections.abc import Mapping
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from typing import Any, Final

_END_OF_HEADERS: Final = rb"\r?\n\r?\n"


def count_recipients(arguments: Mapping[str, Any]) -> int:
    """Return how many recipients a send has; at least 1."""
    entries = arguments.get("bulk_email_entries")
    if entries is not None:
        return max(sum([recipients_of(entry.destination) for entry in entries]), 1)
    destination, content = arguments.get("destination"), arguments.get("content")
    if destination is None and content is not None and content.raw is not None:
        return max(_count_in_headers(bytes(content.raw.data)), 1)
    return max(recipients_of(destination), 1)


def recipients_of(destination: Any) -> int:
    """Return how many addresses a destination has."""
    if destination is None:
        return 0
    to, cc, bcc = destination.to_addresses, destination.cc_addresses, destination.bcc_addresses
    return len(to or ()) + len(cc or ()) + len(bcc or ())


def _count_in_headers(mime: bytes) -> int:
    """Return how many recipients the headers of a message name. SES sends to them if the call names none."""
    end = re.search(_END_OF_HEADERS, mime)
    headers = BytesHeaderParser().parsebytes(mime[: end.start()] if end else mime)
    fields = [str(value) for name in ("To", "Cc", "Bcc") for value in headers.get_all(name, [])]
    return sum(1 for _, address in getaddresses(fields) if address)

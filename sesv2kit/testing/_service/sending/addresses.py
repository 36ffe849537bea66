"""Addresses as the service reads them."""

import re
from typing import Final

from .... import errors

SIMULATOR: Final = "simulator.amazonses.com"
"""The domain of the mailbox simulator."""
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_USUAL: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
)
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.?)*+("|\Z)')
"""A text in quotes; one without an end as well, so that no text is searched from each of its quotes again."""
_SPECIAL: Final = re.compile(r'[()<>\[\]:;@\\,"]')
_BLANK: Final = re.compile(r"[^!-~]")
_DOMAIN: Final = re.compile(r"[A-Za-z0-9._-]+")


def mailbox_of(text: str) -> str:
    """Return the address in a text that may hold a name as well, such as `Ann <ann@example.net>`.

    Raises:
        BadRequestException: It is not exactly one address, or has characters that SES refuses.
    """
    if _USUAL.fullmatch(text):
        return text
    if CONTROL.search(text):  # a line break would begin a header of its own
        raise errors.BadRequestException("Local address contains control or whitespace")
    text = text.strip()
    if text.endswith(">"):
        name, _, mailbox = text[:-1].rpartition("<")
        if _SPECIAL.search(_QUOTED.sub(lambda quoted: "" if quoted[1] else '"', name)):
            raise errors.BadRequestException("Missing final '@domain'")
        text = mailbox.strip()
    _check(text)
    return text


def _check(mailbox: str) -> None:
    local, at, domain = mailbox.rpartition("@")
    if not at:
        problem = "Missing final '@domain'"
    elif not local:
        problem = "Missing local name"
    elif not local.startswith('"') and (_BLANK.search(local) or _SPECIAL.search(local)):
        problem = "Local address contains control or whitespace"
    elif local.startswith(".") or ".." in local:
        problem = "Local address contains dot-dot" if ".." in local else "Local address starts with dot"
    elif not domain:
        problem = "Missing domain"
    elif _BLANK.search(domain):
        problem = "Domain contains control or whitespace"
    elif not _DOMAIN.fullmatch(domain):
        problem = "Domain contains illegal character"
    elif domain.startswith(".") or ".." in domain:
        problem = "Domain contains dot-dot" if ".." in domain else "Domain starts with dot"
    else:
        return
    raise errors.BadRequestException(problem)


def domain_of(mailbox: str) -> str:
    """Return the domain of an address, in lower case."""
    return mailbox.rpartition("@")[2].lower()


def simulated(mailbox: str) -> str | None:
    """Return which address of the mailbox simulator it is, without a label, such as `bounce`; None for others."""
    local, _, domain = mailbox.rpartition("@")
    return local.partition("+")[0].lower() if domain.lower() == SIMULATOR else None

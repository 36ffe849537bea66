"""Addresses and texts as headers can hold them. Anything invalid is a ValueError, whose message is for the user."""

import re
from email.charset import Charset
from email.errors import MessageError
from email.policy import default
from email.utils import formataddr
from itertools import repeat

import idna

_UTF8 = Charset("utf-8")
_ENCODED_WORD = 75
"""The maximum length of an encoded word, RFC 2047 section 2."""
LONGEST_WORD = 995
"""The maximum length of a word in a line of at most 998 characters, between < and >."""
_LOCAL_PART = 64
"""The maximum length of the part before the @, RFC 5321 section 4.5.3.1.1."""
_DOMAIN = 253

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Control characters, and the line and paragraph separators, at which Python's email package ends a line."""
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf'{_ATOM}(?:\.{_ATOM})*|"(?:[ !#-\[\]-~]|\\[ -~])+"')
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SPECIAL = re.compile(r'[()<>\[\]:;@\\,"]')
"""Characters that must be quoted in a name, RFC 5322 section 3.2.3; a dot is allowed, as in most mail programs."""


def check_text(text: str) -> None:
    """Refuse a text that would end a header early, or can't be encoded.

    Raises:
        ValueError: It has a control character, such as a line break, or half of a surrogate pair.
    """
    if _CONTROL.search(text):
        raise ValueError("has a line break or another control character")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("has half of a surrogate pair, which can't be encoded") from None


def encoded(text: str) -> str:
    """Return a text as a header holds it: ASCII unchanged, anything else as encoded words, on one line."""
    return text if text.isascii() else _encoded_words(text)


def fitted(text: str) -> str:
    """Return a text as `encoded` does, but also as encoded words if a word is too long for a line."""
    return encoded(text) if max(map(len, text.split(" "))) <= LONGEST_WORD else _encoded_words(text)


def _encoded_words(text: str) -> str:
    return " ".join(filter(None, _UTF8.header_encode_lines(text, repeat(_ENCODED_WORD))))


def decoded(text: str) -> str:
    """Return a text as mail programs show it: with its encoded words decoded.

    Raises:
        ValueError: One of them can't be read.
    """
    if "=?" not in text:
        return text
    try:
        return str(default.header_factory("Subject", text))
    except (MessageError, LookupError, ValueError):
        raise ValueError("has an encoded word (=?...?=) that can't be read") from None


def header_text(text: str) -> str:
    """Return a text as a header holds it, on one line.

    Raises:
        ValueError: It has a control character, also in one of its encoded words, or can't be encoded.
    """
    check_text(text)
    check_text(decoded(text))
    return encoded(text.strip())


def read_address(text: str) -> str:
    """Return an address, with or without a name, as it may be sent.

    Args:
        text: `ann@example.net`, `Ann <ann@example.net>` or `"Miller, Ann" <ann@example.net>`.

    Raises:
        ValueError: It is empty, or not exactly one valid address.
    """
    check_text(text)
    text = text.strip()
    if not text:
        raise ValueError("is empty")
    if not text.endswith(">"):
        return _mailbox(text)
    name, _, address = text[:-1].rpartition("<")
    return write_address(_plain_name(name.strip()), address.strip())


def write_address(name: str, address: str) -> str:
    """Return a name and an address as one, the name quoted or encoded if necessary, so that it arrives unchanged.

    Raises:
        ValueError: The name can't be in a header, or the address is not valid.
    """
    check_text(name)
    check_text(address)
    mailbox = _mailbox(address)
    name = name.strip()
    if name.isascii() and "=?" not in name:
        quoted = formataddr((name, mailbox))
        if fitted(quoted) == quoted:
            return quoted
    return f"{_encoded_words(name)} <{mailbox}>"


def _plain_name(name: str) -> str:
    quoted = _QUOTED.fullmatch(name)
    if quoted:
        return re.sub(r"\\(.)", r"\1", quoted[1])
    if _SPECIAL.search(name):
        raise ValueError("is not one address; put a name with special characters in quotes, or use compose.address")
    return decoded(name)


def _mailbox(text: str) -> str:
    local, at, domain = text.rpartition("@")
    if not at:
        raise ValueError("is not an address: it has no @")
    if not local.isascii():
        raise ValueError("has a local part (before the @) that is not ASCII; SES can't send to such an address")
    if not _LOCAL.fullmatch(local):
        raise ValueError("is not one address, such as ann@example.net or Ann <ann@example.net>")
    if len(local) > _LOCAL_PART:
        raise ValueError(f"has a local part (before the @) of more than {_LOCAL_PART} characters")
    return f"{local}@{_host(domain)}"


def _host(domain: str) -> str:
    if not domain.isascii() and len(domain) <= _DOMAIN:
        try:
            domain = idna.encode(domain, uts46=True).decode()
        except idna.IDNAError:
            raise ValueError("has a domain that IDNA can't encode") from None
    if len(domain) > _DOMAIN or not _HOST.fullmatch(domain):
        raise ValueError("has a domain that is not a valid host name")
    return domain

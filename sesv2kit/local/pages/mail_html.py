"""The HTML of a mail for the frame that shows it. The frame's sandbox and policy are what makes it safe."""

import html as html_entities
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

_CID: Final = re.compile(r"\bcid:([^\"'\s<>)]+)", re.IGNORECASE)
_REMOTE: Final = re.compile(
    r"\b(?:src|srcset|background|poster|data)\s*=\s*[\"']?\s*(?:https?:)?//|url\(\s*(?:[\"']|&quot;)?\s*(?:https?:)?//",
    re.IGNORECASE,
)
_CONNECTING: Final = re.compile(r"<(?=(?:link|i?frame|frameset|object|embed|portal|fencedframe)[\s/>])", re.IGNORECASE)
_DOCTYPE: Final = re.compile(r"\s*(?:<!--.*?-->\s*)*<!doctype[^>]*>", re.IGNORECASE | re.DOTALL)
_BASE: Final = '<base target="_blank">'


def policy(*, with_images: bool) -> str:
    """Return the Content-Security-Policy of a mail.

    Args:
        with_images: Whether images of other hosts are loaded.
    """
    images = "data: 'self' https: http:" if with_images else "data: 'self'"
    return f"sandbox allow-popups; default-src 'none'; img-src {images}; style-src 'unsafe-inline'"


def headers(*, with_images: bool = False) -> dict[str, str]:
    """Return the headers of a response that is the HTML of a mail."""
    return {
        "content-security-policy": policy(with_images=with_images),
        "x-frame-options": "SAMEORIGIN",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-dns-prefetch-control": "off",
        "cache-control": "no-store",
    }


def has_remote_images(html: str) -> bool:
    """Return whether a mail would load something from another host."""
    return _REMOTE.search(html) is not None


def shown(html: str, images: Mapping[str, str]) -> str:
    """Return the HTML of a mail as the frame gets it.

    Images of the mail itself are found, and links open in a new window. Elements such as `link` and `iframe`, which the
    policy blocks anyway, get a name without a meaning: browsers connect to the hosts that they name before they look at
    the policy.

    Args:
        html: The HTML.
        images: The addresses of the images in the mail, by their content ids.
    """

    def address(match: re.Match[str]) -> str:
        return images.get(unquote(html_entities.unescape(match[1])), match[0])

    html = _CONNECTING.sub("<x-", _CID.sub(address, html))
    doctype = _DOCTYPE.match(html)
    end = doctype.end() if doctype else 0
    return html[:end] + _BASE + html[end:]

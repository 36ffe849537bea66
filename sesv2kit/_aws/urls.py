"""The URLs of settings: checked, and written as they are sent.

A URL may hold a password. So no error shows one, and errors are returned: a frame that has the URL among its local
variables, which error trackers record, never raises.
"""

import re
import socket
from ipaddress import ip_address
from typing import Final
from urllib.request import getproxies, proxy_bypass

from .._core.exceptions import ConfigurationError
from .._transport.route import BAD_PROXY, parse_proxy

_PLAIN_URL: Final = re.compile(r"https?://[a-z0-9]+([.-][a-z0-9]+)*(:([1-9]\d{3}|[1-5]\d{4}))?(/[A-Za-z0-9/_~-]*)?")
"""A URL that needs no change. Its port, if any, has four or five digits, which no default port has."""


def endpoint_url(url: str | None, name: str = "endpoint_url") -> str | ConfigurationError | None:
    """Return an endpoint's URL as it is sent, which is what is signed: percent-encoded, the host in ASCII.

    Args:
        url: The URL as it was written; None for none.
        name: What an error calls it: where it was found.
    """
    if url is None or _PLAIN_URL.fullmatch(url):
        return url
    import httpx  # loading it takes as long as a first call

    try:
        parsed = httpx.URL(url)
        host = parsed.host
    except (httpx.InvalidURL, ValueError):
        return ConfigurationError(f"{name} can't be read: it must be http(s)://host[:port][/path]")
    if parsed.scheme not in ("http", "https") or not host or parsed.userinfo or parsed.query or parsed.fragment:
        return ConfigurationError(f"{name} must be http(s)://host[:port][/path], without user or query")
    if "%" in host and ":" not in host:  # what can't be in a name was escaped; the address of IPv6 may have a zone
        return ConfigurationError(f"the host of {name} is not a name or an address")
    if parsed.port is not None and not 0 < parsed.port < 65536:
        return ConfigurationError(f"the port of {name} must be 1 to 65535")
    return str(parsed)


def proxy_url(url: str | None) -> str | ConfigurationError | None:
    """Return a proxy's URL with its scheme; None for no proxy."""
    if not url:
        return None
    url = url if "://" in url else f"http://{url.removeprefix('//')}"
    return url if parse_proxy(url) else ConfigurationError(BAD_PROXY)


def system_proxy(scheme: str, netloc: str) -> str | None:
    """Return the proxy that the environment or the system names for a host; None if it names none."""
    proxies = getproxies()
    named = proxies.get(scheme) or proxies.get("all")
    try:
        return None if named is None or proxy_bypass(netloc) else named
    except (TypeError, socket.gaierror):  # as botocore does: the system's own lookup, on Windows and macOS
        return named


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine, so that nobody else sees what is sent to it."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

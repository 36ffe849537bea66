"""Pure: where requests go, directly or through a proxy."""

import base64
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from .._core.exceptions import ConfigurationError

BAD_PROXY: Final = (
    "the proxy's URL must be http://host:port or https://host:port; "
    "for SOCKS, pass an httpx client that speaks it as http_client=; "
    "special characters of a user or a password must be percent-encoded, # as %23 for example"
)
_PORTS: Final = {"http": 80, "https": 443}


class Origin(NamedTuple):
    """The scheme, host and port that a connection is for, see RFC 6454."""

    scheme: str
    host: str
    port: int

    @property
    def uses_tls(self) -> bool:
        """Whether it speaks TLS."""
        return self.scheme == "https"

    @property
    def host_and_port(self) -> str:
        """The host and the port, for messages."""
        return f"{self._host}:{self.port}"

    @property
    def _host(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    def __str__(self) -> str:
        port = "" if self.port == _PORTS.get(self.scheme) else f":{self.port}"
        return f"{self.scheme}://{self._host}{port}"


class Proxy:
    """A proxy."""

    __slots__ = ("authorization", "origin")

    def __init__(self, origin: Origin, authorization: str | None = None) -> None:
        self.origin: Origin = origin
        self.authorization: str | None = authorization
        """The value of the header field that carries the user and the password."""


@lru_cache(maxsize=256)
def split_url(url: str) -> tuple[Origin, str]:
    """Return the origin of a URL, and its path and query.

    Raises:
        ConfigurationError: Its host can't be the name of one.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        host.encode("idna")
    except UnicodeError as error:  # sockets would raise it
        raise ConfigurationError(f"{host} can't be the name of a host: {error}") from error
    port = parts.port or _PORTS.get(parts.scheme, 80)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return Origin(parts.scheme, host, port), target


def parse_proxy(url: str) -> Proxy | None:
    """Return the proxy of a URL; None if it is not the URL of an HTTP proxy. No error holds the URL.

    An @ after the host means that the user or the password has a /, a ? or a #, which have to be encoded. What looks
    like the host is then a part of the password, which must reach neither a DNS server nor a message.
    """
    authorization = None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host.encode("idna")
        if parts.username is not None:
            user = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            authorization = "Basic " + base64.b64encode(user.encode()).decode("ascii")
    except ValueError:  # UnicodeError is one
        return None
    if parts.scheme not in _PORTS or not host or "@" in f"{parts.path}{parts.query}{parts.fragment}":
        return None
    return Proxy(Origin(parts.scheme, host, port or _PORTS[parts.scheme]), authorization)

"""What keeps pages of other origins away from the local service: the Host header, and who made a request."""

from collections.abc import Collection, Mapping
from ipaddress import ip_address
from typing import Any, Final

from .._core.http import RawResponse
from ..testing.asgi import Receive, Send, error_response, send_response

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN: Final = frozenset({"same-origin", "none"})
_PRIVATE: Final = ("internal", "localhost")
"""Top-level domains that the DNS of the internet does not have, such as that of `host.docker.internal`."""


class Guard:
    """An ASGI application in front of another one. It refuses what a foreign page may have made the browser send.

    A page whose name an attacker points to 127.0.0.1 sends its own name as the host; a form or a script of a foreign
    page is `cross-site`. Requests for the API of the service may have any name that the attacker can't own, as programs
    in containers call the service by the names of their network.

    Args:
        app: The application behind it.
        hosts: The names by which the service may be called, without ports; `*` for any.
    """

    def __init__(self, app: Any, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http":
            refusal = self._refusal(scope)
            if refusal is not None:
                await send_response(send, refusal)
                return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Mapping[str, Any]) -> RawResponse | None:
        """Return the response to a request that is refused; None if it is not."""
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        is_signed = scope["path"].startswith("/v2/") and "authorization" in headers
        reason = self._reason(scope["method"], headers, is_signed=is_signed)
        if reason is None:
            return None
        if is_signed:
            return error_response(403, "AccessDeniedException", f"Refused: {reason}.")
        return _page(f"Refused: {reason}.\n".encode())

    def _reason(self, method: str, headers: Mapping[str, str], *, is_signed: bool) -> str | None:
        """Return why a request is refused; None if it is not."""
        host = _name(headers.get("host", ""))
        is_known = "*" in self._hosts or host in self._hosts or (is_signed and not _is_public(host))
        if not is_known and not host:
            return "a request needs a Host header"
        if not is_known:
            return f"this service is not called {host}; start it with --allow-host {host}"
        if is_signed or method in _SAFE:  # a page can't sign requests for another origin
            return None
        # A browser that says where a request comes from is right; pages without a referrer send `null` as the origin.
        site = headers.get("sec-fetch-site")
        origin = headers.get("origin") if site is None else None
        if site not in (None, *_OWN) or (origin and origin.lower().partition("://")[2] != headers["host"].lower()):
            return "a page of another origin made this request"
        return None


def _is_public(host: str) -> bool:
    """Return whether anybody can own a name: one of the DNS of the internet, and no address."""
    try:
        ip_address(host)
    except ValueError:
        return "." in host and host.rpartition(".")[2] not in _PRIVATE
    return False


def _name(host: str) -> str:
    """Return a host without its port, and an IPv6 address without brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


def _page(body: bytes) -> RawResponse:
    headers = {"content-type": "text/plain; charset=utf-8", "content-length": str(len(body))}
    return RawResponse(403, headers, body)

"""What keeps pages of other origins away from the local service: the Host header, and who made a request."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from ..testing.asgi import Receive, Send

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN: Final = frozenset({"same-origin", "none"})


class Guard:
    """An ASGI application in front of another one. It refuses what a foreign page may have made the browser send.

    A page whose name an attacker points to 127.0.0.1 sends its own name as the host; a form or a script of a foreign
    page is `cross-site`. Requests for the API of the service pass: browsers can't sign them.

    Args:
        app: The application behind it.
        hosts: The names by which the service may be called, without ports; `*` for any.
    """

    def __init__(self, app: Any, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and not _is_signed(scope):
            refusal = self._refusal(scope)
            if refusal is not None:
                await _refuse(send, refusal)
                return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Mapping[str, Any]) -> str | None:
        """Return why a request is refused; None if it is not."""
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = _name(headers.get("host", ""))
        if "*" not in self._hosts and host not in self._hosts:
            return f"this service is not called {host or 'by no name'}; start it with --allow-host {host}"
        if scope["method"] in _SAFE:
            return None
        # A browser that says where a request comes from is right; pages without a referrer send `null` as the origin.
        site = headers.get("sec-fetch-site")
        origin = headers.get("origin") if site is None else None
        if site not in (None, *_OWN) or (origin is not None and _name(origin.partition("://")[2]) != host):
            return "a page of another origin made this request"
        return None


def _is_signed(scope: Mapping[str, Any]) -> bool:
    return scope["path"].startswith("/v2/") and any(name == b"authorization" for name, _value in scope["headers"])


def _name(host: str) -> str:
    """Return a host without its port, and an IPv6 address without brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


async def _refuse(send: Send, reason: str) -> None:
    body = f"Refused: {reason}.\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})

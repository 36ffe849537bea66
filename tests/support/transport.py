"""More servers and acts on loopback: slow ones, TLS, a proxy, and ways to send through a bare pool."""

import asyncio
import select
import socket
import socketserver
import ssl
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import httpx
import trustme

from sesv2kit._core.http import RawResponse, SignedRequest
from sesv2kit._core.timeout import phases
from sesv2kit._transport.async_pool import AsyncPool
from sesv2kit._transport.asyncio_pool import AsyncioPool
from sesv2kit._transport.connections import PoolSettings
from sesv2kit._transport.pool import Pool

from .counting import Act, CountingServer, answer_bytes, answers, sends

OK = answer_bytes()

# Acts ----------------------------------------------------------------------------------------------------------------


def answers_after(seconds: float) -> Act:
    """Answer properly after a while."""

    def perform(connection: socket.socket, stopping: threading.Event) -> None:
        stopping.wait(seconds)
        connection.sendall(OK)

    return Act(perform, keep_open=True)


def answers_at(gate: threading.Event) -> Act:
    """Answer properly when a gate opens."""

    def perform(connection: socket.socket, _stopping: threading.Event) -> None:
        gate.wait(10)
        connection.sendall(OK)

    return Act(perform, keep_open=True)


def half_closes() -> Act:
    """Answer properly, and say that no more will come, without closing."""

    def perform(connection: socket.socket, stopping: threading.Event) -> None:
        connection.sendall(OK)
        connection.shutdown(socket.SHUT_WR)
        stopping.wait(10)

    return Act(perform)


def stalls_after(data: bytes) -> Act:
    """Send these bytes and no more."""

    def perform(connection: socket.socket, stopping: threading.Event) -> None:
        connection.sendall(data)
        stopping.wait(10)

    return Act(perform)


def ends_tls_after(data: bytes) -> Act:
    """Send these bytes and the end of TLS in one segment of TCP, and leave the socket open."""

    def perform(connection: socket.socket, stopping: threading.Event) -> None:
        assert isinstance(connection, ssl.SSLSocket)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
        connection.sendall(data)
        connection.setblocking(False)
        with suppress(ssl.SSLWantReadError):  # it would wait for the client's end
            connection.unwrap()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)
        stopping.wait(10)

    return Act(perform)


def trickles(data: bytes, pause: float = 0.02) -> Act:
    """Send byte by byte, for as long as somebody reads."""

    def perform(connection: socket.socket, stopping: threading.Event) -> None:
        for number in range(len(data)):
            connection.sendall(data[number : number + 1])
            if stopping.wait(pause):
                return

    return Act(perform)


def answers_early(status: int) -> Act:
    """Answer and close when only the head of the request was read."""
    act = sends(answer_bytes(status, headers={"Connection": "close"}))
    return Act(act.perform, read_body=False)


def answers_early_and_reads_no_further(status: int, body: bytes = b"{}") -> Act:
    """Answer when only the head was read, and leave the connection open without reading on."""

    def perform(connection: socket.socket, stopping: threading.Event) -> None:
        connection.sendall(answer_bytes(status, body))
        stopping.wait(10)

    return Act(perform, read_body=False)


def never_reads() -> Act:
    """Read the head of a request and no more of it."""
    return Act(lambda _connection, stopping: stopping.wait(10) and None, read_body=False)


def notes_connection(log: list[object], then: Act | None = None) -> Act:
    """Write down the connection that a request came on, and act."""
    act = then or answers()

    def perform(connection: socket.socket, stopping: threading.Event) -> None:
        log.append(connection)
        act.perform(connection, stopping)

    return Act(perform, keep_open=act.keep_open)


# A pool by itself ----------------------------------------------------------------------------------------------------


class Sender:
    """Sends through a pool, sync in threads or async."""

    def __init__(self, pool: Pool | AsyncPool[Any], threads: ThreadPoolExecutor) -> None:
        self.pool = pool
        self._threads = threads

    async def send(
        self,
        url: str,
        body: bytes = b"",
        timeout: float | httpx.Timeout = 10.0,  # noqa: ASYNC109 -- it goes into the request
        deadline: float | None = None,
    ) -> RawResponse:
        """Send a request."""
        request = SignedRequest("Test", "POST", url, {"host": "localhost"}, body, phases(timeout), deadline)
        if isinstance(self.pool, AsyncPool):
            return await self.pool.send(request)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.pool.send, request)

    async def close(self) -> None:
        """Close the pool."""
        if isinstance(self.pool, AsyncPool):
            await self.pool.aclose()
        else:
            self.pool.close()


def no_tls() -> ssl.SSLContext:
    """Stand where no TLS context may be asked for."""
    raise AssertionError("no TLS here")


def new_pool(kind: str, settings: PoolSettings) -> "Pool | AsyncPool[Any]":
    """Return a pool of a kind."""
    if kind == "trio":
        from sesv2kit._transport.trio_pool import TrioPool

        return TrioPool(settings)
    return Pool(settings) if kind == "sync" else AsyncioPool(settings)


@asynccontextmanager
async def open_pool(kind: str, **settings: Any) -> AsyncGenerator[Sender]:
    """Open a pool of a kind, and close it at the end."""
    chosen = PoolSettings(**{"ssl_context": no_tls, **settings})
    with ThreadPoolExecutor(128) as threads:
        sender = Sender(new_pool(kind, chosen), threads)
        try:
            yield sender
        finally:
            await sender.close()


def transport_of(client: Any) -> Any:
    """Return the transport of a client."""
    return client._driver._transport


# Listeners that do not serve -----------------------------------------------------------------------------------------


@contextmanager
def full_listener() -> Generator[str]:
    """Listen with a queue that is full, so that a connection is never made; yields the URL."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for connection in waiting:
            connection.setblocking(False)
            connection.connect_ex(listener.getsockname())
        time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            for connection in waiting:
                connection.close()


@contextmanager
def silent_listener() -> Generator[str]:
    """Listen and never say a word; yields the https URL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def talking_listener(words: bytes) -> Generator[str]:
    """Say something to the first that connects, and close; yields the https URL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(words)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"https://localhost:{listener.getsockname()[1]}"
        thread.join()


# TLS -----------------------------------------------------------------------------------------------------------------


class TlsServer(CountingServer):
    """A counting server behind TLS."""

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__()
        self._context = context

    @property
    def url(self) -> str:
        """The URL to call; certificates name `localhost`."""
        return f"https://localhost:{self.server_address[1]}"

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection; the handshake is made by the thread that serves it."""
        connection, address = super().get_request()
        return self._context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address


def server_context(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    """Return a server's TLS context with a certificate for some names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


# A proxy -------------------------------------------------------------------------------------------------------------


class _ProxyHandler(socketserver.StreamRequestHandler):
    """Serves one connection of a proxy: a tunnel, or one request in absolute form."""

    rbufsize = 0  # what comes after the head is for the server

    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Proxy)
        with suppress(OSError):
            line = self.rfile.readline().decode()
            if not line:
                return
            head = [line]
            while (field := self.rfile.readline().decode()) not in ("\r\n", ""):
                head.append(field)
            server.lines.append(line.strip())
            fields = dict(field.rstrip().split(": ", 1) for field in head[1:])
            server.authorizations.append(fields.get("proxy-authorization"))
            response = server.responses.pop(0) if server.responses else None
            if response is not None and server.ends_tls:
                ends_tls_after(response).perform(self.connection, server.stopping)
                return
            if response is not None:
                self.wfile.write(response)
                if server.stalls:
                    server.stopping.wait(10)
                return
            _, target, _ = line.split(" ")
            address = target if line.startswith("CONNECT") else httpx.URL(target).netloc.decode()
            host, _, port = address.rpartition(":")
            with socket.create_connection((host, int(port))) as upstream:
                if line.startswith("CONNECT"):
                    self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
                else:
                    path = httpx.URL(target).raw_path.decode()
                    upstream.sendall(("".join(head).replace(target, path, 1) + "\r\n").encode())
                _pump(self.connection, upstream)


def _pump(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until either side ends."""
    while True:
        pending = [one] if isinstance(one, ssl.SSLSocket) and one.pending() else []
        for source in pending or select.select([one, other], [], [])[0]:
            data = source.recv(65536)
            if not data:
                return
            (other if source is one else one).sendall(data)


class Proxy(socketserver.ThreadingTCPServer):
    """A proxy that writes down what it was asked for.

    Args:
        context: What it speaks TLS with; None for a proxy without TLS.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _ProxyHandler)
        self.lines: list[str] = []
        """The request lines."""
        self.authorizations: list[str | None] = []
        """The Proxy-Authorization of each."""
        self.responses: list[bytes] = []
        """What it responds to the next requests in place of passing them on; then it closes the connection."""
        self.stalls = False
        """Whether it leaves the connection open after such a response."""
        self.ends_tls = False
        """Whether it ends TLS with such a response, and leaves the connection open."""
        self.stopping = threading.Event()
        self._context = context

    @property
    def url(self) -> str:
        """The URL for the environment."""
        port = self.server_address[1]
        return f"https://localhost:{port}" if self._context else f"http://127.0.0.1:{port}"

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection."""
        connection, address = super().get_request()
        if self._context:
            connection = self._context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def server_close(self) -> None:
        """Stop; whoever stalls goes on."""
        self.stopping.set()
        super().server_close()


@contextmanager
def running(server: socketserver.BaseServer) -> Generator[None]:
    """Run a server until the end of the block."""
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def until(condition: Callable[[], bool]) -> None:
    """Wait until something holds, for ten seconds at limit."""
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)

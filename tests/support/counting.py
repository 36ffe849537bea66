"""A small HTTP server on loopback that counts requests and answers by a script, down to the bytes on the wire."""

import socket
import socketserver
import struct
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from typing import Self

import attrs

PROOF = b'{"MessageId":"m-1","BulkEmailEntryResults":[{"Status":"SUCCESS","MessageId":"m-1"}]}'
"""The body of a response by which a client knows that its mail was taken, whatever it sent it with."""


@attrs.frozen
class Received:
    """A request, as its bytes came in."""

    line: str
    """The request line, for example `GET /v2/email/account HTTP/1.1`."""
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def method(self) -> str:
        """The HTTP method."""
        return self.line.split(" ")[0]

    @property
    def target(self) -> str:
        """Path and query, percent-encoded as they were sent."""
        return self.line.split(" ")[1]


@attrs.frozen
class Act:
    """What the server does about one request."""

    perform: Callable[[socket.socket, threading.Event], None]
    """Gets the connection, and an event that is set when the server stops."""
    keep_open: bool = False
    """Whether the connection stays open for another request."""
    read_body: bool = True
    """Whether the request's body is read first."""


def sends(*chunks: bytes) -> Act:
    """Send these bytes, one chunk after the other with a short pause between, and close the connection."""

    def perform(connection: socket.socket, _stopping: threading.Event) -> None:
        for number, chunk in enumerate(chunks):
            if number:
                time.sleep(0.002)
            connection.sendall(chunk)

    return Act(perform)


def answers(status: int = 200, body: bytes = PROOF, headers: Mapping[str, str] | None = None) -> Act:
    """Send a proper answer, and keep the connection open."""
    data = answer_bytes(status, body, headers)
    return Act(lambda connection, _stopping: connection.sendall(data), keep_open=True)


def answer_bytes(status: int = 200, body: bytes = PROOF, headers: Mapping[str, str] | None = None) -> bytes:
    """Return the bytes of a proper answer."""
    fields = {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} Some Reason\r\n{head}\r\n".encode("latin-1") + body


def hangs_up() -> Act:
    """Close the connection without an answer."""
    return sends()


def hangs_up_before_the_body() -> Act:
    """Close the connection when only the head of the request was read."""
    return attrs.evolve(sends(), read_body=False)


def resets() -> Act:
    """Break the connection off, so that the client sees a reset instead of an end."""

    def perform(connection: socket.socket, _stopping: threading.Event) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return Act(perform)


def never_answers() -> Act:
    """Keep the client waiting until the server stops."""

    def perform(_connection: socket.socket, stopping: threading.Event) -> None:
        stopping.wait()

    return Act(perform)


class _Handler(socketserver.StreamRequestHandler):
    """Serves one connection."""

    def handle(self) -> None:
        server = self.server
        assert isinstance(server, CountingServer)
        server.connections.append(self.connection)
        with suppress(OSError):
            while (head := self._head()) and self._serve(server, *head):
                pass

    def _head(self) -> tuple[str, dict[str, str]] | None:
        """Read a request's line and headers; None at the end of the connection."""
        line = self.rfile.readline().decode("latin-1").rstrip("\r\n")
        if not line:
            return None
        headers: dict[str, str] = {}
        while field := self.rfile.readline().decode("latin-1").rstrip("\r\n"):
            name, _, value = field.partition(":")
            headers[name.lower()] = value.strip()
        return line, headers

    def _serve(self, server: "CountingServer", line: str, headers: dict[str, str]) -> bool:
        """Count a request and act on it; returns whether another may follow."""
        act = server.next_act()
        body = self.rfile.read(int(headers.get("content-length", "0"))) if act.read_body else b""
        server.received.append(Received(line, headers, body))
        server.arrived.release()
        act.perform(self.connection, server.stopping)
        return act.keep_open


class CountingServer(socketserver.ThreadingTCPServer):
    """Counts requests and acts on each as `script` says; when the script is over, with an empty answer."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128  # for many clients at once

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[Received] = []
        """The requests, in the order of their coming in."""
        self.connections: list[socket.socket] = []
        """The connections, in the order of their being opened."""
        self.stopping = threading.Event()
        self._script: list[Act] = []
        self._lock = threading.Lock()
        self.arrived = threading.Semaphore(0)
        """Released for every request that has come in."""
        self.closed = threading.Semaphore(0)
        """Released for every connection that the server has closed."""

    @property
    def url(self) -> str:
        """The URL to call."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def script(self, *acts: Act) -> Self:
        """Set what is done about the next requests."""
        self._script = list(acts)
        return self

    def next_act(self) -> Act:
        """Take the next act from the script."""
        with self._lock:
            return self._script.pop(0) if self._script else answers()

    def shutdown_request(self, request: "socket.socket | tuple[bytes, socket.socket]") -> None:
        """Close a connection. Unlike the base class, send no end of stream first: `resets` must be one."""
        self.close_request(request)
        self.closed.release()


@contextmanager
def counting_server(server: CountingServer | None = None) -> Generator[CountingServer]:
    """Run a server, of your own making or a new one, until the end of the block."""
    with server or CountingServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            server.shutdown()
            thread.join()
            for connection in server.connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

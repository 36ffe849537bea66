"""An SES endpoint on loopback that takes bulk mail, and remembers to whom."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import attrs


@attrs.frozen
class Behaviour:
    """What the server does about one request. By default it takes every entry."""

    statuses: tuple[str, ...] = ()
    """The statuses of the first entries; the rest is taken."""
    refusal: tuple[int, str, str] | None = None
    """HTTP status, code and message of an error for the whole request; nothing is taken."""
    drop: bool = False
    """Whether the connection is closed without an answer."""
    takes: bool = True
    """Whether the mail of a dropped request goes out."""
    seconds: float = 0.0
    """How long it takes."""
    results: int | None = None
    """How many results the answer has, if not one an entry."""


Decide = Callable[[list[str]], Behaviour]
"""Says what is done about a request, by the first address of each entry."""


class BulkServer(ThreadingHTTPServer):
    """Answers SendBulkEmail as `decide` says, and GetAccount with `quota`."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.decide: Decide = lambda _addresses: Behaviour()
        self.quota: dict[str, float] | None = {"Max24HourSend": 1e9, "MaxSendRate": 1e6, "SentLast24Hours": 0}
        self.lock = threading.Lock()
        self.requests: list[list[str]] = []
        """The first address of each entry of every request."""
        self.bodies: list[dict[str, object]] = []
        """The requests themselves."""
        self.taken: Counter[str] = Counter()
        """How many mails every address got."""
        self.now = 0
        self.most_at_once = 0
        """The most requests that were under way at a time."""
        self.accounts_read = 0
        self.account: dict[str, object] = {}
        """What GetAccount says beside the quota."""
        self.resources: dict[str, tuple[int, dict[str, object], str | None]] = {}
        """What other GET requests get, by their path: status, members, and the code of an error."""

    @property
    def url(self) -> str:
        """The URL to call."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that has gone away."""


class _Handler(BaseHTTPRequestHandler):
    server: BulkServer
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_GET(self) -> None:
        if not self.path.endswith("/account"):
            missing = (404, {"message": "not there"}, "NotFoundException")
            self._answer(*self.server.resources.get(self.path.removeprefix("/v2/email/"), missing))
            return
        self.server.accounts_read += 1
        if self.server.quota is None:
            self._answer(403, {"message": "not allowed"}, "AccessDeniedException")
        else:
            self._answer(200, {"SendQuota": self.server.quota, **self.server.account})

    def do_POST(self) -> None:
        server = self.server
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        addresses = [entry["Destination"]["ToAddresses"][0] for entry in body["BulkEmailEntries"]]
        with server.lock:
            server.now += 1
            server.most_at_once = max(server.most_at_once, server.now)
            server.requests.append(addresses)
            server.bodies.append(body)
            behaviour = server.decide(addresses)
        time.sleep(behaviour.seconds)
        statuses = [*behaviour.statuses, *["SUCCESS"] * len(addresses)][: len(addresses)]
        with server.lock:
            server.now -= 1
            if not behaviour.refusal and behaviour.takes:
                server.taken.update(
                    address for address, status in zip(addresses, statuses, strict=True) if status == "SUCCESS"
                )
        if behaviour.drop:
            self.close_connection = True
        elif behaviour.refusal:
            status, code, message = behaviour.refusal
            self._answer(status, {"message": message}, code)
        else:
            results = [_result(*pair) for pair in zip(addresses, statuses, strict=True)]
            self._answer(200, {"BulkEmailEntryResults": results[: behaviour.results]})

    def _answer(self, status: int, members: object, code: str | None = None) -> None:
        body = json.dumps(members).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        if code:
            self.send_header("x-amzn-errortype", code)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def _result(address: str, status: str) -> dict[str, str]:
    if status == "SUCCESS":
        return {"Status": status, "MessageId": f"id of {address}"}
    return {"Status": status, "Error": f"{status.lower()} for it"}


@contextmanager
def bulk_server() -> Generator[BulkServer]:
    """Run a server until the end of the block."""
    with BulkServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()

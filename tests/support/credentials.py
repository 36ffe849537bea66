"""A local server that stands in for every issuer of credentials, and for SES; it counts its requests."""

import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import attrs
import botocore.session

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client
from sesv2kit._aws.chain import Chain
from sesv2kit._aws.source import CredentialsSource

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TOKEN = "FwoGZXIvYXdzEXAMPLESESSIONTOKEN"
HOUR = timedelta(hours=1)
KINDS = ("sync", "async")
_ROLE_PATH = "/latest/meta-data/iam/security-credentials/"


@attrs.define
class Request:
    """One request to the server."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


class Aws:
    """What the server does, and what it has seen.

    Every set of keys that it hands out has a name and a number of its own: `imds-1`, `imds-2`, `sts-1` ...
    """

    def __init__(self) -> None:
        self.url = ""
        self.lasts = HOUR
        """How long the credentials last that it hands out."""
        self.refuses: Callable[[], tuple[int, str]] | None = None
        """Gives the status and text of a refusal, for all but SES; None to hand credentials out."""
        self.may_respond = threading.Event()
        """Clear it to hold back the responses of everything but SES."""
        self.may_respond.set()
        self.was_requested = threading.Event()
        """Set when credentials were requested."""
        self.handed_out: Counter[str] = Counter()
        self.requests: list[Request] = []
        self.signers: list[str] = []
        """The access key of each request to SES."""
        self.expired: set[str] = set()
        """The access keys that SES calls expired."""
        self._lock = threading.Lock()

    def keys(self, name: str) -> tuple[str, datetime]:
        """Return the next access key of a name, and when it ends."""
        self.was_requested.set()
        assert self.may_respond.wait(10)
        with self._lock:
            self.handed_out[name] += 1
            return f"{name}-{self.handed_out[name]}", (datetime.now(UTC) + self.lasts).replace(microsecond=0)

    def respond(self, request: Request) -> tuple[int, str]:
        """Return the status and body of the response to a request."""
        self.requests.append(request)
        if request.path.startswith("/v2/email"):
            return self._ses(request)
        if self.refuses is not None:
            self.was_requested.set()
            return self.refuses()
        if request.path == "/latest/api/token":
            return (200, "metadata-token") if request.method == "PUT" else (405, "")
        if request.path.startswith(_ROLE_PATH):
            return self._imds(request)
        if request.path == "/container":
            return 200, self._json("container")
        if request.path == "/federation/credentials":
            return self._sso(request)
        return self._sts(request)

    def _ses(self, request: Request) -> tuple[int, str]:
        credential = re.search(r"Credential=([^/]+)/", request.headers["authorization"])
        assert credential
        self.signers.append(credential[1])
        if credential[1] in self.expired:
            return 403, '{"__type": "ExpiredTokenException", "message": "The security token is expired"}'
        return 200, '{"MessageId": "0102"}' if request.path.endswith("/outbound-emails") else "{}"

    def _imds(self, request: Request) -> tuple[int, str]:
        if request.headers.get("x-aws-ec2-metadata-token") != "metadata-token":
            return 401, ""
        return 200, self._json("imds") if request.path.removeprefix(_ROLE_PATH) else "role"

    def _json(self, name: str) -> str:
        key, end = self.keys(name)
        until = end.strftime("%Y-%m-%dT%H:%M:%SZ")
        return json.dumps({"AccessKeyId": key, "SecretAccessKey": SECRET, "Token": TOKEN, "Expiration": until})

    def _sso(self, request: Request) -> tuple[int, str]:
        if request.headers.get("x-amz-sso_bearer_token") != "sso-token":
            return 401, '{"__type": "UnauthorizedException"}'
        key, end = self.keys("sso")
        role = {"accessKeyId": key, "secretAccessKey": SECRET, "sessionToken": TOKEN}
        return 200, json.dumps({"roleCredentials": {**role, "expiration": int(end.timestamp() * 1000)}})

    def _sts(self, request: Request) -> tuple[int, str]:
        action = request.query["Action"]
        key, end = self.keys("sts")
        return 200, (
            f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>'
            f"<AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn>"
            f"<AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>"
            f"<Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{SECRET}</SecretAccessKey>"
            f"<SessionToken>{TOKEN}</SessionToken><Expiration>{end.isoformat()}</Expiration></Credentials>"
            f"</{action}Result></{action}Response>"
        )


class _Handler(BaseHTTPRequestHandler):
    aws: Aws
    protocol_version = "HTTP/1.1"

    def handle_any(self) -> None:
        """Respond as `Aws` says."""
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        parts = urlsplit(self.path)
        is_form = self.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
        query = dict(parse_qsl(parts.query) + (parse_qsl(body) if is_form else []))
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, text = self.aws.respond(Request(self.command, parts.path, query, headers))
        self.send_response(status)
        self.send_header("content-length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_PUT = do_POST = handle_any  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


@contextmanager
def serve() -> Iterator[Aws]:
    """Serve on a port of this machine."""
    aws = Aws()
    with _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"aws": aws})) as server:
        aws.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield aws
        finally:
            aws.may_respond.set()
            server.shutdown()
            thread.join()


def make_source(given: Any = None, *, profile: str | None = None, **settings: Any) -> CredentialsSource:
    """Return the credentials of a client that was made with these arguments."""
    usual: dict[str, Any] = {
        "uses_environment": profile is None,
        "owns_session": True,
        "region": lambda: None,
        "mfa_prompt": None,
    }
    return CredentialsSource(given, Chain(lambda: botocore.session.Session(profile=profile), **(usual | settings)))


async def load(kind: str, source: CredentialsSource) -> Credentials:
    """Return the credentials as the client of a kind requests for them."""
    return source.ready() or (source.load() if kind == "sync" else await source.aload())


async def call(kind: str, aws: Aws, **settings: Any) -> str:
    """Make a call with a client of a kind, and return the access key that signed it."""
    settings = {"region": "eu-west-1", "endpoint_url": aws.url} | settings
    if kind == "sync":
        with SESv2Client(**settings) as ses:
            ses.get_account()
    else:
        async with AsyncSESv2Client(**settings) as ses:
            await ses.get_account()
    return aws.signers[-1]


class Provider:
    """A provider that hands out what it was made with, one after the other."""

    def __init__(self, *results: Credentials | Exception) -> None:
        self.results = list(results)
        self.calls = 0

    def load(self) -> Credentials:
        """Return or raise the next result."""
        self.calls += 1
        result = self.results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result


class AsyncProvider(Provider):
    """The same without blocking."""

    async def load(self) -> Credentials:  # type: ignore[override]
        """Return or raise the next result."""
        return super().load()


def lasting(key: str, span: timedelta | None) -> Credentials:
    """Return credentials that end after a time."""
    return Credentials(key, SECRET, TOKEN, expires_at=datetime.now(UTC) + span if span else None)

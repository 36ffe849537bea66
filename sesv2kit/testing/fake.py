"""The fake service as tests use it."""

import os
from collections.abc import Generator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from os import PathLike
from typing import TYPE_CHECKING, Any, Final, Self

from .._aws.config import is_region
from .._core.exceptions import ConfigurationError, ConnectionLostError
from .._core.http import RawResponse
from .._core.lazy import LazyModule
from .._core.model import is_collection_of
from .._core.settings import OPTIONAL_TEXT, SWITCH, TEXT, Rule, check_settings
from .._transport.mocks import Substitute, substituted
from ..client._aio import AsyncSESv2Client
from ..client._sync import SESv2Client
from ._service.files import Files
from ._service.operations import dedicated_ips, identities
from ._service.records import Identity, identity_key, new_identity
from ._service.service import Exchange, exchange
from ._service.store import Database
from ._service.world import Settings, World
from .actions import MailActions
from .asgi import Api
from .canned import Canned
from .clients import CREDENTIALS, FakeAsyncClient, FakeClient
from .clock import Clock
from .faults import Faults
from .serving import serving
from .transport import AsyncFakeBackend, FakeBackend

if TYPE_CHECKING:
    import httpx
else:
    httpx = LazyModule("httpx")


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable() and value.split() == [value]


_RULES: Final[Mapping[str, Rule]] = {
    "region": Rule(is_region, "must be an AWS region, such as us-east-1"),
    "verified": Rule(lambda value: is_collection_of(value, _is_name), "must be domains and addresses, and not one str"),
    "sandbox": SWITCH,
    "auto_verify": SWITCH,
    "auto_deliver": SWITCH,
    "clock": Rule(
        lambda value: value is None or isinstance(value, datetime),
        "must be a datetime with a time zone, such as datetime(2026, 1, 1, tzinfo=UTC)",
    ),
    "seed": Rule(lambda value: value is None or isinstance(value, int | str), "must be an int or a str"),
    "db": Rule(lambda value: value is None or isinstance(value, str | os.PathLike), "must be the path of a file"),
}
"""What each argument of the fake has to be."""
_REQUEST_RULES: Final[Mapping[str, Rule]] = {
    **dict.fromkeys(("method", "path", "query"), TEXT),
    "body": Rule(lambda value: isinstance(value, bytes), "must be bytes"),
}
_LEASE_RULES: Final[Mapping[str, Rule]] = {
    "ip": TEXT,
    "pool_name": OPTIONAL_TEXT,
}


class FakeSES(MailActions):
    """The whole of SES v2 in this process, without network, account or credentials. Safe to share between threads.

    Args:
        region: The AWS region of the service. Default: `us-east-1`.
        verified: Domains and addresses that may send from the start. Default: `example.com`.
        sandbox: Whether the account is in the sandbox: it then sends 200 mails a day, one a second, and to verified
            addresses alone. Default: False.
        auto_verify: Whether identities that the code under test creates are verified at once. Default: True; with
            False they wait until `verify`, or for the clock.
        auto_deliver: Whether mails to ordinary addresses are delivered at once. Default: False, a mail stays `sent`
            until the test says what becomes of it.
        clock: A time with a time zone at which the clock stands still until `fake.clock.advance`. Default: None, the
            clock runs with the real time.
        seed: What ids are made of, so that they are the same each time. Default: None, they are random.
        db: A file of SQLite that keeps everything. Default: None, memory.

    Raises:
        ConfigurationError: An argument does not make sense, or the file can't be opened.
    """

    def __init__(
        self,
        *,
        region: str = "us-east-1",
        verified: Sequence[str] = ("example.com",),
        sandbox: bool = False,
        auto_verify: bool = True,
        auto_deliver: bool = False,
        clock: datetime | None = None,
        seed: int | str | None = None,
        db: str | PathLike[str] | None = None,
    ) -> None:
        given: Mapping[str, object] = {
            "region": region,
            "verified": verified,
            "sandbox": sandbox,
            "auto_verify": auto_verify,
            "auto_deliver": auto_deliver,
            "clock": clock,
            "seed": seed,
            "db": db,
        }
        check_settings(_RULES, given)
        self.clock: Clock = Clock(clock)
        """The service's clock, see `Clock`."""
        self.faults: Faults = Faults()
        """What goes wrong with the next requests, see `Faults`."""
        self.world: World = World(
            region=region,
            settings=Settings(
                sandbox=sandbox, auto_verify=auto_verify, auto_deliver=auto_deliver, verified=tuple(verified)
            ),
            clock=self.clock,
            seed=seed,
            database=Database(db),
        )
        self.canned: Canned = Canned(self.world)
        """What operations return that no fake can know, such as reputations and blocklists, see `Canned`."""

    @property
    def settings(self) -> Settings:
        """How the service behaves, such as `settings.send_rate` and `settings.daily_quota`; change it at any time."""
        return self.world.settings

    @property
    def files(self) -> Files:
        """The objects of S3 that import jobs read and export jobs write, as bytes by their URLs.

        fake.files["s3://bucket/contacts.csv"] = contacts.read_bytes()
        """
        return self.world.files

    def verify(self, name: str) -> None:
        """Verify an identity, as if its DNS records or the link in its mail had been found.

        Args:
            name: A domain or an address. One that is not an identity yet becomes one.

        Raises:
            ConfigurationError: It is neither.
        """
        if not _is_name(name):
            raise ConfigurationError("name must be a domain or an address")
        world = self.world
        with world.database.lock:
            found = world.records(Identity).get(identity_key(name))
            identities.verify(world, found or new_identity(name, world.now, is_verified=False))

    def lease_ip(self, ip: str, pool_name: str | None = None) -> None:
        """Give the account a dedicated IP address, whose warm-up is complete.

        Args:
            ip: The address, such as `192.0.2.1`.
            pool_name: A pool that was created before. Default: None, the address is in no pool.

        Raises:
            NotFoundException: There is no such pool.
            ConfigurationError: The address or the name is not a str.
        """
        check_settings(_LEASE_RULES, {"ip": ip, "pool_name": pool_name})
        with self.world.database.lock:
            dedicated_ips.lease_ip(self.world, ip, pool_name)

    @property
    def region(self) -> str:
        """The AWS region of the service."""
        return self.world.region

    def exchange(self, method: str, path: str, query: str, body: bytes) -> Exchange:
        """Handle a request, and say what the connection does."""
        with self.world.database.lock:
            return exchange(self.world, self.faults, method, path, query, body)

    def answer(
        self,
        method: str,
        path: str,
        query: str = "",
        headers: Mapping[str, str] | None = None,  # noqa: ARG002
        body: bytes = b"",
    ) -> RawResponse:
        """Handle a request of the wire, and return the response.

        Args:
            method: The HTTP method.
            path: The path, percent-encoded.
            query: The query, percent-encoded, without the question mark.
            headers: The headers, of which none matters: signatures are not checked. Default: none.
            body: The body. Default: empty.

        Returns:
            RawResponse: Its `status`, `headers` and `body`.

        Raises:
            ConnectionLostError: A scripted fault breaks the connection.
            ConfigurationError: An argument is of the wrong type.
        """
        check_settings(_REQUEST_RULES, {"method": method, "path": path, "query": query, "body": body})
        done = self.exchange(method, path, query, body)
        if done.broken:
            raise ConnectionLostError(
                f"{done.operation}: a scripted fault broke the connection", operation=done.operation
            )
        return done.response

    def client(self, **settings: Any) -> SESv2Client:
        """Return a new sync client of this service.

        Args:
            **settings: What `SESv2Client` takes; `region` and `credentials` have defaults.
        """
        return FakeClient(self.exchange, **({"region": self.region} | settings))

    def async_client(self, **settings: Any) -> AsyncSESv2Client:
        """Return a new async client of this service, see `client`."""
        return FakeAsyncClient(self.exchange, **({"region": self.region} | settings))

    @contextmanager
    def patched(self) -> Generator[Self]:
        """Let every client of this process send to this service, those that the code under test makes included.

        Clients with an `http_client` of their own are left alone. Meanwhile the environment has credentials of its own,
        and its region unless it names one.
        """
        from unittest.mock import patch  # which takes as long to load as the rest

        region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or self.region
        environment = {
            "AWS_ACCESS_KEY_ID": CREDENTIALS.access_key,
            "AWS_SECRET_ACCESS_KEY": CREDENTIALS.secret_key,
            "AWS_SESSION_TOKEN": "",
            "AWS_REGION": region,
        }
        substitute = Substitute(FakeBackend(self.exchange), AsyncFakeBackend(self.exchange))
        with patch.dict(os.environ, environment), substituted(substitute):
            yield self

    def app(self) -> Api:
        """Return the API of this service as an ASGI application."""
        return Api(self.exchange)

    def serve(self, *, host: str = "127.0.0.1", port: int = 0) -> AbstractContextManager[str]:
        """Serve the API over HTTP, for other SDKs and processes, until the end of the context, which gives the URL.

            with fake.serve() as url:
                boto3.client("sesv2", endpoint_url=url, ...)

        Args:
            host: The address to listen on. Default: loopback, which other machines can't reach.
            port: The port. Default: 0, a free one.

        Raises:
            ConfigurationError: The extra `sesv2kit[local]` is not installed, or the address can't be used.
        """
        return serving(self.app(), host, port)

    def http_client(self) -> "httpx.Client":
        """Return an httpx client whose requests reach this service, for `SESv2Client(http_client=...)` and others."""
        return httpx.Client(transport=httpx.MockTransport(self._respond))

    def _respond(self, request: "httpx.Request") -> "httpx.Response":
        path, _, query = request.url.raw_path.decode("ascii").partition("?")
        response = self.answer(request.method, path, query, request.headers, request.read())
        return httpx.Response(response.status, headers=dict(response.headers), content=response.body)

    def reset(self) -> None:
        """Forget everything: mails, events, resources and faults. The time stays."""
        with self.world.database.lock:
            self.world.reset()
            self.faults.clear()

    def close(self) -> None:
        """Close the file of `db`; what is in memory can still be looked at."""
        self.world.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        self.close()

"""The contestants, each opened as its users open it, and one measurement of one of them in a fresh process.

`run.py` starts it as `python -c "import contestants; contestants.main()" NAME KIND URL CONCURRENCY SECONDS WORK`;
it prints a JSON object. WORK is `send`, `large` (a raw mail of 10 MB) or `page` (100,000 contacts). Imports stand where
they are needed: what a contestant does not import costs it nothing.
"""

import json
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager, contextmanager
from typing import Any

Send = Callable[[], object]
AsyncSend = Callable[[], Awaitable[object]]
Opener = Callable[[str, int], AbstractContextManager[Send]]
AsyncOpener = Callable[[str, int], AbstractAsyncContextManager[AsyncSend]]

PATH = "/v2/email/outbound-emails"
WARM_UP = 5
"""Calls that each worker makes before anything is measured."""


def _wire() -> dict[str, Any]:
    """The mail in the wire's names, made anew for each call, as a program makes it."""
    return {
        "FromEmailAddress": "shop@example.com",
        "Destination": {"ToAddresses": ["ann@example.net"]},
        "Content": {"Simple": {"Subject": {"Data": "Hello"}, "Body": {"Text": {"Data": "Hi Ann"}}}},
    }


def _capo() -> dict[str, Any]:
    """The mail in the names of capo-sesv2."""
    return {
        "from_email_address": "shop@example.com",
        "destination": {"to_addresses": ["ann@example.net"]},
        "content": {"simple": {"subject": {"data": "Hello"}, "body": {"text": {"data": "Hi Ann"}}}},
    }


def _ours() -> dict[str, Any]:
    """The mail in models of sesv2kit."""
    from sesv2kit import models

    return {
        "from_email_address": "shop@example.com",
        "destination": models.Destination(to_addresses=["ann@example.net"]),
        "content": models.EmailContent(
            simple=models.Message(
                subject=models.Content(data="Hello"), body=models.Body(text=models.Content(data="Hi Ann"))
            )
        ),
    }


# Blocking ----------------------------------------------------------------------------------------


@contextmanager
def sesv2kit(url: str, connections: int) -> Iterator[Send]:
    from sesv2kit import SESv2Client

    with SESv2Client(endpoint_url=url) as client:
        yield lambda: client.send_email(**_ours())


@contextmanager
def boto3(url: str, connections: int) -> Iterator[Send]:
    import boto3
    from botocore.config import Config

    client = boto3.client("sesv2", endpoint_url=url, config=Config(max_pool_connections=connections))
    yield lambda: client.send_email(**_wire())
    client.close()


@contextmanager
def capo(url: str, connections: int) -> Iterator[Send]:
    from capo_sesv2 import SESv2Client
    from zapros import StdNetworkHandler

    limits: Any = {"max_connections_per_host": connections, "max_idle_connections_per_host": connections}
    handler = StdNetworkHandler(http1=limits)
    with SESv2Client(http_handler=handler, endpoint=url) as client:
        yield lambda: client.send_email(**_capo())


@contextmanager
def httpx(url: str, connections: int) -> Iterator[Send]:
    """Neither signed nor checked: what httpx itself costs."""
    import httpx

    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    with httpx.Client(limits=limits) as client:
        yield lambda: client.post(url + PATH, json=_wire()).json()


# Asynchronous ------------------------------------------------------------------------------------


@asynccontextmanager
async def async_sesv2kit(url: str, connections: int) -> AsyncIterator[AsyncSend]:
    from sesv2kit import AsyncSESv2Client

    async with AsyncSESv2Client(endpoint_url=url) as client:
        yield lambda: client.send_email(**_ours())


@asynccontextmanager
async def aiobotocore(url: str, connections: int) -> AsyncIterator[AsyncSend]:
    from aiobotocore.config import AioConfig
    from aiobotocore.session import get_session

    config = AioConfig(max_pool_connections=connections)
    async with get_session().create_client("sesv2", endpoint_url=url, config=config) as client:
        yield lambda: client.send_email(**_wire())


@asynccontextmanager
async def async_capo(url: str, connections: int) -> AsyncIterator[AsyncSend]:
    from capo_sesv2 import AsyncSESv2Client
    from zapros import AsyncStdNetworkHandler

    limits: Any = {"max_connections_per_host": connections, "max_idle_connections_per_host": connections}
    handler = AsyncStdNetworkHandler(http1=limits)
    async with AsyncSESv2Client(http_handler=handler, endpoint=url) as client:
        yield lambda: client.send_email(**_capo())


@asynccontextmanager
async def async_httpx(url: str, connections: int) -> AsyncIterator[AsyncSend]:
    """Neither signed nor checked: what httpx itself costs."""
    import httpx

    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    async with httpx.AsyncClient(limits=limits) as client:

        async def send() -> object:
            return (await client.post(url + PATH, json=_wire())).json()

        yield send


@asynccontextmanager
async def aiohttp(url: str, connections: int) -> AsyncIterator[AsyncSend]:
    """Signed by sesv2kit and nothing more: the floor."""
    from datetime import UTC, datetime

    import aiohttp

    from sesv2kit import Credentials
    from sesv2kit._aws.signing import sign

    host = url.removeprefix("http://")
    credentials = Credentials("AKIDEXAMPLE", "secret")
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections)) as session:

        async def send() -> object:
            body = json.dumps(_wire()).encode()
            headers = sign(
                method="POST",
                url=url + PATH,
                host=host,
                body=body,
                credentials=credentials,
                region="eu-west-1",
                now=datetime.now(UTC),
            )
            async with session.post(url + PATH, data=body, headers=headers) as response:
                return json.loads(await response.read())

        yield send


@asynccontextmanager
async def floor(url: str, connections: int) -> AsyncIterator[AsyncSend]:
    """JSON, botocore's signature and a head over a bare asyncio protocol: what no client in Python goes below."""
    import asyncio
    import ssl
    from datetime import UTC, datetime
    from urllib.parse import urlsplit

    from sesv2kit import Credentials
    from sesv2kit._aws.signing import sign

    class Connection(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, asyncio.Transport)
            self.transport = transport

        def data_received(self, data: bytes) -> None:
            self.waiting.set_result(data)

        async def send(self, data: bytes) -> bytes:
            self.waiting = loop.create_future()
            self.transport.write(data)
            return (await self.waiting).partition(b"\r\n\r\n")[2]  # type: ignore[no-any-return]

    loop = asyncio.get_running_loop()
    parts = urlsplit(url)
    assert parts.port
    context = ssl.create_default_context(cafile=os.environ.get("AWS_CA_BUNDLE")) if parts.scheme == "https" else None
    credentials = Credentials("AKIDEXAMPLE", "secret")
    idle: list[Connection] = []

    async def send() -> object:
        if idle:
            connection = idle.pop()
        else:
            _, connection = await loop.create_connection(Connection, parts.hostname, parts.port, ssl=context)
        body = json.dumps(_wire()).encode()
        headers = sign(
            method="POST",
            url=url + PATH,
            host=parts.netloc,
            body=body,
            credentials=credentials,
            region="eu-west-1",
            now=datetime.now(UTC),
        )
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"POST {PATH} HTTP/1.1\r\n{lines}content-length: {len(body)}\r\n\r\n"
        response = await connection.send(head.encode("ascii") + body)
        idle.append(connection)
        return json.loads(response)

    yield send
    for connection in idle:
        connection.transport.close()


SYNC: dict[str, Opener] = {"sesv2kit": sesv2kit, "boto3": boto3, "capo-sesv2": capo, "httpx": httpx}
ASYNC: dict[str, AsyncOpener] = {
    "sesv2kit": async_sesv2kit,
    "aiobotocore": aiobotocore,
    "capo-sesv2": async_capo,
    "httpx": async_httpx,
    "aiohttp": aiohttp,
    "floor": floor,
}


# Measuring ---------------------------------------------------------------------------------------


def first_send(opener: Opener, url: str) -> dict[str, float]:
    """Send one mail; tells when it was done, and the memory that it took at most."""
    with opener(url, 10) as send:
        send()
        return _after_first()


async def first_send_async(opener: AsyncOpener, url: str) -> dict[str, float]:
    """The same, asynchronously."""
    async with opener(url, 10) as send:
        await send()
        return _after_first()


def _after_first() -> dict[str, float]:
    return {"done_at": time.monotonic(), "memory": _peak_memory()}


def _peak_memory() -> float:
    """Return the megabytes of memory that this process had at most."""
    try:
        # Not ru_maxrss, which on Linux starts with the peak of the process that started this one.
        with open("/proc/self/status") as status:  # noqa: PTH123 -- pathlib would be an import more
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def many_sends(opener: Opener, url: str, concurrency: int, seconds: float) -> dict[str, float]:
    """Send from that many threads for that long; tells the cost of a send."""
    from concurrent.futures import ThreadPoolExecutor

    with opener(url, concurrency) as send, ThreadPoolExecutor(concurrency) as threads:

        def warm_up(_number: int) -> None:
            for _ in range(WARM_UP):
                send()

        def work(_number: int) -> None:
            while time.perf_counter() < end:
                send()

        list(threads.map(warm_up, range(concurrency)))
        meter = Meter(url)
        end = time.perf_counter() + seconds
        list(threads.map(work, range(concurrency)))
        return meter.read()


async def many_sends_async(opener: AsyncOpener, url: str, concurrency: int, seconds: float) -> dict[str, float]:
    """Send from that many tasks for that long; tells the cost of a send."""
    import asyncio

    async with opener(url, concurrency) as send:

        async def warm_up() -> None:
            for _ in range(WARM_UP):
                await send()

        async def work() -> None:
            while time.perf_counter() < end:
                await send()

        await asyncio.gather(*[warm_up() for _ in range(concurrency)])
        meter = Meter(url)
        end = time.perf_counter() + seconds
        await asyncio.gather(*[work() for _ in range(concurrency)])
        return meter.read()


class Meter:
    """Clocks and the server's counts, from here on."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._before = self._counts()
        self._wall = time.perf_counter()
        self._cpu = time.process_time()

    def read(self) -> dict[str, float]:
        """Return what was spent on each request since: CPU in microseconds, and new connections."""
        cpu, wall = time.process_time() - self._cpu, time.perf_counter() - self._wall
        spent = {name: count - self._before[name] for name, count in self._counts().items()}
        requests = spent["requests"]
        return {"cpu": cpu / requests * 1e6, "throughput": requests / wall, "new": spent["connections"] / requests}

    def _counts(self) -> dict[str, int]:
        from urllib.request import urlopen

        with urlopen(self._url + "/counts", context=_tls()) as response:
            counts: dict[str, int] = json.load(response)
        return counts


def _tls() -> Any:
    import ssl

    bundle = os.environ.get("AWS_CA_BUNDLE")
    return ssl.create_default_context(cafile=bundle) if bundle else None


# Large mails and long lists ------------------------------------------------------------------------

LARGE = 10_000_000
CONTACTS = 100_000


async def large_mail(name: str, url: str) -> dict[str, float]:
    """Send a raw mail of 10 MB; reports how long the event loop stood still, and the memory beyond the mail's own."""
    import asyncio

    data = (os.urandom(75) + b"\n") * (LARGE // 76)
    loop = asyncio.get_running_loop()
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        before = loop.time()
        while True:
            await asyncio.sleep(0)
            longest, before = max(longest, loop.time() - before), loop.time()

    async with ASYNC[name](url, 1) as send:
        await send()
        before = _peak_memory()
        watching = asyncio.create_task(watch())
        await asyncio.sleep(0.01)
        longest = 0.0
        await _send_raw(name, url, data)
        watching.cancel()
        return {"stall": longest * 1000, "extra": (_peak_memory() - before) * 2**20 / LARGE}


async def _send_raw(name: str, url: str, data: bytes) -> None:
    if name == "sesv2kit":
        from sesv2kit import AsyncSESv2Client, models

        async with AsyncSESv2Client(endpoint_url=url) as client:
            await client.send_email(content=models.EmailContent(raw=models.RawMessage(data=data)))
        return
    from aiobotocore.session import get_session

    async with get_session().create_client("sesv2", endpoint_url=url) as botocore_client:
        await botocore_client.send_email(Content={"Raw": {"Data": data}})


def long_list(name: str, url: str) -> dict[str, float]:
    """Go through a list of 100,000 contacts; reports the CPU of an item, and the memory at the end."""
    if name == "sesv2kit":
        from sesv2kit import SESv2Client

        with SESv2Client(endpoint_url=url) as ses:
            started = time.process_time()
            found = sum(1 for _ in ses.iter_contacts(contact_list_name="news", page_size=1000))
    else:
        import boto3

        client = boto3.client("sesv2", endpoint_url=url)
        started = time.process_time()
        found, token = 0, {}
        while True:
            page = client.list_contacts(ContactListName="news", PageSize=1000, **token)
            found += len(page["Contacts"])
            if "NextToken" not in page:
                break
            token = {"NextToken": page["NextToken"]}
    spent = time.process_time() - started
    assert found == CONTACTS
    return {"item": spent / found * 1e6, "paging memory": _peak_memory()}


def main() -> None:
    """Make the one measurement that the command line names; no seconds mean a first send."""
    name, kind, url, concurrency, seconds, work = *sys.argv[1:4], int(sys.argv[4]), float(sys.argv[5]), sys.argv[6]
    if work == "page":
        result = long_list(name, url)
    elif work == "large":
        import asyncio

        result = asyncio.run(large_mail(name, url))
    elif kind == "sync":
        opener = SYNC[name]
        result = many_sends(opener, url, concurrency, seconds) if seconds else first_send(opener, url)
    else:
        import asyncio

        async_opener = ASYNC[name]
        result = asyncio.run(
            many_sends_async(async_opener, url, concurrency, seconds)
            if seconds
            else first_send_async(async_opener, url)
        )
    print(json.dumps(result))

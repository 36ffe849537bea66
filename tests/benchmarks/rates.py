"""Measure how exactly a send rate is kept: `nox -s bench-rates`, or `python tests/benchmarks/rates.py`.

Workers mail as fast as the rate lets them, for some seconds each: with `send_email` in a few threads ("threads") or
tasks ("tasks"), or with `BulkSender` ("bulk"). "Local" workers are in one process, as they share the rate's object;
over Redis each is a process of its own, and a `redis-server` has to be installed. A server on this machine notes when
each request came in, and how many recipients it had. With `--over lost` Redis is killed after a third of the time, and
started again after two thirds. Shown are, in percent of the rate,

- used: the recipients of all requests but the last, by the time from the first request to the last;
- worst second: the most recipients in any window of one second, wherever it begins. Of 1 a second, a single request
  more makes 200 %;
- goal: whether at least 98 % were used, and no second had more than 125 %;
- questions: the exchanges with Redis for each request.

On a busy machine threads wake late, and requests arrive unevenly.
"""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import product, repeat
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from run import environment, table

HERE = Path(__file__).parent
RATES = (1, 14, 100, 1000)
WORKERS = (1, 8)
MAX_THREADS = 8
MIN_USED = 0.98
MAX_WORST = 1.25


# The server --------------------------------------------------------------------------------------


class Ses(asyncio.Protocol):
    """One connection. Responds to a POST as SES does, and to a GET with the requests since the last GET."""

    def __init__(self, received: list[tuple[float, int]], delay: float) -> None:
        self._received = received
        self._delay = delay
        self._unread = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._unread += data
        while True:
            head, end, rest = self._unread.partition(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
            if not end or len(rest) < length:
                return
            body, self._unread = rest[:length], rest[length:]
            if head.startswith(b"GET"):
                self._respond(json.dumps(self._received))
                self._received.clear()
                continue
            recipients = body.count(b'"ToAddresses"')
            self._received.append((time.monotonic(), recipients))
            results = [{"Status": "SUCCESS", "MessageId": "1"}] * recipients
            response = {"MessageId": "1"} | ({"BulkEmailEntryResults": results} if b"outbound-bulk" in head else {})
            asyncio.get_running_loop().call_later(self._delay, self._respond, json.dumps(response))

    def _respond(self, body: str) -> None:
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        self._transport.write((head + body).encode())


async def serve(delay: float) -> None:
    """Serve on a free port, which is printed, for ever."""
    received: list[tuple[float, int]] = []
    server = await asyncio.get_running_loop().create_server(lambda: Ses(received, delay), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


@contextmanager
def running(command: list[str], **settings: Any) -> Iterator["subprocess.Popen[str]"]:
    """Run a process for as long as the context lasts."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **settings)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def redis_server(folder: str) -> Iterator[tuple[str, Callable[[float], None]]]:
    """Run a Redis server; yields its URL, and a function that lets it go away after some seconds, for as long."""
    binary = shutil.which("redis-server")
    assert binary, "redis-server is not installed"
    path = f"{folder}/redis"
    command = [binary, "--port", "0", "--unixsocket", path, "--dir", folder, "--save", ""]
    is_over = threading.Event()
    threads: list[threading.Thread] = []

    def restart(seconds: float) -> None:
        is_over.wait(seconds)
        first.kill()
        is_over.wait(seconds)
        with running(command):
            is_over.wait()

    def restart_in_background(seconds: float) -> None:
        threads.append(threading.Thread(target=restart, args=(seconds,)))
        threads[0].start()

    with running(command) as first:
        while not Path(path).exists():
            time.sleep(0.05)
        yield f"unix://{path}", restart_in_background
        is_over.set()
        for thread in threads:
            thread.join()


# The workers -------------------------------------------------------------------------------------


def send_mails(client: Any) -> None:
    """Send one mail after the other."""
    while True:
        send_mail(client)


async def send_in_tasks(client: Any, tasks: int) -> None:
    """Send one mail after the other, in each of some tasks."""

    async def send() -> None:
        while True:
            await send_mail(client)

    await asyncio.gather(*[send() for _ in range(tasks)])


def send_mail(client: Any, **options: Any) -> Any:
    """Send a mail; the result is for an async client to await."""
    from sesv2kit import models

    return client.send_email(
        from_email_address="shop@example.com",
        destination=models.Destination(to_addresses=["ann@example.net"]),
        content=models.EmailContent(template=models.Template(template_name="news", template_data="{}")),
        options=options,
    )


def send_in_bulk(client: Any) -> None:
    """Send entries without an end."""
    from sesv2kit import models
    from sesv2kit.bulk import BulkSender

    entry = models.BulkEmailEntry(destination=models.Destination(to_addresses=["ann@example.net"]))
    content = models.BulkEmailContent(template=models.Template(template_name="news", template_data="{}"))
    sender = BulkSender(client, from_email_address="shop@example.com", default_content=content)
    for outcome in sender.send(repeat(entry)):
        assert outcome.state == "sent"


def work(url: str, rate: float, redis: str | None, kind: str, threads: int, seconds: float) -> None:
    """Be a worker, once a line comes in. A first mail loads what a process needs, and does not count."""
    from sesv2kit import AsyncSESv2Client, SendRate, SESv2Client

    send_rate = SendRate(rate, redis=redis, name="rates") if redis else SendRate(rate)
    target = send_in_bulk if kind == "bulk" else send_mails
    client = SESv2Client(endpoint_url=url, send_rate=send_rate)
    send_mail(client, send_rate=None)
    import_module("sesv2kit.bulk")
    print("ready", flush=True)
    sys.stdin.readline()
    if kind == "tasks":
        client = AsyncSESv2Client(endpoint_url=url, send_rate=send_rate)
        threading.Thread(target=lambda: asyncio.run(send_in_tasks(client, threads)), daemon=True).start()
    for _ in range(threads if kind != "tasks" else 0):
        threading.Thread(target=target, args=(client,), daemon=True).start()
    time.sleep(seconds)
    os._exit(0)


# Measuring ---------------------------------------------------------------------------------------


def judge(received: list[tuple[float, int]], rate: float) -> dict[str, float]:
    """Return which part of the rate was used, and how much of it the worst second had."""
    used = sum(recipients for _, recipients in received[:-1]) / (received[-1][0] - received[0][0]) / rate
    worst = most = first = 0
    for time_of, recipients in received:
        most += recipients
        while received[first][0] <= time_of - 1:
            most -= received[first][1]
            first += 1
        worst = max(worst, most)
    return {"used": used, "worst": worst / rate, "requests": len(received)}


def questions(url: str) -> int:
    """Return how many scripts a Redis server has run."""
    from redis import Redis

    with Redis.from_url(url) as client:
        stats: Any = client.info("commandstats")
    return sum(stats.get(f"cmdstat_{name}", {"calls": 0})["calls"] for name in ("eval", "evalsha"))


def measure(kind: str, rate: float, workers: int, over: str, seconds: float, delay: float) -> dict[str, float]:
    """Let workers mail for some seconds; returns what came of it."""
    is_shared = over != "local"
    with tempfile.TemporaryDirectory() as home, redis_server(home) as (redis, lose):
        server = [sys.executable, str(HERE / "rates.py"), "--serve", str(delay)]
        with running(server) as serving:
            assert serving.stdout
            url = f"http://127.0.0.1:{int(serving.stdout.readline())}"
            processes = workers if is_shared else 1
            threads = workers // processes if kind == "bulk" else max(MAX_THREADS * min(rate / 100, 4), 2 * workers)
            threads = max(int(threads) // processes, 1)
            given = (url, rate, redis if is_shared else None, kind, threads, seconds)
            command = [sys.executable, str(HERE / "rates.py"), "--work", json.dumps(given)]
            started = [
                subprocess.Popen(command, env=environment(home), stdin=-1, stdout=-1, text=True)
                for _ in range(processes)
            ]
            for process in started:
                assert process.stdout
                assert process.stdout.readline() == "ready\n"
            urlopen(url).close()
            for process in started:
                assert process.stdin
                process.stdin.write("go\n")
                process.stdin.flush()
            if over == "lost":
                lose(seconds / 3)
            assert all(process.wait() == 0 for process in started)
            with urlopen(url) as response:
                judged = judge([(at, recipients) for at, recipients in json.load(response)], rate)
            # A server that was restarted counts from 0.
            return judged | ({"questions": questions(redis) / judged["requests"]} if over == "redis" else {})


def main() -> None:
    """Run and print the table; or serve, or be a worker."""
    parser = argparse.ArgumentParser(description="Measure how exactly send rates are kept.")
    parser.add_argument("--kinds", nargs="+", default=("threads", "tasks", "bulk"), help="threads, tasks, bulk")
    parser.add_argument("--rates", nargs="+", type=float, default=RATES, help="recipients per second")
    parser.add_argument("--workers", nargs="+", type=int, default=WORKERS)
    parser.add_argument(
        "--over", nargs="+", default=("local", "redis"), help="local, redis, lost: Redis is away in between"
    )
    parser.add_argument("--seconds", type=float, default=10, help="for each; at 1 a second it is three times as long")
    parser.add_argument("--delay", type=float, default=0.02, help="seconds that the server takes for a request")
    parser.add_argument("--serve", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve is not None:
        asyncio.run(serve(given.serve))
    if given.work:
        work(*json.loads(given.work))
        return

    numbers: list[dict[str, Any]] = []
    for kind, rate, over, workers in product(given.kinds, given.rates, given.over, given.workers):
        seconds = given.seconds * (3 if rate < 4 else 1)
        numbers.append({"kind": kind, "rate": rate, "over": over, "workers": workers})
        numbers[-1] |= measure(kind, rate, workers, over, seconds, given.delay)
        print(numbers[-1], file=sys.stderr)
    rows = [
        [
            row["kind"],
            f"{row['rate']:g}",
            f"{row['workers']}",
            row["over"],
            f"{row['used']:.1%}",
            f"{row['worst']:.0%}",
            "yes" if row["used"] >= MIN_USED and row["worst"] <= MAX_WORST else "no",
            f"{row['requests']:,}",
            f"{row['questions']:.2f}" if "questions" in row else "",
        ]
        for row in numbers
    ]
    print(table(["sends", "rate", "workers", "over", "used", "worst second", "goal", "requests", "questions"], rows))


if __name__ == "__main__":
    main()

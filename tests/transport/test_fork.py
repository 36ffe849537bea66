"""A process that forks: parent and child never share a connection, a slot or a lock, and the child harms nothing."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from support.counting import Act, CountingServer, answer_bytes, answers, counting_server
from support.transport import TlsServer, server_context

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")

START = """
import asyncio, os, sys, threading, time, warnings
from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors

warnings.simplefilter("ignore", DeprecationWarning)  # of forks with threads
url = sys.argv[1]
settings = dict(region="eu-west-1", credentials=Credentials("AKIDEXAMPLE", "secret"), endpoint_url=url)

def mail(ses, **options):
    return ses.send_custom_verification_email(email_address="a@example.com", template_name="t", options=options)

def in_child(work):
    child = os.fork()
    if not child:
        code = 1
        try:
            work()
            code = 0
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return child

def ended(child):
    end = time.monotonic() + 10
    while time.monotonic() < end:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return "hung"
"""


def run(script: str, url: str, *, when: threading.Semaphore | None = None, **environment: str) -> str:
    """Run a script in a process of its own; returns what it prints. `when` lets it read a line."""
    with subprocess.Popen(
        [sys.executable, "-c", START + script, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    ) as process:
        if when:
            when.acquire(timeout=30)
        try:
            output, complaints = process.communicate("\n" if when else None, timeout=60)
        finally:
            process.kill()
    assert complaints == ""
    return output.strip()


SENT = b'{"MessageId": "0100"}'


@pytest.fixture(params=["plain", "tls"])
def server(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CountingServer]:
    """Run a server, with and without TLS, whose certificate the scripts trust."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "authority.pem"))
    with_tls = request.param == "tls"
    with counting_server(TlsServer(server_context(authority, "localhost")) if with_tls else None) as server:
        yield server


def test_a_child_opens_a_connection_of_its_own_and_leaves_the_parent_s_alone(server: CountingServer) -> None:
    script = """
def work():
    mail(ses, max_attempts=1)
    ses.close()

ses = SESv2Client(**settings)
mail(ses)
print(ended(in_child(work)), mail(ses, max_attempts=1).message_id)
ses.close()
"""
    server.script(*(answers(body=SENT) for _ in range(3)))
    assert run(script, server.url) == "0 0100"
    assert (len(server.received), len(server.connections)) == (3, 2)


def test_a_child_that_closes_its_copy_of_a_client_leaves_a_request_in_flight_alone(server: CountingServer) -> None:
    script = """
ses = SESv2Client(**settings)
responses = []

def send():
    try:
        responses.append(mail(ses).message_id)
    except errors.SESv2Error as error:
        responses.append(type(error).__name__)

thread = threading.Thread(target=send)
thread.start()
input()  # the request has arrived
print(ended(in_child(ses.close)))
SESv2Client(**settings).get_account()  # lets the server answer
thread.join()
print(*responses)
"""
    gate = threading.Event()
    server.script(answers_at(gate, SENT), opens(gate))
    assert run(script, server.url, when=server.arrived).split() == ["0", "0100"]


def test_a_child_forked_while_the_pool_is_full_gets_slots_of_its_own() -> None:
    script = """
import sesv2kit._transport.choice as choice
from functools import partial

choice.PoolSettings = partial(choice.PoolSettings, max_connections=1)
ses = SESv2Client(**settings)
thread = threading.Thread(target=mail, args=[ses])
thread.start()
input()  # the request has arrived, and has the only slot
print(ended(in_child(lambda: mail(ses, timeout=5))))
SESv2Client(**settings).get_account()
thread.join()
"""
    with counting_server() as server:
        gate = threading.Event()
        server.script(answers_at(gate, SENT), answers(body=SENT), opens(gate))
        assert run(script, server.url, when=server.arrived) == "0"


def test_a_fork_while_another_thread_makes_the_tls_context_does_not_hang_the_child(tmp_path: Path) -> None:
    script = """
import ssl
make, begun, go_on = ssl.create_default_context, threading.Event(), threading.Event()

def slow(**arguments):
    begun.set()
    if os.getpid() == parent:
        go_on.wait(10)
    return make(**arguments)

parent, ssl.create_default_context = os.getpid(), slow
ses = SESv2Client(**settings)
thread = threading.Thread(target=mail, args=[ses])
thread.start()
begun.wait(10)
print(ended(in_child(lambda: mail(ses, timeout=5))))
go_on.set()
thread.join()
"""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    with counting_server(TlsServer(server_context(authority, "localhost"))) as server:
        server.script(*(answers(body=SENT) for _ in range(2)))
        assert run(script, server.url, AWS_CA_BUNDLE=str(tmp_path / "authority.pem")) == "0"


def test_no_child_is_forked_in_the_midst_of_a_tls_handshake(tmp_path: Path) -> None:
    # OpenSSL has a lock then, which would stay locked in the child for ever.
    script = """
import ssl
shake, begun, are_inside = ssl.SSLSocket.do_handshake, threading.Event(), []

def slow(self):
    are_inside.append(True)
    begun.set()
    time.sleep(0.2)
    try:
        shake(self)
    finally:
        are_inside.pop()

ssl.SSLSocket.do_handshake = slow
ses = SESv2Client(**settings)
thread = threading.Thread(target=mail, args=[ses])
thread.start()
begun.wait(10)
print(ended(in_child(lambda: print(are_inside, mail(ses, timeout=5).message_id))))
thread.join()
"""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    with counting_server(TlsServer(server_context(authority, "localhost"))) as server:
        server.script(*(answers(body=SENT) for _ in range(2)))
        output = run(script, server.url, AWS_CA_BUNDLE=str(tmp_path / "authority.pem"))
    assert output.splitlines() == ["[] 0100", "0"]


def test_no_child_is_forked_in_the_midst_of_an_import_of_a_call() -> None:
    # The child would wait for ever until the module is imported.
    script = """
from importlib.abc import MetaPathFinder

begun = threading.Event()

class Slow(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.startswith("cattrs") and not begun.is_set():
            begun.set()
            time.sleep(0.3)

def mail_in_doubt():
    try:
        mail(ses, timeout=5)
    except errors.AmbiguousSendError:
        print("in doubt", flush=True)

sys.meta_path.insert(0, Slow())
ses = SESv2Client(**settings)
mail(ses)
assert not any(name.startswith("cattrs") for name in sys.modules)
thread = threading.Thread(target=mail_in_doubt)
thread.start()
begun.wait(10)
print(ended(in_child(mail_in_doubt)))
thread.join()
"""
    with counting_server() as server:
        server.script(*(answers(body=body) for body in (SENT, b"{}", b"{}")))
        assert run(script, server.url).splitlines() == ["in doubt", "in doubt", "0"]


ASYNC = """
def child(ses):
    async def work():
        await mail(ses)
        await ses.aclose()
        done.append(True)

    done = []
    thread = threading.Thread(target=run, args=[work])  # in this one, trio thinks that it is running already
    thread.start()
    thread.join()
    assert done

async def main():
    ses = AsyncSESv2Client(**settings)
    await mail(ses)
    print(ended(in_child(lambda: child(ses))))
    print((await mail(ses, max_attempts=1)).message_id)
    await ses.aclose()

run(main)
"""


@pytest.mark.parametrize(
    "runner",
    [
        "run = lambda work: asyncio.run(work())",
        "import trio; run = trio.run",
        "import uvloop; run = lambda work: uvloop.new_event_loop().run_until_complete(work())",
    ],
    ids=["asyncio", "trio", "uvloop"],
)
def test_an_async_client_works_in_the_child_and_goes_on_in_the_parent(runner: str) -> None:
    with counting_server() as server:
        server.script(*(answers(body=SENT) for _ in range(3)))
        assert run(f"{runner}\n{ASYNC}", server.url).split() == ["0", "0100"]
        assert (len(server.received), len(server.connections)) == (3, 2)


def test_the_parent_s_connections_end_with_the_parent() -> None:
    script = """
ses = SESv2Client(**settings)
mail(ses)
child = in_child(lambda: time.sleep(60))  # lives longer than the connection
ses.close()
time.sleep(0.2)
SESv2Client(**settings).get_account()  # asks the server for what it has seen
os.kill(child, 9)
os.waitpid(child, 0)
"""
    with counting_server() as server:
        closed: list[bool] = []

        def note(connection: socket.socket, _stopping: threading.Event) -> None:
            closed.append(server.closed.acquire(timeout=5))
            connection.sendall(answer_bytes())

        server.script(answers(body=SENT), Act(note))
        run(script, server.url)
        assert closed == [True]


def answers_at(gate: threading.Event, body: bytes) -> Act:
    """Answer when a gate opens."""

    def perform(connection: socket.socket, _stopping: threading.Event) -> None:
        gate.wait(20)
        connection.sendall(answer_bytes(body=body))

    return Act(perform, keep_open=True)


def opens(gate: threading.Event) -> Act:
    """Open a gate, and answer."""

    def perform(connection: socket.socket, _stopping: threading.Event) -> None:
        gate.set()
        connection.sendall(answer_bytes())

    return Act(perform)

"""A process that forks: parent and child never share a connection, a slot or a lock, and the child harms nothing."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import trustme
from support.counting import Act, answer_bytes, answers, counting_server
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


def run(script: str, url: str, **environment: str) -> str:
    """Run a script in a process of its own; returns what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", START + script, url],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.stderr == ""
    return done.stdout.strip()


SENT = b'{"MessageId": "0100"}'


def test_a_child_opens_a_connection_of_its_own_and_leaves_the_parent_s_alone() -> None:
    script = """
ses = SESv2Client(**settings)
mail(ses)
child = in_child(lambda: mail(ses))
print(ended(child), mail(ses).message_id)
ses.close()
"""
    with counting_server() as server:
        server.script(*(answers(body=SENT) for _ in range(3)))
        assert run(script, server.url) == "0 0100"
        assert (len(server.received), len(server.connections)) == (3, 2)


@pytest.mark.parametrize("tls", [False, True])
def test_a_child_that_closes_its_copy_of_a_client_leaves_the_parent_s_connections_open(
    tls: bool, tmp_path: Path
) -> None:
    script = """
ses = SESv2Client(**settings)
mail(ses)
print(ended(in_child(ses.close)), mail(ses, max_attempts=1).message_id)
ses.close()
"""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    with counting_server(TlsServer(server_context(authority, "localhost")) if tls else None) as server:
        server.script(*(answers(body=SENT) for _ in range(2)))
        assert run(script, server.url, AWS_CA_BUNDLE=str(tmp_path / "authority.pem")) == "0 0100"
        assert (len(server.received), len(server.connections)) == (2, 1)


def test_a_child_that_closes_its_copy_of_a_client_leaves_a_request_in_flight_alone() -> None:
    script = """
ses = SESv2Client(**settings)
responses = []
thread = threading.Thread(target=lambda: responses.append(mail(ses).message_id))
thread.start()
while not ses._driver._backend._backends or not ses._driver._backend._backends[False]._connections.busy():
    time.sleep(0.01)
time.sleep(0.1)
print(ended(in_child(ses.close)))
SESv2Client(**settings).get_account()  # lets the server answer
thread.join()
print(*responses)
"""
    with counting_server() as server:
        gate = threading.Event()
        server.script(answers_at(gate, SENT), opens(gate))
        assert run(script, server.url).split() == ["0", "0100"]


def test_a_child_forked_while_the_pool_is_full_gets_slots_of_its_own() -> None:
    script = """
import sesv2kit._transport.choice as choice
from functools import partial

choice.PoolSettings = partial(choice.PoolSettings, max_connections=1)
ses = SESv2Client(**settings)
thread = threading.Thread(target=mail, args=[ses])
thread.start()
while not ses._driver._backend._backends or ses._driver._backend._backends[False]._slots.free:
    time.sleep(0.01)
print(ended(in_child(lambda: mail(ses, timeout=5))))
SESv2Client(**settings).get_account()
thread.join()
"""
    with counting_server() as server:
        gate = threading.Event()
        server.script(answers_at(gate, SENT), answers(body=SENT), opens(gate))
        assert run(script, server.url) == "0"


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
child = in_child(lambda: sys.stdin.read())  # lives longer than the connection
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

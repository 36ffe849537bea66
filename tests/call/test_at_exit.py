"""Calls while the interpreter ends, when there are no new threads, and in children of a fork."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from support.counting import CountingServer

from sesv2kit import errors
from sesv2kit._call.drivers import Driver
from sesv2kit._call.retry import RetryQuota
from sesv2kit._core.lazy import lazy_property

PROGRAM = """
import atexit, sys
from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors, models

url, kind, send_rate = sys.argv[1], sys.argv[2], sys.argv[3] == "rate"
settings = {{"region": "eu-west-1", "credentials": lambda: Credentials("A", "s"), "endpoint_url": url}}
settings |= {{"send_rate": 100}} if send_rate else {{}}
content = models.EmailContent(raw=models.RawMessage(data=b"To: ann@example.net\\r\\n\\r\\nHi"))

def said(send):
    try:
        print("sent", send().message_id)
    except errors.SESv2Error as error:
        print("raised", type(error).__name__)

def sync():
    with SESv2Client(**settings) as ses:
        return ses.send_email(content=content)

async def async_():
    async with AsyncSESv2Client(**settings) as ses:
        return await ses.send_email(content=content)

def run():
    if kind == "sync":
        return sync()
    if kind == "asyncio":
        import asyncio
        return asyncio.run(async_())
    import trio
    return trio.run(async_)

{before}
atexit.register(said, run)
"""


@pytest.mark.parametrize("rate", ["rate", "no"])
@pytest.mark.parametrize("before", ["", "said(run)"], ids=["first use", "used before"])
@pytest.mark.parametrize("kind", ["sync", "asyncio", "trio"])
def test_a_call_from_atexit_works_or_raises_an_error_of_the_package(
    server: CountingServer, kind: str, before: str, rate: str
) -> None:
    url = server.url.replace("127.0.0.1", "localhost")  # a name, which is looked up in a thread
    command = [sys.executable, "-W", "error", "-c", PROGRAM.format(before=before), url, kind, rate]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(Path.cwd())}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["sent m-1"] * len(server.received)
    assert len(server.received) == (2 if before else 1)


# Forks -------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_fork_leaves_no_lock_of_a_call_locked() -> None:
    """Other threads take from the quota and sleep all the time; a child must find nothing of theirs locked."""
    quota, stopping = RetryQuota(), threading.Event()

    class Backend:
        def send(self, request: object, /) -> None:
            raise AssertionError(request)

        def close(self) -> None:
            pass

    driver = Driver(Backend())  # type: ignore[arg-type]

    def busy() -> None:
        while not stopping.is_set():
            quota.take()
            quota.give_back(1)
            driver._sleep(1e-6, None)

    threads = [threading.Thread(target=busy) for _ in range(4)]
    for thread in threads:
        thread.start()
    statuses: list[int] = []
    try:
        for _ in range(50):
            child = os.fork()
            if not child:
                quota.take()
                quota.give_back(1)
                driver.close()
                os._exit(0)
            statuses.append(os.waitpid(child, 0)[1])
    finally:
        stopping.set()
        for thread in threads:
            thread.join()
    assert statuses == [0] * 50
    driver.close()
    with pytest.raises(errors.ConfigurationError):
        driver.check_open()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_fork_while_another_thread_looks_a_setting_up_does_not_hang_the_child() -> None:
    began, goes_on = threading.Event(), threading.Event()

    class Slow:
        @lazy_property
        def value(self) -> int:
            if threading.current_thread() is not threading.main_thread():
                began.set()
                goes_on.wait(10)
            return 7

    slow = Slow()
    thread = threading.Thread(target=lambda: slow.value)
    thread.start()
    began.wait(10)
    child = os.fork()
    if not child:
        os._exit(slow.value)
    goes_on.set()
    thread.join()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert (slow.value, slow.__dict__) == (7, {"value": 7})

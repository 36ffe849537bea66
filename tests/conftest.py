"""What all tests share: an environment without AWS settings, both event loops, and fixed credentials."""

import gc
import itertools
import os
import signal
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client

REGION = "eu-west-1"
ENDPOINT = "https://email.eu-west-1.amazonaws.com"

_HOMES = itertools.count()

# Failed assertions of the shared helpers show their values, too.
pytest.register_assert_rewrite("support")

# In the background of a shell Ctrl-C is ignored; the tests that press it need what a user has.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine makes no example fail: examples have no deadline.
hypothesis.settings.register_profile("tests", deadline=None)
hypothesis.settings.load_profile("tests")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a name with an address in it: it differs between the workers of pytest-xdist, which then run nothing."""
    if named := [item.nodeid for item in items if " at 0x" in item.nodeid]:
        raise pytest.UsageError(f"the name of a test has an address in it: {named[0]}")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Leave what the collection makes, thousands of tests, out of garbage collection, now and while the tests run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_sessionfinish() -> None:
    """Write what coverage has measured: pytest-xdist kills a worker that takes more than 10 seconds to end."""
    coverage = sys.modules.get("coverage")
    measurement = coverage.Coverage.current() if coverage else None
    if measurement:
        measurement.save()


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Run every async test on asyncio and on trio."""
    return str(request.param)


@pytest.fixture(autouse=True)
def no_aws_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hide the machine's own AWS settings; returns the home directory, which is not there until a test makes it."""
    for name in list(os.environ):
        if name.startswith("AWS_") or name == "REQUESTS_CA_BUNDLE":
            monkeypatch.delenv(name)
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(_HOMES))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return home


@pytest.fixture
def credentials() -> Credentials:
    """Credentials that look like AWS's own examples."""
    return Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")


@pytest.fixture
def client(credentials: Credentials) -> Iterator[SESv2Client]:
    """A sync client that does not retry, for respx or a local server."""
    with SESv2Client(region=REGION, credentials=credentials, retry_mode="off") as client:
        yield client


@pytest.fixture
def async_client(credentials: Credentials) -> AsyncSESv2Client:
    """An async client that does not retry; use it as `async with async_client:`."""
    return AsyncSESv2Client(region=REGION, credentials=credentials, retry_mode="off")

"""The fixtures for pytest, which finds them through an entry point: `fake_ses`, `ses`, `async_ses`, `ses_outbox`.

Nothing of the package is loaded until a test uses one of them.
"""

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ..client._aio import AsyncSESv2Client
    from ..client._sync import SESv2Client
    from .fake import FakeSES
    from .outbox import SentMail

_MARK = "fake_ses"


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line("markers", f"{_MARK}(**settings): the arguments of FakeSES for this test")


@pytest.fixture
def fake_ses(request: pytest.FixtureRequest) -> "Generator[FakeSES]":
    """A `FakeSES` that every client of the process reaches during the test, and nothing else.

    `@pytest.mark.fake_ses(sandbox=True)` sets it up: the mark takes the arguments of `FakeSES`.
    """
    from .fake import FakeSES

    node: pytest.Item = request.node
    mark = node.get_closest_marker(_MARK)
    settings: dict[str, Any] = dict(mark.kwargs) if mark else {}
    with FakeSES(**settings) as fake, fake.patched():
        yield fake


@pytest.fixture
def ses(fake_ses: "FakeSES") -> "Generator[SESv2Client]":
    """A sync client of the fake service."""
    with fake_ses.client() as client:
        yield client


@pytest.fixture
def async_ses(fake_ses: "FakeSES") -> "AsyncSESv2Client":
    """An async client of the fake service. There is nothing to close: it has no connections."""
    return fake_ses.async_client()


@pytest.fixture
def ses_outbox(fake_ses: "FakeSES") -> "Sequence[SentMail]":
    """The mails that were sent during the test, by whatever client, oldest first."""
    return fake_ses.outbox

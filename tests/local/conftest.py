"""A fake service, and a client that talks to its pages as a browser does."""

from collections.abc import Iterator

import httpx
import pytest
from support.local import pages_of

from sesv2kit.testing import FakeSES


@pytest.fixture
def fake() -> Iterator[FakeSES]:
    with FakeSES() as service:
        yield service


@pytest.fixture
def browser(fake: FakeSES) -> Iterator[httpx.Client]:
    """A client of the pages of `fake`; it follows no redirects."""
    with pages_of(fake) as client:
        yield client

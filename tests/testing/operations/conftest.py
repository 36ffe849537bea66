"""A fake service whose clock stands still, and a client of it that does not repeat what is refused."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from sesv2kit import SESv2Client
from sesv2kit.testing import FakeSES


@pytest.fixture
def fake() -> Iterator[FakeSES]:
    """Return a fake service that starts on 1 March 2026."""
    with FakeSES(clock=datetime(2026, 3, 1, 12, tzinfo=UTC), seed=1) as fake:
        yield fake


@pytest.fixture
def ses(fake: FakeSES) -> Iterator[SESv2Client]:
    """Return a client of the fake service."""
    with fake.client(retry_mode="off") as ses:
        yield ses

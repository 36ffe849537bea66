"""The fixtures of these tests: an SES endpoint."""

from collections.abc import Iterator

import pytest
from support.counting import CountingServer, counting_server


@pytest.fixture(scope="module")
def ses() -> Iterator[CountingServer]:
    """Run an SES endpoint that counts requests, for the tests of a module."""
    with counting_server() as server:
        yield server

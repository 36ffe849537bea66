"""The fixtures of these tests: a server that notes the time, and Redis."""

from collections.abc import Iterator

import pytest
from support.counting import counting_server
from support.fixtures import no_known_accounts
from support.send_rate import RedisServer, TimingServer, running_redis

__all__ = ["no_known_accounts", "redis_server", "server"]


@pytest.fixture
def server() -> Iterator[TimingServer]:
    """A server that answers every send well."""
    server = TimingServer()
    with counting_server(server):
        yield server


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A Redis server for all tests; each takes a key of its own."""
    with running_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server

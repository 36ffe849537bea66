"""What the pools of an async client share on asyncio and on trio."""

from typing import Generic, TypeVar

from .._core.aio import event_for_threads
from .._core.http import RawResponse, SignedRequest
from .connections import Connection, Connections
from .resolver import Resolver
from .route import Origin, split_url
from .sockets import Address


class AsyncConnection(Connection):
    """A connection on an event loop."""

    async def exchange(self, request: SignedRequest, target: str) -> RawResponse:
        """Send a request and read the response."""
        raise NotImplementedError


ConnectionT = TypeVar("ConnectionT", bound=AsyncConnection)


async def find_addresses(resolver: Resolver, origin: Origin) -> list[Address]:
    """Return the addresses of a host.

    Raises:
        OSError, ValueError: There are none.
    """
    lookup = resolver.lookup(origin.host, origin.port)
    if lookup.ended_at is None:
        ended, end = event_for_threads()
        lookup.when_ended(end)
        await ended.wait()
    return lookup.addresses()


class AsyncPool(Generic[ConnectionT]):
    """Connections of an async client: a slot for each request in flight, and the idle connections."""

    _connections: Connections[ConnectionT]

    async def send(self, request: SignedRequest) -> RawResponse:
        """Send a request and read the whole response, see `Pool.send`."""
        origin, target = split_url(request.url)
        if not self._take_free_slot():
            await self._wait_for_slot(request)
        try:
            connection = self._connections.take(origin)
            try:
                response = await connection.exchange(request, target)
            except BaseException:
                self._connections.drop(connection)
                raise
            self._connections.put_back(connection)
            return response
        finally:
            self._give_back_slot()

    def _take_free_slot(self) -> bool:
        raise NotImplementedError

    async def _wait_for_slot(self, request: SignedRequest) -> None:
        raise NotImplementedError

    def _give_back_slot(self) -> None:
        raise NotImplementedError

    async def aclose(self) -> None:
        """Close all connections; a request in flight ends with an error."""
        for connection in self._connections.close():
            connection.close()

    def disown(self) -> None:
        """In a forked child, close its copies of the parent's connections."""
        self._connections.disown()

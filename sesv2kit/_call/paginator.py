"""The pages of a list, one request at a time, and the entries on them.

`_Walk` decides what is requested next and when the list ends; the sync and the async iterators only make the requests.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Generic, TypeVar, cast

import attrs

from .._core.exceptions import ResponseError
from .._core.model import ResponseMetadata, wire_of
from .._core.operation import Operation, Page, ResponseT
from .options import RequestOptions

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")
Arguments = dict[str, Any]
Call = Callable[[Operation[ResponseT], Arguments, RequestOptions | None], ResultT]


class _Walk(Generic[ResponseT]):
    """One walk over the pages of a list. It sends nothing."""

    def __init__(self, operation: Operation[ResponseT], arguments: Arguments) -> None:
        self._operation = operation.name
        self._arguments = arguments
        self._page = cast(Page, operation.page)  # only operations that page get here
        self.token: str | None = arguments[self._page.token]
        """The token of the page that was requested last; before that, of the one to begin with."""
        self._next = self.token
        self._over = False
        self._last = ResponseMetadata()
        # Hashes, as tokens can be long: a few dozen bytes for each page. All of them, so that a cycle of any length is
        # noticed before a page is returned for the second time.
        self._seen: set[int] = set()

    def next_request(self) -> Arguments | None:
        """Return the arguments of the next request; None if there is no further page.

        Raises:
            ResponseError: The next page was read before.
        """
        if self._over:
            return None
        if self._seen and hash(self._next) in self._seen:
            raise self._error(f"the service gave the same {self._page.token} twice, so its pages never end")
        self.token = self._next
        return {**self._arguments, self._page.token: self.token}

    def take(self, response: ResponseT) -> ResponseT:
        """Note the response to the request, and return it.

        Raises:
            ResponseError: Its entries, or the token of the next page, don't fit the model.
        """
        self._seen.add(hash(self.token))
        self._last = response.metadata
        for field in attrs.fields(type(response)) if response.extra else ():
            known = wire_of(field)
            if known and field.name in (self._page.items, self._page.token) and known.name in response.extra:
                raise self._error(f"the {field.name} of a page can't be read")
        self._next = getattr(response, self._page.token)
        self._over = not self._next
        return response

    def entries(self, response: ResponseT) -> Iterator[Any]:
        """Return the entries of a page, of which there may be none."""
        return iter(getattr(response, self._page.items) or ())

    def _error(self, message: str) -> ResponseError:
        return ResponseError(
            f"{self._operation}: {message}",
            operation=self._operation,
            status_code=self._last.status_code,
            request_id=self._last.request_id,
            attempts=self._last.attempts,
        )


class _Base(Generic[ResponseT]):
    """What both paginators share."""

    def __init__(self, operation: Operation[ResponseT], arguments: Arguments, options: RequestOptions | None) -> None:
        self._operation = operation
        self._arguments = arguments
        self._options = options
        self._walk = _Walk(operation, arguments)

    @property
    def resume_token(self) -> str | None:
        """The token to resume from after a break or an error: pass it as the token of another iterator.

        It is the token of the current page, so nothing is lost; the entries of that page that you have read are read
        again. None stands for the first page. After the end it is the token of the last page. It belongs to the
        iteration that was started last.
        """
        return self._walk.token

    def _begin(self) -> _Walk[ResponseT]:
        self._walk = _Walk(self._operation, self._arguments)
        return self._walk


class Paginator(_Base[ResponseT], Generic[ItemT, ResponseT]):
    """The entries of a list, page by page: `for contact in ses.iter_contacts(contact_list_name="customers")`.

    Nothing is sent before the first entry is requested, and one page is in memory at a time. Each `for` begins at the
    first page again, or at the token that was given. An iteration belongs to one thread.
    """

    def __init__(
        self,
        call: Call[ResponseT, ResponseT],
        operation: Operation[ResponseT],
        arguments: Arguments,
        options: RequestOptions | None,
    ) -> None:
        super().__init__(operation, arguments, options)
        self._call = call

    def __iter__(self) -> Iterator[ItemT]:
        walk = self._begin()
        return _Entries(walk, self._pages(walk))

    def pages(self) -> Iterator[ResponseT]:
        """Return the whole responses, one for each page; an empty page is a response, too."""
        return self._pages(self._begin())

    def _pages(self, walk: _Walk[ResponseT]) -> Iterator[ResponseT]:
        return _Pages(walk, lambda arguments: self._call(self._operation, arguments, self._options))


class _Pages(Iterator[ResponseT]):
    def __init__(self, walk: _Walk[ResponseT], fetch: Callable[[Arguments], ResponseT]) -> None:
        self._walk = walk
        self._fetch = fetch

    def __next__(self) -> ResponseT:
        arguments = self._walk.next_request()
        if arguments is None:
            raise StopIteration
        return self._walk.take(self._fetch(arguments))


class _Entries(Iterator[ItemT], Generic[ItemT, ResponseT]):
    def __init__(self, walk: _Walk[ResponseT], pages: Iterator[ResponseT]) -> None:
        self._walk = walk
        self._pages = pages
        self._entries: Iterator[ItemT] = iter(())

    def __next__(self) -> ItemT:
        while True:
            for entry in self._entries:
                return entry
            self._entries = self._walk.entries(next(self._pages))


class AsyncPaginator(_Base[ResponseT], Generic[ItemT, ResponseT]):
    """The entries of a list, page by page: `async for contact in ses.iter_contacts(contact_list_name="customers")`.

    Nothing is sent before the first entry is requested, and one page is in memory at a time. Each `async for` begins
    at the first page again, or at the token that was given. An iteration belongs to one task, and needs no closing
    when it is left early.
    """

    def __init__(
        self,
        call: Call[ResponseT, Awaitable[ResponseT]],
        operation: Operation[ResponseT],
        arguments: Arguments,
        options: RequestOptions | None,
    ) -> None:
        super().__init__(operation, arguments, options)
        self._call = call

    def __aiter__(self) -> AsyncIterator[ItemT]:
        walk = self._begin()
        return _AsyncEntries(walk, self._pages(walk))

    def pages(self) -> AsyncIterator[ResponseT]:
        """Return the whole responses, one for each page; an empty page is a response, too."""
        return self._pages(self._begin())

    def _pages(self, walk: _Walk[ResponseT]) -> AsyncIterator[ResponseT]:
        return _AsyncPages(walk, lambda arguments: self._call(self._operation, arguments, self._options))


# Classes instead of async generators, which would have to be closed when a loop is left early.


class _AsyncPages(AsyncIterator[ResponseT]):
    def __init__(self, walk: _Walk[ResponseT], fetch: Callable[[Arguments], Awaitable[ResponseT]]) -> None:
        self._walk = walk
        self._fetch = fetch

    async def __anext__(self) -> ResponseT:
        arguments = self._walk.next_request()
        if arguments is None:
            raise StopAsyncIteration
        return self._walk.take(await self._fetch(arguments))


class _AsyncEntries(AsyncIterator[ItemT], Generic[ItemT, ResponseT]):
    def __init__(self, walk: _Walk[ResponseT], pages: AsyncIterator[ResponseT]) -> None:
        self._walk = walk
        self._pages = pages
        self._entries: Iterator[ItemT] = iter(())

    async def __anext__(self) -> ItemT:
        while True:
            for entry in self._entries:
                return entry
            self._entries = self._walk.entries(await anext(self._pages))

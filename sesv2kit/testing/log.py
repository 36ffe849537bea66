"""The mails and the events of the fake service as sequences that read the database only as far as they are used."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import ClassVar, Final, Generic, Protocol, TypeVar, cast, overload

from ._service.mail_log import MailLog, StoredEvent, StoredMail

T = TypeVar("T")
StoredT = TypeVar("StoredT", StoredMail, StoredEvent)
_BATCH: Final = 500
"""Entries that are read at a time."""


class Source(Protocol[StoredT]):
    """Where the entries of a `Log` are."""

    def count(self) -> int:
        """Return how many there are."""
        ...

    def slice(self, start: int, count: int, /) -> list[StoredT]:
        """Return some of them, oldest first, without the first `start`."""
        ...

    def after(self, number: int, limit: int, /) -> list[StoredT]:
        """Return those with larger numbers, oldest first."""
        ...


class Log(Sequence[T], Generic[StoredT, T]):
    """A growing sequence in the database, of which only the entries that are used are read.

    Args:
        lock: Is held while the database is read.
        source: Where the entries are.
        make: Makes an entry of what is stored of it.
    """

    def __init__(
        self, lock: AbstractContextManager[object], source: Source[StoredT], make: Callable[[StoredT], T]
    ) -> None:
        self._lock = lock
        self._source: Source[StoredT] = source
        self._make: Callable[[StoredT], T] = make

    def __len__(self) -> int:
        with self._lock:
            return self._source.count()

    def _read(self, start: int, count: int) -> list[T]:
        with self._lock:
            return list(map(self._make, self._source.slice(start, count)))

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        length = len(self)
        if isinstance(index, slice):
            chosen = range(length)[index]
            if not chosen:
                return []
            first = min(chosen[0], chosen[-1])
            found = self._read(first, abs(chosen[-1] - chosen[0]) + 1)
            return [found[position - first] for position in chosen]
        try:
            position = range(length)[index]
        except IndexError:
            raise IndexError(f"there are {length} entries, and none at {index}") from None
        return self._read(position, 1)[0]

    def __iter__(self) -> Iterator[T]:
        number = 0
        while True:
            with self._lock:
                batch = self._source.after(number, _BATCH)
                entries = list(map(self._make, batch))
            if not batch:
                return
            yield from entries
            number = batch[-1].number

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str | bytes):
            return NotImplemented
        entries = cast("Sequence[object]", other)
        return len(self) == len(entries) and all(mine == its for mine, its in zip(self, entries, strict=True))

    __hash__: ClassVar[None]  # type: ignore[assignment]  # it grows

    def __repr__(self) -> str:
        return repr(list(self))


class SentMails:
    """The mails of a log, without those whose template could not be filled in."""

    def __init__(self, mails: MailLog) -> None:
        self.count: Callable[[], int] = mails.count_sent
        self.slice: Callable[[int, int], list[StoredMail]] = mails.sent
        self.after: Callable[[int, int], list[StoredMail]] = mails.sent_after

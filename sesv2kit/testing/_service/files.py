"""The objects of S3 that import jobs read and export jobs write."""

from collections.abc import Callable, Iterator, MutableMapping
from contextlib import AbstractContextManager
from typing import Any

from ..._core.exceptions import ConfigurationError
from ..._core.settings import is_text
from .records import File
from .store import Collection


class Files(MutableMapping[str, bytes]):
    """Objects of S3 by their URLs, such as `s3://bucket/contacts.csv`.

    Args:
        records: Returns where they are kept.
        lock: Held while they are used.
    """

    def __init__(self, records: Callable[[], Collection[File]], lock: AbstractContextManager[object]) -> None:
        self._records = records
        self._lock = lock

    def __getitem__(self, url: str) -> bytes:
        with self._lock:
            return self._records()[url].data

    def __setitem__(self, url: str, data: bytes) -> None:
        given: Any = data
        if not is_text(url) or not isinstance(given, bytes | bytearray | memoryview):
            raise ConfigurationError("a file is bytes, and its URL a str; encode() makes bytes of a text")
        with self._lock:
            self._records()[url] = File(data=bytes(data))

    def __delitem__(self, url: str) -> None:
        with self._lock:
            del self._records()[url]

    def __iter__(self) -> Iterator[str]:
        with self._lock:
            return iter([*self._records()])

    def __len__(self) -> int:
        with self._lock:
            return len(self._records())

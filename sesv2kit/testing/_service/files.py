"""The objects of S3 that import jobs read and export jobs write."""

from collections.abc import Callable, Iterator, MutableMapping

from .records import File
from .store import Collection


class Files(MutableMapping[str, bytes]):
    """Objects of S3 by their URLs, such as `s3://bucket/contacts.csv`.

    Args:
        records: Returns where they are kept.
    """

    def __init__(self, records: Callable[[], Collection[File]]) -> None:
        self._records = records

    def __getitem__(self, url: str) -> bytes:
        return self._records()[url].data

    def __setitem__(self, url: str, data: bytes) -> None:
        self._records()[url] = File(data=data)

    def __delitem__(self, url: str) -> None:
        del self._records()[url]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records())

    def __len__(self) -> int:
        return len(self._records())

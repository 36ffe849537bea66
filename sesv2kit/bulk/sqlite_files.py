"""The files of an open journal: that they are deleted, emptied or replaced is something that SQLite does not notice."""

import os
from collections.abc import Callable
from io import FileIO
from operator import ge
from pathlib import Path
from typing import Final

_WAL_STARTS: Final = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
"""https://www.sqlite.org/fileformat2.html, section 4.1."""
_synchronise: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)
"""Only Linux and the like have `fdatasync`."""


class JournalFiles:
    """The database of a journal, and the file beside it, as they are now.

    Args:
        database: The path of the database, which SQLite has open.
        wal: The path of the file beside it.
    """

    def __init__(self, database: Path, wal: Path) -> None:
        self._paths = (database, wal)
        self._identities, self._sizes = self._stat()
        # The database itself must not be opened beside SQLite: to close it would end the lock.
        self._wal = FileIO(wal, "r+")  # Windows synchronises only what is open for writing

    def are_intact(self) -> bool:
        """Return whether they are the same files as before, and none of them is shorter than before."""
        try:
            identities, sizes = self._stat()
        except OSError:
            return False
        if identities != self._identities or not all(map(ge, sizes, self._sizes)) or not self._has_wal_header():
            return False
        self._sizes = sizes
        return True

    def synchronise(self) -> None:
        """Wait until what was written to the file beside the database is on the disk.

        Raises:
            OSError: It may not be there.
        """
        _synchronise(self._wal.fileno())

    def close(self) -> None:
        """Close the file beside the database."""
        self._wal.close()

    def _stat(self) -> tuple[list[tuple[int, int]], list[int]]:
        """Return what identifies the files, which is their device and their number there, and their sizes."""
        files = [path.stat() for path in self._paths]
        return [(file.st_dev, file.st_ino) for file in files], [file.st_size for file in files]

    def _has_wal_header(self) -> bool:
        """Return whether the file begins as SQLite writes it: one that was emptied and written on begins with zeros."""
        self._wal.seek(0)
        return self._wal.read(4) in _WAL_STARTS

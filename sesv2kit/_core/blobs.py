"""Blobs in arguments, and bodies with large ones, which are encoded in pieces and never whole."""

from binascii import b2a_base64
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import accumulate
from typing import Any, Final, get_args, get_origin

import attrs

from .model import Model, is_sequence, wire_of
from .serde import core_type

_PIECE: Final = 256 * 1024
"""How many bytes are encoded at a time. Other threads run while these are hashed."""

Blob = bytes | bytearray | memoryview
Replace = Callable[[Any], Any]
"""Takes a blob, and returns what replaces it."""


@cache
def blob_replacer(tp: Any) -> Callable[[Any, Replace], Any] | None:
    """Return the function that replaces the blobs in a value of a core type, or None if that type has none.

    It takes the value and what replaces a blob, and returns the same value if nothing was replaced. The blobs come in
    the order in which they travel. A value that is not of the type is returned as it is.
    """
    if get_origin(tp) is Sequence:
        return _in_sequence(blob_replacer(core_type(get_args(tp)[0])))
    if tp is bytes:
        return lambda value, replace: replace(value) if isinstance(value, Blob) else value
    return _in_model(tp) if isinstance(tp, type) and issubclass(tp, Model) else None


def _in_sequence(replace_item: Callable[[Any, Replace], Any] | None) -> Callable[[Any, Replace], Any] | None:
    if replace_item is None:
        return None

    def replace_all(value: Any, replace: Replace) -> Any:
        if not is_sequence(value):
            return value
        items = [replace_item(item, replace) for item in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value

    return replace_all


def _in_model(cls: type[Model]) -> Callable[[Any, Replace], Any] | None:
    members = [
        (field.name, replace_member)
        for field in attrs.fields(cls)
        if wire_of(field) and (replace_member := blob_replacer(core_type(field.type)))
    ]
    if not members:
        return None

    def replace_all(value: Any, replace: Replace) -> Any:
        if not isinstance(value, cls):
            return value
        changed: dict[str, Any] = {}
        for name, replace_member in members:
            member = getattr(value, name)
            replaced = replace_member(member, replace)
            if replaced is not member:
                changed[name] = replaced
        return attrs.evolve(value, **changed) if changed else value

    return replace_all


class _Text:
    """A part of a body that is in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __len__(self) -> int:
        return len(self._data)

    def piece(self, start: int, stop: int) -> bytes:
        return self._data[start:stop]


class _Base64:
    """A part of a body that is a blob in base64."""

    def __init__(self, blob: bytes) -> None:
        self._blob = memoryview(blob)

    def __len__(self) -> int:
        return -(-len(self._blob) // 3) * 4

    def piece(self, start: int, stop: int) -> bytes:
        # Each 3 bytes of the blob are 4 characters.
        first = start // 4
        encoded = b2a_base64(self._blob[first * 3 : -(-stop // 4) * 3], newline=False)
        return encoded[start - first * 4 : stop - first * 4]


class LargeBody:
    """The body of a request with large blobs. It keeps the blobs as they are, and encodes each piece when it is read.

    The constructor encodes all of it once, for the hash. That takes a few milliseconds for each megabyte.

    Args:
        texts: The JSON around the blobs: one more than there are blobs.
        blobs: The blobs.
    """

    def __init__(self, texts: Sequence[bytes], blobs: Sequence[bytes]) -> None:
        first, *others = texts
        self._parts: list[_Text | _Base64] = [_Text(first)]
        for blob, text in zip(blobs, others, strict=True):
            self._parts += [_Base64(blob), _Text(text)]
        self._ends = list(accumulate(map(len, self._parts)))
        hashed = sha256()
        for piece in self.pieces():
            hashed.update(piece)
        self.sha256: str = hashed.hexdigest()
        """The SHA-256 of the body, in hexadecimal."""

    def __len__(self) -> int:
        return self._ends[-1]

    def __bytes__(self) -> bytes:
        return b"".join(self.pieces())

    def piece(self, start: int, stop: int) -> bytes:
        """Return the bytes from `start` to `stop`, as a slice of `bytes` does."""
        pieces: list[bytes] = []
        index = bisect_right(self._ends, start)
        while start < stop and index < len(self._parts):
            part = self._parts[index]
            offset = self._ends[index] - len(part)
            pieces.append(part.piece(start - offset, min(stop, self._ends[index]) - offset))
            start = self._ends[index]
            index += 1
        return b"".join(pieces)

    def pieces(self) -> Iterator[bytes]:
        """Yield all of it, piece by piece."""
        for start in range(0, len(self), _PIECE):
            yield self.piece(start, start + _PIECE)

"""What the statuses of a bulk response mean: the hand-written bases of two generated models."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

import attrs

from . import errors
from ._core.exceptions import APIError


def status_error(status: str | None, message: str | None = None) -> APIError:
    """Return the error that a status other than success means."""
    cls = errors.find_class(status, message or "")
    return cls(message or "", code=str(status) if status else "no status", operation="SendBulkEmail")


class BulkEntryOutcome:
    """What an entry's status means."""

    __slots__ = ()

    if TYPE_CHECKING:
        status: str | None
        error: str | None

    @property
    def ok(self) -> bool:
        """True if the service accepted the entry's mail."""
        return self.status == "SUCCESS"

    @property
    def is_retryable(self) -> bool:
        """True if the same entry may be accepted in another request."""
        return not self.ok and status_error(self.status, self.error).is_retryable

    @property
    def error_class(self) -> type[APIError] | None:
        """The class of `errors` that the status means; None for success."""
        return None if self.ok else type(status_error(self.status, self.error))

    def raise_for_status(self) -> None:
        """Raise the error that the status means; do nothing for success.

        Raises:
            APIError: The entry failed; `code` is its status.
        """
        if not self.ok:
            raise status_error(self.status, self.error)


ResultT = TypeVar("ResultT", bound=BulkEntryOutcome)


@attrs.frozen
class BulkEntry(Generic[ResultT]):
    """An entry of a bulk response with its position in the request."""

    index: int
    """The index in `bulk_email_entries`."""
    result: ResultT
    """The service's result for it."""


class BulkOutcome(Generic[ResultT]):
    """What a bulk response means as a whole."""

    __slots__ = ()

    if TYPE_CHECKING:
        bulk_email_entry_results: Sequence[ResultT]

    @property
    def failed(self) -> list[BulkEntry[ResultT]]:
        """The entries that were not accepted, each with its index in the request."""
        results = enumerate(self.bulk_email_entry_results)
        return [BulkEntry(index, result) for index, result in results if not result.ok]

    @property
    def retryable(self) -> list[BulkEntry[ResultT]]:
        """The failed entries that may be accepted in another request, each with its index in the request."""
        return [entry for entry in self.failed if entry.result.is_retryable]

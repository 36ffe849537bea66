"""The errors of a worker that may not go on with its batch."""

from .._core.exceptions import JournalError


class LeaseLostError(JournalError):
    """Another worker has taken the batch over, because its lease ran out. This worker sends nothing more of it.

    What this worker had in flight before is `unknown` in the journal until a response or an event says otherwise.
    """


class EntriesSettledError(JournalError):
    """An event has settled entries that were about to be sent again; their request was not sent."""


class MailingHaltedError(JournalError):
    """The mailing was paused or stopped while a batch was under way; no further request was sent."""

    _facts = ("status", "reason")

    def __init__(self, message: str, status: str = "", reason: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        """`paused` or `stopped`."""
        self.reason = reason
        """Why it was stopped."""

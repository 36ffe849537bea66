"""The error of a batch that somebody else works on."""

from .._core.exceptions import JournalError


class LeaseLostError(JournalError):
    """Somebody else has taken the batch over, because its lease ran out; nothing was sent by what raised this.

    What this worker had in flight before is `unknown` in the journal until a response or an event says otherwise.
    """


class EntriesSettledError(JournalError):
    """An event has settled entries that were about to be sent again; nothing was sent by what raised this."""


class MailingHaltedError(JournalError):
    """The mailing was paused or stopped while a batch was under way; nothing was sent by what raised this."""

    _facts = ("status", "reason")

    def __init__(self, message: str, status: str = "", reason: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        """`paused` or `stopped`."""
        self.reason = reason
        """Why it was stopped."""

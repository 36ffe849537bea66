"""What a fleet reports: what a worker did with a batch, how far a mailing is, and what became of each entry."""

from typing import Literal

import attrs

from .states import AGAIN, PENDING, FleetState, counts

BatchState = Literal["done", "open", "held", "paused", "stopped"]


@attrs.frozen(kw_only=True)
class BatchReport:
    """What `send_batch` did, and what became of the batch's entries."""

    number: int
    """The number of the batch."""
    state: BatchState
    """`done`: nothing of it is left to send. `open`: something is, and a sweep hands it out again. `held`: another
    worker has it. `paused`, `stopped`: the mailing is."""
    sent: int = 0
    """Entries of the batch that were sent, by this worker or another; the same is true of the other numbers."""
    failed: int = 0
    """Entries that were certainly not sent, and won't be."""
    unknown: int = 0
    """Entries that may or may not have been sent."""
    skipped: int = 0
    """Entries whose keys the function for entries no longer knew."""
    pending: int = 0
    """Entries that are still to be sent."""
    seconds: float = 0.0
    """The time that the work took."""
    reason: str | None = None
    """Why the work ended early; None if it did not."""


def batch_report(number: int, state: str, states: str, seconds: float = 0.0, reason: str | None = None) -> BatchReport:
    """Return the report of a batch.

    Args:
        number: The batch.
        state: Its state, a `BatchState`.
        states: The states of its entries, packed; empty if they are not known.
        seconds: The time that the work took.
        reason: Why the work ended early, if it did.
    """
    return BatchReport(
        number=number,
        state=state,  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        **counts(states),
        pending=states.count(PENDING) + states.count(AGAIN),
        seconds=seconds,
        reason=reason,
    )


@attrs.frozen(kw_only=True)
class MailingReport:
    """The numbers of a mailing: entries, batches, rate and time left."""

    name: str
    """The name of the mailing."""
    status: Literal["running", "paused", "stopped", "finished"]
    """`finished`: every batch is done."""
    reason: str | None
    """Why the mailing was stopped; None if it was not."""
    entries: int
    """The number of all entries."""
    pending: int
    """Entries that are still to be sent."""
    in_flight: int
    """Entries whose request has begun and has no outcome; those of a worker that died become unknown later."""
    sent: int
    """Entries that SES took."""
    failed: int
    """Entries that were certainly not sent, and won't be."""
    unknown: int
    """Entries that may or may not have been sent."""
    skipped: int
    """Entries whose keys the function for entries no longer knew when their batch was sent."""
    batches: int
    """The number of all batches."""
    waiting: int
    """Batches that were not handed out yet."""
    offered: int
    """Batches that the engine has, and no worker has begun yet."""
    active: int
    """Batches that workers have: as many as there are busy workers."""
    lost: int
    """Batches that a worker has given back or held until its lease ended, or that the engine has not handed to a worker
    in time: the next sweep hands them out again."""
    done: int
    """Batches in which nothing is left to send."""
    takeovers: int
    """How often a batch was taken up again, because its worker died, froze or gave it back."""
    per_second: float
    """Entries a second, in the batches that were finished within the last minute."""

    @property
    def settled(self) -> int:
        """Entries that have an outcome."""
        return self.sent + self.failed + self.unknown + self.skipped

    @property
    def seconds_left(self) -> float | None:
        """The time that the rest takes at the present rate; None if nothing was finished within the last minute."""
        left = self.pending + self.in_flight
        return left / self.per_second if self.per_second else None if left else 0.0


@attrs.frozen
class EntryOutcome:
    """What became of one entry of a mailing."""

    key: str
    """The key of the entry."""
    state: FleetState
    """`pending`, `in flight`, `sent`, `failed`, `unknown` or `skipped`."""
    message_id: str | None = None
    """The service's id of the mail, if it was sent and its response arrived."""
    code: str | None = None
    """Why the entry failed or is unknown, as a code; None otherwise."""
    batch: int = 0
    """The number of the batch that the entry is in."""

"""Hooks around the batches of a mailing."""

from contextlib import AbstractContextManager, nullcontext

import attrs

from .reports import BatchReport


@attrs.define(eq=False)
class BatchInfo:
    """The work on a batch, as hooks see it."""

    mailing: str
    """The name of the mailing."""
    number: int
    """The number of the batch."""
    worker: str
    """The machine and the process that work on the batch: `host:pid`."""
    claims: int = 0
    """How often the batch was claimed, this time included; 0 until it is claimed. Above 1, an earlier worker has died,
    frozen or given the batch back."""
    before: BatchReport | None = None
    """The numbers of its entries when it was claimed; None until then."""
    renewals: int = 0
    """How often its lease was renewed."""
    report: BatchReport | None = None
    """The report of the work; None until it ends, and if it ended with an error."""


class FleetHook:
    """Observes a mailing: `Mailing(..., hooks=[...])`. Override the method.

    `sesv2kit.otel` has two that also observe a client. An error that a hook raises ends the work on the batch.
    """

    def around_batch(self, batch: BatchInfo) -> AbstractContextManager[None]:
        """Return a context in which `send_batch` works; what it raises is raised in the context.

        Args:
            batch: The batch. The context can read what is known by then.
        """
        del batch
        return nullcontext()

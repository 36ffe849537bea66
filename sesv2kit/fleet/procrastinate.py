"""A fleet on Procrastinate, whose queue is in PostgreSQL, as the journal is: two tasks.

Needs the extra: `pip install "sesv2kit[procrastinate]"`.
https://procrastinate.readthedocs.io/
"""

import logging
import threading
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from .._core.lazy import LazyModule
from .errors import LeaseLostError
from .mailing import Mailing
from .names import by_name

if TYPE_CHECKING:
    import procrastinate
else:
    procrastinate = LazyModule("procrastinate")

SEND_BATCH = "sesv2kit.fleet.send_batch"
"""The name of the task that sends a batch."""
SWEEP = "sesv2kit.fleet.sweep"
"""The name of the task that hands batches out."""

_log = logging.getLogger("sesv2kit")


def install(
    app: "procrastinate.App", mailings: Iterable[Mailing], *, sweep_cron: str = "* * * * *", queue: str = "sesv2kit"
) -> None:
    """Have workers of Procrastinate send mailings.

    Call it in the module that the workers load. It adds the tasks `sesv2kit.fleet.send_batch` and
    `sesv2kit.fleet.sweep`, and has the workers sweep every mailing. A batch whose worker was killed is taken up by
    another after the lease; its job stays `doing` in Procrastinate's table, which does no harm.

    Args:
        app: The application of Procrastinate. A sweep outside of a worker, such as that of the command line, opens and
            closes it for each batch, unless it is open: `with app.open()` keeps its connections.
        mailings: The mailings, each with a name of its own.
        sweep_cron: When the workers sweep, as cron writes it; with six fields, the last one is seconds. Default: every
            minute.
        queue: The queue of both tasks. Default: `sesv2kit`.

    Raises:
        ConfigurationError: Two mailings have the same name.
    """
    from procrastinate.exceptions import AppNotOpen

    found = by_name(mailings)
    opening = threading.Lock()

    @app.task(name=SEND_BATCH, queue=queue)
    def send_batch(name: str, number: int) -> None:
        try:
            found[name].send_batch(number)
        except LeaseLostError as error:
            _log.warning("mailing %s: %s", name, error)

    @app.periodic(cron=sweep_cron)
    @app.task(name=SWEEP, queue=queue, queueing_lock=SWEEP)
    def sweep(timestamp: int) -> None:
        del timestamp
        for mailing in found.values():
            mailing.sweep()

    task: Any = send_batch
    del sweep

    def dispatch(name: str, number: int) -> None:
        try:
            task.defer(name=name, number=number)
        except AppNotOpen:
            with opening, app.open():
                task.defer(name=name, number=number)

    for name, mailing in found.items():
        mailing.dispatch = partial(dispatch, name)

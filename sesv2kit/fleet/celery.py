"""A fleet on Celery: two tasks, and the settings that they need.

Needs the extra: `pip install "sesv2kit[celery]"`.
https://docs.celeryq.dev/en/stable/userguide/tasks.html
"""

import logging
from collections.abc import Iterable
from typing import Any

from .._core.exceptions import ConfigurationError
from .errors import LeaseLostError
from .mailing import Mailing
from .names import by_name

SEND_BATCH = "sesv2kit.fleet.send_batch"
"""The name of the task that sends a batch."""
SWEEP = "sesv2kit.fleet.sweep"
"""The name of the task that hands batches out."""

_log = logging.getLogger("sesv2kit")


def install(app: Any, mailings: Iterable[Mailing], *, sweep_every: float = 30.0, queue: str | None = None) -> None:
    """Have workers of Celery send mailings.

    Call it in the module that the workers load. It adds the tasks `sesv2kit.fleet.send_batch` and
    `sesv2kit.fleet.sweep`, has beat sweep every mailing, and sets `worker_prefetch_multiplier` to 1, so that a batch is
    not kept by a worker that is busy. Any broker will do: a batch that it loses, or delivers twice, is neither lost nor
    sent twice. Batches that Celery loses are handed out again by a sweep, after twice the lease.

    Args:
        app: The application of Celery, a `celery.Celery`.
        mailings: The mailings, each with a name of its own.
        sweep_every: Seconds between two sweeps by beat, above 0. Default: 30. Where no beat runs, call `Mailing.sweep`
            by cron.
        queue: The queue that the tasks are sent to. Default: None, Celery's own.

    Raises:
        ConfigurationError: Two mailings have the same name, or `sweep_every` is not above 0.
    """
    found = by_name(mailings)
    if not sweep_every > 0:
        raise ConfigurationError("sweep_every must be a number of seconds above 0")
    options: dict[str, Any] = {"queue": queue} if queue else {}
    settings: dict[str, Any] = {"acks_late": True, "reject_on_worker_lost": True, "ignore_result": True}

    def send_batch(name: str, number: int) -> None:
        try:
            found[name].send_batch(number)
        except LeaseLostError as error:
            _log.warning("mailing %s: %s", name, error)

    def sweep(name: str) -> None:
        found[name].sweep()

    # Without `shared=False`, Celery would add them to the other apps of the process as well.
    task: Any = app.task(name=SEND_BATCH, shared=False, **settings)(send_batch)
    app.task(name=SWEEP, shared=False, ignore_result=True)(sweep)
    app.conf.worker_prefetch_multiplier = 1
    schedule: dict[str, Any] = dict(app.conf.beat_schedule or {})
    for name, mailing in found.items():
        mailing.dispatch = lambda number, name=name: task.apply_async((name, number), **options)
        entry = {"task": SWEEP, "schedule": sweep_every, "args": (name,), "options": options}
        schedule[f"sesv2kit-sweep-{name}"] = entry
    app.conf.beat_schedule = schedule

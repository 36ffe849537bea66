"""The clock of the fake service, which tests move."""

from datetime import UTC, datetime, timedelta
from typing import Final

from .._core.exceptions import ConfigurationError

_END: Final = datetime(9999, 1, 1, tzinfo=UTC)


class Clock:
    """The time as the fake service has it: the real one, or one that stands still until it is moved.

    Args:
        start: The time at which a clock that stands still begins, with a time zone. Default: None, the clock runs
            with the real time.
    """

    def __init__(self, start: datetime | None = None) -> None:
        if start is not None and start.utcoffset() is None:
            raise ConfigurationError(
                "clock must be a datetime with a time zone, such as datetime(2026, 1, 1, tzinfo=UTC)"
            )
        if start is not None and start >= _END:
            raise ConfigurationError("clock must be a time before the year 9999")
        self._start = start.astimezone(UTC) if start else None
        self._moved = timedelta()

    @property
    def now(self) -> datetime:
        """The present time, in UTC."""
        return (self._start or datetime.now(UTC)) + self._moved

    @property
    def stands_still(self) -> bool:
        """Whether only `advance` moves the clock."""
        return self._start is not None

    def advance(self, seconds: float | timedelta) -> None:
        """Move the clock ahead. What takes the service time, such as jobs, verification and quotas, follows.

        Args:
            seconds: How far: seconds, or a timedelta; 0 or more, and not beyond the year 9998.

        Raises:
            ConfigurationError: It is less than 0, or too much.
        """
        try:
            step = seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)
            is_too_far = self.now + step >= _END
        except (TypeError, ValueError, OverflowError):  # not a number, or more than a timedelta holds
            is_too_far, step = True, timedelta()
        if step < timedelta():
            raise ConfigurationError("a clock does not go back; advance it by 0 seconds or more")
        if is_too_far:
            raise ConfigurationError("a clock takes a number of seconds, and goes to the year 9998 at most")
        self._moved += step

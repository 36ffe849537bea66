"""What the calls of a client share: settings, rates, the retry quota, and the clock of signatures."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

import attrs

from .._aws.config import Config
from .._core.http import RawResponse
from .._core.operation import Operation
from .._rate.limiter import AdaptiveRate, RateLimits
from .._rate.send_rate import SendRate, SendRateLike
from .retry import RetryQuota

_TOLERATED_SKEW: Final = timedelta(minutes=4)
"""The service refuses signatures that are more than five minutes off."""
_MAX_SKEW: Final = timedelta(days=1)
"""A clock that is further off does not belong to the service."""


@attrs.define
class Clock:
    """The time of signatures: this machine's, corrected once the service has shown that it is wrong."""

    offset: timedelta = timedelta(0)

    def now(self) -> datetime:
        """Return the service's time, as far as it is known."""
        return datetime.now(UTC) + self.offset

    def correct(self, response: RawResponse, used: timedelta) -> bool:
        """Take over the time of a response's Date header.

        Returns False if it is not to be believed, or if the offset that was used is not far off.
        """
        try:
            theirs = parsedate_to_datetime(response.headers.get("date", ""))
            theirs = theirs.astimezone(UTC) if theirs.tzinfo else theirs.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            return False
        offset = theirs - datetime.now(UTC)
        if abs(offset) > _MAX_SKEW or abs(offset - used) < _TOLERATED_SKEW:
            return False
        self.offset = offset
        return True


@attrs.frozen(kw_only=True)
class Shared:
    """What the calls of a client share."""

    config: Config
    get_account: Callable[[], Operation[Any]]
    """Returns the operation that says what the account allows."""
    rate_limits: RateLimits | None = None
    """Given if the client obeys the documented limits per second."""
    send_rate: SendRateLike | None = None
    """What sends keep to, unless a call says otherwise."""
    send_rates: dict[float | str, SendRate] = attrs.field(factory=dict[float | str, SendRate])
    """The rates for numbers and for `account`, once there was a call with them."""
    quota: RetryQuota = attrs.field(factory=RetryQuota)
    adaptive: AdaptiveRate = attrs.field(factory=AdaptiveRate)
    clock: Clock = attrs.field(factory=Clock)

    @property
    def paces(self) -> bool:
        """Whether a call may have to wait for its turn."""
        return self.rate_limits is not None or self.send_rate is not None

    def find_send_rate(self, setting: SendRateLike | None) -> SendRate | None:
        """Return the rate of a setting; None for no limit, and before the account's is looked up."""
        if setting is None or isinstance(setting, SendRate):
            return setting
        if setting == "account":
            return self.send_rates.get(setting)
        return self.send_rates.get(setting) or self.send_rates.setdefault(setting, SendRate(setting))

"""What a call does after it has waited for its turn."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from support.unit import Script, access_key, ok, refusal, sync_client

from sesv2kit import Credentials, SESv2Client


class Rotated:
    """A provider whose credentials are replaced each time they are loaded."""

    def __init__(self) -> None:
        self._keys = iter(["OLD", "NEW"])

    def load(self) -> Credentials:
        return Credentials(next(self._keys), "secret", "token", expires_at=datetime.now(UTC) + timedelta(hours=1))


def test_a_call_that_waited_for_its_turn_is_signed_with_the_credentials_of_that_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = Script(ok(), refusal(403, "ExpiredTokenException"), ok(), ok())
    ses: SESv2Client = sync_client(script, credentials=Rotated(), obey_rate_limits=True)
    ends = iter([ses.get_account])

    def wait(_driver: object, _seconds: float) -> None:
        """Let another call refresh the credentials meanwhile; the wait lasts until a turn comes."""
        for call in ends:
            call()
        time.sleep(0.05)

    monkeypatch.setattr("sesv2kit._call.drivers.Driver._sleep", wait)
    for name in ("a", "b"):
        ses.delete_email_template(template_name=name)
    keys = [(request.method, access_key(request)) for request in script.requests]
    assert keys == [("DELETE", "OLD"), ("GET", "OLD"), ("GET", "NEW"), ("DELETE", "NEW")]

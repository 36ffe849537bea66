"""Whether a call is refused before anything is sent, and for which problems."""

from typing import Any

import pytest

from sesv2kit import errors

from .unit import Script, ok, sync_client

SECRET = "hunter2"
"""A value that no error may show."""
SENT = {"MessageId": "m-1", "ReportId": "r-1", "BulkEmailEntryResults": [{"Status": "SUCCESS", "MessageId": "m-1"}]}
"""A response that each operation that sends can be read from."""


def problems_of(method: str, *, check_limits: bool = True, **arguments: Any) -> list[str]:
    """Return the problems that a call is refused for; nothing may be sent, and no secret shown."""
    script = Script()
    with pytest.raises(errors.ParamValidationError) as caught:
        getattr(sync_client(script, check_limits=check_limits), method)(**arguments)
    assert script.requests == []
    assert SECRET not in str(caught.value)
    return [str(problem) for problem in caught.value.problems]


def passes(method: str, *, check_limits: bool = True, **arguments: Any) -> None:
    """Assert that a call is sent."""
    script = Script(ok(SENT))
    getattr(sync_client(script, check_limits=check_limits), method)(**arguments)
    assert len(script.requests) == 1

"""What the fake service refuses."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from sesv2kit import errors
from sesv2kit.testing import FakeSES


@contextmanager
def refuses(error: type[errors.APIError], message: str) -> Iterator[None]:
    """Expect an error of the service with exactly a message."""
    with pytest.raises(error) as caught:
        yield
    assert type(caught.value) is error
    assert caught.value.message == message


def wire(
    fake: FakeSES, method: str, path: str, body: Mapping[str, Any] | None = None, query: str = ""
) -> tuple[int, Any]:
    """Send a request as it is, without the checks of a client; return the status and the body of the response."""
    response = fake.answer(method, path, query, body=b"" if body is None else json.dumps(body).encode())
    return response.status, json.loads(response.body)

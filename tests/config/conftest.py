"""What the tests of settings share: shared AWS files, and requests as botocore would send them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import botocore.awsrequest
import botocore.session
import pytest

WriteFile = Callable[[str, str], Path]
CONTENT = {"Simple": {"Subject": {"Data": "Hello"}, "Body": {"Text": {"Data": "Hi"}}}}


@pytest.fixture(autouse=True)
def no_network_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the machine's own proxies and certificates."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def shared_files(no_aws_settings: Path) -> WriteFile:
    """Return a function that writes a shared AWS file into the empty home: `write("config", text)`."""

    def write(name: str, text: str) -> Path:
        path = no_aws_settings / ".aws" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    return write


@attrs.define
class Wire:
    """Stands where botocore's requests leave, and keeps them."""

    requests: list[Any] = attrs.field(factory=list[Any])

    def __call__(self, request: Any, **_: Any) -> botocore.awsrequest.AWSResponse:
        """Keep a request, and answer it."""
        self.requests.append(request)
        answer = botocore.awsrequest.AWSResponse(request.url, 200, {}, None)
        answer._content = b"{}"
        return answer


def botocore_client(session: botocore.session.Session, **settings: Any) -> tuple[Any, Wire]:
    """Return a botocore client that sends nothing, and what keeps its requests."""
    client = session.create_client("sesv2", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="s", **settings)
    wire = Wire()
    client.meta.events.register("before-send.sesv2", wire)
    return client, wire

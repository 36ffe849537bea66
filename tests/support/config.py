"""Settings: shared AWS files, and the requests that botocore would send."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import botocore.awsrequest
import botocore.loaders
import botocore.session

WriteFile = Callable[[str, str], Path]
CONTENT = {"Simple": {"Subject": {"Data": "Hello"}, "Body": {"Text": {"Data": "Hi"}}}}

_LOADER = botocore.loaders.create_loader()


@attrs.define
class Wire:
    """Stands where botocore's requests leave, and keeps them."""

    requests: list[Any] = attrs.field(factory=list[Any])

    def __call__(self, request: Any, **_: Any) -> botocore.awsrequest.AWSResponse:
        """Keep a request, and return a response."""
        self.requests.append(request)
        response = botocore.awsrequest.AWSResponse(request.url, 200, {}, None)
        response._content = b"{}"
        return response


def botocore_session() -> botocore.session.Session:
    """Return a new session of botocore; all share what they load of botocore's data."""
    session = botocore.session.Session()
    session.register_component("data_loader", _LOADER)
    return session


def botocore_client(session: botocore.session.Session, **settings: Any) -> tuple[Any, Wire]:
    """Return a botocore client that sends nothing, and what keeps its requests."""
    client = session.create_client("sesv2", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="s", **settings)
    wire = Wire()
    client.meta.events.register("before-send.sesv2", wire)
    return client, wire

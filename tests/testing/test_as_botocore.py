"""Other SDKs understand the fake: botocore's requests reach it, and its responses are of botocore's model."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st
from support.strategies import MODEL, OPERATIONS, inputs, runs

from sesv2kit.testing import FakeSES

pytest.importorskip("uvicorn")
CODES = {"BadRequestException"}


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeSES]:
    with FakeSES() as fake:
        yield fake


@pytest.fixture(scope="module")
def client(fake: FakeSES) -> Iterator[Any]:
    with fake.serve() as url:
        yield boto3.client(
            "sesv2",
            region_name="us-east-1",
            endpoint_url=url,
            aws_access_key_id="AKIAEXAMPLE",
            aws_secret_access_key="secret",
            config=Config(retries={"total_max_attempts": 1}),
        )


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_speaks_with_boto3(operation: str, client: Any) -> None:
    shape = MODEL.operation_model(operation)
    documented = {error.name for error in shape.error_shapes} | CODES
    call = getattr(client, botocore.xform_name(operation))

    def problems(call: Any, params: dict[str, Any]) -> list[str]:
        try:
            return misfits(shape.output_shape, call(**params))
        except ClientError as error:
            found = error.response["Error"]
            return [] if found["Code"] in documented and found["Message"] else [str(error)]

    @runs(8)
    @given(inputs(operation))
    def check(params: dict[str, Any]) -> None:
        assert problems(call, params) == []

    check()


def misfits(shape: Any, value: Any, place: str = "") -> list[str]:
    """Return what of a response is not as botocore's model has it."""
    if shape is None:
        return []
    match shape.type_name:
        case "structure":
            members = {name: member for name, member in value.items() if name != "ResponseMetadata"}
            missing = [f"{place}.{name} is missing" for name in shape.required_members if name not in members]
            unknown = [f"{place}.{name} is unknown" for name in members if name not in shape.members]
            inner = [
                found
                for name, member in members.items()
                if name in shape.members
                for found in misfits(shape.members[name], member, f"{place}.{name}")
            ]
            return missing + unknown + inner
        case "list":
            return [found for item in value for found in misfits(shape.member, item, f"{place}[]")]
        case "map":
            return [found for item in value.values() for found in misfits(shape.value, item, f"{place}{{}}")]
        case "timestamp":
            return [] if isinstance(value, datetime) else [f"{place} is not a time"]
        case "string":
            if shape.enum and value not in shape.enum:
                return [f"{place} is {value!r}, which the model does not have"]
            return [] if isinstance(value, str) else [f"{place} is not a text"]
        case "integer" | "long":
            return [] if isinstance(value, int) else [f"{place} is not a whole number"]
        case "double":
            return [] if isinstance(value, int | float) else [f"{place} is not a number"]
        case "boolean":
            return [] if isinstance(value, bool) else [f"{place} is not a boolean"]
        case _:
            return []


def test_what_boto3_created_is_there(client: Any) -> None:
    client.create_email_template(TemplateName="by boto3", TemplateContent={"Subject": "Hello", "Text": "Hi {{name}}"})
    found = client.get_email_template(TemplateName="by boto3")
    assert found["TemplateContent"] == {"Subject": "Hello", "Text": "Hi {{name}}"}
    assert found["ResponseMetadata"]["HTTPStatusCode"] == 200
    with pytest.raises(client.exceptions.AlreadyExistsException, match="by boto3"):
        client.create_email_template(TemplateName="by boto3", TemplateContent={"Subject": "Hello"})


@runs(100)
@given(st.binary(max_size=60), st.sampled_from(["GET", "POST", "PUT", "DELETE"]), st.text(max_size=30))
def test_any_bytes_get_a_response_of_the_service(body: bytes, method: str, path: str) -> None:
    with FakeSES() as fake:
        for target in (f"/{path}", "/v2/email/outbound-emails", "/v2/email/templates"):
            response = fake.answer(method, target, body=body)
            assert response.status < 500
            assert response.status == 200 or response.headers["x-amzn-errortype"]

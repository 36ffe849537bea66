"""Clients that the code under test makes reach the fake, and mocks of other kinds are never passed by."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpcore
import httpx
import pytest

from sesv2kit import AsyncSESv2Client, SESv2Client, errors, models
from sesv2kit.testing import FakeSES

CONTENT = models.EmailTemplateContent(subject="Hello", text="Hi {{name}}")


@pytest.fixture(autouse=True)
def _nothing_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_REGION", "us-east-1")


def test_a_default_client_reaches_the_fake() -> None:
    with FakeSES() as fake, fake.patched(), SESv2Client() as ses:
        ses.create_email_template(template_name="welcome", template_content=CONTENT)
        with fake.client() as other:
            assert other.get_email_template(template_name="welcome").template_content == CONTENT


@pytest.mark.anyio
async def test_an_async_client_reaches_the_fake() -> None:
    with FakeSES() as fake, fake.patched():
        async with AsyncSESv2Client() as ses:
            await ses.create_email_template(template_name="welcome", template_content=CONTENT)
            assert [template.template_name async for template in ses.iter_email_templates()] == ["welcome"]


def test_clients_do_not_reach_the_fake_after_the_end() -> None:
    with SESv2Client(endpoint_url="http://127.0.0.1:1", retry_mode="off") as ses:
        with FakeSES() as fake, fake.patched():
            ses.list_email_templates()
        with pytest.raises(errors.SESv2Error):
            ses.list_email_templates()


def test_the_region_of_the_environment_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-west-3")
    with FakeSES() as fake, fake.patched(), SESv2Client() as ses:
        ses.list_email_templates()
        assert ses.region == "eu-west-3"


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("is_async", [False, True])
def test_moto_gets_the_requests_of_a_default_client(is_async: bool) -> None:
    moto = pytest.importorskip("moto")
    import anyio

    async def create() -> None:
        async with AsyncSESv2Client(region="us-east-1") as ses:
            await ses.create_email_identity(email_identity="shop@example.com")

    with moto.mock_aws():
        if is_async:
            anyio.run(create)
        else:
            with SESv2Client(region="us-east-1") as ses:
                ses.create_email_identity(email_identity="shop@example.com")
        boto3 = pytest.importorskip("boto3")
        names = boto3.client("sesv2", region_name="us-east-1").list_email_identities()["EmailIdentities"]
    assert [identity["IdentityName"] for identity in names] == ["shop@example.com"]


def test_what_moto_does_not_mock_is_refused() -> None:
    moto = pytest.importorskip("moto")
    with (
        moto.mock_aws(),
        SESv2Client(region="us-east-1", endpoint_url="https://mail.example.net") as ses,
        pytest.raises(errors.ConfigurationError, match="mock_aws is active"),
    ):
        ses.list_email_templates()


@pytest.mark.usefixtures("configured")
def test_an_operation_that_moto_does_not_have_is_refused() -> None:
    moto = pytest.importorskip("moto")
    with (
        moto.mock_aws(),
        SESv2Client(region="us-east-1") as ses,
        pytest.raises(errors.ConfigurationError, match=r"GetDeliverabilityDashboardOptions: .*mock_aws .*FakeSES"),
    ):
        ses.get_deliverability_dashboard_options()


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("is_async", [False, True])
def test_a_mistake_of_moto_is_an_error_and_nothing_was_sent(is_async: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    moto = pytest.importorskip("moto")
    import anyio

    def fail(*_: object) -> None:
        raise KeyError("Destination")

    async def get_async() -> None:
        async with AsyncSESv2Client(region="us-east-1") as ses:
            await ses.get_account()

    def get() -> None:
        with SESv2Client(region="us-east-1") as ses:
            ses.get_account()

    with moto.mock_aws():
        monkeypatch.setattr(type(sys.modules["moto.core.models"].botocore_stubber), "__call__", fail)
        with pytest.raises(errors.TransportError, match="moto's mock_aws failed: KeyError: 'Destination'") as caught:
            anyio.run(get_async) if is_async else get()
    assert (caught.value.outcome, caught.value.is_retryable) == ("not_sent", False)


@pytest.mark.usefixtures("configured")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # of pytest's own thread, since Python 3.15
@pytest.mark.parametrize("is_async", [False, True])
def test_a_forked_child_inside_of_moto_has_a_client_that_works(is_async: bool) -> None:
    moto = pytest.importorskip("moto")
    import anyio

    with moto.mock_aws():
        if is_async:
            client = AsyncSESv2Client(region="us-east-1")

            async def list_async() -> None:
                await client.list_email_identities()

            anyio.run(list_async)
        else:
            ses = SESv2Client(region="us-east-1")
            ses.list_email_identities()
        child = os.fork()
        if not child:  # pragma: no cover -- measured in another process
            code = 1
            try:
                if is_async:
                    anyio.run(list_async)
                else:
                    ses.list_email_identities()
                code = 0
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_the_innermost_fake_gets_the_requests() -> None:
    with FakeSES() as outer, FakeSES() as inner, outer.patched(), SESv2Client() as ses:
        with inner.patched():
            ses.create_configuration_set(configuration_set_name="inner")
        ses.create_configuration_set(configuration_set_name="outer")
        for fake, name in ((outer, "outer"), (inner, "inner")):
            with fake.client() as own:
                assert own.list_configuration_sets().configuration_sets == (name,)


def test_the_environment_is_as_before_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SESSION_TOKEN", "a-token")
    before = dict(os.environ)
    with FakeSES(region="eu-west-1") as fake, fake.patched():
        assert os.environ["AWS_REGION"] == "eu-west-1"
        assert os.environ["AWS_SESSION_TOKEN"] == ""
    assert dict(os.environ) == before


@pytest.mark.usefixtures("configured")
def test_pytest_httpx_gets_the_requests_of_a_default_client(request: pytest.FixtureRequest) -> None:
    pytest.importorskip("pytest_httpx")
    httpx_mock: Any = request.getfixturevalue("httpx_mock")
    httpx_mock.add_response(json={"TemplatesMetadata": [{"TemplateName": "mocked"}]})
    with SESv2Client() as ses:
        assert ses.list_email_templates().templates_metadata[0].template_name == "mocked"


@pytest.mark.usefixtures("configured")
def test_vcrpy_plays_its_cassette_to_a_default_client(tmp_path: Path) -> None:
    vcr = pytest.importorskip("vcr")
    logging.getLogger("vcr").setLevel(logging.ERROR)
    uri = "https://email.us-east-1.amazonaws.com/v2/email/templates"
    cassette = {
        "version": 1,
        "interactions": [
            {
                "request": {"method": "GET", "uri": uri, "body": None, "headers": {}},
                "response": {
                    "status": {"code": 200, "message": "OK"},
                    "headers": {"content-type": ["application/json"]},
                    "body": {"string": '{"TemplatesMetadata": [{"TemplateName": "recorded"}]}'},
                },
            }
        ],
    }
    path = tmp_path / "cassette.json"
    path.write_text(json.dumps(cassette))
    with vcr.use_cassette(str(path), serializer="json", record_mode="none"), SESv2Client() as ses:
        assert ses.list_email_templates().templates_metadata[0].template_name == "recorded"


@pytest.mark.anyio
@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("name", ["httpx.AsyncHTTPTransport", "httpcore.AsyncHTTPConnection"])
async def test_a_mock_of_async_requests_alone_gets_those_of_a_default_client(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def respond(_connection: object, _request: object) -> httpx.Response | httpcore.Response:
        body = b'{"TemplatesMetadata": [{"TemplateName": "mocked"}]}'
        return httpx.Response(200, content=body) if "httpx" in name else httpcore.Response(200, content=body)

    monkeypatch.setattr(f"{name}.handle_async_request", respond)
    async with AsyncSESv2Client(endpoint_url="https://127.0.0.1:1", retry_mode="off") as ses:
        assert (await ses.list_email_templates()).templates_metadata[0].template_name == "mocked"


@pytest.mark.anyio
@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("kind", ["sync", "asyncio"])
async def test_a_mock_of_the_pools_of_httpcore_gets_the_requests_of_a_default_client(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = httpcore.Response(200, content=b'{"TemplatesMetadata": [{"TemplateName": "mocked"}]}')

    async def respond(_pool: object, _request: object) -> httpcore.Response:
        return response

    if kind == "sync":
        monkeypatch.setattr("httpcore.ConnectionPool.handle_request", lambda _pool, _request: response)
        with SESv2Client(endpoint_url="https://127.0.0.1:1", retry_mode="off") as ses:
            templates = ses.list_email_templates()
    else:
        monkeypatch.setattr("httpcore.AsyncConnectionPool.handle_async_request", respond)
        async with AsyncSESv2Client(endpoint_url="https://127.0.0.1:1", retry_mode="off") as client:
            templates = await client.list_email_templates()
    assert templates.templates_metadata[0].template_name == "mocked"


def test_a_client_of_httpx_of_the_callers_is_left_alone() -> None:
    def respond(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"TemplatesMetadata": [{"TemplateName": "of the caller"}]})

    with (
        FakeSES() as fake,
        fake.patched(),
        httpx.Client(transport=httpx.MockTransport(respond)) as http_client,
        SESv2Client(http_client=http_client) as ses,
    ):
        assert ses.list_email_templates().templates_metadata[0].template_name == "of the caller"


def test_a_tracer_that_wraps_httpx_is_not_a_mock() -> None:
    program = """
import httpx, wrapt
trace = lambda wrapped, instance, args, kwargs: wrapped(*args)
wrapt.wrap_function_wrapper(httpx.HTTPTransport, "handle_request", trace)
from sesv2kit._transport.mocks import find_backend_kind
assert find_backend_kind() == "pool"
"""
    pytest.importorskip("wrapt")
    subprocess.run([sys.executable, "-c", program], check=True)

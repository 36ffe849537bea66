"""Where credentials, region, endpoint and the other settings come from, and in which order."""

import copy
import pickle
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import boto3
import botocore.credentials
import botocore.session
import httpx
import pytest
from support.unit import (
    CONTENT,
    CREDENTIALS,
    KINDS,
    REGION,
    SECRET,
    SETTINGS,
    Kind,
    Script,
    access_key,
    any_client,
    ask,
    close,
    loopback,
    ok,
    real_client,
    sync_client,
)

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, __version__, errors
from sesv2kit._api.messages import SEND_EMAIL
from sesv2kit._call.request import build_request

each_client = pytest.mark.parametrize("kind", KINDS)
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


@pytest.fixture
def shared_files(no_aws_settings: Path) -> Callable[[str, str], None]:
    """Return a function that writes a shared AWS file into the empty home: `write("config", text)`."""

    def write(name: str, text: str) -> None:
        path = no_aws_settings / ".aws" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    return write


def sent_by(**settings: Any) -> httpx.Request:
    """Return the request of a read made with these settings; region and credentials are given unless named."""
    script = Script(ok())
    sync_client(script, **settings).get_account()
    return script.requests[0]


def signed_by(**settings: Any) -> str:
    """Return the access key that signs a request made with these settings."""
    return access_key(sent_by(**settings))


# Credentials -------------------------------------------------------------------------------------


def test_explicit_credentials_win_over_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "FROMENV")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    assert signed_by(credentials=Credentials("EXPLICIT", "secret")) == "EXPLICIT"


@pytest.mark.anyio
@each_client
async def test_credentials_come_from_the_environment(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "FROMENV")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token")
    script = Script(ok(), ok())
    client = any_client(kind, script, credentials=None)
    await ask(client, "get_account")
    await ask(client, "get_account")
    assert [access_key(request) for request in script.requests] == ["FROMENV", "FROMENV"]
    assert {request.headers["x-amz-security-token"] for request in script.requests} == {"token"}


def test_the_old_name_of_the_session_token_still_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "FROMENV")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_SECURITY_TOKEN", "old")
    assert sent_by(credentials=None).headers["x-amz-security-token"] == "old"


def test_without_a_token_there_is_no_token_header(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "FROMENV")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "")
    assert "x-amz-security-token" not in sent_by(credentials=None).headers
    assert "x-amz-security-token" not in sent_by(credentials=Credentials("A", "b", "")).headers


@pytest.mark.anyio
@each_client
async def test_credentials_come_from_the_shared_file(kind: Kind, shared_files: Callable[[str, str], None]) -> None:
    shared_files(
        "credentials",
        "[default]\naws_access_key_id = DEFAULT\naws_secret_access_key = s\n"
        "[work]\naws_access_key_id = WORK\naws_secret_access_key = s\naws_session_token = t\n",
    )
    script = Script(ok(), ok())
    await ask(any_client(kind, script, credentials=None), "get_account")
    await ask(any_client(kind, script, credentials=None, profile="work"), "get_account")
    assert [access_key(request) for request in script.requests] == ["DEFAULT", "WORK"]
    assert script.requests[1].headers["x-amz-security-token"] == "t"


def test_a_named_profile_wins_over_the_keys_of_the_environment(
    shared_files: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    shared_files("credentials", "[work]\naws_access_key_id = WORK\naws_secret_access_key = s\n")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "FROMENV")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    assert signed_by(credentials=None, profile="work") == "WORK"
    assert signed_by(credentials=None) == "FROMENV"


def test_the_profile_may_be_named_by_the_environment(
    shared_files: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    shared_files("credentials", "[work]\naws_access_key_id = WORK\naws_secret_access_key = s\n")
    monkeypatch.setenv("AWS_PROFILE", "work")
    assert signed_by(credentials=None) == "WORK"


def test_the_shared_files_may_lie_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keys").write_text("[default]\naws_access_key_id = ELSEWHERE\naws_secret_access_key = s\n")
    (tmp_path / "settings").write_text("[default]\nregion = sa-east-1\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "keys"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "settings"))
    request = sent_by(credentials=None, region=None)
    assert access_key(request) == "ELSEWHERE"
    assert request.url.host == "email.sa-east-1.amazonaws.com"


def test_botocore_credentials_are_taken_as_they_are() -> None:
    static = botocore.credentials.Credentials("BOTO", "secret", "token")
    request = sent_by(credentials=static)
    assert access_key(request) == "BOTO"
    assert request.headers["x-amz-security-token"] == "token"
    assert signed_by(credentials=static.get_frozen_credentials()) == "BOTO"


def test_refreshable_credentials_of_botocore_are_read_for_each_request() -> None:
    keys = iter(["FIRST", "SECOND"])

    def refresh() -> dict[str, str]:
        soon = datetime.now(UTC) + timedelta(seconds=1)
        return {"access_key": next(keys), "secret_key": "s", "token": "t", "expiry_time": soon.isoformat()}

    # Each lasts a second, less than the time before its end at which botocore must refresh it.
    refreshable = botocore.credentials.RefreshableCredentials.create_from_metadata(refresh(), refresh, "test")
    assert signed_by(credentials=refreshable) == "SECOND"


@pytest.mark.anyio
@each_client
async def test_a_function_is_called_for_each_request(kind: Kind) -> None:
    keys = iter(["FIRST", "SECOND"])
    script = Script(ok(), ok())
    client = any_client(kind, script, credentials=lambda: Credentials(next(keys), "secret"))
    await ask(client, "get_account")
    await ask(client, "get_account")
    assert [access_key(request) for request in script.requests] == ["FIRST", "SECOND"]


@pytest.mark.anyio
async def test_a_function_that_may_block_runs_outside_the_event_loop() -> None:
    loop_thread = threading.get_ident()
    seen: list[int] = []

    def load() -> Credentials:
        seen.append(threading.get_ident())
        return CREDENTIALS

    await ask(any_client("async", Script(ok()), credentials=load), "get_account")
    assert len(seen) == 1
    assert loop_thread not in seen


@pytest.mark.anyio
@each_client
async def test_missing_credentials_are_an_error_with_advice(kind: Kind) -> None:
    script = Script()
    with pytest.raises(errors.CredentialsError) as caught:
        await ask(any_client(kind, script, credentials=None), "get_account")
    assert isinstance(caught.value, errors.ConfigurationError)
    for advice in ("credentials=", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "profile"):
        assert advice in str(caught.value)
    assert script.requests == []


def test_a_profile_whose_credentials_cannot_be_loaded_is_an_error_of_the_package(
    shared_files: Callable[[str, str], None],
) -> None:
    process = f'"{sys.executable}" -c "raise SystemExit(1)"'
    shared_files("config", f"[profile work]\ncredential_process = {process}\n")
    script = Script()
    with pytest.raises(errors.CredentialsError, match="can't be resolved"):
        sync_client(script, profile="work", credentials=None).get_account()
    assert script.requests == []


def test_credentials_that_appear_later_are_found_by_the_same_client(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(ok())
    client = sync_client(script, credentials=None)
    with pytest.raises(errors.CredentialsError):
        client.get_account()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "LATER")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    client.get_account()
    assert access_key(script.requests[0]) == "LATER"


BAD_CREDENTIALS: dict[str, Any] = {
    "empty access key": Credentials("", "s"),
    "empty secret key": Credentials("A", ""),
    "none": Credentials(cast(str, None), cast(str, None)),
    "number": 5,
    "text": "AKIDEXAMPLE",
    "dict": lambda: {"access_key": "A", "secret_key": SECRET},
    "nothing": lambda: None,
    "failure": lambda: 1 / 0,
}


@pytest.mark.parametrize("credentials", BAD_CREDENTIALS.values(), ids=BAD_CREDENTIALS)
def test_invalid_credentials_are_an_error_of_the_package(credentials: Any) -> None:
    script = Script()
    with pytest.raises(errors.CredentialsError) as caught:
        sync_client(script, credentials=credentials).get_account()
    assert SECRET not in str(caught.value)
    assert script.requests == []


def test_an_error_of_a_credentials_function_is_kept_as_the_cause() -> None:
    with pytest.raises(errors.CredentialsError, match="ZeroDivisionError") as caught:
        sync_client(Script(), credentials=lambda: cast(Credentials, 1 / 0)).get_account()
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_a_credentials_function_can_raise_its_own_credentials_error() -> None:
    def load() -> Credentials:
        raise errors.CredentialsError("the vault is sealed")

    with pytest.raises(errors.CredentialsError, match="the vault is sealed"):
        sync_client(Script(), credentials=load).get_account()


# Sessions ----------------------------------------------------------------------------------------


def test_a_botocore_session_brings_credentials_region_and_profile(shared_files: Callable[[str, str], None]) -> None:
    shared_files("credentials", "[work]\naws_access_key_id = WORK\naws_secret_access_key = s\n")
    shared_files("config", "[profile work]\nregion = ca-central-1\n")
    session = botocore.session.Session(profile="work")
    request = sent_by(session=session, region=None, credentials=None)
    assert access_key(request) == "WORK"
    assert request.url.host == "email.ca-central-1.amazonaws.com"
    assert sent_by(session=session, credentials=None).url.host == f"email.{REGION}.amazonaws.com"


def test_a_boto3_session_brings_credentials_and_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "FROMENV")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    session = boto3.Session(aws_access_key_id="BOTO3", aws_secret_access_key="s", region_name="ap-south-1")
    request = sent_by(session=session, region=None, credentials=None)
    assert access_key(request) == "BOTO3"
    assert request.url.host == "email.ap-south-1.amazonaws.com"


def test_a_session_without_credentials_is_an_error() -> None:
    with pytest.raises(errors.CredentialsError):
        sync_client(Script(), session=botocore.session.Session(), credentials=None).get_account()


@pytest.mark.parametrize("other", [{"profile": "work"}, {"credentials": CREDENTIALS}])
@pytest.mark.parametrize("client", [SESv2Client, AsyncSESv2Client])
def test_a_session_together_with_profile_or_credentials_is_refused(client: type[Any], other: dict[str, Any]) -> None:
    with pytest.raises(errors.ConfigurationError, match="session="):
        client(session=boto3.Session(), **other)


# Region and endpoint -----------------------------------------------------------------------------


def test_the_region_comes_from_the_argument_then_the_environment_then_the_profile(
    shared_files: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def region(**settings: Any) -> str:
        request = sent_by(**({"region": None} | settings))
        scope = request.headers["authorization"].partition("Credential=")[2].split("/")
        assert request.url.host == f"email.{scope[2]}.amazonaws.com"
        return scope[2]

    shared_files("config", "[default]\nregion = eu-south-1\n[profile work]\nregion = eu-north-1\n")
    assert region() == "eu-south-1"
    assert region(profile="work") == "eu-north-1"
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-2")
    assert region() == "us-east-2"
    monkeypatch.setenv("AWS_REGION", "us-west-2")
    assert region() == region(profile="work") == "us-west-2"
    assert region(region="us-east-1") == "us-east-1"


@pytest.mark.anyio
@each_client
async def test_a_missing_region_is_an_error_with_advice(kind: Kind) -> None:
    script = Script()
    client = any_client(kind, script, region=None)
    assert client.region is None
    with pytest.raises(errors.ConfigurationError, match=r"region=.*AWS_REGION") as caught:
        await ask(client, "get_account")
    assert not isinstance(caught.value, errors.CredentialsError)
    assert script.requests == []


@pytest.mark.parametrize("region", ["", "eu west", "evil.example/x", "eu-1.evil", "x#", "-a", "a-", "a\n", "..", "é"])
def test_a_region_that_could_lead_to_another_host_is_refused(region: str) -> None:
    script = Script()
    with pytest.raises(errors.ConfigurationError, match="region"):
        sync_client(script, region=region).get_account()
    assert script.requests == []


def test_an_unknown_region_has_an_endpoint() -> None:
    assert sent_by(region="eu-central-9").url.host == "email.eu-central-9.amazonaws.com"
    assert sent_by(region="cn-north-1").url.host == "email.cn-north-1.amazonaws.com.cn"


def test_the_endpoint_comes_from_the_argument_then_the_environment_then_the_profile(
    shared_files: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def url(**settings: Any) -> str:
        return str(sent_by(**settings).url).removesuffix("/v2/email/account")

    shared_files("config", "[default]\nendpoint_url = http://profile.example\n")
    assert url() == "http://profile.example"
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://all.example")
    assert url() == "http://all.example"
    monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", "http://ses.example")
    assert url() == "http://ses.example"
    assert url(endpoint_url="http://argument.example") == "http://argument.example"
    assert sync_client(Script(), endpoint_url="http://argument.example").endpoint_url == "http://argument.example"


def test_the_client_has_its_region_and_endpoint() -> None:
    client = sync_client(Script())
    assert (client.region, client.endpoint_url) == (REGION, f"https://email.{REGION}.amazonaws.com")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "ftp://example.com",
        "http://a b.example",
        "http://a%20b.example",
        "http://<host>",
        "http://",
        "https:///path",
        "http://user:pass@example.com",
        "http://example.com?a=b",
        "http://example.com/#f",
        "http://example.com:0",
        "http://example.com:99999",
        "http://example.com\n",
        "http://[::1",
    ],
)
def test_an_invalid_endpoint_url_is_a_configuration_error(url: str) -> None:
    script = Script()
    with pytest.raises(errors.ConfigurationError, match="endpoint_url") as caught:
        sync_client(script, endpoint_url=url).get_account()
    assert "pass" not in str(caught.value)
    assert script.requests == []


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("http://localhost:4566", "localhost:4566", "/v2/email/account"),
        ("http://localhost:4566/", "localhost:4566", "/v2/email/account"),
        ("http://localhost/ses/", "localhost", "/ses/v2/email/account"),
        ("http://localhost:80", "localhost", "/v2/email/account"),
        ("https://localhost:443", "localhost", "/v2/email/account"),
        ("https://localhost:80", "localhost:80", "/v2/email/account"),
        ("http://LOCALHOST:4566", "localhost:4566", "/v2/email/account"),
        ("http://[::1]:4566", "[::1]:4566", "/v2/email/account"),
        ("http://bücher.example", "xn--bcher-kva.example", "/v2/email/account"),
        ("http://localhost/a b", "localhost", "/a%20b/v2/email/account"),
    ],
)
def test_the_host_header_is_what_is_signed_and_has_a_port_only_where_it_is_not_the_usual(
    url: str, host: str, path: str
) -> None:
    request = sent_by(endpoint_url=url)
    assert request.headers["host"] == host
    assert request.url.raw_path.decode() == path
    assert "SignedHeaders=host;x-amz-date," in request.headers["authorization"]


@pytest.mark.anyio
@each_client
async def test_a_real_server_sees_one_host_header_with_its_port(kind: Kind) -> None:
    with loopback(ANSWER) as server:
        client = real_client(kind, server.url)
        await ask(client, "get_account")
        await close(client)
    (request,) = server.requests
    head = request.decode().lower()
    assert head.startswith("get /v2/email/account http/1.1\r\n")
    assert head.count("\r\nhost:") == 1
    assert f"\r\nhost: {server.host}\r\n" in head


@pytest.mark.parametrize(
    ("settings", "host"),
    [
        ({}, "email.us-east-1.amazonaws.com"),
        ({"use_fips": True}, "email-fips.us-east-1.amazonaws.com"),
        ({"use_dualstack": True}, "email.us-east-1.api.aws"),
        ({"use_fips": True, "use_dualstack": True}, "email-fips.us-east-1.api.aws"),
    ],
)
def test_fips_and_dualstack_have_hosts_of_their_own(settings: dict[str, Any], host: str) -> None:
    assert sent_by(region="us-east-1", **settings).url.host == host


@pytest.mark.parametrize("value", ["true", "TRUE", "1"])
def test_fips_and_dualstack_come_from_the_environment_and_the_profile(
    value: str, shared_files: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    shared_files("config", "[default]\nuse_fips_endpoint = true\n")
    assert sent_by().url.host == f"email-fips.{REGION}.amazonaws.com"
    assert sent_by(use_fips=False).url.host == f"email.{REGION}.amazonaws.com"
    monkeypatch.setenv("AWS_USE_FIPS_ENDPOINT", "false")
    monkeypatch.setenv("AWS_USE_DUALSTACK_ENDPOINT", value)
    assert sent_by().url.host == f"email.{REGION}.api.aws"


def test_a_switch_that_is_neither_on_nor_off_is_a_configuration_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_USE_FIPS_ENDPOINT", "maybe")
    with pytest.raises(errors.ConfigurationError, match="AWS_USE_FIPS_ENDPOINT"):
        sync_client(Script()).get_account()


def test_fips_with_a_url_of_ones_own_is_a_configuration_error() -> None:
    with pytest.raises(errors.ConfigurationError, match="FIPS"):
        sync_client(Script(), endpoint_url="http://localhost:4566", use_fips=True).get_account()


def test_an_endpoint_id_that_could_lead_to_another_host_is_refused() -> None:
    script = Script()
    with pytest.raises(errors.ConfigurationError, match="EndpointId"):
        sync_client(script).send_email(content=CONTENT, endpoint_id="evil.example/")
    assert script.requests == []
    arguments = {argument.name: None for argument in SEND_EMAIL.arguments}
    request = build_request(SEND_EMAIL, arguments | {"content": CONTENT, "endpoint_id": "abc123.456"})
    assert b'"EndpointId": "abc123.456"' in request.body


def test_a_profile_that_is_not_there_is_a_configuration_error() -> None:
    with pytest.raises(errors.ConfigurationError, match="nobody"):
        sync_client(Script(), region=None, profile="nobody").get_account()


def test_a_shared_file_that_cannot_be_read_is_a_configuration_error(shared_files: Callable[[str, str], None]) -> None:
    shared_files("config", "region = eu-west-1 without a section\n")
    with pytest.raises(errors.ConfigurationError, match="profile"):
        sync_client(Script(), region=None).get_account()


# The client --------------------------------------------------------------------------------------


@pytest.mark.parametrize("settings", [{"retry_mode": "legacy"}, {"max_attempts": 0}])
@pytest.mark.parametrize("client", [SESv2Client, AsyncSESv2Client])
def test_invalid_settings_are_refused_at_once(client: type[Any], settings: dict[str, Any]) -> None:
    with pytest.raises(errors.ConfigurationError):
        client(**settings)


def test_a_client_reads_nothing_before_its_first_call(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(ok())
    client = sync_client(script, region=None, credentials=None)
    monkeypatch.setenv("AWS_REGION", REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "LATER")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    client.get_account()
    assert access_key(script.requests[0]) == "LATER"


@pytest.mark.anyio
@each_client
async def test_a_closed_client_raises_a_configuration_error(kind: Kind) -> None:
    script = Script()
    client = any_client(kind, script)
    await close(client)
    await close(client)
    with pytest.raises(errors.ConfigurationError, match="closed"):
        await ask(client, "get_account")
    assert script.requests == []


@pytest.mark.anyio
async def test_leaving_the_context_closes_and_a_closed_client_cannot_be_entered() -> None:
    with sync_client(Script()) as client:
        pass
    with pytest.raises(errors.ConfigurationError, match="closed"), client:
        pass
    async with cast(AsyncSESv2Client, any_client("async", Script())) as async_client:
        pass
    with pytest.raises(errors.ConfigurationError, match="closed"):
        await async_client.__aenter__()


@pytest.mark.anyio
async def test_an_http_client_that_is_handed_in_is_used_and_stays_open() -> None:
    script = Script(ok(), ok())
    http_client = httpx.Client(transport=httpx.MockTransport(script))
    with SESv2Client(region=REGION, credentials=CREDENTIALS, http_client=http_client) as client:
        client.get_account()
    assert not http_client.is_closed
    async_http = httpx.AsyncClient(transport=httpx.MockTransport(script))
    async with AsyncSESv2Client(region=REGION, credentials=CREDENTIALS, http_client=async_http) as async_client:
        await async_client.get_account()
    assert not async_http.is_closed
    assert len(script.requests) == 2


@pytest.mark.anyio
@each_client
async def test_the_settings_of_a_handed_in_http_client_do_not_change_the_signed_request(kind: Kind) -> None:
    def redirect() -> httpx.Response:
        return httpx.Response(302, headers={"location": "https://elsewhere.example/"})

    script = Script(redirect)
    options: dict[str, Any] = {
        "transport": httpx.MockTransport(script),
        "auth": ("user", "pass"),
        "headers": {"authorization": "Basic x", "host": "elsewhere.example", "x-own": "1"},
        "params": {"a": "b"},
        "follow_redirects": True,
    }
    client = (
        SESv2Client(http_client=httpx.Client(**options), **SETTINGS)
        if kind == "sync"
        else AsyncSESv2Client(http_client=httpx.AsyncClient(**options), **SETTINGS)
    )
    with pytest.raises(errors.ResponseError, match="redirect"):
        await ask(client, "get_account")
    (request,) = script.requests
    assert str(request.url) == f"https://email.{REGION}.amazonaws.com/v2/email/account"
    assert request.headers["authorization"].startswith("AWS4-HMAC-SHA256 ")
    assert request.headers["host"] == f"email.{REGION}.amazonaws.com"


def test_the_user_agent_names_the_package_python_and_the_callers_own() -> None:
    plain = sent_by().headers["user-agent"]
    assert plain.startswith(f"sesv2kit/{__version__} ")
    assert "lang/python#" in plain
    assert "cfg/retry-mode#standard" in plain
    assert sent_by(user_agent_suffix="shop/2.1").headers["user-agent"] == f"{plain} shop/2.1"


@pytest.mark.parametrize("suffix", ["a\r\nx: y", "é"])
def test_a_user_agent_that_a_header_cannot_carry_is_refused(suffix: str) -> None:
    script = Script()
    with pytest.raises(errors.ConfigurationError, match="user_agent_suffix"):
        sync_client(script, user_agent_suffix=suffix).get_account()
    assert script.requests == []


@pytest.mark.parametrize(("timeout", "read"), [(7, 7), (None, None), (httpx.Timeout(2.0), 2.0)])
def test_the_clients_timeout_reaches_the_request(timeout: Any, read: float | None) -> None:
    assert sent_by(timeout=timeout).extensions["timeout"]["read"] == read


def test_the_default_timeout_is_short_for_connecting_and_longer_for_the_rest() -> None:
    assert sent_by().extensions["timeout"] == {"connect": 5.0, "read": 30.0, "write": 30.0, "pool": 30.0}


def test_a_ca_bundle_that_is_not_there_is_a_configuration_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", "no/such/bundle.pem")
    client = SESv2Client(region=REGION, credentials=CREDENTIALS)
    with pytest.raises(errors.ConfigurationError, match="CA bundle"):
        client.get_account()


def test_a_client_is_shared_between_threads() -> None:
    script = Script(*[ok] * 40)
    client = sync_client(script)
    threads = [threading.Thread(target=lambda: [client.get_account() for _ in range(5)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(script.requests) == 40


@each_client
@pytest.mark.parametrize("how", [pickle.dumps, copy.copy, copy.deepcopy], ids=["pickle", "copy", "deepcopy"])
def test_a_client_can_not_be_copied(kind: Kind, how: Callable[[object], object]) -> None:
    client = real_client(kind, "http://127.0.0.1:1")
    with pytest.raises(TypeError, match="Client can't be pickled or copied; make a client in each process"):
        how(client)

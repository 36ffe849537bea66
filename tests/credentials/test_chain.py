"""Every place where credentials are looked for, through botocore's resolver, and what a user may pass instead."""

import copy
import hashlib
import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import boto3
import botocore.credentials
import botocore.session
import pytest
from support.credentials import (
    HOUR,
    KINDS,
    SECRET,
    TOKEN,
    AsyncProvider,
    Aws,
    Provider,
    call,
    lasting,
    load,
    make_source,
)
from support.tracker import recorded
from support.unit import BrokenZone

from sesv2kit import Credentials, SESv2Client, errors
from sesv2kit._aws.arguments import Arguments
from sesv2kit._aws.chain import from_environment
from sesv2kit._aws.config import Config

SharedFile = Callable[[str, str], Path]
each_kind = pytest.mark.parametrize("kind", KINDS)
pytestmark = pytest.mark.anyio

ROLE = "role_arn = arn:aws:iam::123456789012:role/mailer\n"
KEYS = f"aws_access_key_id = FILE\naws_secret_access_key = {SECRET}\n"


def process(code: str) -> str:
    """Return a profile's line that runs Python code."""
    return f"credential_process = \"{sys.executable}\" -c '{code}'\n"


def signed_by(aws: Aws, action: str) -> str:
    """Return the Authorization header of a call of STS."""
    return next(request.headers["authorization"] for request in aws.requests if request.query.get("Action") == action)


# Clients -----------------------------------------------------------------------------------------


@each_kind
async def test_a_client_on_an_instance_signs_with_the_role_of_the_instance(kind: str, imds: Aws) -> None:
    assert await call(kind, imds) == "imds-1"


@each_kind
async def test_a_client_in_a_container_signs_with_the_role_of_the_container(kind: str, container: Aws) -> None:
    assert await call(kind, container) == "container-1"


@each_kind
async def test_a_client_signs_with_the_role_of_its_profile(kind: str, aws: Aws, shared_file: SharedFile) -> None:
    shared_file("config", f"[profile role]\n{ROLE}source_profile = keys\n[profile keys]\n{KEYS}")
    assert await call(kind, aws, profile="role") == "sts-1"


# Roles -------------------------------------------------------------------------------------------


@each_kind
async def test_a_role_is_assumed_with_its_source_profile_and_external_id(
    kind: str, aws: Aws, shared_file: SharedFile
) -> None:
    shared_file("credentials", f"[keys]\n{KEYS}")
    shared_file(
        "config", f"[profile role]\n{ROLE}source_profile = keys\nexternal_id = ext-7\nrole_session_name = mail\n"
    )
    found = await load(kind, make_source(profile="role"))
    assert (found.access_key, found.secret_key, found.token) == ("sts-1", SECRET, TOKEN)
    assert aws.requests[-1].query["ExternalId"] == "ext-7"
    assert aws.requests[-1].query["RoleSessionName"] == "mail"
    assert "Credential=FILE/" in signed_by(aws, "AssumeRole")


def test_roles_may_be_chained(aws: Aws, shared_file: SharedFile) -> None:
    shared_file(
        "config",
        f"[profile last]\n{ROLE}source_profile = first\n[profile first]\n{ROLE}source_profile = keys\n"
        f"[profile keys]\n{KEYS}",
    )
    assert make_source(profile="last").load().access_key == "sts-2"
    assert "Credential=sts-1/" in aws.requests[-1].headers["authorization"]


@pytest.mark.parametrize("named", ["Environment", "EcsContainer", "Ec2InstanceMetadata"])
def test_a_role_is_assumed_with_the_credentials_of_its_source(
    named: str, container: Aws, imds: Aws, shared_file: SharedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "ENV")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    shared_file("config", f"[profile role]\n{ROLE}credential_source = {named}\n")
    assert make_source(profile="role").load().access_key == "sts-1"
    signer = {"Environment": "ENV", "EcsContainer": "container-1", "Ec2InstanceMetadata": "imds-1"}[named]
    assert f"Credential={signer}/" in signed_by(imds, "AssumeRole")


def test_the_region_of_the_client_is_that_of_sts(
    aws: Aws, shared_file: SharedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    shared_file("config", f"[profile role]\n{ROLE}source_profile = keys\n[profile keys]\n{KEYS}")
    make_source(profile="role", region=lambda: "sa-east-1").load()
    assert "/sa-east-1/sts/" in signed_by(aws, "AssumeRole")


@each_kind
async def test_the_caller_is_prompted_for_the_code_of_an_mfa_device(
    kind: str, aws: Aws, shared_file: SharedFile
) -> None:
    device = "arn:aws:iam::123456789012:mfa/ann"
    shared_file("config", f"[profile role]\n{ROLE}source_profile = keys\nmfa_serial = {device}\n[profile keys]\n{KEYS}")
    prompts: list[str] = []
    codes = iter(["111111", "222222"])

    def prompt(text: str) -> str:
        prompts.append(text)
        return next(codes)

    source = make_source(profile="role", mfa_prompt=prompt)
    found = await load(kind, source)
    assert device in prompts[0]
    assert (aws.requests[-1].query["SerialNumber"], aws.requests[-1].query["TokenCode"]) == (device, "111111")
    assert source.reject(found)
    assert (await load(kind, source)).access_key == "sts-2"
    assert aws.requests[-1].query["TokenCode"] == "222222"


@each_kind
async def test_without_mfa_prompt_a_role_with_mfa_is_an_error_that_names_the_argument(
    kind: str, aws: Aws, shared_file: SharedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(prompt: str) -> str:
        raise AssertionError("the terminal was prompted")

    monkeypatch.setattr("getpass.getpass", never)
    shared_file("config", f"[profile role]\n{ROLE}source_profile = keys\nmfa_serial = m\n[profile keys]\n{KEYS}")
    with pytest.raises(errors.CredentialsError, match="mfa_prompt="):
        await load(kind, make_source(profile="role"))
    assert aws.requests == []


def test_an_mfa_prompt_that_fails_is_reported_with_its_cause(aws: Aws, shared_file: SharedFile) -> None:
    def prompt(text: str) -> str:
        raise EOFError(text)

    shared_file("config", f"[profile role]\n{ROLE}source_profile = keys\nmfa_serial = m\n[profile keys]\n{KEYS}")
    with pytest.raises(errors.CredentialsError, match="mfa_prompt failed: EOFError") as caught:
        make_source(profile="role", mfa_prompt=prompt).load()
    assert isinstance(caught.value.__cause__, EOFError)


@each_kind
async def test_a_web_identity_is_changed_for_a_role(
    kind: str, aws: Aws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text("identity")
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/pod")
    assert (await load(kind, make_source())).access_key == "sts-1"
    query = aws.requests[-1].query
    assert (query["Action"], query["WebIdentityToken"]) == ("AssumeRoleWithWebIdentity", "identity")
    assert "authorization" not in aws.requests[-1].headers


# SSO and processes -------------------------------------------------------------------------------


@pytest.fixture
def sso_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that writes the token of a sign-in, as `aws sso login` does."""

    def write(key: str) -> None:
        name = hashlib.sha1(key.encode()).hexdigest()
        token = {"accessToken": "sso-token", "expiresAt": f"{datetime.now(UTC) + HOUR:%Y-%m-%dT%H:%M:%SZ}"}
        (tmp_path / f"{name}.json").write_text(json.dumps(token))

    # botocore settles the folder when it is imported, so another home does not move it.
    monkeypatch.setattr("botocore.credentials.SSOProvider._SSO_TOKEN_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr("botocore.tokens.SSOTokenProvider._SSO_TOKEN_CACHE_DIR", str(tmp_path))
    return write


SSO_ROLE = "sso_account_id = 123456789012\nsso_role_name = mailer\n"
SSO_START = "sso_start_url = https://sso.example/start\nsso_region = eu-west-1\n"


@each_kind
async def test_a_sign_in_with_sso_is_used(
    kind: str, aws: Aws, shared_file: SharedFile, sso_cache: Callable[[str], None]
) -> None:
    sso_cache("https://sso.example/start")
    shared_file("config", f"[profile sso]\n{SSO_START}{SSO_ROLE}")
    assert (await load(kind, make_source(profile="sso"))).access_key == "sso-1"
    assert dict(aws.requests[-1].query) == {"account_id": "123456789012", "role_name": "mailer"}


def test_a_sign_in_with_an_sso_session_is_used(
    aws: Aws, shared_file: SharedFile, sso_cache: Callable[[str], None]
) -> None:
    sso_cache("work")
    shared_file("config", f"[profile sso]\nsso_session = work\n{SSO_ROLE}[sso-session work]\n{SSO_START}")
    assert make_source(profile="sso").load().access_key == "sso-1"


def test_without_an_sso_sign_in_the_error_names_the_sign_in(
    aws: Aws, shared_file: SharedFile, sso_cache: Callable[[str], None]
) -> None:
    shared_file("config", f"[profile sso]\n{SSO_START}{SSO_ROLE}")
    with pytest.raises(errors.CredentialsError, match="SSO Token"):
        make_source(profile="sso").load()


@each_kind
async def test_a_process_is_run_again_when_the_service_calls_its_credentials_expired(
    kind: str, shared_file: SharedFile, tmp_path: Path
) -> None:
    output = tmp_path / "output.json"
    script = tmp_path / "hand_out.py"
    script.write_text(f"print(open({str(output)!r}).read())")
    shared_file("config", f"[profile process]\ncredential_process = {sys.executable} {script}\n")
    source = make_source(profile="process")
    for name in ("first", "second"):
        end = (datetime.now(UTC) + HOUR).isoformat()
        output.write_text(json.dumps({"Version": 1, "AccessKeyId": name, "SecretAccessKey": SECRET, "Expiration": end}))
        found = await load(kind, source)
        assert found.access_key == name
        assert source.reject(found)


def test_keys_that_another_program_renews_in_the_shared_file_are_read_again(shared_file: SharedFile) -> None:
    shared_file("credentials", f"[default]\n{KEYS}aws_session_token = old\n")
    source = make_source()
    old = source.load()
    shared_file("credentials", f"[default]\n{KEYS}aws_session_token = new\n")
    assert source.load() == old
    assert source.reject(old)
    assert source.load().token == "new"


# The environment ---------------------------------------------------------------------------------


def set_keys(monkeypatch: pytest.MonkeyPatch, key: str, end: str = "") -> None:
    """Set the keys of the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_CREDENTIAL_EXPIRATION", end)


@each_kind
async def test_keys_of_the_environment_are_read_once_until_they_are_rejected(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_keys(monkeypatch, "OLD")
    source = make_source()
    old = await load(kind, source)
    assert not source.reject(old)
    assert source.ready() == old
    set_keys(monkeypatch, "NEW")
    assert source.ready() == old
    assert source.reject(old)
    assert (await load(kind, source)).access_key == "NEW"


def test_the_end_of_the_environments_keys_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    end = datetime(2099, 1, 2, 3, 4, 5, tzinfo=UTC)
    set_keys(monkeypatch, "ENV", "2099-01-02T03:04:05Z")
    assert make_source().load().expires_at == end
    set_keys(monkeypatch, "ENV", "2001-01-02T03:04:05Z")
    with pytest.raises(errors.CredentialsError, match="expired at 2001-01-02 03:04:05 UTC"):
        make_source().load()
    set_keys(monkeypatch, "ENV", "tomorrow")
    with pytest.raises(errors.CredentialsError, match="AWS_CREDENTIAL_EXPIRATION"):
        make_source().load()


def test_keys_of_the_environment_need_no_session() -> None:
    code = (
        "import os, sys\n"
        "os.environ.update(AWS_ACCESS_KEY_ID='a', AWS_SECRET_ACCESS_KEY='b')\n"
        "from sesv2kit._aws.arguments import Arguments\n"
        "from sesv2kit._aws.config import Config\n"
        "print(Config(Arguments()).credentials.load().access_key)\n"
        "print(sorted(name for name in sys.modules if name.startswith(('botocore.', 'boto'))))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["a", "[]"]


# What a user passes ------------------------------------------------------------------------------


@each_kind
async def test_a_provider_is_called_once_while_its_credentials_last(kind: str) -> None:
    for span in (HOUR, None):
        provider = Provider(lasting("A", span), lasting("B", span))
        source = make_source(provider)
        first = await load(kind, source)
        assert await load(kind, source) is first
        assert provider.calls == 1
        assert source.reject(first)
        assert (await load(kind, source)).access_key == "B"


async def test_an_async_provider_serves_an_async_client() -> None:
    provider = AsyncProvider(lasting("A", HOUR), lasting("B", HOUR))
    source = make_source(provider)
    first = await source.aload()
    assert (first.access_key, source.ready()) == ("A", first)
    assert source.reject(first)
    assert (await source.aload()).access_key == "B"


async def test_an_async_function_is_called_for_each_attempt() -> None:
    keys = iter("AB")

    async def fetch() -> Credentials:
        return lasting(next(keys), None)

    source = make_source(fetch)
    assert [(await load("async", source)).access_key for _ in range(2)] == ["A", "B"]


def test_a_function_is_called_once_while_what_it_returns_lasts() -> None:
    keys = iter("AB")
    source = make_source(lambda: lasting(next(keys), HOUR))
    assert [source.load().access_key for _ in range(2)] == ["A", "A"]


def test_a_sync_client_refuses_an_async_provider_and_says_why() -> None:
    async def fetch() -> Credentials:
        raise AssertionError

    for given in (AsyncProvider(), fetch):
        with pytest.raises(errors.CredentialsError, match="AsyncSESv2Client"):
            make_source(given).load()


@each_kind
async def test_credentials_of_botocore_are_kept_until_botocore_would_refresh_them(kind: str) -> None:
    fetches: list[int] = []

    def refresh() -> dict[str, str]:
        fetches.append(1)
        end = datetime.now(UTC) + HOUR
        return {"access_key": f"K{len(fetches)}", "secret_key": SECRET, "token": "t", "expiry_time": end.isoformat()}

    deferred = botocore.credentials.DeferredRefreshableCredentials(refresh, "test")
    source = make_source(deferred)
    assert source.ready() is None
    first = await load(kind, source)
    assert source.ready() is first
    assert fetches == [1]


@each_kind
async def test_a_provider_may_return_credentials_of_botocore(kind: str) -> None:
    class Given:
        def load(self) -> Any:
            return botocore.credentials.Credentials("BOTO", SECRET)

    assert (await load(kind, make_source(Given()))).access_key == "BOTO"


@each_kind
@pytest.mark.parametrize("make", [boto3.Session, botocore.session.Session])
async def test_the_session_of_a_user_is_used(
    kind: str, make: Callable[[], Any], container: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_keys(monkeypatch, "ENV")
    assert await call(kind, container, session=make()) == "ENV"
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    assert await call(kind, container, session=make()) == "container-1"


def test_a_botocore_session_with_credentials_of_its_own_keeps_them() -> None:
    session = botocore.session.Session()
    session.set_credentials("SET", SECRET)
    assert Config(Arguments(session=session)).credentials.load().access_key == "SET"


@pytest.mark.parametrize("given", [Credentials("A", SECRET, TOKEN), botocore.credentials.Credentials("A", SECRET)])
def test_fixed_credentials_are_known_at_once_and_cannot_be_renewed(given: Any) -> None:
    source = Config(Arguments(credentials=given)).credentials
    found = source.ready()
    assert found is not None
    assert not source.reject(found)
    assert source.ready() is found


def test_fixed_credentials_that_have_expired_are_an_error_with_the_time() -> None:
    with pytest.raises(errors.CredentialsError, match="expired at 20"):
        make_source(lasting("A", timedelta(seconds=-1))).load()


@pytest.mark.parametrize("zone", [None, BrokenZone()], ids=["none", "broken"])
def test_an_end_without_a_time_zone_is_refused(zone: tzinfo | None) -> None:
    naive = Credentials("A", SECRET, expires_at=datetime(2099, 1, 1, tzinfo=zone))
    with pytest.raises(errors.CredentialsError, match="time zone"):
        make_source(naive).load()


# Secrets -----------------------------------------------------------------------------------------


LEAKS = {
    "stderr of a process": process(f'raise SystemExit("{SECRET}")'),
    "output of a process": process(f'print("{SECRET}")'),
    "line of the file": f"aws_secret_access_key {SECRET}\n",
    "half the keys": f"aws_secret_access_key = {SECRET}\naws_access_key_id\n",
}


@each_kind
@pytest.mark.parametrize("lines", LEAKS.values(), ids=LEAKS)
async def test_no_error_of_a_profile_shows_a_secret(
    kind: str, lines: str, shared_file: SharedFile, caplog: pytest.LogCaptureFixture
) -> None:
    shared_file("config", f"[profile leak]\n{lines}")
    with pytest.raises(errors.ConfigurationError) as caught:
        await load(kind, make_source(profile="leak"))
    assert SECRET not in recorded(caught.value)
    assert not [record for record in caplog.records if record.name.startswith("sesv2kit")]


@pytest.mark.parametrize("refusal", [(500, SECRET), (200, SECRET), (200, f'{{"Token": "{SECRET}"}}'), (200, "{")])
@each_kind
async def test_no_error_of_a_server_shows_a_secret(
    kind: str, refusal: tuple[int, str], container: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    container.refuses = lambda: refusal
    with pytest.raises(errors.CredentialsError) as caught:
        await load(kind, make_source())
    assert SECRET not in recorded(caught.value)


def test_a_refusal_of_sts_is_reported_without_the_request_that_it_quotes(aws: Aws, shared_file: SharedFile) -> None:
    body = (
        "<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>The signature is wrong.\n\n"
        f"The canonical string: x-amz-security-token:{SECRET}</Message></Error></ErrorResponse>"
    )
    aws.refuses = lambda: (403, body)
    shared_file("config", f"[profile role]\n{ROLE}source_profile = keys\n[profile keys]\n{KEYS}")
    with pytest.raises(errors.CredentialsError, match="AssumeRole: SignatureDoesNotMatch: The signature is wrong") as c:
        make_source(profile="role").load()
    assert SECRET not in recorded(c.value)


UNUSABLE: dict[str, Any] = {
    "a line end": Credentials("AKIDEXAMPLE", f"{SECRET}\n", TOKEN),
    "no access key": Credentials("", SECRET, TOKEN),
    "bytes": Credentials("AKIDEXAMPLE", SECRET.encode(), TOKEN),  # type: ignore[arg-type]
    "a header's end in the token": Credentials("AKIDEXAMPLE", SECRET, f"{TOKEN}\r\n"),
    "expired": Credentials("AKIDEXAMPLE", SECRET, TOKEN, expires_at=datetime(2001, 1, 1, tzinfo=UTC)),
    "botocore's": botocore.credentials.Credentials("AKIDEXAMPLE", f"{SECRET}\n", TOKEN),
    "a tuple": ("AKIDEXAMPLE", SECRET, TOKEN),
    "a dict": {"AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": SECRET},
}


@each_kind
@pytest.mark.parametrize("given", UNUSABLE.values(), ids=UNUSABLE)
async def test_an_error_tracker_records_no_secret_of_unusable_credentials(kind: str, given: Any, aws: Aws) -> None:
    for passed, method in ((given, "check"), (lambda: given, "load")):
        with pytest.raises(errors.CredentialsError) as caught:
            await call(kind, aws, credentials=passed)
        shown = recorded(caught.value)
        assert f"CredentialsSource.{method}:" in shown or f"CredentialsSource.a{method}:" in shown
        assert SECRET not in shown
        assert TOKEN not in shown


def test_an_error_tracker_records_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    set_keys(monkeypatch, "ENV", "tomorrow")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    for function in (from_environment, make_source().load):
        with pytest.raises(errors.CredentialsError, match="AWS_CREDENTIAL_EXPIRATION") as caught:
            function()
        assert SECRET not in recorded(caught.value)


@pytest.mark.parametrize("profile", ["nobody", "half"])
def test_an_error_tracker_records_no_secret_of_the_shared_files(profile: str, shared_file: SharedFile) -> None:
    shared_file("config", "[profile half]\nservices = nowhere\nregion = eu-west-1\n")
    shared_file(
        "credentials", f"[work]\n{KEYS}\naws_session_token = {TOKEN}\n[half]\naws_secret_access_key = {SECRET}\n"
    )
    client = SESv2Client(profile=profile)
    with pytest.raises(errors.ConfigurationError) as caught:
        client.get_account()
    shown = recorded(caught.value)
    assert profile in shown or "nowhere" in shown
    assert SECRET not in shown
    assert TOKEN not in shown


def test_credentials_show_no_secret_and_copy_whole() -> None:
    given = Credentials("A", SECRET, TOKEN, expires_at=datetime(2099, 1, 1, tzinfo=UTC))
    assert repr(given).startswith("Credentials(access_key='A', expires_at=datetime.datetime(2099, 1, 1")
    for text in (repr(given), str(given), f"{given}", repr(make_source(given))):
        assert SECRET not in text
        assert TOKEN not in text
    assert repr(Credentials("A", SECRET)) == "Credentials(access_key='A')"
    assert copy.copy(given) == pickle.loads(pickle.dumps(given)) == given

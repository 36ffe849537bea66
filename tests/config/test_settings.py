"""Arguments, sessions, and what is looked up when."""

import inspect
import math
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_type_hints

import boto3
import botocore.credentials
import botocore.session
import httpx
import pytest
from support.config import WriteFile
from support.tracker import recorded

from sesv2kit import AsyncSESv2Client, Credentials, Hook, SESv2Client, errors
from sesv2kit._aws.arguments import Arguments
from sesv2kit._aws.config import Config, Target
from sesv2kit._core.timeout import Phases

PROFILE = """
[default]
region = eu-south-1
[profile work]
region = ca-central-1
retry_mode = adaptive
max_attempts = 6
use_dualstack_endpoint = true
ca_bundle = profile.pem
sigv4a_signing_region_set = eu-*
"""
FILES = PROFILE + "services = mine\n[services mine]\nsesv2 =\n  endpoint_url = http://ses.example\n"


def config(**arguments: Any) -> Config:
    """Return settings, in a region unless another is given."""
    return Config(Arguments(**({"region": "eu-west-1"} | arguments)))


def target(**arguments: Any) -> Target:
    """Return where calls go."""
    return config(**arguments).find_target(None)


# Wrong arguments ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [SESv2Client, AsyncSESv2Client])
def test_a_call_with_unknown_arguments_names_the_class_that_was_called(kind: Any) -> None:
    constructor = rf"{kind.__name__}\.__init__\(\)"
    with pytest.raises(TypeError, match=rf"^{constructor} got an unexpected keyword argument 'regoin'"):
        kind(regoin="eu-west-1")
    with pytest.raises(TypeError, match=rf"^{constructor} takes 1 positional argument but 2 were given"):
        kind("eu-west-1")


def test_both_clients_have_the_same_arguments_with_the_same_descriptions() -> None:
    first, second = (
        (inspect.signature(kind), inspect.getdoc(kind.__init__)) for kind in (SESv2Client, AsyncSESv2Client)
    )
    assert first == second
    assert first[0].parameters["check_limits"].default is True
    assert "region" in get_type_hints(SESv2Client.__init__)


WRONG: dict[str, list[Any]] = {
    "region": [5, b"eu-west-1"],
    "profile": [5],
    "session": [5, "default"],
    "endpoint_url": [5, httpx.URL("http://localhost")],
    "use_fips": ["true", 1],
    "use_dualstack": ["false", 0],
    "retry_mode": ["legacy", "on", 5, [], ""],
    "max_attempts": ["3", 0, -1, 2.0, True],
    "timeout": [-1, 0, "5", (1, 2), True, float("nan"), httpx.Timeout(-1)],
    "call_timeout": [-1, 0, "5", httpx.Timeout(5), True, float("nan")],
    "check_limits": [None, "no", 1],
    "obey_rate_limits": [None, "no", 1],
    "user_agent_suffix": [5, b"shop", "a\r\nx: y", "é"],
    "ca_bundle": [5, True, ""],
    "proxy": [5, {"https": "http://proxy.example"}],
    "mfa_prompt": [5, "123456"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values], ids=repr
)
def test_an_argument_of_the_wrong_kind_is_refused_by_its_name_at_once(name: str, value: Any) -> None:
    arguments: dict[str, Any] = {name: value}
    message = f"^{name} must be .*, got .+$"
    with pytest.raises(errors.ConfigurationError, match=message):
        Config(Arguments(**arguments))
    with pytest.raises(errors.ConfigurationError, match=message):
        AsyncSESv2Client(**arguments)


@pytest.mark.parametrize(
    ("arguments", "got"),
    [
        ({"max_attempts": 0}, "0"),
        ({"retry_mode": "eager"}, "'eager'"),
        ({"call_timeout": None, "use_fips": "SECRET"}, "str"),
        ({"session": "SECRET"}, "str"),
        ({"endpoint_url": b"http://ann:SECRET@ses.example"}, "bytes"),
    ],
)
def test_an_error_shows_the_value_of_a_wrong_argument_unless_it_may_be_a_secret(
    arguments: dict[str, Any], got: str
) -> None:
    with pytest.raises(errors.ConfigurationError) as caught:
        SESv2Client(**arguments)
    assert str(caught.value).endswith(f", got {got}")


URL = "endpoint_url must be http(s)://host[:port][/path], without user or query"
PROXY = (
    "the proxy's URL must be http://host:port or https://host:port; "
    "for SOCKS, pass an httpx client that speaks it as http_client=; "
    "special characters of a user or a password must be percent-encoded, # as %23 for example"
)
KEYS = "the AWS access key, secret key and session token must each be a str"
USELESS: list[tuple[dict[str, Any], type[errors.ConfigurationError], str]] = [
    ({"region": "eu west"}, errors.ConfigurationError, "'eu west' is not an AWS region"),
    ({"region": ""}, errors.ConfigurationError, "'' is not an AWS region"),
    ({"region": "evil.example/"}, errors.ConfigurationError, "'evil.example/' is not an AWS region"),
    ({"endpoint_url": "localhost:4566"}, errors.ConfigurationError, URL),
    ({"endpoint_url": "//ses.example"}, errors.ConfigurationError, URL),
    ({"endpoint_url": "http://"}, errors.ConfigurationError, URL),
    ({"endpoint_url": "https://ann:SECRET@ses.example"}, errors.ConfigurationError, URL),
    (
        {"endpoint_url": "https://ann:SECRET@ses.example:port"},
        errors.ConfigurationError,
        "endpoint_url can't be read: it must be http(s)://host[:port][/path]",
    ),
    (
        {"endpoint_url": "https://ses.example:99999"},
        errors.ConfigurationError,
        "the port of endpoint_url must be 1 to 65535",
    ),
    ({"proxy": "http://"}, errors.ConfigurationError, PROXY),
    ({"proxy": "http://ann:SECRET@proxy.example:99999"}, errors.ConfigurationError, PROXY),
    ({"proxy": "http://ann:SECRET@[::1"}, errors.ConfigurationError, PROXY),
    ({"proxy": "http://ann\udc80:SECRET@proxy.example"}, errors.ConfigurationError, PROXY),
    ({"proxy": "socks5://ann:SECRET@proxy.example"}, errors.ConfigurationError, PROXY),
    ({"proxy": "http://ann:SECRET#1@proxy.example"}, errors.ConfigurationError, PROXY),
    ({"proxy": "http://ann:12?SECRET@proxy.example"}, errors.ConfigurationError, PROXY),
    ({"proxy": "http://ann:12/SECRET@proxy.example"}, errors.ConfigurationError, PROXY),
    (
        {"credentials": Credentials("", "SECRET")},
        errors.CredentialsError,
        "the AWS credentials lack an access key or a secret key",
    ),
    (
        {"credentials": Credentials("AKIDEXAMPLE", None, "SECRET")},  # type: ignore[arg-type]
        errors.CredentialsError,
        "the AWS credentials lack an access key or a secret key",
    ),
    ({"credentials": Credentials("AKIDEXAMPLE", b"SECRET")}, errors.CredentialsError, KEYS),  # type: ignore[arg-type]
    ({"credentials": Credentials("AKIDEXAMPLE", "SECRET", 5)}, errors.CredentialsError, KEYS),  # type: ignore[arg-type]
    (
        {"credentials": Credentials("AKIDEXAMPLE", "SECRET\n")},
        errors.CredentialsError,
        "the AWS secret key has a character that is not allowed in a key, such as a line end",
    ),
    (
        {"credentials": Credentials("AKIDEXAMPLE", "SECRET", "SECRET\r\n")},
        errors.CredentialsError,
        "the AWS access key or session token has a character that is not allowed in a header",
    ),
    (
        {"credentials": Credentials("AKIDEXAMPLE", "SECRET", expires_at=datetime(2001, 1, 1, tzinfo=UTC))},
        errors.CredentialsError,
        "the AWS credentials expired at 2001-01-01 00:00:00 UTC",
    ),
    (
        {"credentials": botocore.credentials.Credentials("AKIDEXAMPLE", "SECRET\n")},
        errors.CredentialsError,
        "the AWS secret key has a character that is not allowed in a key, such as a line end",
    ),
    (
        {"credentials": ("AKIDEXAMPLE", "SECRET")},
        errors.CredentialsError,
        "AWS credentials must have an access_key and a secret_key; tuple does not",
    ),
    (
        {"proxy": b"http://ann:SECRET@proxy.example"},
        errors.ConfigurationError,
        "proxy must be a str, or None, got bytes",
    ),
    (
        {"proxy": "http://ann:SECRET@proxy.example", "http_client": httpx.Client()},
        errors.ConfigurationError,
        "http_client= brings its own CA bundle and proxy; pass one or the other",
    ),
    (
        {"proxy": "http://ann:SECRET@proxy.example", "send_rate": "fast"},
        errors.ConfigurationError,
        "send_rate must be a SendRate, recipients per second above 0, 'account' or None, got str",
    ),
]
"""Arguments with which no call can succeed, and the error."""


@pytest.mark.parametrize("client", [SESv2Client, AsyncSESv2Client])
@pytest.mark.parametrize(("arguments", "kind", "message"), USELESS)
def test_a_client_with_which_no_call_can_succeed_is_not_made(
    client: type[Any], arguments: dict[str, Any], kind: type[errors.ConfigurationError], message: str
) -> None:
    with pytest.raises(errors.ConfigurationError) as caught:
        client(**arguments)
    assert (type(caught.value), str(caught.value)) == (kind, message)
    shown = recorded(caught.value)
    assert "Client.__init__" in shown
    assert "SECRET" not in shown


WRONG_HOOKS: list[tuple[Any, str]] = [
    ([3], "a hook must have the methods around_call and around_attempt, as subclasses of Hook have; int does not"),
    ([Hook(), None], "a hook must have the methods around_call and around_attempt, .* NoneType does not"),
    ("around_call", "hooks must be a sequence of hooks, got str"),
    ([Hook], r"a hook must be an object, not a class: write Hook\(\)"),
    (Hook(), "hooks must be a sequence of hooks, got Hook"),
    (None, "hooks must be a sequence of hooks, got NoneType"),
]


@pytest.mark.parametrize("client", [SESv2Client, AsyncSESv2Client])
@pytest.mark.parametrize(("hooks", "message"), WRONG_HOOKS)
def test_what_can_t_be_a_hook_is_refused_at_once(client: type[Any], hooks: Any, message: str) -> None:
    with pytest.raises(errors.ConfigurationError, match=f"^{message}$"):
        client(hooks=hooks)


@pytest.mark.parametrize(
    ("client", "name", "wrong"),
    [
        (SESv2Client, "Client", [httpx.AsyncClient(), httpx.Client, 0]),
        (AsyncSESv2Client, "AsyncClient", [httpx.Client(), httpx.AsyncClient, "https://proxy.example"]),
    ],
)
def test_an_httpx_client_of_the_other_kind_is_refused_at_once(client: type[Any], name: str, wrong: list[Any]) -> None:
    for one in wrong:
        with pytest.raises(errors.ConfigurationError) as caught:
            client(http_client=one)
        assert str(caught.value) == f"http_client must be an httpx.{name}, got {type(one).__name__}"


def test_settings_show_no_secrets() -> None:
    shown = repr(Arguments(credentials=Credentials("AKIDEXAMPLE", "secret"), proxy="http://ann:secret@proxy.example"))
    assert "secret" not in shown


# Timeouts ----------------------------------------------------------------------------------------


def test_timeouts_are_for_each_phase_and_for_the_whole_call() -> None:
    assert target().call_timeout is None
    assert target().timeout == Phases(connect=5, read=30, write=30, pool=30)
    found = target(timeout=httpx.Timeout(connect=1, read=2, write=3, pool=4), call_timeout=9.5)
    assert (found.timeout, found.call_timeout) == (Phases(connect=1, read=2, write=3, pool=4), 9.5)
    assert target(timeout=7).timeout == Phases(connect=7, read=7, write=7, pool=7)


def test_the_time_for_a_response_is_that_of_the_options_first() -> None:
    with SESv2Client(timeout=7, call_timeout=9) as ses:
        assert ses.find_response_timeout() == 7
        assert ses.find_response_timeout({"timeout": 30}) == 9
        assert ses.find_response_timeout({"timeout": None, "call_timeout": None}) is None
        for wrong in (3, {"timeout": "7"}, {"call_timeout": "9"}, {"time": 3}):
            options: Any = wrong
            with pytest.raises(errors.ParamValidationError, match="options"):
                ses.find_response_timeout(options)


@pytest.mark.parametrize("timeout", [None, math.inf, httpx.Timeout(None)])
def test_endless_time_is_no_timeout(timeout: float | httpx.Timeout | None) -> None:
    assert target(timeout=timeout).timeout == Phases(connect=None, read=None, write=None, pool=None)


# Retries -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "meant"), [("standard", "standard"), ("legacy", "standard"), ("adaptive", "adaptive"), ("off", "off")]
)
def test_the_environment_may_name_any_retry_mode(mode: str, meant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_RETRY_MODE", mode)
    assert target().retry_mode == meant
    assert f"cfg/retry-mode#{meant}" in target().user_agent
    assert target(retry_mode="off").retry_mode == "off"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("AWS_RETRY_MODE", "on"),
        ("AWS_MAX_ATTEMPTS", "0"),
        ("AWS_MAX_ATTEMPTS", "many"),
        ("AWS_MAX_ATTEMPTS", "\N{SUPERSCRIPT TWO}"),
        ("AWS_MAX_ATTEMPTS", "9" * 5000),
        ("AWS_USE_FIPS_ENDPOINT", "yes"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "on"),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "maybe"),
        ("AWS_REGION", "eu west"),
        ("AWS_ENDPOINT_URL", "localhost:4566"),
    ],
)
def test_an_invalid_environment_variable_is_a_configuration_error_that_names_it(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(errors.ConfigurationError, match=rf"\b{variable}\b"):
        Config(Arguments(region=None if variable == "AWS_REGION" else "eu-west-1")).find_target(None)


@pytest.mark.parametrize("variable", ["AWS_RETRY_MODE", "AWS_MAX_ATTEMPTS", "AWS_USE_FIPS_ENDPOINT", "AWS_CA_BUNDLE"])
def test_an_empty_environment_variable_counts_as_unset(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = target()
    monkeypatch.setenv(variable, "")
    assert target() == plain
    assert config().ca_bundle is None


# CA bundle and proxy -----------------------------------------------------------------------------


def test_the_certificates_of_an_argument_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", "environment.pem")
    assert config(ca_bundle="argument.pem").ca_bundle == "argument.pem"
    assert config(ca_bundle=Path("folder") / "argument.pem").ca_bundle == str(Path("folder") / "argument.pem")
    assert config().ca_bundle == "environment.pem"


def test_the_proxy_of_an_argument_wins_and_an_empty_one_means_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://environment.example:3128")
    assert config().proxy == "http://environment.example:3128"
    assert config(proxy="https://argument.example:1080").proxy == "https://argument.example:1080"
    assert config(proxy="").proxy is None
    monkeypatch.setenv("NO_PROXY", "*")
    assert config().proxy is None
    assert config(proxy="argument.example:3128").proxy == "http://argument.example:3128"


@pytest.mark.parametrize(
    "proxy",
    [
        "ftp://secret@proxy.example",
        "http://",
        "http://secret@[::1",
        "://secret",
        "socks5://u:secret@proxy.example:1080",
        "socks5h://proxy.example",
        "socks4://proxy.example:1080",
    ],
)
def test_an_invalid_proxy_is_an_error_that_does_not_show_it(proxy: str) -> None:
    with pytest.raises(errors.ConfigurationError, match="proxy") as caught:
        config(proxy=proxy)
    assert "secret" not in recorded(caught.value)


# Endpoints ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://ann:SECRET@ses.example",
        "https://SECRET@ses.example/v2",
        "https://ann:SECRET@[::1",
        "https://ann:SE:CRET@ses.example:port",
        "https://ann:SECRET",
        "http://ann:SECRET@ses.example:99999",
        "ftp://ann:SECRET@ses.example",
    ],
)
def test_an_endpoint_url_with_a_password_is_refused_by_an_error_that_names_its_source_but_does_not_show_it(
    url: str, monkeypatch: pytest.MonkeyPatch, shared_files: WriteFile
) -> None:
    def refused(name: str, **arguments: Any) -> str:
        message = rf"^(the port of )?{name} (must|can't) "
        with (
            pytest.raises(errors.ConfigurationError, match=message) as caught,
            SESv2Client(region="eu-west-1", credentials=Credentials("AKIDEXAMPLE", "x"), **arguments) as ses,
        ):
            ses.get_account()
        return recorded(caught.value)

    assert "SECRET" not in refused("endpoint_url", endpoint_url=url)
    shared_files("config", f"[default]\nendpoint_url = {url}\n")
    assert "SECRET" not in refused("the endpoint_url of the AWS profile")
    for variable in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SESV2"):
        monkeypatch.setenv(variable, url)
        assert "SECRET" not in refused(variable)


def test_an_unencrypted_endpoint_beyond_this_machine_is_warned_of_once(caplog: pytest.LogCaptureFixture) -> None:
    target(endpoint_url="http://ses.unencrypted.example:8080")
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("sesv2kit", "WARNING")
    assert "http://ses.unencrypted.example:8080 is not encrypted" in record.getMessage()
    target(endpoint_url="http://ses.unencrypted.example:8080")
    assert len(caplog.records) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://ses.example",
        "http://localhost:4566",
        "http://127.1.2.3:4566",
        "http://[::1]:4566",
        "http://a.localhost",
    ],
)
def test_an_encrypted_or_local_endpoint_is_not_warned_of(url: str, caplog: pytest.LogCaptureFixture) -> None:
    target(endpoint_url=url)
    assert caplog.records == []


# Sessions ----------------------------------------------------------------------------------------


def test_a_boto3_session_brings_its_profile(shared_files: WriteFile) -> None:
    shared_files("config", FILES)
    settings = Config(Arguments(session=boto3.Session(profile_name="work")))
    found = settings.find_target(None)
    assert (found.url, found.region) == ("http://ses.example", "ca-central-1")
    assert (found.retry_mode, found.max_attempts, settings.ca_bundle) == ("adaptive", 6, "profile.pem")
    assert Config(Arguments(session=boto3.Session())).find_target(None).region == "eu-south-1"
    assert Config(Arguments(session=boto3.Session(region_name="us-east-1"))).region == "us-east-1"


def test_what_was_set_on_a_botocore_session_wins_over_the_environment(
    shared_files: WriteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared_files("config", PROFILE)
    monkeypatch.setenv("AWS_REGION", "us-west-2")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "9")
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")
    session = botocore.session.Session(profile="work")
    found = Config(Arguments(session=session)).find_target(None)
    assert (found.url, found.max_attempts) == ("https://email.ca-central-1.api.aws", 9)
    session.set_config_variable("region", "us-east-1")
    session.set_config_variable("max_attempts", 2)
    session.set_config_variable("use_dualstack_endpoint", False)
    found = Config(Arguments(session=session)).find_target(None)
    assert (found.url, found.max_attempts) == ("https://email.us-east-1.amazonaws.com", 2)
    assert Config(Arguments(session=session, max_attempts=4)).max_attempts == 4


def test_a_session_whose_profile_is_not_there_is_a_configuration_error() -> None:
    with pytest.raises(errors.ConfigurationError, match="nobody"):
        Config(Arguments(session=botocore.session.Session(profile="nobody"))).find_target(None)


# Files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["sesv2 = http://ses.example\n", "s3 =\n  endpoint_url = http://s3.example\n"])
def test_a_services_section_without_lines_for_the_service_is_reported_or_skipped(
    text: str, shared_files: WriteFile
) -> None:
    shared_files("config", f"[default]\nservices = mine\n[services mine]\n{text}")
    if text.startswith("sesv2"):
        with pytest.raises(errors.ConfigurationError, match="sesv2"):
            target()
    else:
        assert target().url == "https://email.eu-west-1.amazonaws.com"


def test_a_machine_without_a_home_has_no_shared_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CONFIG_FILE", "~nobody-of-this-name/config")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "~nobody-of-this-name/credentials")
    assert target().url == "https://email.eu-west-1.amazonaws.com"


def test_an_environment_without_files_is_read_without_a_session_of_botocore() -> None:
    code = (
        "import sys\n"
        "from sesv2kit import SESv2Client\n"
        "client = SESv2Client()\n"
        "print(client.region, client.endpoint_url)\n"
        "config = client._config\n"
        "print(config.ca_bundle, config.proxy, config.credentials.load().access_key)\n"
        "loaded = {'botocore.session', 'botocore.client', 'botocore.configloader'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    variables = {
        "AWS_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "FROMENV",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "HOME": "no-such-home",
    }
    done = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["eu-west-1", "https://email.eu-west-1.amazonaws.com", "None", "None", "FROMENV"]

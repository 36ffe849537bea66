"""The environment and the shared files mean what they mean to botocore."""

from typing import Any

import attrs
import botocore.exceptions
import pytest
from support.config import WriteFile, botocore_client, botocore_session

from sesv2kit import errors
from sesv2kit._aws.arguments import Arguments
from sesv2kit._aws.config import Config

PROFILES = """
[default]
region = eu-south-1
use_dualstack_endpoint = true
max_attempts = 7
[profile work]
region = eu-north-1
use_fips_endpoint = true
retry_mode = adaptive
max_attempts = 2
endpoint_url = http://work.example
[profile ses]
region = us-east-2
services = mine
endpoint_url = http://all.example
retry_mode = legacy
[profile ignores]
region = us-east-2
ignore_configured_endpoint_urls = true
endpoint_url = http://all.example
[profile astray]
region = us-east-2
services = nowhere
[profile others]
region = us-east-2
services = others
endpoint_url = http://all.example
[services mine]
sesv2 =
  endpoint_url = http://ses.example
s3 =
  endpoint_url = http://s3.example
[services others]
s3 =
  endpoint_url = http://s3.example
"""

REGION = {"AWS_DEFAULT_REGION": "us-west-2"}
ENVIRONMENTS: dict[str, dict[str, str]] = {
    "region": REGION,
    "fips": {**REGION, "AWS_USE_FIPS_ENDPOINT": "true"},
    "fips, in capitals": {**REGION, "AWS_USE_FIPS_ENDPOINT": "TRUE"},
    "dual stack": {**REGION, "AWS_USE_DUALSTACK_ENDPOINT": "true"},
    "both": {**REGION, "AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true"},
    "switched off": {**REGION, "AWS_USE_FIPS_ENDPOINT": "false", "AWS_USE_DUALSTACK_ENDPOINT": ""},
    "pseudo-region": {"AWS_DEFAULT_REGION": "fips-us-east-1"},
    "pseudo-region, the other way round": {"AWS_DEFAULT_REGION": "us-gov-west-1-fips"},
    "endpoint": {**REGION, "AWS_ENDPOINT_URL": "http://all.example"},
    "endpoint with a path": {**REGION, "AWS_ENDPOINT_URL": "http://all.example:8080/ses"},
    "endpoint of the service": {**REGION, "AWS_ENDPOINT_URL_SESV2": "http://ses.example"},
    "both endpoints": {
        **REGION,
        "AWS_ENDPOINT_URL": "http://all.example",
        "AWS_ENDPOINT_URL_SESV2": "http://ses.example",
    },
    "empty endpoints": {**REGION, "AWS_ENDPOINT_URL": "", "AWS_ENDPOINT_URL_SESV2": ""},
    "endpoint of another service": {**REGION, "AWS_ENDPOINT_URL_SES": "http://old.example"},
    "endpoint ignored": {
        **REGION,
        "AWS_ENDPOINT_URL": "http://all.example",
        "AWS_ENDPOINT_URL_SESV2": "http://ses.example",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
    },
    "endpoint not ignored": {
        **REGION,
        "AWS_ENDPOINT_URL": "http://all.example",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false",
    },
    "standard": {**REGION, "AWS_RETRY_MODE": "standard", "AWS_MAX_ATTEMPTS": "4"},
    "adaptive": {**REGION, "AWS_RETRY_MODE": "adaptive"},
    "attempts": {**REGION, "AWS_MAX_ATTEMPTS": "1"},
}
IN_PROFILES: dict[str, dict[str, str]] = {
    "default": {},
    "profile": {"AWS_PROFILE": "work", "AWS_USE_FIPS_ENDPOINT": "false"},
    "profile, by its other name": {"AWS_DEFAULT_PROFILE": "ses"},
    "two profiles": {"AWS_PROFILE": "work", "AWS_DEFAULT_PROFILE": "ses"},
    "services section": {"AWS_PROFILE": "ses"},
    "services section of others": {"AWS_PROFILE": "others"},
    "services section that is not there": {"AWS_PROFILE": "astray"},
    "services section that does not matter": {"AWS_PROFILE": "astray", "AWS_ENDPOINT_URL": "http://env.example"},
    "services section ignored": {"AWS_PROFILE": "ses", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"},
    "services section over the environment of all": {"AWS_PROFILE": "ses", "AWS_ENDPOINT_URL": "http://env.example"},
    "ignored by the profile": {"AWS_PROFILE": "ignores"},
    "not ignored after all": {"AWS_PROFILE": "ignores", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false"},
    "fips, for which the endpoint leaves no room": {"AWS_PROFILE": "work"},
    "all of it": {"AWS_PROFILE": "work", "AWS_USE_DUALSTACK_ENDPOINT": "true", "AWS_DEFAULT_REGION": "fips-us-west-2"},
    "environment over profile": {
        "AWS_PROFILE": "work",
        "AWS_DEFAULT_REGION": "us-west-1",
        "AWS_USE_FIPS_ENDPOINT": "false",
        "AWS_RETRY_MODE": "standard",
        "AWS_MAX_ATTEMPTS": "9",
        "AWS_ENDPOINT_URL_SESV2": "http://env.example",
    },
    "no such profile": {"AWS_PROFILE": "nobody"},
}


@attrs.frozen
class Resolved:
    """What came of the settings."""

    region: str
    url: str
    retry_mode: str
    max_attempts: int
    ca_bundle: str | None
    proxy: str | None


def by_botocore() -> Resolved | None:
    """Return what botocore makes of the environment; None if it refuses."""
    try:
        client, wire = botocore_client(botocore_session())
        client.get_account()
    except (botocore.exceptions.BotoCoreError, ValueError):
        return None
    retries = client.meta.config.retries
    http = client._endpoint.http_session
    url = wire.requests[0].url
    return Resolved(
        client.meta.region_name,
        url.removesuffix("/v2/email/account"),
        {"legacy": "standard"}.get(retries["mode"], retries["mode"]),
        retries.get("total_max_attempts", 3),
        None if http._verify is True else http._verify,
        http._proxy_config.proxy_url_for(url),
    )


def by_us(**arguments: Any) -> Resolved | None:
    """Return what we make of the environment; None if we refuse."""
    config = Config(Arguments(**arguments))
    try:
        target = config.find_target(None)
    except errors.ConfigurationError:
        return None
    return Resolved(target.region, target.url, target.retry_mode, target.max_attempts, config.ca_bundle, config.proxy)


def environment(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> None:
    """Set environment variables."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("variables", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_an_environment_means_what_it_means_to_botocore(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment(monkeypatch, variables)
    ours = by_us()
    assert ours is not None
    assert ours == by_botocore()


@pytest.mark.parametrize("variables", IN_PROFILES.values(), ids=IN_PROFILES)
def test_a_profile_means_what_it_means_to_botocore(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch, shared_files: WriteFile
) -> None:
    shared_files("config", PROFILES)
    environment(monkeypatch, variables)
    assert by_us() == by_botocore()


@pytest.mark.parametrize("name", ["no such profile", "services section that is not there"])
def test_what_botocore_refuses_of_a_profile_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch, shared_files: WriteFile
) -> None:
    shared_files("config", PROFILES)
    environment(monkeypatch, IN_PROFILES[name])
    assert by_us() is None


def test_settings_may_be_in_the_credentials_file(shared_files: WriteFile) -> None:
    shared_files("credentials", "[default]\nregion = eu-south-2\nretry_mode = adaptive\n")
    ours = by_us()
    assert ours is not None
    assert (ours.region, ours.retry_mode) == ("eu-south-2", "adaptive")
    assert ours == by_botocore()
    shared_files("config", "[default]\nregion = eu-south-1\nmax_attempts = 8\n")
    assert by_us() == by_botocore()


CA_BUNDLES: dict[str, dict[str, str]] = {
    "none": {},
    "ours": {"AWS_CA_BUNDLE": "aws.pem", "REQUESTS_CA_BUNDLE": "requests.pem"},
    "that of requests": {"REQUESTS_CA_BUNDLE": "requests.pem"},
    "that of the profile": {"AWS_PROFILE": "trusting", "REQUESTS_CA_BUNDLE": "requests.pem"},
    "not that of the profile": {"AWS_PROFILE": "trusting", "AWS_CA_BUNDLE": "aws.pem"},
}


@pytest.mark.parametrize("variables", CA_BUNDLES.values(), ids=CA_BUNDLES)
def test_the_certificates_to_trust_are_those_that_botocore_trusts(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch, shared_files: WriteFile
) -> None:
    shared_files("config", "[profile trusting]\nca_bundle = profile.pem\n")
    environment(monkeypatch, REGION | variables)
    ours = by_us()
    assert ours is not None
    assert ours == by_botocore()


PROXIES: dict[str, dict[str, str]] = {
    "https": {"HTTPS_PROXY": "http://proxy.example:3128"},
    "lower case": {"https_proxy": "http://proxy.example:3128"},
    "without a scheme": {"HTTPS_PROXY": "proxy.example:3128"},
    "with a password": {"HTTPS_PROXY": "http://ann:secret@proxy.example:3128"},
    "only http": {"HTTP_PROXY": "http://proxy.example:3128"},
    "http": {"HTTP_PROXY": "http://proxy.example:3128", "AWS_ENDPOINT_URL": "http://localhost:4566"},
    "all but this host": {
        "HTTPS_PROXY": "http://proxy.example:3128",
        "NO_PROXY": "localhost,email.us-west-2.amazonaws.com",
    },
    "all but this domain": {"HTTPS_PROXY": "http://proxy.example:3128", "NO_PROXY": "amazonaws.com"},
    "all but this domain, with a dot": {"HTTPS_PROXY": "http://proxy.example:3128", "NO_PROXY": ".amazonaws.com"},
    "all but others": {"HTTPS_PROXY": "http://proxy.example:3128", "NO_PROXY": "example.com,10.0.0.0/8"},
    "all but another ending": {"HTTPS_PROXY": "http://proxy.example:3128", "NO_PROXY": "naws.com"},
    "all but this port": {
        "HTTP_PROXY": "http://proxy.example:3128",
        "NO_PROXY": "localhost:4566",
        "AWS_ENDPOINT_URL": "http://localhost:4566",
    },
    "all but everything": {"HTTPS_PROXY": "http://proxy.example:3128", "NO_PROXY": "*"},
    "empty": {"HTTPS_PROXY": ""},
}


@pytest.mark.parametrize("variables", PROXIES.values(), ids=PROXIES)
def test_the_proxy_is_the_one_that_botocore_takes(variables: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, REGION | variables)
    ours = by_us()
    assert ours is not None
    assert ours == by_botocore()


def test_the_table_of_proxies_has_some_that_count_and_some_that_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def has_proxy(variables: dict[str, str]) -> bool:
        with monkeypatch.context() as patch:
            environment(patch, REGION | variables)
            return Config(Arguments()).proxy is not None

    assert {has_proxy(variables) for variables in PROXIES.values()} == {True, False}

"""The endpoint is botocore's, for every region and partition."""

from itertools import product
from typing import Any

import botocore.config
import botocore.exceptions
import botocore.loaders
import botocore.session
import pytest
from support.config import CONTENT, botocore_client

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors
from sesv2kit._aws.arguments import Arguments
from sesv2kit._aws.config import Config
from sesv2kit._aws.endpoint import _endpoint, _provider, resolve_endpoint

ENDPOINT_ID = "abc123.456"
NO_OLD_DUALSTACK = {"eu-isoe-west-1", "us-isof-east-1", "us-isof-south-1"}
"""botocore's clients also look at a table from before the rules, which has no dual stack for these."""
NOBODY_KNOWS = {"eu-central-99", "cn-west-99", "us-gov-north-99", "us-isob-south-99", "moon-base-1"}


def partitions() -> list[dict[str, Any]]:
    """Return the partitions that botocore knows."""
    found: list[dict[str, Any]] = botocore.loaders.create_loader().load_data("partitions")["partitions"]
    return found


REGIONS = sorted({region for partition in partitions() for region in partition["regions"]} | NOBODY_KNOWS)


@pytest.fixture(scope="module")
def session() -> botocore.session.Session:
    """A botocore session, which reads its data once."""
    return botocore.session.Session()


def by_botocore(
    session: botocore.session.Session, region: str, *, fips: bool, dualstack: bool, endpoint_id: str | None
) -> tuple[str, str, str] | None:
    """Return the host that botocore calls, with the kind and the region of its signature, or its error.

    None if it can't make a client.
    """
    config = botocore.config.Config(use_fips_endpoint=fips, use_dualstack_endpoint=dualstack)
    try:
        client, wire = botocore_client(session, region_name=region, config=config)
    except botocore.exceptions.EndpointVariantError:
        return None
    try:
        if endpoint_id is None:
            client.get_account()
        else:
            client.send_email(Content=CONTENT, EndpointId=endpoint_id)
    except botocore.exceptions.BotoCoreError as error:
        return "error", str(error.kwargs["msg"]), ""
    (request,) = wire.requests
    kind, _, rest = request.headers["Authorization"].decode().partition(" Credential=")
    region_set = request.headers.get("X-Amz-Region-Set")
    return request.url.partition("/v2/")[0], kind, region_set.decode() if region_set else rest.split("/")[2]


def by_us(region: str, *, fips: bool, dualstack: bool, endpoint_id: str | None) -> tuple[str, str, str]:
    """Return the host that we call, with the kind and the region of the signature, or our error."""
    config = Config(Arguments(region=region, use_fips=fips, use_dualstack=dualstack))
    try:
        target = config.find_target(endpoint_id)
    except errors.ConfigurationError as error:
        return "error", str(error), ""
    kinds = {"sigv4": "AWS4-HMAC-SHA256", "sigv4a": "AWS4-ECDSA-P256-SHA256"}
    return target.url, kinds[target.signing], target.region


@pytest.mark.parametrize("endpoint_id", [None, ENDPOINT_ID], ids=["regional", "multi-region"])
@pytest.mark.parametrize(("fips", "dualstack"), list(product([False, True], repeat=2)))
def test_every_region_has_the_endpoint_that_botocore_calls(
    session: botocore.session.Session, fips: bool, dualstack: bool, endpoint_id: str | None
) -> None:
    if endpoint_id:
        pytest.importorskip("awscrt")
    variant: dict[str, Any] = {"fips": fips, "dualstack": dualstack, "endpoint_id": endpoint_id}
    for region in REGIONS:
        ours, theirs = by_us(region, **variant), by_botocore(session, region, **variant)
        if theirs is None:
            assert dualstack, region
            assert region in NO_OLD_DUALSTACK
        elif theirs[0] == "error":
            assert ours[0] == "error", region
            assert theirs[1] in ours[1]
        else:
            assert ours == theirs, region


def test_the_regions_are_of_every_partition_and_have_hosts_of_their_own() -> None:
    assert len(partitions()) >= 5
    regional = {by_us(region, fips=False, dualstack=False, endpoint_id=None)[0] for region in REGIONS}
    assert len(regional) == len(REGIONS)
    assert "error" not in regional


def test_there_is_no_multi_region_endpoint_with_fips() -> None:
    found = {by_us(region, fips=True, dualstack=False, endpoint_id=ENDPOINT_ID)[0] for region in REGIONS}
    assert found == {"error"}


@pytest.mark.parametrize("endpoint_id", ["", "a b", "a/b", "evil.example/", "x" * 64, "-a", "é"])
def test_an_invalid_endpoint_id_is_refused_as_botocore_refuses_it(
    session: botocore.session.Session, endpoint_id: str
) -> None:
    theirs = by_botocore(session, "us-east-1", fips=False, dualstack=False, endpoint_id=endpoint_id)
    ours = by_us("us-east-1", fips=False, dualstack=False, endpoint_id=endpoint_id)
    assert theirs is not None
    assert theirs[0] == ours[0] == "error"
    assert theirs[1] in ours[1]


def test_a_multi_region_endpoint_at_a_url_of_ones_own_is_called_there() -> None:
    config = Config(Arguments(region="us-east-1", endpoint_url="http://localhost:4566"))
    pytest.importorskip("awscrt")
    target = config.find_target(ENDPOINT_ID)
    assert (target.url, target.signing, target.region) == ("http://localhost:4566", "sigv4a", "*")


@pytest.mark.parametrize("url", ["http://localhost:4566", "https://vpce.example/prefix/"])
def test_a_url_of_ones_own_is_what_the_rules_make_of_it(url: str) -> None:
    for region in REGIONS:
        by_the_rules = _provider().resolve_endpoint(Region=region, Endpoint=url, UseFIPS=False, UseDualStack=False)
        assert resolve_endpoint(region, endpoint_url=url) == _endpoint(by_the_rules, region)


@pytest.mark.parametrize("client", [SESv2Client, AsyncSESv2Client])
def test_a_client_shows_its_resolved_settings(client: type[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "us-gov-west-1")
    monkeypatch.setenv("AWS_USE_FIPS_ENDPOINT", "true")
    made = client(credentials=Credentials("AKIDEXAMPLE", "secret"))
    assert made.region == "us-gov-west-1"
    assert made.endpoint_url == "https://email-fips.us-gov-west-1.amazonaws.com"


def test_a_pseudo_region_of_old_is_the_region_with_fips() -> None:
    config = Config(Arguments(region="fips-us-east-1", use_fips=False))
    assert (config.region, config.use_fips) == ("us-east-1", True)
    assert config.find_target(None).url == "https://email-fips.us-east-1.amazonaws.com"


@pytest.mark.parametrize("switch", ["use_fips", "use_dualstack"])
def test_a_switch_that_is_an_argument_is_never_ignored(switch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:4566")
    monkeypatch.setenv("AWS_USE_FIPS_ENDPOINT", "true")
    monkeypatch.setenv("AWS_USE_DUALSTACK_ENDPOINT", "true")
    assert Config(Arguments(region="us-east-1")).find_target(None).url == "http://localhost:4566"
    settings: dict[str, Any] = {"region": "us-east-1", switch: True}
    with pytest.raises(errors.ConfigurationError, match="custom endpoint"):
        Config(Arguments(**settings)).find_target(None)

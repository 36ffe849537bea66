"""Metadata, container and role credentials over their whole life: fetched, kept, refreshed, expired, failing."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from support.credentials import HOUR, KINDS, SECRET, TOKEN, Aws, call, load, make_source

from sesv2kit import SESv2Client, compose, errors
from sesv2kit._call.drivers import Driver

each_kind = pytest.mark.parametrize("kind", KINDS)
pytestmark = pytest.mark.anyio

SOON = timedelta(minutes=5)
"""Within the time before the end in which botocore must refresh."""


class Clock:
    """The clock of the package; botocore's goes on as it does."""

    def __init__(self) -> None:
        self.offset = 0.0

    def time(self) -> float:
        """Return the epoch seconds."""
        return time.time() + self.offset


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that can be put forward."""
    clock = Clock()
    monkeypatch.setattr("sesv2kit._aws.source.time", clock)
    return clock


# The instance's metadata -------------------------------------------------------------------------


@each_kind
async def test_an_instance_hands_out_its_role_for_a_session_token(kind: str, imds: Aws) -> None:
    source = make_source()
    found = await load(kind, source)
    assert (found.access_key, found.secret_key, found.token) == ("imds-1", SECRET, TOKEN)
    assert [request.method for request in imds.requests] == ["PUT", "GET", "GET"]
    assert {request.headers.get("x-aws-ec2-metadata-token") for request in imds.requests[1:]} == {"metadata-token"}
    assert await load(kind, source) is found
    assert len(imds.requests) == 3


@each_kind
async def test_an_instance_without_a_role_is_an_error_with_advice(kind: str, imds: Aws) -> None:
    imds.refuses = lambda: (404, "")
    with pytest.raises(errors.CredentialsError, match="no AWS credentials were found"):
        await load(kind, make_source())


@each_kind
async def test_a_failed_lookup_is_repeated_by_the_next_call(kind: str, imds: Aws) -> None:
    source = make_source()
    imds.refuses = lambda: (500, "")
    with pytest.raises(errors.CredentialsError):
        await load(kind, source)
    imds.refuses = None
    assert (await load(kind, source)).access_key == "imds-1"


# The container's service -------------------------------------------------------------------------


def test_a_container_is_called_with_the_token_of_the_environment(
    container: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "from the environment")
    assert make_source().load().access_key == "container-1"
    assert container.requests[-1].headers["authorization"] == "from the environment"


def test_a_container_is_called_with_the_token_that_is_in_the_file_now(
    container: Aws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "token"
    monkeypatch.setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", str(path))
    source = make_source()
    for token in ("first", "second"):
        path.write_text(token)
        assert source.reject(source.load())
        assert container.requests[-1].headers["authorization"] == token


def test_a_relative_address_is_one_of_the_containers_host(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/container")
    host = aws.url.removeprefix("http://")
    monkeypatch.setattr("botocore.utils.ContainerMetadataFetcher.IP_ADDRESS", host)
    assert make_source().load().access_key == "container-1"


@each_kind
async def test_a_container_that_refuses_is_an_error_and_no_other_place_is_tried(
    kind: str, container: Aws, imds: Aws
) -> None:
    container.refuses = lambda: (403, "no")
    with pytest.raises(errors.CredentialsError, match="container-role"):
        await load(kind, make_source())
    assert {request.path for request in container.requests} == {"/container"}


# Refresh -----------------------------------------------------------------------------------------


@each_kind
async def test_credentials_are_refreshed_before_they_expire(kind: str, container: Aws, clock: Clock) -> None:
    source = make_source()
    container.lasts = SOON
    old = await load(kind, source)
    container.lasts = HOUR
    assert await load(kind, source) == old
    clock.offset = 60
    new = await load(kind, source)
    assert new.access_key != old.access_key
    before = container.handed_out["container"]
    clock.offset = 120
    assert await load(kind, source) == new
    assert container.handed_out["container"] == before


@each_kind
async def test_a_failing_refresh_keeps_valid_credentials_in_use(
    kind: str, container: Aws, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    source = make_source()
    container.lasts = SOON
    old = await load(kind, source)
    container.refuses = lambda: (500, f"no {SECRET}")
    clock.offset = 60
    with caplog.at_level(logging.DEBUG, "sesv2kit"):
        assert await load(kind, source) == old
    (record,) = [record for record in caplog.records if record.name == "sesv2kit"]
    assert (record.levelname, record.exc_info) == ("WARNING", None)
    assert "stay in use" in record.getMessage()
    assert SECRET not in record.getMessage()
    refusals = len(container.requests)
    assert await load(kind, source) == old
    assert len(container.requests) == refusals, "tried again at once"
    clock.offset = 120
    container.refuses = None
    container.lasts = HOUR
    assert (await load(kind, source)).access_key != old.access_key


@each_kind
async def test_credentials_that_have_expired_on_arrival_are_an_error(kind: str, container: Aws) -> None:
    container.lasts = timedelta(seconds=-1)
    with pytest.raises(errors.CredentialsError, match="expired"):
        await load(kind, make_source())


@each_kind
@pytest.mark.parametrize("place", ["imds", "container", "sts"])
async def test_credentials_that_the_service_rejects_are_forgotten_and_fetched_again(
    kind: str, place: str, request: pytest.FixtureRequest, shared_file: Callable[[str, str], Path]
) -> None:
    shared_file(
        "config",
        "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = keys\n"
        f"[profile keys]\naws_access_key_id = A\naws_secret_access_key = {SECRET}\n",
    )
    aws: Aws = request.getfixturevalue("aws" if place == "sts" else place)
    source = make_source(profile="role" if place == "sts" else None)
    old = await load(kind, source)
    assert source.reject(old)
    assert source.ready() is None
    new = await load(kind, source)
    assert (old.access_key, new.access_key) == (f"{place}-1", f"{place}-2")
    # The other calls that were under way with the old ones have no say in the new ones.
    assert source.reject(old)
    assert source.ready() is new
    assert aws.handed_out[place] == 2


@each_kind
async def test_rejected_credentials_are_not_used_when_no_others_can_be_fetched(kind: str, container: Aws) -> None:
    source = make_source()
    assert source.reject(await load(kind, source))
    container.refuses = lambda: (500, "")
    with pytest.raises(errors.CredentialsError):
        await load(kind, source)


def test_credentials_are_read_again_after_a_long_wait(container: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = compose.mail(sender="shop@example.com", to="ann@example.net", subject="Hello", text="Hi").arguments

    def sleep(_driver: Driver, seconds: float, _alarm: object) -> None:
        # What another call does while this one waits for its turn.
        if container.signers == ["container-1"] and container.handed_out["container"] == 1:
            assert ses._config.credentials.reject(ses._config.credentials.load())
            ses._config.credentials.load()
        time.sleep(seconds)

    monkeypatch.setattr(Driver, "_sleep", sleep)
    with SESv2Client(region="eu-west-1", endpoint_url=container.url, send_rate=1) as ses:
        ses.send_email(**arguments)
        ses.send_email(**arguments)
    assert container.signers == ["container-1", "container-2"]


@each_kind
async def test_a_call_whose_credentials_expire_in_flight_is_made_again_with_others(kind: str, container: Aws) -> None:
    container.expired = {"container-1"}
    assert await call(kind, container, max_attempts=2) == "container-2"
    assert container.signers == ["container-1", "container-2"]

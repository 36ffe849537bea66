"""What these tests share: the server, and an environment in which botocore finds it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.credentials import Aws, serve


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Aws]:
    """A server for STS and SSO; metadata and containers are named by `imds` and `container`."""
    with serve() as server:
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", server.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO", server.url)
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        monkeypatch.setenv("AWS_METADATA_SERVICE_TIMEOUT", "5")
        monkeypatch.setenv("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "1")
        monkeypatch.setattr("botocore.utils.ContainerMetadataFetcher.SLEEP_TIME", 0)
        yield server


@pytest.fixture
def imds(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> Aws:
    """The server as the metadata service of an instance."""
    monkeypatch.delenv("AWS_EC2_METADATA_DISABLED")
    monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.url)
    return aws


@pytest.fixture
def container(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> Aws:
    """The server as the credentials service of a container."""
    monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{aws.url}/container")
    return aws


@pytest.fixture
def shared_file(no_aws_settings: Path) -> Callable[[str, str], Path]:
    """Return a function that writes a file into `.aws` of the home directory, and returns its path."""

    def write(name: str, text: str) -> Path:
        path = no_aws_settings / ".aws" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write

"""A served fake, and an environment that names it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.cli import Shell

from sesv2kit.testing import FakeSES


@pytest.fixture
def fake() -> Iterator[FakeSES]:
    """A fake service."""
    with FakeSES() as fake:
        yield fake


@pytest.fixture
def url(fake: FakeSES, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """The URL of the fake service, which the environment names, with credentials that are made up."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "any-access-key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "any-secret-key")
    with fake.serve() as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", url)
        yield url


@pytest.fixture
def shell(fake: FakeSES, url: str, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Runs commands against the fake service."""
    return Shell(fake, capsys)

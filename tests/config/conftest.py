"""The fixtures of these tests: no network settings, and shared AWS files."""

from pathlib import Path

import pytest
from support.config import WriteFile


@pytest.fixture(autouse=True)
def no_network_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the machine's own proxies and certificates."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def shared_files(no_aws_settings: Path) -> WriteFile:
    """Return a function that writes a shared AWS file into the empty home: `write("config", text)`."""

    def write(name: str, text: str) -> Path:
        path = no_aws_settings / ".aws" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write

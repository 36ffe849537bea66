"""The built site: a folder that the environment names."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site."""
    named = os.environ.get("SESV2KIT_SITE")
    if not named:
        pytest.skip("there is no built site; run `nox -s docs` or `nox -s docs-browser`")
    return Path(named).resolve()

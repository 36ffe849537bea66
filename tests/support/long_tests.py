"""Marks tests that take long, and are run by sessions of their own."""

import os
from typing import Final

import pytest

LONG: Final = "SESV2KIT_LONG" in os.environ
"""Whether the long tests run."""


def run_by(session: str) -> pytest.MarkDecorator:
    """Return the mark of a test that only a session of nox runs, which sets SESV2KIT_LONG."""
    return pytest.mark.skipif(not LONG, reason=f"it takes long: `nox -s {session}` runs it")

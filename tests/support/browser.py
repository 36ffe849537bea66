"""Debian's chromium, driven by playwright."""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_CHROMIUM: Final = shutil.which("chromium") or shutil.which("google-chrome")


def needs_chromium(session: str) -> Any:
    """Return playwright. The test module that calls this is skipped if playwright or chromium is missing.

    Args:
        session: The nox session that installs them.
    """
    playwright = pytest.importorskip("playwright.sync_api", reason=f"playwright is missing; run `nox -s {session}`")
    if _CHROMIUM is None:
        reason = f"chromium is missing; run `nox -s {session}`, or apt-get install chromium"
        pytest.skip(reason, allow_module_level=True)
    return playwright


@contextmanager
def launched_chromium() -> Generator["Browser"]:
    """Return a context with a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        # As root, as in containers, chromium has no sandbox of its own; that of frames is another thing.
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = driver.chromium.launch(executable_path=_CHROMIUM, args=arguments)
        yield browser
        browser.close()

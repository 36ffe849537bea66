"""A pytest plugin for a run under coverage: it notes which test executes which line."""

from collections.abc import Generator

import coverage
import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Name the context of the lines that a test executes, in its own thread or another."""
    measurement = coverage.Coverage.current()
    assert measurement is not None
    measurement.switch_context(item.nodeid)
    try:
        return (yield)
    finally:
        measurement.switch_context("")

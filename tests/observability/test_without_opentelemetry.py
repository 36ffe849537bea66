"""Without the extra, the module for OpenTelemetry says how to install it."""

import sys
from importlib import import_module

import pytest


def test_the_import_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    monkeypatch.delitem(sys.modules, "sesv2kit.otel", raising=False)
    with pytest.raises(ImportError, match=r'pip install "sesv2kit\[otel\]"'):
        import_module("sesv2kit.otel")

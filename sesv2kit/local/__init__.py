"""SES on your machine: `sesv2kit local` serves the fake of `sesv2kit.testing` over HTTP, with an inbox for the browser.

docs/local.md is the guide.
"""

from .app import create_app

__all__ = ["create_app"]

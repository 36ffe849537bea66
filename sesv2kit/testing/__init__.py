"""SES in your tests: a fake of the whole service in the process, or over HTTP.

    from sesv2kit.testing import FakeSES

    with FakeSES() as fake, fake.client() as ses:
        ses.send_email(...)
        assert fake.outbox[-1].subject == "Welcome"

How it fails, and what is lost: everything is in memory and gone at the end of the block, and nothing leaves the
process. A request that SES would refuse raises what SES would raise. docs/testing.md is the guide.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .canned import Canned as Canned
    from .clock import Clock as Clock
    from .fake import FakeSES as FakeSES
    from .faults import Faults as Faults
    from .outbox import SentAttachment as SentAttachment
    from .outbox import SentMail as SentMail
    from .sns import FakeSNS as FakeSNS

__all__ = ["Canned", "Clock", "FakeSES", "FakeSNS", "Faults", "SentAttachment", "SentMail"]

_HOMES: Final = {
    "Canned": "canned",
    "Clock": "clock",
    "FakeSES": "fake",
    "FakeSNS": "sns",
    "Faults": "faults",
    "SentAttachment": "outbox",
    "SentMail": "outbox",
}
"""Each is loaded when it is first used: pytest imports this package for its plugin, in every run."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)

"""SES in your tests: a fake of the whole service in the process, or over HTTP.

    from sesv2kit.testing import FakeSES

    with FakeSES() as fake, fake.client() as ses:
        ses.send_email(...)
        assert fake.outbox[-1].subject == "Welcome"

docs/testing.md is the guide.
"""

from .clock import Clock
from .fake import FakeSES
from .faults import Faults
from .outbox import SentAttachment, SentMail
from .sns import FakeSNS

__all__ = ["Clock", "FakeSES", "FakeSNS", "Faults", "SentAttachment", "SentMail"]

"""Django's own tests of mail backends, run against this package's: `python tests/django_mail/of_django.py FOLDER`.

FOLDER is the source of the Django release that is installed; `nox -s django` fetches it.
"""

import sys
import unittest
from email import message_from_bytes
from email.message import Message
from email.policy import default
from importlib import import_module
from pathlib import Path
from typing import Any

LEFT_OUT = {
    "test_lazy_addresses": "its addresses have no domain, and SES takes none like that",
    "test_recipient_without_domain": "SES takes no address without a domain",
}


def suite(source: Path) -> unittest.TestSuite:
    """Return the tests that every backend of Django has to pass, for ours."""
    sys.path.insert(0, str(source / "tests"))
    import django
    from django.conf import settings

    settings.configure(SECRET_KEY="made-up", INSTALLED_APPS=[], SESV2KIT={})
    django.setup()
    from django.test import SimpleTestCase

    from sesv2kit.django import EmailBackend
    from sesv2kit.testing import FakeSES

    module, name = ("test_backends", "Shared") if django.VERSION >= (6, 1) else ("tests", "Base")
    tests: Any = getattr(import_module(f"mail.{module}"), f"{name}EmailBackendTests")

    class SESBackendTests(tests, SimpleTestCase):  # type: ignore[misc]
        email_backend = "sesv2kit.django.EmailBackend"
        backend_class = EmailBackend

        def setUp(self) -> None:
            super().setUp()
            self.fake = self.enterContext(FakeSES(verified=["example.com", "localhost", "xn--4ca9at.com"]))
            self.enterContext(self.fake.patched())

        def test_fail_silently_arg_accepted(self) -> None:
            # Django 6.1's own is for backends without the option.
            for value in (True, False):
                assert EmailBackend(fail_silently=value, alias="test").fail_silently is value

        def flush_mailbox(self) -> None:
            self.fake.reset()

        def get_mailbox_content(self) -> list[Message]:
            # What was given to SES, before SES puts in headers of its own.
            return [message_from_bytes(given(self.fake, sent), policy=default) for sent in self.fake.outbox]

    loader = unittest.defaultTestLoader
    found = [name for name in loader.getTestCaseNames(SESBackendTests) if name not in LEFT_OUT]
    return unittest.TestSuite(map(SESBackendTests, found))


def given(fake: Any, sent: Any) -> bytes:
    """Return the message that the request had."""
    import base64
    import json

    with fake.world.database.lock:
        stored = fake.world.mails.find(sent.message_id)
        body = json.loads(fake.world.mails.request_of(stored))
    return base64.b64decode(body["Content"]["Raw"]["Data"]).replace(b"\r\n", b"\n")


if __name__ == "__main__":
    result = unittest.TextTestRunner().run(suite(Path(sys.argv[1])))
    sys.exit(not result.wasSuccessful())

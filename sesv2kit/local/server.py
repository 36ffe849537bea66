"""The local service in a thread of this process."""

from collections.abc import Collection, Generator, Sequence
from contextlib import closing, contextmanager

from .._core.settings import check_settings
from ..testing.fake import FakeSES
from ..testing.serving import serving
from .app import RULES, with_live
from .guard import LOOPBACK
from .live import Live
from .webhook import Webhooks


@contextmanager
def serve(
    fake: FakeSES,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    hosts: Collection[str] = (),
    webhooks: Sequence[str] = (),
) -> Generator[str]:
    """Serve a fake service, its inbox and its JSON API until the end of the context, which gives the URL.

    Args:
        fake: The service.
        host: The address to listen on. Default: loopback, which other machines can't reach.
        port: The port. Default: 0, a free one.
        hosts: Names by which browsers may call it, beside `host` and those of loopback; `*` for any. Default: none.
        webhooks: URLs that every event is posted to, signed, as SNS does. Default: none.

    Raises:
        ConfigurationError: The address can't be used, or an argument is of the wrong type.
    """
    check_settings(RULES, {"fake": fake, "hosts": hosts, "webhooks": webhooks})
    live = Live(fake)
    app = with_live(fake, live, {*LOOPBACK, host, *hosts})
    with closing(Webhooks(fake, webhooks)), serving(app, host, port) as url:
        fake.settings.public_url = url
        try:
            yield url
        finally:
            live.close()
            fake.settings.public_url = None

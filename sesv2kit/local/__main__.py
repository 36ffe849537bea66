"""`python -m sesv2kit.local`: SES on this machine, with an inbox in the browser."""

import argparse
import signal
import sys
import time
from collections.abc import Sequence

from .._core.exceptions import ConfigurationError

PORT = 8005
_CONFIGURATION = 3
"""The exit code of all commands for a missing extra, an address that can't be used and the like."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM.

    Args:
        arguments: The command line. Default: that of the process.

    Returns:
        int: The exit code.
    """
    given = _parser().parse_args(arguments)
    try:
        _serve(given)
    except ConfigurationError as error:
        print(f"sesv2kit local: {error}", file=sys.stderr)  # noqa: T201 -- a command line
        return _CONFIGURATION
    except KeyboardInterrupt:
        pass
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sesv2kit local",
        description="Amazon SES on this machine: every SDK can send to it, and the mails are in the browser.",
    )
    add = parser.add_argument
    add("--port", type=int, default=PORT, help=f"the port to listen on (default: {PORT}; 0: a free one)")
    add("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1, for this machine alone)")
    add("--db", metavar="FILE", help="keep everything in this file of SQLite (default: in memory)")
    add("--region", default="us-east-1", help="the AWS region of the service (default: us-east-1)")
    add("--sandbox", action="store_true", help="behave as an account in the sandbox does")
    add("--verified", metavar="NAME", action="append", help="a domain or address that may send; default: example.com")
    add(
        "--no-auto-verify",
        dest="auto_verify",
        action="store_false",
        help="leave new identities pending: an address until it is verified on the page, a domain for five minutes",
    )
    add("--auto-deliver", action="store_true", help="deliver every mail at once, with an event")
    add("--webhook", metavar="URL", action="append", default=[], help="post every event to this URL, as SNS does")
    add("--allow-host", metavar="NAME", action="append", default=[], help="a further name that browsers may call it by")
    return parser


def _serve(given: argparse.Namespace) -> None:
    from ..testing.fake import FakeSES  # it takes a moment, which Ctrl-C may end as well

    try:
        from .server import serve
    except ImportError:
        raise ConfigurationError("it needs an extra: pip install 'sesv2kit[local]'") from None
    fake = FakeSES(
        region=given.region,
        sandbox=given.sandbox,
        verified=given.verified or ["example.com"],
        auto_verify=given.auto_verify,
        auto_deliver=given.auto_deliver,
        db=given.db,
    )
    options = {"host": given.host, "port": given.port, "hosts": given.allow_host, "webhooks": given.webhook}
    signal.signal(signal.SIGTERM, _interrupt)  # which Docker sends; without a handler the last mails could be lost
    with fake, serve(fake, **options) as url:
        print(_greeting(url, given), flush=True)  # noqa: T201 -- a command line
        while True:
            time.sleep(3600)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _greeting(url: str, given: argparse.Namespace) -> str:
    return "\n".join(
        [
            f"SES is at   {url}   (AWS_ENDPOINT_URL_SESV2={url}; any credentials do)",
            f"Inbox       {url}/",
            f"Sending is open to {', '.join(given.verified or ['example.com'])}. Ctrl-C ends it.",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())

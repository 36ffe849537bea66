"""`events tail`: events as they come, out of an SQS queue or from SNS."""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated, Any, Final

import typer

from .._aws.botocore import botocore
from ..errors import ConfigurationError, SESv2Error
from ..events import Event, EventError, SNSVerifier, Webhook, parse
from ..events.json_types import as_object
from .failures import OutputProblem, UsageProblem
from .output import clean, note, print_json, print_line
from .session import Session, command

_QUEUE_REGION: Final = re.compile(r"https?://(?:sqs\.([a-z0-9-]+)\.|([a-z0-9-]+)\.queue\.)")
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
_MAX_REMEMBERED: Final = 10_000
_MAX_BODY: Final = 1024 * 1024
"""Bytes of a post."""
_MAX_DIGITS: Final = 8
"""Digits of the length of a post, which Python would not convert if there were thousands."""
_WAIT: Final = 20
"""Seconds of a long poll."""
_CHECK_DONE: Final = 0.2
"""Seconds until a webhook that received nothing checks whether it is done."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    group = typer.Typer(no_args_is_help=True, help="What becomes of mails.")
    command(group, "tail")(tail)
    app.add_typer(group, name="events")


def tail(
    session: Session,
    queue: Annotated[str | None, typer.Option(help="The URL of an SQS queue. Needs boto3.")] = None,
    delete: Annotated[bool, typer.Option("--delete", help="Delete what was shown from the queue.")] = False,
    webhook: Annotated[int | None, typer.Option(help="A port to receive the posts of SNS on.", metavar="PORT")] = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    topic: Annotated[list[str] | None, typer.Option(help="The ARN of a topic that may post.")] = None,
    no_verify: Annotated[
        bool, typer.Option("--no-verify", help="Take posts without checking signatures; on loopback alone.")
    ] = False,
    count: Annotated[int | None, typer.Option(min=1, help="End after so many events.")] = None,
) -> None:
    """Show events as they come, until Ctrl-C. Messages stay in the queue unless --delete removes them."""
    show = Printer(session, count)
    match queue, webhook:
        case str(), None:
            _tail_queue(session, queue, show, delete)
        case None, int():
            _tail_webhook(host, webhook, _receiver(host, topic or (), show, no_verify), show)
        case _:
            raise UsageProblem("give either --queue URL or --webhook PORT")
    if show.problem:
        raise show.problem


class NotShown(Exception):
    """An event was not printed: the command is done, or its output can't be written."""


class Printer:
    """Prints each event once.

    Args:
        session: The session.
        count: After how many events it is done; None for never.
    """

    def __init__(self, session: Session, count: int | None) -> None:
        self._session = session
        self._left = count
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()
        self.done: threading.Event = threading.Event()
        self.problem: Exception | None = None
        """Why nothing can be printed any more."""

    def __call__(self, event: Event) -> None:
        """Print an event, unless it was printed before.

        Raises:
            NotShown: It was not printed, so whoever delivered it has to deliver it again.
        """
        with self._lock:
            if event.key in self._seen:
                return
            if self.done.is_set():
                raise NotShown
            try:
                if self._session.json:
                    print_json(facts(event))
                else:
                    print_line(clean(line(event)))
            except (OutputProblem, BrokenPipeError) as error:
                self.problem = error
                self.done.set()
                raise NotShown from None
            self._seen[event.key] = None
            if len(self._seen) > _MAX_REMEMBERED:
                self._seen.popitem(last=False)
            if self._left is not None:
                self._left -= 1
                if not self._left:
                    self.done.set()


def facts(event: Event) -> dict[str, Any]:
    """Return an event for JSON."""
    return {
        "type": event.type,
        "occurred_at": event.occurred_at,
        "message_id": event.message_id,
        "recipients": list(event.recipients),
        "key": event.key,
        "event": dict(event.raw),
    }


def line(event: Event) -> str:
    """Return an event for people."""
    when = f"{event.occurred_at:%Y-%m-%d %H:%M:%S}" if event.occurred_at else "-" * 19
    details = [*event.recipients, *_details(event.raw)]
    return f"{when}  {event.type:<17}  {event.message_id or '-'}  {' '.join(details)}".rstrip()


def _details(raw: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is worth knowing of an event beyond its type."""
    places = {
        "bounce": ("bounceType", "bounceSubType"),
        "complaint": ("complaintFeedbackType",),
        "deliveryDelay": ("delayType",),
        "reject": ("reason",),
        "failure": ("errorMessage",),
        "click": ("link",),
    }
    for body, names in places.items():
        members = as_object(raw.get(body)) or {}
        yield from (str(members[name]) for name in names if members.get(name))


# SQS ---------------------------------------------------------------------------------------------


def _tail_queue(session: Session, queue: str, show: Printer, delete: bool) -> None:
    sqs = _Queue(session, queue)
    while not show.done.is_set():
        for message in sqs.receive():
            if _show_all(message["Body"], show) and delete:
                sqs.delete(message["ReceiptHandle"])


def _show_all(body: str, show: Callable[[Event], None]) -> bool:
    """Show the events of a message; returns whether all were shown."""
    try:
        for event in parse(body):
            show(event)
    except NotShown:
        return False
    except EventError as error:
        note(f"sesv2kit: a message was passed over: {clean(error)}")
        return False
    return True


def region_of(queue: str) -> str | None:
    """Return the AWS region that the URL of a queue names, if it names one."""
    found = _QUEUE_REGION.match(queue)
    return (found[1] or found[2]) if found else None


class _Queue:
    """A queue of SQS, through boto3.

    Args:
        session: The session.
        url: The URL of the queue.
    """

    def __init__(self, session: Session, url: str) -> None:
        self._url = url
        try:
            boto3: Any = import_module("boto3.session")
        except ImportError:
            raise ConfigurationError("reading from SQS needs boto3: pip install boto3") from None
        region = session.region or region_of(url) or session.client().region
        with _errors_of_boto3():
            self._sqs: Any = boto3.Session(profile_name=session.profile, region_name=region).client("sqs")

    def receive(self) -> Sequence[Mapping[str, Any]]:
        """Wait for messages, for 20 seconds at most."""
        with _errors_of_boto3():
            response: Mapping[str, Any] = self._sqs.receive_message(
                QueueUrl=self._url, MaxNumberOfMessages=10, WaitTimeSeconds=_WAIT
            )
        messages: Sequence[Mapping[str, Any]] = response.get("Messages", ())
        return messages

    def delete(self, handle: str) -> None:
        """Delete a message."""
        with _errors_of_boto3():
            self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=handle)


@contextmanager
def _errors_of_boto3() -> Generator[None]:
    """Return a context in which boto3's errors become one of this package."""
    exceptions: Any = botocore("exceptions")
    try:
        yield
    except exceptions.ClientError as error:
        raise SESv2Error(f"SQS: {error}") from None
    except exceptions.BotoCoreError as error:
        raise ConfigurationError(f"SQS: {error}") from None


# SNS ---------------------------------------------------------------------------------------------

Receive = Callable[[bytes, Mapping[str, str]], int]
"""Takes a body and headers, and returns the HTTP status."""


def _receiver(host: str, topics: Sequence[str], show: Printer, no_verify: bool) -> Receive:
    if no_verify:
        if host not in _LOOPBACK:
            raise UsageProblem("--no-verify is for this machine alone; give --topic, whose signatures are checked")
        return lambda body, _headers: _unverified(body, show)
    if not topics:
        raise UsageProblem("give the --topic that posts, or --no-verify for `sesv2kit local`")
    if find_spec("cryptography") is None:
        raise ConfigurationError("checking signatures needs an extra: pip install 'sesv2kit[sns]'")
    receiver = Webhook(show, SNSVerifier(topics))
    return lambda body, headers: receiver.handle(body, headers).status


def _unverified(body: bytes, show: Printer) -> int:
    try:
        for event in parse(body):
            show(event)
    except NotShown:
        return 503
    except EventError:
        return 200  # such as the confirmation of a subscription
    return 200


def _tail_webhook(host: str, port: int, receive: Receive, show: Printer) -> None:
    """Receive posts until the printer is done.

    The main thread, which Ctrl-C interrupts, listens itself: no other thread is left behind with a closed socket.
    """
    handler = type("Handler", (_Handler,), {"receive": staticmethod(receive)})
    try:
        server = _Server((host, port), handler)
    except (OSError, OverflowError) as error:
        raise ConfigurationError(f"can't listen on {host}:{port}: {error}") from None
    server.daemon_threads = True
    server.timeout = _CHECK_DONE
    with closing(server.socket):
        note(f"Listening on http://{host}:{server.server_port}/. Ctrl-C ends it.")
        while not show.done.is_set():
            server.handle_request()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print nothing about a connection that broke: SNS posts again."""


class _Handler(BaseHTTPRequestHandler):
    receive: Receive
    timeout = 10.0

    def do_POST(self) -> None:
        """Take a post of SNS."""
        length = self.headers.get("content-length", "")
        if not length.isdecimal() or len(length) > _MAX_DIGITS or int(length) > _MAX_BODY:
            self._respond(413)
            return
        self._respond(self.receive(self.rfile.read(int(length)), dict(self.headers.items())))

    def _respond(self, status: int) -> None:
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- as the base class calls it
        """Say nothing."""

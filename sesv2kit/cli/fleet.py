"""`fleet`: mailings of many workers, which a module defines."""

import shlex
import sys
import threading
import time
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ..errors import ConfigurationError, JournalError, SESv2Error
from ..fleet import BatchReport, MailingReport
from ..fleet.states import LETTERS
from .failures import SERVICE, USAGE, UsageProblem
from .fleet_files import EventReader, read_keys, write_outcomes
from .fleet_views import batch_line, exit_code, facts, hints, line, table
from .interruption import Interruption
from .modules import find_mailing
from .output import clean, counted, note, print_facts, print_json, print_line
from .progress import Bar, rest_of
from .session import Session, command

if TYPE_CHECKING:
    from ..fleet import Mailing

Place = Annotated[str, typer.Argument(metavar="MODULE:NAME", help="The mailing, such as shop.mailing:july.")]
_INTERVAL: Final = 1.0
"""Seconds between two reports of a bar."""
_MAX_SHOWN: Final = 10


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="Mailings of many workers, which a module defines.")
    command(group, "start")(start)
    command(group, "status")(status)
    command(group, "sweep")(sweep)
    command(group, "pause")(pause)
    command(group, "resume")(resume)
    command(group, "stop")(stop)
    command(group, "outcomes")(outcomes)
    command(group, "settle")(settle)
    command(group, "accept-failover")(accept_failover)
    app.add_typer(group, name="fleet")


# Commands ----------------------------------------------------------------------------------------


def start(
    session: Session,
    place: Place,
    keys: Annotated[
        Path | None, typer.Option(help="Enrol the keys of this file first, a key a line; - for standard input.")
    ] = None,
    work: Annotated[bool, typer.Option("--work", help="Send in this process, until the mailing is over.")] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Send again what has failed.")] = False,
    retry_skipped: Annotated[
        bool, typer.Option("--retry-skipped", help="Send what the module had no entry for, if it has one now.")
    ] = False,
    resend_unknown: Annotated[
        bool, typer.Option("--resend-unknown", help="Send again what may have been sent: perhaps twice.")
    ] = False,
) -> int:
    """Hand the first batches of a mailing to its engine, or send it in this process.

    With --work, any number of processes may do so on any number of machines, and no engine is needed. Ctrl-C gives back
    what is not sent. Whatever ends a process, the same command goes on, and nothing is sent twice.
    """
    with _opened(session, place, makes=keys is not None) as mailing:
        if keys:
            _print(session, f"{mailing.enrol(read_keys(keys)):,} new keys were enrolled.")
        report = mailing.report()
        if not report.entries:
            raise UsageProblem(next(hints(report, place)))
        if report.status in ("paused", "stopped"):
            reason = f": {clean(report.reason)}" if report.reason else ""
            note(f"sesv2kit: the mailing is {report.status}{reason}\n{next(hints(report, place))}")
            return SERVICE
        if retry_failed:
            _print(session, f"{mailing.retry_failed():,} failed entries are sent again.")
        if retry_skipped:
            _print(session, f"{mailing.retry_skipped():,} skipped entries are looked up again.")
        if resend_unknown:
            _print(session, f"{mailing.resend_unknown():,} unknown entries are sent again.")
        return _work(session, mailing, place) if work else _sweep(session, mailing, place)


def status(
    session: Session,
    place: Place,
    watch: Annotated[bool, typer.Option("--watch", help="Go on until the mailing is finished or stopped.")] = False,
    every: Annotated[float, typer.Option(min=0.1, help="With --watch: seconds between two reports.")] = _INTERVAL,
) -> int:
    """Show how far a mailing is, for all workers.

    The exit code is 1 if it is stopped, and 5 if it is finished and some entries failed or are unknown.
    """
    with _opened(session, place) as mailing:
        report = _watch(session, mailing, every) if watch else mailing.report()
        if not (session.json and watch):
            _show(session, report, place)
        return exit_code(report)


def sweep(session: Session, place: Place) -> int:
    """Hand out lost batches and the next ones: for cron, or by hand. It needs no worker, and can be repeated."""
    with _opened(session, place) as mailing:
        return _sweep(session, mailing, place)


def pause(session: Session, place: Place) -> None:
    """Pause a mailing for all workers: within about a second no further request leaves."""
    with _opened(session, place) as mailing:
        mailing.pause()
        _show_status(session, mailing)


def resume(session: Session, place: Place) -> None:
    """Go on after `pause`, `stop`, or a reason that has stopped the mailing; the next sweep hands batches out."""
    with _opened(session, place) as mailing:
        mailing.resume()
        _show_status(session, mailing)


def stop(
    session: Session,
    place: Place,
    reason: Annotated[str, typer.Option(help="Why, for the report.")] = "sesv2kit fleet stop",
) -> None:
    """Stop a mailing for all workers: they begin no other request, and processes with --work end."""
    with _opened(session, place) as mailing:
        mailing.stop(reason)
        _show_status(session, mailing)


def outcomes(
    session: Session,
    place: Place,
    state: Annotated[str | None, typer.Option(help="Only entries that are: " + ", ".join(LETTERS) + ".")] = None,
    output: Annotated[
        Path | None, typer.Option(help="A file to write, .csv or .jsonl.", show_default="the output, as CSV")
    ] = None,
) -> None:
    """Write what became of each entry: key, state, message id, code and batch."""
    wanted: Any = state.replace("-", " ") if state else None
    if wanted not in (None, *LETTERS):
        raise UsageProblem(f"there is no state {state!r}; there are {', '.join(LETTERS)}")
    if output and output.suffix not in (".csv", ".jsonl"):
        raise UsageProblem(f"the name of a file of outcomes ends in .csv or .jsonl, not {output.name!r}")
    with _opened(session, place) as mailing:
        found = mailing.outcomes(wanted)
        if not output:
            write_outcomes(sys.stdout, found, as_json=session.json)
            return
        with output.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            count = write_outcomes(file, found, as_json=output.suffix == ".jsonl")
    if session.json:
        print_json({"entries": count, "file": str(output)})
    else:
        print_line(f"{count:,} entries are in {clean(output)}")


def settle(
    session: Session,
    place: Place,
    events: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...", help="Events, a JSON object a line, in any wrapping; - for standard input."
        ),
    ] = None,
    sent: Annotated[Path | None, typer.Option(help="A file of keys that were sent, a key a line.")] = None,
    failed: Annotated[
        Path | None, typer.Option(help="A file of keys that were certainly not sent, a key a line.")
    ] = None,
) -> int:
    """Take from events, or from files of keys, what became of the unknown entries. It can be repeated.

    A file is what `events tail --json` prints, or any messages that SNS, SQS or EventBridge brought.
    """
    if not (events or sent or failed):
        raise UsageProblem("give files of events, or --sent or --failed with a file of keys")
    reader = EventReader()
    keys = {*read_keys(sent)}, {*read_keys(failed)}
    if both := keys[0] & keys[1]:
        raise UsageProblem(f"--sent and --failed have {counted(len(both), 'key')} in common, such as {min(both)!r}")
    with _opened(session, place) as mailing:
        settled = mailing.settle(reader.read(events or ()))
        decided = mailing.decide(sent=keys[0], failed=keys[1])
        report = mailing.report()
    if session.json:
        counts = {"events": reader.events, "unreadable": reader.unreadable, "became_sent": settled, "decided": decided}
        print_json({**counts, **facts(report)})
    else:
        if events:
            print_line(f"{reader.events:,} events were read, and {settled:,} entries became sent")
        if sent or failed:
            print_line(f"{decided:,} unknown entries were decided")
        if others := len(keys[0]) + len(keys[1]) - decided:
            print_line(f"{others:,} keys were ignored: no unknown entry has them")
        print_line(f"{report.unknown:,} entries are unknown")
    return USAGE if reader.unreadable else 0


def accept_failover(
    session: Session,
    place: Place,
    ahead: Annotated[
        int, typer.Option(min=0, help="How many batches more may have been handed out than the standby knows.")
    ] = 100,
) -> None:
    """Go on with a database that has failed over: what may have been sent by its predecessor becomes unknown."""
    with _opened(session, place) as mailing:
        count = mailing.accept_failover(ahead=ahead)
    if session.json:
        print_json({"unknown": count})
    else:
        print_line(f"{count:,} entries became unknown")


# The mailing -------------------------------------------------------------------------------------


@contextmanager
def _opened(session: Session, place: str, *, makes: bool = False) -> "Generator[Mailing]":
    """Return a context with a mailing, which is closed at its end.

    Args:
        session: The session.
        place: What the command line calls it.
        makes: Whether the journal may be a file that is not there yet.
    """
    if session.region or session.profile or session.endpoint_url:
        raise UsageProblem("--region, --profile and --endpoint-url are not for fleets: the module makes the client")
    mailing = find_mailing(place)
    if not makes and (file := mailing.journal.missing_file):
        message = f"the journal {file} is not there; a relative path begins in the folder of the command"
        raise ConfigurationError(message)
    with closing(mailing):
        yield mailing


def _print(session: Session, text: str) -> None:
    """Print a line for people, on stderr if the output is JSON."""
    if session.json:
        note(text)
    else:
        print_line(text)


def _show(session: Session, report: MailingReport, place: str, *, has_hints: bool = True) -> None:
    if session.json:
        print_json(facts(report))
        return
    print_facts(table(report))
    if found := [*hints(report, place)] if has_hints else []:
        print_line()
    for text in found:
        print_line(clean(text))


def _show_status(session: Session, mailing: "Mailing") -> None:
    report = mailing.report()
    if session.json:
        print_json(facts(report))
    else:
        print_line(clean(f"{report.name} is {report.status}"))


def _sweep(session: Session, mailing: "Mailing", place: str) -> int:
    if mailing.dispatch is None:
        raise UsageProblem(
            f"the module of {place} has no engine: name one that calls sesv2kit.fleet.celery.install or the like, or\n"
            f"send in this process: sesv2kit fleet start {shlex.quote(place)} --work"
        )
    try:
        numbers = mailing.sweep()
    except (SESv2Error, OSError):
        raise
    except Exception as error:  # noqa: BLE001 -- each engine has errors of its own
        message = f"the engine did not take the batches: {type(error).__name__}: {error}"
        raise ConfigurationError(f"{message}\nNothing is lost: the next sweep hands them out.") from None
    if session.json:
        print_json({"handed_out": numbers})
    elif numbers:
        shown = ", ".join(map(str, numbers[:_MAX_SHOWN])) + (", ..." if len(numbers) > _MAX_SHOWN else "")
        print_line(f"{len(numbers):,} {'batch was' if len(numbers) == 1 else 'batches were'} handed out: {shown}")
    else:
        print_line(clean(f"Nothing is to be handed out: {line(mailing.report())}"))
    return 0


# Watching ----------------------------------------------------------------------------------------


def _watch(session: Session, mailing: "Mailing", every: float) -> MailingReport:
    """Show reports until the mailing is finished or stopped, and return the last one."""
    with (bar := Bar()):
        while True:
            report = mailing.report()
            if session.json:
                print_json(facts(report))
            elif bar.is_shown:
                _draw(bar, report)
            else:
                print_line(clean(line(report)))
            sys.stdout.flush()
            if report.status in ("finished", "stopped"):
                return report
            time.sleep(every)


def _draw(bar: Bar, report: MailingReport) -> None:
    rest = rest_of(report.per_second, report.seconds_left, report.failed, report.unknown)
    others = f", {report.active:,} at work" if report.status == "running" else f", {report.status}"
    bar.draw(report.settled, report.entries, rest + others)


@contextmanager
def _drawing(bar: Bar, mailing: "Mailing") -> Generator[None]:
    """Return a context in which a thread draws how far a mailing is, if there is a terminal."""
    ended = threading.Event()

    def draw() -> None:
        while not ended.is_set():
            with suppress(JournalError):
                _draw(bar, mailing.report())
            ended.wait(_INTERVAL)

    thread = threading.Thread(target=draw, name="sesv2kit-fleet-bar", daemon=True)
    if not bar.is_shown:
        yield
        return
    with bar:
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


# Working -----------------------------------------------------------------------------------------


def _work(session: Session, mailing: "Mailing", place: str) -> int:
    """Send batches in this process until the mailing is over."""
    mailing.dispatch = None  # the batches that follow are for this process, and not for an engine
    bar = Bar()

    def show(report: BatchReport) -> None:
        if not (bar.is_shown or session.json):
            print_line(clean(batch_line(report)))
            sys.stdout.flush()

    interruption = Interruption()
    with ExitStack() as stack:
        stack.enter_context(interruption.calling(mailing.stop_working))
        stack.enter_context(_drawing(bar, mailing))
        report = mailing.work(on_batch=show)
    _show(session, report, place, has_hints=interruption.number is None)
    if interruption.number is None:
        return exit_code(report)
    note(f"Nothing is lost. This command goes on:\n  {shlex.join(['sesv2kit', *session.arguments])}")
    return 128 + interruption.number

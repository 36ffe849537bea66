"""`bulk`: a template, and a file of recipients."""

import re
import shlex
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from math import inf
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from .. import compose, errors, models
from .._handlebars import TemplateError
from ..bulk import BulkSender, Outcome, OutcomeFile, Report
from ..bulk.journal import OtherMailingError
from ..client import SESv2Client
from .dry_run import check
from .failures import PARTLY, SERVICE, OutputProblem, UsageProblem, exit_code, explain
from .given import pairs, sender_of, template_data
from .interruption import Interruption
from .output import clean, note, print_json, print_line
from .progress import Bar
from .recipients import Columns, Recipients
from .rendering import row_check
from .session import Session, command
from .templates import get

_MAX_EXAMPLES: Final = 5
_AT_INDEX: Final = re.compile(r"\bat index (\d+)")
"""How messages of `sesv2kit.bulk` name an entry; here it is a line of the file."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "bulk")(bulk)


def bulk(
    session: Session,
    template: Annotated[str, typer.Argument(help="The name of a stored template.")],
    recipients: Annotated[Path, typer.Argument(help="A file of recipients: .csv or .jsonl, a row a mail.")],
    sender: Annotated[str, typer.Option("--from", help="The address in From, which must be verified.")],
    column: Annotated[str | None, typer.Option(help="The column of the address.", show_default="email")] = None,
    key_column: Annotated[
        str | None, typer.Option(help="A column that is different in each row, so that rows may change places.")
    ] = None,
    data: Annotated[str | None, typer.Option(help="Template data for all mails: JSON, or @FILE.")] = None,
    var: Annotated[list[str] | None, typer.Option(help="A value for all mails: NAME=VALUE.")] = None,
    reply_to: Annotated[list[str] | None, typer.Option(help="Where replies go.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A tag for sending events: NAME=VALUE.")] = None,
    configuration_set: Annotated[str | None, typer.Option(help="The configuration set.")] = None,
    rate: Annotated[float | None, typer.Option(help="Recipients a second.", show_default="the account's")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Send so many mails at most.")] = None,
    unique: Annotated[bool, typer.Option("--unique", help="Send one mail to an address at most.")] = False,
    journal: Annotated[
        Path | None, typer.Option(help="The file that records what was sent.", show_default="RECIPIENTS.journal")
    ] = None,
    outcomes: Annotated[Path | None, typer.Option(help="Write what became of each row: .csv or .jsonl.")] = None,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Send again what has failed.")] = False,
    resend_unknown: Annotated[
        bool, typer.Option("--resend-unknown", help="Send again what may have been sent: perhaps twice.")
    ] = False,
    wait_for_quota: Annotated[
        bool, typer.Option("--wait-for-quota", help="Wait if the 24-hour quota is used up, instead of stopping.")
    ] = False,
    template_check: Annotated[
        bool,
        typer.Option(
            "--template-check/--no-template-check",
            help="Whether a row fails that lacks a variable of the template. SES would accept and never send it.",
        ),
    ] = True,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Send nothing: show the first mails, and what would be refused.")
    ] = False,
) -> int:
    """Send a template to every row of a file.

    Whatever ends it, even kill -9, the same command goes on where it was: the journal knows what was sent, and nothing
    is sent twice unless --resend-unknown says so.
    """
    rows = Recipients(recipients, Columns(column, key_column))
    if outcomes and outcomes.suffix not in (".csv", ".jsonl"):
        raise UsageProblem(f"the name of a file of outcomes ends in .csv or .jsonl, not {outcomes.name!r}")
    if rate is not None and not 0 < rate < inf:
        raise UsageProblem("--rate must be above 0 recipients a second")
    default = template_data(data, var or ()) or {}
    tags = pairs("--tag", tag or ())
    with session.client() as ses:
        mailing = BulkSender(
            ses,
            default_content=compose.bulk_content(template, default),
            from_email_address=sender_of(sender),
            reply_to_addresses=reply_to or None,
            default_email_tags=compose.tags(tags) if tags else None,
            configuration_set_name=configuration_set,
            send_rate=rate,
            limit=limit,
            unique_recipients=unique,
            retry_failed=retry_failed,
            resend_unknown=resend_unknown,
            on_quota="wait" if wait_for_quota else "stop",
            journal=None if dry_run else journal or recipients.with_name(recipients.name + ".journal"),
            on_progress=(bar := Bar()).show,
        )
        if dry_run:
            return _dry_run(session, ses, mailing, rows, template, default)
        if template_check:
            _check_rows(ses, rows, template, default)
        return _send(session, mailing, rows, outcomes, bar)


# Dry run -----------------------------------------------------------------------------------------


def _dry_run(
    session: Session, ses: SESv2Client, mailing: BulkSender, rows: Recipients, template: str, default: Mapping[str, Any]
) -> int:
    found = check(mailing, rows, _content(ses, template), default)
    if session.json:
        print_json(found.facts)
    else:
        for line in found.lines():
            print_line(clean(line))
    return SERVICE if found.problems else 0


def _content(ses: SESv2Client, template: str) -> models.EmailTemplateContent | None:
    """Return the template; None if it can't be read, which the preflight reports."""
    try:
        return get(ses, template)
    except errors.SESv2Error:
        return None


# Sending -----------------------------------------------------------------------------------------


def _check_rows(ses: SESv2Client, rows: Recipients, template: str, default: Mapping[str, Any]) -> None:
    """Have rows fail that the template can't be rendered with, if it can be read."""
    try:
        rows.template_problem = row_check(get(ses, template), default)
    except (errors.NotFoundException, errors.ConfigurationError):
        pass  # the mailing stops for it, and says so
    except (errors.SESv2Error, TemplateError) as error:
        reason = explain(error).partition("\n")[0] if isinstance(error, errors.SESv2Error) else str(error)
        note(f"sesv2kit: rows are not checked for the variables of the template: {clean(reason)}")


def _send(session: Session, mailing: BulkSender, rows: Recipients, outcomes: Path | None, bar: Bar) -> int:
    examples: list[Outcome] = []
    stopped: errors.BulkStoppedError | None = None
    with ExitStack() as stack:
        file = stack.enter_context(_writing(outcomes)) if outcomes else None
        stack.enter_context(bar)
        stack.enter_context((interruption := Interruption()).calling(mailing.stop))
        try:
            for outcome in map(rows.explained, mailing.send(rows)):
                if interruption.number is not None:
                    mailing.stop()  # again: the run may not have begun when the signal came
                if file:
                    file.write(outcome)
                if outcome.state != "sent" and len(examples) < _MAX_EXAMPLES:
                    examples.append(outcome)
        except errors.BulkStoppedError as error:
            stopped = error
    report = mailing.report
    if session.json:
        print_json(facts(report, stopped))
    else:
        for line in summary(report, _described(rows, examples)):
            print_line(clean(line))
    if stopped:
        return _explain_stop(session, rows, stopped, interruption)
    return PARTLY if report.failed or report.unknown else 0


def _described(rows: Recipients, outcomes: Sequence[Outcome]) -> list[str]:
    """Return what became of some rows, each with its line."""
    named = {index for outcome in outcomes for index in _named_by(outcome.error)}
    lines = rows.lines_of(named.union(outcome.index for outcome in outcomes))
    return [
        f"line {lines[outcome.index]}: {outcome.state}: {_by_line(outcome.error, lines).partition(chr(10))[0]}"
        for outcome in outcomes
    ]


def _explain_stop(
    session: Session, rows: Recipients, stopped: errors.BulkStoppedError, interruption: Interruption
) -> int:
    """Say why a mailing was stopped, and how it goes on; returns the exit code."""
    again = shlex.join(["sesv2kit", *session.arguments])
    if interruption.number is not None:
        note(f"Nothing is lost. This command goes on:\n  {again}")
        return 128 + interruption.number
    message = _by_line(stopped, rows.lines_of(_named_by(stopped.reason)))
    note("\n".join(f"sesv2kit: {clean(line)}" for line in message.splitlines()))
    if isinstance(stopped.reason, OtherMailingError):
        note("Nothing is lost. Give the file and the --key-column of the earlier runs, or name another --journal.")
    else:
        note(f"Nothing is lost. When the cause is removed, this command goes on:\n  {again}")
    return exit_code(stopped)


def _named_by(error: errors.SESv2Error | None) -> set[int]:
    """Return the indexes of rows that an error names; none for one of the service, which knows no rows."""
    reason = error.reason if isinstance(error, errors.BulkStoppedError) else error
    is_own = isinstance(reason, errors.ParamValidationError | errors.ConfigurationError)
    return set(map(int, _AT_INDEX.findall(str(reason)))) if is_own else set()


def _by_line(error: errors.SESv2Error | None, lines: Mapping[int, int]) -> str:
    """Return an error in words, with lines in place of the indexes that it names."""
    if error is None:
        return ""
    named = _named_by(error)

    def line(match: re.Match[str]) -> str:
        index = int(match[1])
        return f"at line {lines[index]}" if index in named else match[0]

    return _AT_INDEX.sub(line, explain(error))


@contextmanager
def _writing(path: Path) -> Generator[OutcomeFile]:
    """Return a context with a file of outcomes, which is opened before anything is sent."""
    try:
        file = OutcomeFile(path, append=True)
    except errors.ConfigurationError as error:
        raise UsageProblem(f"--outcomes: {error}") from None
    try:
        with file:
            yield file
    except OSError as error:
        message = f"the outcomes can't be written: {error.strerror}\nThe mailing has begun; the same command goes on."
        raise OutputProblem(message) from None


def facts(report: Report, stopped: errors.BulkStoppedError | None) -> dict[str, Any]:
    """Return the numbers of a run for JSON."""
    return {
        "rows": report.total,
        "sent": report.sent,
        "failed": report.failed,
        "unknown": report.unknown,
        "of_earlier_runs": report.resumed,
        "codes": dict(report.codes),
        "seconds": round(report.seconds, 3),
        "per_second": round(report.rate, 1),
        "stopped": str(stopped.reason) if stopped else None,
    }


def summary(report: Report, examples: list[str]) -> Iterator[str]:
    """Yield the numbers of a run for people."""
    earlier = f", {report.resumed:,} of them by earlier runs" if report.resumed else ""
    total = f" of {report.total:,}" if report.total is not None else ""
    yield f"{report.settled:,}{total} rows are settled{earlier}, in {report.seconds:.1f} seconds"
    yield f"  sent     {report.sent:>9,}"
    yield f"  failed   {report.failed:>9,}"
    yield f"  unknown  {report.unknown:>9,}"
    yield from (f"  {example}" for example in examples)
    if report.failed + report.unknown > len(examples):
        yield from (f"  {count:,} times {code}" for code, count in report.codes.most_common(_MAX_EXAMPLES))
    if report.failed_before or (report.failed and report.stopped):
        yield "--retry-failed sends again what has failed."
    if report.unknown:
        yield "What is unknown may have been sent. --resend-unknown sends it again, and somebody may get a mail twice."

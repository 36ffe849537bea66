"""A fleet on this machine: four workers of Celery send 100,000 mails.

    python docs/examples/fleet/run.py          # at the end, waits for Ctrl-C
    python docs/examples/fleet/run.py --kill   # kills a worker every few seconds
    python docs/examples/fleet/run.py --help

It starts PostgreSQL, Redis and a local SES, in a folder that is removed at the end;
the next start removes what one that was killed has left. No mail leaves the machine.
Servers of your own are used if you name them.
"""

import argparse
import importlib
import os
import random
import shlex
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Until there is something to end, Ctrl-C just ends the program.
signal.signal(signal.SIGINT, signal.SIG_DFL)

NEEDED = (
    "celery",
    "httpx",
    "psycopg",
    "redis",
    "rich",
    "sqlalchemy",
    "starlette",
    "typer",
    "uvicorn",
)
INSTALL = 'python -m pip install -e ".[celery,cli,local]" "psycopg[binary]"'
if absent := [name for name in NEEDED if not find_spec(name)]:
    sys.exit(
        f"This program needs {', '.join(absent)} as well. In the project:\n  {INSTALL}"
    )

import fleet_servers  # noqa: E402 -- what is missing is named first
import httpx  # noqa: E402
from fleet_servers import interruption  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.progress import BarColumn, Progress, TextColumn  # noqa: E402

from sesv2kit import SESv2Client, events, models  # noqa: E402

if TYPE_CHECKING:
    from sesv2kit.fleet import Mailing, MailingReport

HERE = Path(__file__).parent
SWEEP = 5.0
"""Seconds between two sweeps, which elsewhere are made by Celery's beat or by cron."""
KILL = (2.0, 5.0)
"""Between how many seconds the next worker is killed."""

screen = Console(highlight=False)


def main() -> int:
    """Start everything, send the mailing, and check that it adds up."""
    given = arguments()
    interruption.await_signals()
    code = 130
    try:
        with ExitStack() as stack:
            code = run(given, stack)
    except fleet_servers.Problem as problem:
        screen.print(str(problem), markup=False)
        return 1
    except KeyboardInterrupt:
        pass
    if interruption.came:
        screen.print("\nEverything is stopped and removed.")
    return code


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description="A fleet on this machine. No mail leaves it."
    )
    add = parser.add_argument
    add(
        "--entries",
        type=int,
        default=100_000,
        help="how many mails are sent (default: 100,000)",
    )
    add(
        "--workers", type=int, default=4, help="how many workers send them (default: 4)"
    )
    add(
        "--rate",
        type=float,
        default=1000.0,
        help="mails a second, of all workers (default: 1,000)",
    )
    add(
        "--batch-size",
        type=int,
        default=500,
        help="mails that a worker takes at a time (default: 500)",
    )
    add("--kill", action="store_true", help="kill a worker every few seconds")
    add(
        "--once",
        action="store_true",
        help="end when it is done, and don't wait for a look at the inbox",
    )
    add(
        "--database",
        metavar="URL",
        help="use this PostgreSQL, MySQL or MariaDB, and don't start one",
    )
    add("--redis", metavar="URL", help="use this Redis, and don't start one")
    return parser.parse_args()


def run(given: argparse.Namespace, stack: ExitStack) -> int:
    """Start everything, send the mailing, and check it; returns the exit code."""
    if not (given.database and given.redis):
        fleet_servers.install_packages(screen.print)
    fleet_servers.end_what_is_left(screen.print)
    folder = stack.enter_context(fleet_servers.own_folder())
    database = given.database or stack.enter_context(fleet_servers.postgresql(folder))
    screen.print(
        "PostgreSQL has the journal"
        + ("" if given.database else f", in {folder}/postgresql")
    )
    redis = given.redis or stack.enter_context(fleet_servers.redis(folder))
    screen.print("Redis has the queue, and the rate that the workers share")
    ses = stack.enter_context(fleet_servers.local_ses(folder))
    screen.print(f"The local SES is at {ses}: open it in a browser")
    settings = {
        "SHOP_DATABASE": database,
        "SHOP_REDIS": redis,
        "SHOP_RATE": str(given.rate),
        "SHOP_BATCH": str(given.batch_size),
        "SHOP_MAILING": f"july-{os.getpid()}" if given.database else "july",
        "AWS_ENDPOINT_URL_SESV2": ses,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "any",
        "AWS_SECRET_ACCESS_KEY": "any",
        "NO_PROXY": "127.0.0.1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    os.environ.update(settings)
    show_how_to_watch(folder, settings)
    store_template()
    sys.path.insert(0, str(HERE))
    shop: Any = importlib.import_module("fleet_shop")
    july: Mailing = stack.enter_context(closing(shop.july))
    began = time.monotonic()
    count = july.enrol(keys(given.entries), keys_are_unique=True)
    screen.print(
        f"{count:,} entries are enrolled, in {time.monotonic() - began:.1f} seconds"
    )
    workers = fleet_servers.Workers(given.workers, shop.QUEUE, folder, os.environ)
    try:
        killed = watch(july, workers, kills=given.kill)
        show_report(july.report(), killed if given.kill else None)
        if july.report().unknown:
            settle(july, ses)
            watch(july, workers, kills=False)
    finally:
        workers.end()
    adds_up = check(july, ses)
    look = f"The mails are at {ses}"
    if sys.stdout.isatty() and not given.once:
        screen.print(f"{look}: open it in a browser. Ctrl-C ends this.")
        while not interruption.came:
            time.sleep(0.1)
    else:
        screen.print(
            f"{look}; they go with this program. "
            "In a terminal and without --once, it waits for Ctrl-C."
        )
    return 0 if adds_up else 1


def keys(count: int) -> Iterator[str]:
    """Yield the keys of the entries."""
    for number in range(count):
        interruption.check()
        yield str(number)


def show_how_to_watch(folder: Path, settings: Mapping[str, str]) -> None:
    """Write the settings into a file, for the command line in another shell."""
    file = folder / "settings.sh"
    file.touch(mode=0o600)
    lines = [f"export {name}={shlex.quote(value)}" for name, value in settings.items()]
    file.write_text("\n".join([*lines, f"cd {shlex.quote(str(HERE))}", ""]))
    screen.print("In another shell, you can watch and pause it:")
    screen.print(
        f"  . {file}; sesv2kit fleet status fleet_shop:july --watch", soft_wrap=True
    )


def store_template() -> None:
    """Store the template of the mailing in the local SES."""
    with SESv2Client() as ses:
        ses.create_email_template(
            template_name="news",
            template_content=models.EmailTemplateContent(
                subject="{{name}}, the new harvest is here",
                text="Dear {{name}}, the new harvest is here.",
                html="<h1>Dear {{name}}</h1><p>The new harvest is here.</p>",
            ),
        )


# Watching --------------------------------------------------------------------


def watch(july: "Mailing", workers: fleet_servers.Workers, *, kills: bool) -> int:
    """Show the progress until the end, and sweep; returns how many were killed."""
    killed = 0
    next_sweep, next_kill = 0.0, time.monotonic() + 2 * KILL[1]
    with progress() as bar:
        task = bar.add_task("", total=july.report().entries, rest="")
        while True:
            report = july.report()
            bar.update(task, completed=report.settled, rest=rest_of(report, killed))
            if report.status == "finished":
                return killed
            if report.status == "stopped":
                raise fleet_servers.Problem(f"The mailing was stopped: {report.reason}")
            interruption.check()
            workers.check()
            now = time.monotonic()
            if now >= next_sweep:
                july.sweep()
                next_sweep = now + SWEEP
            # One that works is killed, and not one that is about to start.
            if kills and now >= next_kill and report.settled and report.active:
                workers.kill(random.randrange(len(workers.processes)))  # noqa: S311
                killed += 1
                next_kill = now + random.uniform(*KILL)  # noqa: S311
            time.sleep(0.25)


def progress() -> Progress:
    """Return the display."""
    columns = (
        BarColumn(bar_width=20),
        TextColumn("{task.completed:,.0f}/{task.total:,.0f}"),
        TextColumn("{task.fields[rest]}"),
    )
    return Progress(*columns, console=screen)


def rest_of(report: "MailingReport", killed: int) -> str:
    """Return the part of the display that is text."""
    parts = [
        f"{report.per_second:,.0f}/s",
        f"{report.active} at work",
        f"{report.unknown:,} unknown",
    ]
    if report.seconds_left is not None:
        minutes, seconds = divmod(round(report.seconds_left), 60)
        parts.insert(1, f"{minutes}:{seconds:02} left")
    if report.status == "paused":
        parts.append("paused")
    return ", ".join([*parts, *([f"{killed} killed"] if killed else [])])


# Checking --------------------------------------------------------------------


def settle(july: "Mailing", ses: str) -> None:
    """Take from events which unknown entries were sent, and have the others sent.

    The local SES has the events of all mails. Where some may be missing, whoever calls
    `resend_unknown` accepts that somebody gets a mail twice.
    """
    unknown = july.report().unknown
    settled = july.settle(sending_events(ses))
    screen.print(
        f"Of {unknown:,} unknown entries, {settled:,} were sent: events say so."
    )
    screen.print(f"The other {july.resend_unknown():,} were not, and are sent now.")


def check(july: "Mailing", ses: str) -> bool:
    """Compare the journal with what the local SES has; returns whether it adds up."""
    report = july.report()
    with SESv2Client() as client:
        quota = client.get_account().send_quota
    counted = round(quota.sent_last24_hours or 0) if quota else 0
    mails = Counter(
        message["to"][0]
        for message in pages(ses, "/_local/messages", "messages", "before")
    )
    doubled = sum(count > 1 for count in mails.values())
    screen.print(f"The journal has     {report.sent:>9,} sent")
    screen.print(f"The account counts  {counted:>9,} sent")
    screen.print(
        f"The inbox has       {len(mails):>9,} recipients, {doubled} of them twice"
    )
    adds_up = report.entries == report.sent == counted == len(mails) and not doubled
    screen.print(
        "Nothing is lost, and nothing was sent twice."
        if adds_up
        else "THIS DOES NOT ADD UP."
    )
    return adds_up


def show_report(report: "MailingReport", killed: int | None) -> None:
    """Print the report of the mailing, and how many were killed, if that was wanted."""
    screen.print(
        f"The mailing is {report.status}: "
        f"{report.entries:,} entries in {report.batches:,} batches"
    )
    for name in ("sent", "failed", "unknown", "skipped"):
        screen.print(f"  {name:<18}{getattr(report, name):>9,}")
    if killed:
        screen.print(
            f"  workers killed    {killed:>9,}; "
            f"{report.takeovers:,} batches were taken up again"
        )
    elif killed == 0:
        screen.print(
            "  No worker was killed: the mailing was over before. "
            "Give it more --entries, or a lower --rate."
        )


def sending_events(ses: str) -> Iterator[events.Event]:
    """Yield the events of the local SES; elsewhere a queue or a webhook has them."""
    for event in pages(ses, "/_local/events", "events", "after"):
        yield from events.parse(event)


def pages(ses: str, path: str, member: str, place: str) -> Iterator[Any]:
    """Yield what all pages of the JSON API of the local SES have."""
    with httpx.Client(base_url=ses, trust_env=False, timeout=60.0) as http:
        get: Callable[..., httpx.Response] = http.get
        position: object = None
        while True:
            params = {"limit": 1000} | (
                {place: position} if position is not None else {}
            )
            interruption.check()
            page = get(path, params=params).raise_for_status().json()
            yield from page[member]
            position = page[f"next_{place}"]
            if not page[member] or position is None:
                return


if __name__ == "__main__":
    sys.exit(main())

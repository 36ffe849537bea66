"""Measure bulk mailings: `python tests/benchmarks/bulk.py`, where boto3 is installed too.

The same entries, made one by one as a program makes them, go through `BulkSender`, `AsyncBulkSender`, `BulkSender`
with a journal, and a plain loop over boto3's `send_bulk_email`, 50 at a time. All send to `server.py` on a core of its
own, which takes every entry at once, or after 50 ms. Each mailing is a fresh process on another core. What a process
does once, such as imports, is done by a small mailing before it that is not counted. Making the entries is counted, as
models for sesv2kit and as dicts for boto3. The contestants take turns, as the speed of a virtual machine may change
within minutes. Shown are medians of the turns: entries a second, microseconds of CPU an entry, that CPU as a part of
boto3's in the same turn, and the most memory that the process had; it must not grow with the number of entries.
"""

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from run import about, environment, serving, table

HERE = Path(__file__).parent
CONTESTANTS = ("sesv2kit", "sesv2kit, async", "sesv2kit, journal", "boto3")
MAILINGS = (
    (10_000, False, CONTESTANTS, 7),
    (10_000, True, CONTESTANTS, 7),
    (100_000, False, CONTESTANTS, 7),
    (1_000_000, False, ("sesv2kit", "sesv2kit, async", "sesv2kit, journal"), 1),
)
"""How many entries, whether the server takes its time, who sends them, and in how many turns."""
QUICK = ((10_000, False, CONTESTANTS, 1),)
ENTRIES_A_REQUEST = 50
WARM_UP = 100


# One mailing -------------------------------------------------------------------------------------


def values(number: int) -> str:
    """Return what is an entry's own."""
    return json.dumps({"name": f"recipient {number}", "code": f"{number:08d}"})


def entries(count: int) -> Iterator[Any]:
    """Return entries in models."""
    from sesv2kit import models

    for number in range(count):
        yield models.BulkEmailEntry(
            destination=models.Destination(to_addresses=[f"recipient{number}@example.net"]),
            replacement_email_content=models.ReplacementEmailContent(
                replacement_template=models.ReplacementTemplate(replacement_template_data=values(number))
            ),
        )


def settings(journal: str | None) -> dict[str, Any]:
    """Return the settings of a sender whose rate is no limit."""
    from sesv2kit import models

    template = models.Template(template_name="news", template_data="{}")
    content = models.BulkEmailContent(template=template)
    return {
        "from_email_address": "shop@example.com",
        "default_content": content,
        "send_rate": 1e9,
        "journal": journal,
    }


def mail(url: str, count: int, journal: str | None = None) -> int:
    """Send with threads; returns how many entries were sent."""
    from sesv2kit import SESv2Client
    from sesv2kit.bulk import BulkSender

    with SESv2Client(endpoint_url=url) as ses:
        return sum(outcome.state == "sent" for outcome in BulkSender(ses, **settings(journal)).send(entries(count)))


async def mail_async(url: str, count: int) -> int:
    """Send with tasks; returns how many entries were sent."""
    from sesv2kit import AsyncSESv2Client
    from sesv2kit.bulk import AsyncBulkSender

    sent = 0
    async with AsyncSESv2Client(endpoint_url=url) as ses:
        async for outcome in AsyncBulkSender(ses, **settings(None)).send(entries(count)):
            sent += outcome.state == "sent"
    return sent


def mail_with_boto3(url: str, count: int) -> int:
    """Send in a loop, as people do; returns how many entries were sent."""
    import boto3

    client = boto3.client("sesv2", endpoint_url=url)
    rest = (
        {
            "Destination": {"ToAddresses": [f"recipient{number}@example.net"]},
            "ReplacementEmailContent": {"ReplacementTemplate": {"ReplacementTemplateData": values(number)}},
        }
        for number in range(count)
    )
    sent = 0
    while chunk := list(islice(rest, ENTRIES_A_REQUEST)):
        reply = client.send_bulk_email(
            FromEmailAddress="shop@example.com",
            DefaultContent={"Template": {"TemplateName": "news", "TemplateData": "{}"}},
            BulkEmailEntries=chunk,
        )
        sent += sum(result["Status"] == "SUCCESS" for result in reply["BulkEmailEntryResults"])
    client.close()
    return sent


def send(contestant: str, url: str, count: int) -> None:
    """Send a mailing in this process."""
    with tempfile.TemporaryDirectory() as folder:
        match contestant:
            case "boto3":
                sent = mail_with_boto3(url, count)
            case "sesv2kit, async":
                sent = asyncio.run(mail_async(url, count))
            case _:
                sent = mail(url, count, f"{folder}/journal" if "journal" in contestant else None)
    assert sent == count


def perform(contestant: str, url: str, count: int) -> dict[str, float]:
    """Send a mailing in this process; returns its numbers."""
    send(contestant, url, WARM_UP)
    started, started_cpu = time.perf_counter(), time.process_time()
    send(contestant, url, count)
    seconds, cpu = time.perf_counter() - started, time.process_time() - started_cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return {"rate": count / seconds, "cpu": cpu / count * 1e6, "memory": memory}


# All of them -------------------------------------------------------------------------------------


def measure(mailings: Iterable[tuple[int, bool, tuple[str, ...], int]]) -> Iterator[dict[str, Any]]:
    """Send mailings, each in a fresh process; yields the numbers of each contestant in each mailing."""
    with tempfile.TemporaryDirectory() as home, serving(home) as server:
        for count, is_slow, contestants, turns in mailings:
            url = server.slow if is_slow else server.fast
            numbers: list[dict[str, dict[str, float]]] = []
            for turn in range(turns):
                numbers.append({contestant: perform_apart(contestant, url, count, home) for contestant in contestants})
                print(f"{count:,} entries, turn {turn + 1} of {turns}: done", file=sys.stderr)
            for contestant in contestants:
                yield {"contestant": contestant, "entries": count, "slow": is_slow, **medians(numbers, contestant)}


def perform_apart(contestant: str, url: str, count: int, home: str) -> dict[str, float]:
    """Send a mailing in a process of its own; returns its numbers."""
    command = [sys.executable, str(HERE / "bulk.py"), "--perform", contestant, url, str(count)]
    done = subprocess.run(command, env=environment(home), stdout=subprocess.PIPE, text=True, check=True)
    numbers: dict[str, float] = json.loads(done.stdout)
    return numbers


def medians(turns: list[dict[str, dict[str, float]]], contestant: str) -> dict[str, float | None]:
    """Return the medians of a contestant's numbers; `part` is its CPU as a part of boto3's, None without boto3."""
    own = [turn[contestant] for turn in turns]
    parts = [turn[contestant]["cpu"] / turn["boto3"]["cpu"] for turn in turns if "boto3" in turn]
    return {name: median(numbers[name] for numbers in own) for name in own[0]} | {
        "part": median(parts) if parts else None,
        "least_part": min(parts, default=None),
        "largest_part": max(parts, default=None),
    }


def main() -> None:
    """Run, print the table, write the JSON; or send one mailing."""
    parser = argparse.ArgumentParser(description="Measure bulk mailings.")
    parser.add_argument("json", nargs="?", type=Path, default=Path("build/bulk.json"), help="where the numbers go")
    parser.add_argument("--quick", action="store_true", help="ten thousand entries, once")
    parser.add_argument("--perform", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.perform:
        contestant, url, count = given.perform
        print(json.dumps(perform(contestant, url, int(count))))
        return

    numbers = list(measure(QUICK if given.quick else MAILINGS))
    rows = [
        [
            f"{row['entries']:,}" + (", 50 ms" if row["slow"] else ""),
            row["contestant"],
            f"{row['rate']:,.0f}",
            f"{row['cpu']:.0f}",
            f"{row['part']:.2f} ({row['least_part']:.2f} to {row['largest_part']:.2f})" if row["part"] else "",
            f"{row['memory']:.1f}",
        ]
        for row in numbers
    ]
    print(table(["entries", "sent by", "entries a second", "CPU an entry, µs", "of boto3's", "peak memory, MB"], rows))
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps({"about": about(), "numbers": numbers}, indent=1) + "\n")


if __name__ == "__main__":
    main()

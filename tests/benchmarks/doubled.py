"""Count the mails that boto3 doubles over the faulty server of the soak: `python tests/benchmarks/doubled.py`.

The server and its faults are those of `tests/transport/test_truth.py`, where the mails go without a proxy and without
TLS. boto3 has its default settings, but for as many connections as threads. The first argument is how many mails to
send, 10,000 if there is none.
"""

import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.faulty import MailServer

THREADS = 40


def send_all(ses: Any, number: int) -> Counter[str]:
    """Send so many mails in threads; returns how often each mail was reported as sent."""
    names = iter(range(number))
    reported: Counter[str] = Counter()
    lock = threading.Lock()

    def send() -> None:
        while True:
            with lock:
                name = next(names, None)
            if name is None:
                return
            try:
                ses.send_custom_verification_email(EmailAddress=f"{name}@example.com", TemplateName="t" * 60)
            except (BotoCoreError, ClientError):
                continue
            with lock:
                reported[str(name)] += 1

    threads = [threading.Thread(target=send) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return reported


def main() -> None:
    """Send, and print what the server knows."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    server = MailServer()
    try:
        ses = boto3.client(
            "sesv2",
            region_name="eu-west-1",
            endpoint_url=server.url,
            aws_access_key_id="AKIDEXAMPLE",
            aws_secret_access_key="secret",
            config=Config(max_pool_connections=THREADS),
        )
        reported = send_all(ses, number)
    finally:
        server.stop()
    doubled = sum(times > 1 for times in server.taken.values())
    unsent = sum(not server.taken[name] for name in reported)
    failed = sum(not reported[name] for name in server.taken)
    print(f"boto3 {boto3.__version__}, {number:,} mails: {doubled:,} were sent more than once;")
    print(f"{unsent:,} were reported as sent and were not; {failed:,} were sent and ended in an exception.")


if __name__ == "__main__":
    main()

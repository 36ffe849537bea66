"""A fake service is safe to share between threads and tasks."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import anyio
import pytest
from support.mails import SENDER, send, simple

from sesv2kit import errors, models
from sesv2kit.testing import FakeSES

THREADS = 16
EACH = 40


def in_threads(work: Callable[[int], None]) -> None:
    """Run something in many threads that begin together."""
    begin = Barrier(THREADS)

    def run(number: int) -> None:
        begin.wait(60)
        work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(run, range(THREADS)))


@pytest.mark.parametrize("keep", ["memory", "file"])
def test_nothing_is_lost_and_nothing_happens_twice(keep: str, tmp_path: Path) -> None:
    with FakeSES(db=tmp_path / "fake.db" if keep == "file" else None) as fake, fake.client() as ses:

        def work(number: int) -> None:
            for position in range(EACH):
                message_id = send(ses, f"p{number}-{position}@example.net", content=simple(f"{number}-{position}"))
                fake.deliver(message_id)
                assert fake.outbox[-1].subject
                fake.events[-1]

        in_threads(work)
        subjects = Counter(mail.subject for mail in fake.outbox)
        assert subjects == {f"{number}-{position}": 1 for number in range(THREADS) for position in range(EACH)}
        assert len({mail.message_id for mail in fake.outbox}) == THREADS * EACH
        assert Counter(event.type for event in fake.events) == {"Send": THREADS * EACH, "Delivery": THREADS * EACH}
        assert {mail.status for mail in fake.outbox} == {"delivered"}
        quota = ses.get_account().send_quota
        assert quota
        assert quota.sent_last24_hours == THREADS * EACH


def test_a_name_is_created_once() -> None:
    with FakeSES() as fake, fake.client(retry_mode="off") as ses:
        created: list[int] = []
        content = models.EmailTemplateContent(subject="Hello", text="Hi")

        def work(number: int) -> None:
            for position in range(10):
                try:
                    ses.create_email_template(template_name=f"t{position}", template_content=content)
                except errors.AlreadyExistsException:
                    continue
                created.append(position)

        in_threads(work)
        assert sorted(created) == list(range(10))
        assert len(ses.list_email_templates(page_size=100).templates_metadata) == 10


def test_a_fault_meets_as_many_requests_as_it_says() -> None:
    with FakeSES() as fake, fake.client(retry_mode="off") as ses:
        fake.faults.on("SendEmail").times(100).throttle()
        refused: list[int] = []

        def work(number: int) -> None:
            for _ in range(EACH):
                try:
                    send(ses)
                except errors.TooManyRequestsException:
                    refused.append(number)

        in_threads(work)
        assert len(refused) == 100
        assert len(fake.outbox) == THREADS * EACH - 100


def test_a_reset_while_mails_are_sent() -> None:
    with FakeSES() as fake, fake.client() as ses:

        def work(number: int) -> None:
            for position in range(EACH):
                if number == 0 and position % 10 == 0:
                    fake.reset()
                send(ses)

        in_threads(work)
        assert {mail.sender for mail in fake.outbox} <= {SENDER}
        fake.reset()
        assert (len(fake.outbox), len(fake.events)) == (0, 0)


@pytest.mark.anyio
async def test_tasks_share_a_client() -> None:
    with FakeSES() as fake:
        async with fake.async_client() as ses, anyio.create_task_group() as tasks:

            async def work() -> None:
                for _ in range(10):
                    await ses.send_email(
                        from_email_address=SENDER,
                        destination=models.Destination(to_addresses=["ann@example.net"]),
                        content=simple(),
                    )

            for _ in range(THREADS):
                tasks.start_soon(work)
        assert len({mail.message_id for mail in fake.outbox}) == THREADS * 10

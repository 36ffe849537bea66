"""Tests of the sign-up, against the fake: no network, no account, no server.

pytest docs/examples/signing_up
"""

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
import signup_app
from signup_app import app, get_ses

from sesv2kit.testing import FakeSES

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("fake_ses")]


@pytest.fixture
def anyio_backend() -> str:
    """Run the tests on asyncio."""
    return "asyncio"


@pytest.fixture
async def browser(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncGenerator[httpx.AsyncClient]:
    """Call the app in the test's event loop; the app's client reaches the fake."""
    monkeypatch.setattr(signup_app, "DATABASE", str(tmp_path / "signups.db"))
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "2")
    async with (
        signup_app.lifespan(app) as state,
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://app"
        ) as browser,
    ):
        monkeypatch.setitem(app.dependency_overrides, get_ses, lambda: state["ses"])
        yield browser


async def sign_up(browser: httpx.AsyncClient, address: str = "ann@example.net") -> int:
    """Sign up, and return the status of the response, when the mail is sent."""
    response = await browser.post("/sign-ups", json={"address": address})
    return response.status_code


def stored() -> list[tuple[str, str, bool]]:
    """Return all users: the address, the state of the mail, who is confirmed."""
    with closing(sqlite3.connect(signup_app.DATABASE)) as database:
        rows = database.execute("SELECT address, mail, is_confirmed FROM users")
        return [(address, mail, bool(flag)) for address, mail, flag in rows]


def link_in(fake: FakeSES) -> str:
    """Return the path of the link in the newest mail."""
    return fake.outbox[-1].links[0].removeprefix(signup_app.PUBLIC_URL)


async def test_who_follows_the_link_is_confirmed(
    browser: httpx.AsyncClient, fake_ses: FakeSES
) -> None:
    """The mail is sent once, and the link works once."""
    assert await sign_up(browser) == 202
    fake_ses.assert_sent(to="ann@example.net", tags={"kind": "sign-up"}, times=1)
    link = link_in(fake_ses)
    assert "<button>" in (await browser.get(link)).text
    assert stored() == [("ann@example.net", "sent", False)]
    assert [(await browser.post(link)).status_code for _ in range(2)] == [200, 404]
    assert stored() == [("ann@example.net", "sent", True)]


async def test_the_form_can_not_be_used_to_flood_somebody(
    browser: httpx.AsyncClient, fake_ses: FakeSES
) -> None:
    """One mail a minute to an address, and none to one that is confirmed."""
    assert [await sign_up(browser) for _ in range(3)] == [202, 202, 202]
    assert len(fake_ses.outbox) == 1
    signup_app.execute("UPDATE users SET asked_at = asked_at - 60")
    await sign_up(browser, "Ann@Example.net")
    assert len(fake_ses.outbox) == 2
    await browser.post(link_in(fake_ses))
    signup_app.execute("UPDATE users SET asked_at = asked_at - 60")
    assert await sign_up(browser) == 202
    assert len(fake_ses.outbox) == 2


async def test_a_wrong_address_is_refused_at_once(
    browser: httpx.AsyncClient, fake_ses: FakeSES
) -> None:
    """Nothing is stored or sent, and no second address gets in."""
    for wrong in (
        "ann",
        "ann@example.net,ben@example.net",
        "ann@example.net\nCc: ben@example.net",
        "Ann <ann@example.net>",
        '"ann"@example.net',
    ):
        assert await sign_up(browser, wrong) == 422
    assert (stored(), len(fake_ses.outbox)) == ([], 0)


async def test_a_lost_response_costs_a_second_mail_and_no_customer(
    browser: httpx.AsyncClient, fake_ses: FakeSES
) -> None:
    """The first mail may have been sent, so the link is mailed again."""
    fake_ses.faults.on("SendEmail").lose_answer()
    await sign_up(browser)
    assert len(fake_ses.outbox) == 2
    assert stored() == [("ann@example.net", "sent", False)]


async def test_what_became_of_the_mail_is_noted(
    browser: httpx.AsyncClient, fake_ses: FakeSES
) -> None:
    """The person has a response already, so the table is where to look."""
    fake_ses.faults.on("SendEmail").error("MessageRejected", "no")
    assert await sign_up(browser) == 202
    assert [mail for _, mail, _ in stored()] == ["failed"]
    fake_ses.faults.on("SendEmail").times(2).lose_answer()
    assert await sign_up(browser, "ben@example.net") == 202
    assert [mail for _, mail, _ in stored()] == ["failed", "unknown"]


async def test_an_old_link_is_refused(
    browser: httpx.AsyncClient, fake_ses: FakeSES
) -> None:
    """A link is good for a day."""
    await sign_up(browser)
    signup_app.execute("UPDATE users SET asked_at = asked_at - 25 * 60 * 60")
    assert (await browser.post(link_in(fake_ses))).status_code == 404

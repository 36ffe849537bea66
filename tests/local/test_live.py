"""Pages that are open see new mails and events."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest
from support.mails import send, service

from sesv2kit.testing import FakeSES

pytest.importorskip("starlette", reason="the extra sesv2kit[local] is not installed")

from sesv2kit.local import live, serve


class Page:
    """A page that listens."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines

    def comment(self) -> str:
        """Return the next line that is not empty, which is a comment."""
        line = next(line for line in self._lines if line)
        assert line.startswith(": ")
        return line

    def update(self) -> Any:
        """Return the next update."""
        return json.loads(next(line for line in self._lines if line.startswith("data: "))[6:])


@contextmanager
def listening(url: str) -> Iterator[Page]:
    """Open a page; it listens when this yields."""
    with httpx.Client(trust_env=False, timeout=60) as client, client.stream("GET", url + "/_local/live") as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "no-store"
        page = Page(response.iter_lines())
        assert page.comment() == ": hello"
        yield page


def test_every_page_sees_mails_and_events() -> None:
    with service() as (fake, ses), serve(fake) as url, listening(url) as one, listening(url) as other:
        message_id = send(ses)
        fake.deliver(message_id)
        for page in (one, other):
            found = [page.update() for _ in range(3)]
            assert {(update["kind"], update.get("type")) for update in found} == {
                ("mail", None),
                ("event", "Send"),
                ("event", "Delivery"),
            }
            assert {update["id"] for update in found} == {message_id}
            assert {update["number"] for update in found} == {1}


def test_a_page_that_goes_is_forgotten() -> None:
    with service() as (fake, ses), serve(fake) as url, listening(url) as stays:
        with listening(url):
            pass
        for _ in range(3):
            send(ses)
            assert stays.update()["kind"] in ("mail", "event")


def test_a_server_ends_although_pages_listen() -> None:
    with service() as (fake, _), serve(fake) as url:
        client = httpx.Client(trust_env=False, timeout=60)
        response = client.send(client.build_request("GET", url + "/_local/live"), stream=True)
        assert response.status_code == 200
    response.close()
    client.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(url, trust_env=False)


def test_a_sign_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_BEAT", 0.01)
    with service() as (fake, _), serve(fake) as url, listening(url) as page:
        assert page.comment() == ": still here"


def test_a_page_that_does_not_read_loads_everything_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_MAX_WAITING", 3)

    async def listen() -> list[str]:
        with FakeSES() as fake:
            updates = live.Live(fake)
            stream = updates.stream()
            found = [await anext(stream)]
            for number in range(6):
                updates.send({"kind": "mail", "number": number})
            await asyncio.sleep(0)
            found += [await anext(stream) for _ in range(3)]
            await stream.aclose()
            updates.send({"kind": "mail"})
            return found

    _, *rest = asyncio.run(listen())
    assert [json.loads(line[6:]) for line in rest] == [
        {"kind": "reload"},
        {"kind": "mail", "number": 4},
        {"kind": "mail", "number": 5},
    ]


def test_a_page_whose_server_has_ended_does_not_stop_a_send() -> None:
    with service() as (fake, ses):
        updates = live.Live(fake)
        loop = asyncio.new_event_loop()
        stream = updates.stream()
        assert loop.run_until_complete(anext(stream)) == ": hello\n\n"
        loop.close()
        assert send(ses) == fake.outbox[0].message_id


def test_whether_there_are_updates_can_be_looked_up() -> None:
    with FakeSES() as fake, serve(fake) as url, httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
        assert client.head("/_local/live").headers["content-type"].startswith("text/event-stream")
        assert client.get("/_local/clock").status_code == 200  # on the same connection
        upgrade = {"upgrade": "websocket", "connection": "upgrade", "sec-websocket-version": "13"}
        assert client.get("/_local/clock", headers=upgrade).status_code == 200


def test_a_server_that_stops_ends_the_streams_of_open_pages() -> None:
    with service() as (fake, _ses), ExitStack() as running:
        url = running.enter_context(serve(fake))
        with listening(url) as page:
            running.close()
            with pytest.raises(StopIteration):
                page.update()

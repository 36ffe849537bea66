"""`iter_...`: lists page by page, from the first request to the last, and resumed after a break."""

import json
import weakref
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import Any, get_args
from urllib.parse import parse_qs, urlsplit

import attrs
import pytest
from botocore import xform_name
from support.clients import OpenClient
from support.counting import Act, CountingServer, Received, answers, hangs_up
from support.unit import OPERATIONS, Sample, ask, sample

from sesv2kit import AsyncPaginator, Paginator, SESv2Client, errors, models
from sesv2kit._api.contacts import LIST_CONTACTS
from sesv2kit._core.model import wire_of
from sesv2kit._core.operation import Operation
from sesv2kit._core.serde import core_type

pytestmark = pytest.mark.anyio

CUSTOMERS: dict[str, Any] = {"contact_list_name": "customers"}


def page_of(*names: str, token: str | None = None) -> Act:
    """Answer with contacts, and the token of the next page if there is one."""
    members: dict[str, Any] = {"Contacts": [{"EmailAddress": name} for name in names]}
    return answers(body=json.dumps(members | ({"NextToken": token} if token else {})).encode())


def refuses() -> Act:
    """Answer that it is too much."""
    return answers(429, b'{"message": "slow down"}', {"x-amzn-errortype": "TooManyRequestsException"})


def token_of(request: Received) -> str | None:
    """Return the token that a request for contacts brought."""
    token: str | None = json.loads(request.body).get("NextToken")
    return token


async def each(iterable: Any) -> AsyncIterator[Any]:
    """Go through an iterable of either kind."""
    if isinstance(iterable, AsyncIterable):
        async for entry in iterable:
            yield entry
    else:
        for entry in iterable:
            yield entry


async def read(contacts: Any, had: list[str]) -> None:
    """Add the addresses of all contacts, as they come."""
    async for contact in each(contacts):
        had.append(contact.email_address)  # noqa: PERF401 -- what comes before an error counts


async def names_in(contacts: Any) -> list[str]:
    """Return the addresses of all contacts."""
    had: list[str] = []
    await read(contacts, had)
    return had


async def take(iterator: Any) -> Any:
    """Return the next entry of an iterator of either kind."""
    return await anext(iterator) if isinstance(iterator, AsyncIterator) else next(iterator)


def begin(iterable: Any) -> Any:
    """Return an iterator of either kind."""
    return aiter(iterable) if isinstance(iterable, AsyncIterable) else iter(iterable)


# Every list --------------------------------------------------------------------------------------

PAGING = [operation for operation in OPERATIONS if operation.page]


def iterator_name(operation: Operation[Any]) -> str:
    """Return what the iterator of an operation is called."""
    return f"iter_{xform_name(operation.name).removeprefix('list_').removeprefix('get_')}"


@attrs.frozen
class Members:
    """What the members are called that page an operation, on the wire."""

    items: str
    token: str
    entry: Sample

    @classmethod
    def of(cls, operation: Operation[Any]) -> "Members":
        """Find them in an operation's row."""
        assert operation.page
        fields = attrs.fields_dict(operation.output())
        items, token = wire_of(fields[operation.page.items]), wire_of(fields[operation.page.token])
        assert items
        assert token
        entry = sample(get_args(core_type(fields[operation.page.items].type))[0], full=True)
        return cls(items.name, token.name, entry)

    def response(self, count: int, token: str | None) -> Act:
        """Respond with a number of entries."""
        return answers(body=json.dumps({self.items: [self.entry.wire] * count, self.token: token}).encode())

    def sent(self, request: Received) -> tuple[str | None, Any]:
        """Return the token that a request brought, and everything else that it said."""
        parts = urlsplit(request.target)
        query, body = parse_qs(parts.query), json.loads(request.body or b"{}")
        token: str | None = body.pop(self.token, None) or query.pop(self.token, [None])[0]
        return token, (request.method, parts.path, query, body)


def test_there_are_20_lists_and_no_other_iterators() -> None:
    assert len(PAGING) == 20
    names = {name for name in dir(SESv2Client) if name.startswith("iter_")}
    assert names == set(map(iterator_name, PAGING))
    assert {"iter_contacts", "iter_dedicated_ips", "iter_email_identity_certificates", "iter_email_templates"} < names


@pytest.mark.parametrize("operation", PAGING, ids=lambda operation: operation.name)
async def test_every_list_is_gone_through_to_its_end(
    ses: Any, server: CountingServer, operation: Operation[Any]
) -> None:
    assert operation.page
    members = Members.of(operation)
    server.script(members.response(2, "a/+="), members.response(0, "dDI="), members.response(1, None))
    given = [argument for argument in operation.arguments if argument.name != operation.page.token]
    arguments = {argument.name: sample(argument.type(), argument.limits, full=True).value for argument in given}

    entries = getattr(ses, iterator_name(operation))(**arguments)
    assert [entry async for entry in each(entries)] == [members.entry.value] * 3
    tokens, others = zip(*map(members.sent, server.received), strict=True)
    assert tokens == (None, "a/+=", "dDI=")
    assert others[0] == others[1] == others[2]


# When requests are made --------------------------------------------------------------------------


async def test_a_page_is_requested_when_its_first_entry_is_read(ses: Any, server: CountingServer) -> None:
    server.script(page_of("ann", "ben", token="t1"), page_of("cleo"))
    contacts = begin(ses.iter_contacts(**CUSTOMERS))
    assert len(server.received) == 0
    assert (await take(contacts)).email_address == "ann"
    assert (await take(contacts)).email_address == "ben"
    assert len(server.received) == 1
    assert (await take(contacts)).email_address == "cleo"
    assert len(server.received) == 2


async def test_a_loop_can_be_left_early(ses: Any, server: CountingServer) -> None:
    server.script(page_of("ann", token="t1"), page_of("ben", token="t2"))
    contacts = ses.iter_contacts(**CUSTOMERS)
    if isinstance(contacts, Paginator):
        for contact in contacts:
            if contact.email_address == "ben":
                break
    else:
        async for contact in contacts:
            if contact.email_address == "ben":
                break
    del contacts, contact
    assert len(server.received) == 2
    server.script(answers(body=b'{"SendingEnabled": true}'))
    assert (await ask(ses, "get_account")).sending_enabled is True


async def test_pages_without_entries_do_not_end_it(ses: Any, server: CountingServer) -> None:
    nothing, null = answers(body=b'{"NextToken": "t1"}'), answers(body=b'{"Contacts": null, "NextToken": "t2"}')
    server.script(nothing, null, page_of(token="t3"), page_of("ann"))
    assert await names_in(ses.iter_contacts(**CUSTOMERS)) == ["ann"]


@pytest.mark.parametrize("token", ["absent", "null", "empty"])
async def test_it_ends_with_the_page_that_names_no_other(ses: Any, server: CountingServer, token: str) -> None:
    tokens: dict[str, dict[str, Any]] = {"absent": {}, "null": {"NextToken": None}, "empty": {"NextToken": ""}}
    server.script(answers(body=json.dumps({"Contacts": [{"EmailAddress": "ann"}], **tokens[token]}).encode()))
    assert await names_in(ses.iter_contacts(**CUSTOMERS)) == ["ann"]
    assert len(server.received) == 1


async def test_options_are_for_each_of_the_calls(ses: Any, server: CountingServer) -> None:
    server.script(page_of("ann", token="t1"), page_of("ben"))
    assert await names_in(ses.iter_contacts(**CUSTOMERS, options={"headers": {"x-trace": "7"}})) == ["ann", "ben"]
    assert [request.headers["x-trace"] for request in server.received] == ["7", "7"]


async def test_going_through_it_again_begins_where_it_began(ses: Any, server: CountingServer) -> None:
    contacts = ses.iter_contacts(**CUSTOMERS, next_token="t1")
    for _ in range(2):
        server.script(page_of("ann", token="t2"), page_of("ben"))
        assert await names_in(contacts) == ["ann", "ben"]
    assert list(map(token_of, server.received)) == ["t1", "t2", "t1", "t2"]


async def test_only_one_page_is_kept_in_memory(kind: str) -> None:
    responses: list[weakref.ref[models.ListContactsResponse]] = []

    def call(operation: Operation[Any], arguments: dict[str, Any], _options: Any) -> models.ListContactsResponse:
        assert all(page() is None for page in responses)
        contact = models.Contact(email_address="ann@example.net")
        token = str(len(responses)) if len(responses) < 5 else None
        response = models.ListContactsResponse(contacts=(contact, contact), next_token=token)
        responses.append(weakref.ref(response))
        return response

    async def async_call(*given: Any) -> models.ListContactsResponse:
        return call(*given)

    contacts: Any = (
        Paginator(call, LIST_CONTACTS, {**CUSTOMERS, "next_token": None}, None)
        if kind == "sync"
        else AsyncPaginator(async_call, LIST_CONTACTS, {**CUSTOMERS, "next_token": None}, None)
    )
    assert len(await names_in(contacts)) == 12


# Whole responses ---------------------------------------------------------------------------------


async def test_pages_yields_whole_responses_with_their_metadata(ses: Any, server: CountingServer) -> None:
    def numbered(number: int, token: str | None) -> Act:
        body = {"Contacts": [{"EmailAddress": "ann"}] * (number - 1), "NextToken": token}
        return answers(body=json.dumps(body).encode(), headers={"x-amzn-requestid": f"req-{number}"})

    server.script(numbered(1, "t1"), numbered(2, None))
    pages = [page async for page in each(ses.iter_contacts(**CUSTOMERS).pages())]
    assert [type(page) for page in pages] == [models.ListContactsResponse] * 2
    assert [len(page.contacts) for page in pages] == [0, 1]
    assert [page.metadata.request_id for page in pages] == ["req-1", "req-2"]
    assert [page.next_token for page in pages] == ["t1", None]


# Circles -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin_at", "tokens"),
    [
        (None, ["t1", "t1"]),
        (None, ["t1", "t2", "t1"]),
        (None, ["t1", "t2", "t3", "t4", "t2"]),
        ("t0", ["t0"]),
        ("t0", ["t1", "t0"]),
    ],
    ids=["the same", "two in turn", "a longer circle", "the one to begin with", "back to the beginning"],
)
async def test_a_cycle_of_pages_is_an_error_before_any_is_returned_twice(
    ses: Any, server: CountingServer, begin_at: str | None, tokens: list[str]
) -> None:
    server.script(*[page_of(f"c{number}", token=token) for number, token in enumerate(tokens)])
    contacts = ses.iter_contacts(**CUSTOMERS, next_token=begin_at)
    had: list[str] = []
    with pytest.raises(errors.ResponseError, match="the service gave the same next_token twice"):
        await read(contacts, had)
    assert had == [f"c{number}" for number in range(len(tokens))]
    assert len(server.received) == len(tokens)


# Going on ----------------------------------------------------------------------------------------


async def test_it_begins_at_the_token_that_is_given(ses: Any, server: CountingServer) -> None:
    server.script(page_of("ben", token="t2"), page_of("cleo"))
    assert await names_in(ses.iter_contacts(**CUSTOMERS, next_token="t1")) == ["ben", "cleo"]
    assert list(map(token_of, server.received)) == ["t1", "t2"]


@pytest.mark.parametrize("trouble", [refuses(), hangs_up(), answers(body=b"{")], ids=["refused", "lost", "unreadable"])
async def test_after_an_error_it_resumes_at_the_page_that_failed(
    ses: Any, server: CountingServer, trouble: Act
) -> None:
    server.script(page_of("ann", token="t1"), page_of("ben", token="t2"), trouble, page_of("cleo"))
    broken = ses.iter_contacts(**CUSTOMERS)
    had: list[str] = []
    with pytest.raises(errors.SESv2Error):
        await read(broken, had)
    assert (had, broken.resume_token) == (["ann", "ben"], "t2")
    assert await names_in(ses.iter_contacts(**CUSTOMERS, next_token=broken.resume_token)) == ["cleo"]


async def test_after_a_break_it_resumes_at_the_page_that_was_being_read(ses: Any, server: CountingServer) -> None:
    server.script(page_of("ann", token="t1"), page_of("ben", "cleo", token="t2"))
    stopped = ses.iter_contacts(**CUSTOMERS)
    assert stopped.resume_token is None
    contacts = begin(stopped)
    assert (await take(contacts)).email_address == "ann"
    assert stopped.resume_token is None
    assert (await take(contacts)).email_address == "ben"
    assert stopped.resume_token == "t1"
    server.script(page_of("ben", "cleo"))
    assert await names_in(ses.iter_contacts(**CUSTOMERS, next_token=stopped.resume_token)) == ["ben", "cleo"]


async def test_at_the_end_the_token_stays_that_of_the_last_page(ses: Any, server: CountingServer) -> None:
    server.script(page_of("ann", token="t1"), page_of("ben"))
    contacts = ses.iter_contacts(**CUSTOMERS)
    assert await names_in(contacts) == ["ann", "ben"]
    assert contacts.resume_token == "t1"


async def test_an_iterator_requests_a_failed_page_again(ses: Any, server: CountingServer) -> None:
    server.script(page_of("ann", token="t1"), refuses(), page_of("ben"))
    contacts = begin(ses.iter_contacts(**CUSTOMERS))
    assert (await take(contacts)).email_address == "ann"
    with pytest.raises(errors.TooManyRequestsException):
        await take(contacts)
    assert (await take(contacts)).email_address == "ben"
    assert list(map(token_of, server.received)) == [None, "t1", "t1"]


# Mistakes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong", [{"page_size": "10"}, {"next_token": ["t1"]}, {"contact_list_name": 7}, {"options": {"time_out": 1}}]
)
async def test_wrong_arguments_are_refused_with_the_first_entry(
    ses: Any, server: CountingServer, wrong: dict[str, Any]
) -> None:
    contacts = ses.iter_contacts(**(CUSTOMERS | wrong))
    with pytest.raises(errors.ParamValidationError):
        await names_in(contacts)
    assert server.received == []


def test_a_misspelt_argument_is_an_error_at_once(client: SESv2Client) -> None:
    wrong: Any = {"contact_list": "customers"}
    with pytest.raises(TypeError, match="contact_list"):
        client.iter_contacts(**wrong)


async def test_a_closed_client_gives_no_pages(open_client: OpenClient, server: CountingServer) -> None:
    async with open_client() as ses:
        contacts = ses.iter_contacts(**CUSTOMERS)
    with pytest.raises(errors.ConfigurationError, match="closed"):
        await names_in(contacts)
    assert server.received == []


async def test_a_paginator_is_an_iterable_and_its_pages_are_an_iterator(ses: Any) -> None:
    contacts = ses.iter_contacts(**CUSTOMERS)
    if isinstance(ses, SESv2Client):
        assert isinstance(contacts, Paginator)
        assert isinstance(contacts, Iterable)
        assert isinstance(contacts.pages(), Iterator)
    else:
        assert isinstance(contacts, AsyncPaginator)
        assert isinstance(contacts, AsyncIterable)
        assert isinstance(contacts.pages(), AsyncIterator)

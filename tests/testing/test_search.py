"""The search of the inbox."""

import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sesv2kit import errors
from sesv2kit.testing._service.search import parse

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ROWS = [
    (1, "id-1", 1_795_000_000.0, "sent", 0, "shop@example.com", "Your order", '[["ann@example.net"],[],[]]',
     '{"tags":{"kind":"order"},"template":"order"}', "It is 100% on its way_", None),
    (2, "id-2", 1_700_000_000.0, "bounced", 1, "news@example.com", "News",
     '[["bob@example.net"],["ann@example.net"],[]]',
     '{"tags":{"kind":"news"},"attachments":["a.pdf"]}', "at 12:30", "<p>order</p>"),
]  # fmt: skip


def found(text: str) -> list[int]:
    condition = parse(text, NOW)
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(
            "CREATE TABLE mails"
            " (number, message_id, sent_at, status, is_read, sender, subject, recipients, facts, text, html)"
        )
        database.executemany(f"INSERT INTO mails VALUES ({','.join('?' * 11)})", ROWS)
        query = f"SELECT number FROM mails WHERE {condition.sql} ORDER BY number"
        return [row[0] for row in database.execute(query, list(condition.values))]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [1, 2]),
        ("order", [1, 2]),
        ('subject:"your order"', [1]),
        ("to:ann", [1]),
        ("cc:ann", [2]),
        ("from:news", [2]),
        ("tag:kind", [1, 2]),
        ("tag:order", [1]),
        ("tag:kind=news", [2]),
        ("is:unread", [1]),
        ("-is:unread", [2]),
        ("!from:news", [1]),
        ("has:attachment", [2]),
        ("status:bounced", [2]),
        ("template:order", [1]),
        ("before:2025-01-01", [2]),
        ("after:2025-01-01", [1]),
        ("after:7d", [1]),
        ("before:36h", [1, 2]),
        ("after:2w", [1]),
        ("after:1h", []),
        ("id:id-2", [2]),
        ("100%", [1]),
        ("way_", [1]),
        ("12:30", [2]),
        ("order from:shop", [1]),
        ("nobody", []),
    ],
)
def test_a_search_finds(text: str, numbers: list[int]) -> None:
    assert found(text) == numbers


@pytest.mark.parametrize("text", ["is:odd", "has:legs", "before:someday", "after:9999999999d"])
def test_a_term_that_is_not_understood_is_named(text: str) -> None:
    with pytest.raises(errors.ConfigurationError, match=text.partition(":")[2]):
        parse(text, NOW)


@given(st.text(max_size=80))
def test_any_text_is_a_search_or_refused(text: str) -> None:
    with suppress(errors.ConfigurationError):
        found(text)

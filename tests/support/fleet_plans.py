"""Plans of the statements that a fleet runs: each is explained just before it is executed, on the same connection."""

import json
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import attrs
from sqlalchemy import Connection, Engine, event, text

from sesv2kit.fleet import Mailing, schema

TABLES = (schema.batches.name, schema.keys.name, schema.outcomes.name, schema.unique_keys.name)
"""Tables that grow with a mailing."""


@attrs.frozen
class Plan:
    """How a database executes a statement."""

    operation: str
    """What of the fleet has run it."""
    statement: str
    scanned: tuple[str, ...]
    """Tables that grow with a mailing, and are read as a whole."""
    rows: int
    """Rows that were read; 0 if the database does not say it."""
    milliseconds: float
    buffers: int
    """Pages of 8 KiB that were touched, in PostgreSQL."""


class Plans:
    """Explains every statement of an engine while a `with` block lasts.

    Args:
        engine: The engine.
    """

    def __init__(self, engine: Engine) -> None:
        self.plans: list[Plan] = []
        self._engine = engine
        self._operation = ""
        self._explain: Callable[[Any, str, Any], tuple[tuple[str, ...], int, float, int]] = {
            "postgresql": _postgresql,
            "sqlite": _sqlite,
        }.get(engine.dialect.name, _mysql)

    @contextmanager
    def of(self, operation: str) -> Generator[None]:
        """Explain what runs inside, under the name of an operation."""
        self._operation = operation
        event.listen(self._engine, "before_cursor_execute", self._before)
        try:
            yield
        finally:
            event.remove(self._engine, "before_cursor_execute", self._before)

    def _before(self, connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if statement.split()[0] not in ("SELECT", "UPDATE", "INSERT", "DELETE"):
            return
        cursor = connection.connection.cursor()
        facts = self._explain(cursor, statement, values[0] if many else values)
        cursor.close()
        self.plans.append(Plan(self._operation, " ".join(statement.split()), *facts))


def _postgresql(cursor: Any, statement: str, values: Any) -> tuple[tuple[str, ...], int, float, int]:
    cursor.execute("SAVEPOINT explained")
    cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", values)
    (whole,) = cursor.fetchone()[0]
    cursor.execute("ROLLBACK TO SAVEPOINT explained")
    nodes = list(_nodes(whole["Plan"]))
    # With `enable_seqscan` off, an index without a condition is what is left for a statement that no index serves.
    scanned = [
        node["Relation Name"]
        for node in nodes
        if node.get("Relation Name") in TABLES
        and (node["Node Type"] == "Seq Scan" or ("Scan" in node["Node Type"] and not _has_condition(node)))
    ]
    rows = sum(
        (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        for node in nodes
        if node.get("Relation Name") in TABLES and "Scan" in node["Node Type"]
    )
    plan = whole["Plan"]
    buffers = plan.get("Shared Hit Blocks", 0) + plan.get("Shared Read Blocks", 0)
    return tuple(scanned), int(rows), whole["Execution Time"] + whole["Planning Time"], buffers


def _has_condition(node: dict[str, Any]) -> bool:
    return "Index Cond" in node or any(map(_has_condition, node.get("Plans", ())))


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)


def _sqlite(cursor: Any, statement: str, values: Any) -> tuple[tuple[str, ...], int, float, int]:
    cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
    lines = [str(row[3]) for row in cursor.fetchall()]
    scanned = [line.split()[1] for line in lines if line.startswith("SCAN") and line.split()[1] in TABLES]
    return tuple(scanned), 0, 0.0, 0


def _mysql(cursor: Any, statement: str, values: Any) -> tuple[tuple[str, ...], int, float, int]:
    """Explain a statement of MariaDB; ANALYZE executes it, and says how many rows were read indeed."""
    word = "EXPLAIN" if statement.startswith("INSERT") else "ANALYZE"
    cursor.execute("SAVEPOINT explained")
    cursor.execute(f"{word} FORMAT=JSON {statement}", values)
    whole = json.loads(cursor.fetchone()[0])
    cursor.execute("ROLLBACK TO SAVEPOINT explained")
    of_mailing = [table for table in _tables(whole) if table.get("table_name") in TABLES]
    scanned = [table["table_name"] for table in of_mailing if table.get("access_type") in ("ALL", "index")]
    rows = sum((table.get("r_rows") or 0) * table.get("r_loops", 1) for table in of_mailing)
    milliseconds: float = whole.get("query_block", {}).get("r_total_time_ms", 0.0)
    return tuple(scanned), int(rows), milliseconds, 0


def _tables(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "table_name" in value:
            yield value
        for child in value.values():
            yield from _tables(child)
    elif isinstance(value, list):
        for child in value:
            yield from _tables(child)


_SERIES = {
    "postgresql": "SELECT n FROM generate_series({0}, {1} - 1) AS series(n)",
    "sqlite": "SELECT value AS n FROM generate_series({0}, {1} - 1)",
    "mysql": "SELECT seq AS n FROM seq_{0}_to_{1} WHERE seq < {1}",
}


def fill(db: Connection, mailing: int, batches: int, size: int, *, done: int, sample: int) -> None:
    """Make a journal of many batches; those before `done` are done, and so many after it have their keys.

    The keys of the others are left out, and so are most of the outcomes: they are never read.
    """
    name = db.dialect.name
    if name == "sqlite":
        series = "WITH RECURSIVE r(n) AS (SELECT {0} UNION ALL SELECT n + 1 FROM r WHERE n < {1} - 1) SELECT n FROM r"
        repeated = "replace(hex(zeroblob({0})), '00', '{1}')"
    else:
        series = _SERIES["postgresql" if name == "postgresql" else "mysql"]
        repeated = "repeat('{1}', {0})"
    columns = "mailing, number, size, status, states, version, leased_until, offered_until, claims, done_at"
    counts = "sent, failed, unknown, skipped"
    for first, last, status, letter in ((0, done, schema.DONE, "s"), (done, batches, schema.WAITING, "p")):
        sent, worked = (size, 1) if status == schema.DONE else (0, 0)
        states = repeated.format(size, letter)
        # One batch of a thousand has an unknown entry.
        some = f"CASE WHEN n % 1000 = 7 AND {worked} = 1 THEN 'u' ELSE '{letter}' END"
        states = f"concat({some}, substr({states}, 2))" if name != "sqlite" else f"{some} || substr({states}, 2)"
        values = f"{mailing}, n, {size}, {status}, {states}, {worked}, 0, 0, {worked}, 0, {sent}, 0, 0, 0"
        db.execute(
            text(
                f"INSERT INTO {schema.batches.name} ({columns}, {counts}) "
                f"SELECT {values} FROM ({series.format(first, last)}) AS numbers"
            )
        )
    numbers = series.format(0, batches)
    db.execute(
        text(
            f"INSERT INTO {schema.keys.name} (mailing, batch, packed) "
            f"SELECT {mailing}, n, '[]' FROM ({numbers}) AS numbers"
        )
    )
    db.execute(
        text(
            f"INSERT INTO {schema.outcomes.name} (mailing, batch, id, late, at, entries) "
            f"SELECT {mailing}, n, 'a', 0, 0, '[]' FROM ({series.format(0, done)}) AS numbers"
        )
    )
    packed = [
        {"batch": number, "packed": json.dumps([f"{number}-{place}" for place in range(size)])}
        for number in {*range(21), *range(done, done + sample), *range(7, done, 1000)}
    ]
    update = text(f"UPDATE {schema.keys.name} SET packed = :packed WHERE mailing = {mailing} AND batch = :batch")
    for start in range(0, len(packed), 100):
        db.execute(update, packed[start : start + 100])
    db.execute(text(f"UPDATE {schema.mailings.name} SET batches = {batches}, entries = {batches * size}, vouched = 0"))


WHOLE = frozenset({"report", "decide", "resend_unknown", "outcomes of a state"})
"""What reads all batches of a mailing, as it must: no worker does it."""


def run_all(plans: Plans, july: Mailing, number: int) -> None:
    """Run every statement of a fleet once, each explained, most of them for a batch that nobody has begun."""
    from sesv2kit.bulk import EntryRecord
    from sesv2kit.fleet import LeaseLostError

    journal = july.journal
    with plans.of("find"):
        row = journal.find(july.name)
    with plans.of("enrol"):
        july.enrol(["new-1", "new-2"])
    with plans.of("sweep"):
        assert july.sweep()
    with plans.of("take"):
        assert journal.take(row.id, 1000) is not None
    with plans.of("is over"):
        assert not journal.is_over(row.id)
    with plans.of("claim"):
        claim = journal.claim(row.id, number, 60_000, "a" * 32)
    assert not isinstance(claim, str)
    batch = journal.open_batch(claim, 60_000, lambda _error: None)
    keys = list(claim.keys[:3])
    with plans.of("mark"):
        batch.begin(keys)
    with plans.of("settle a request"):
        batch.record([EntryRecord(key, "sent", f"id-{key}") for key in keys])
    with plans.of("renew"):
        batch.renew()
    with plans.of("check"):
        batch._checked_at -= 10
        batch.check()
    batch.begin(claim.keys[3:4])
    with plans._engine.begin() as db:
        db.execute(text(f"UPDATE {schema.batches.name} SET leased_until = 0 WHERE number = {number}"))
    other = journal.claim(row.id, number, 60_000, "b" * 32)
    assert not isinstance(other, str)
    with plans.of("late outcome"), suppress(LeaseLostError):
        batch.record([EntryRecord(claim.keys[3], "sent", "late")])
    with plans.of("release"):
        journal.open_batch(other, 60_000, lambda _error: None).release()
    with plans.of("events"):
        journal.settle(row.id, {number: {5: "by an event"}})
    with plans.of("stop"):
        july.stop("a test")
        july.resume()
    with plans.of("outcomes"):
        stream = july.outcomes()
        next(stream, None)
    with plans.of("outcomes of a state"):
        for _ in july.outcomes("unknown"):
            pass
    with plans.of("decide"):
        july.decide(sent=["7-0"])
    with plans.of("resend_unknown"):
        july.resend_unknown()
    with plans.of("report"):
        july.report()
    with plans.of("accept_failover"):
        july.accept_failover(ahead=2)

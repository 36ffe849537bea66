"""Nothing that workers do again and again reads a whole table, however many batches a mailing has."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event
from support.fleet import mailing
from support.fleet_database import databases
from support.fleet_plans import WHOLE, Plans, fill, run_all

BATCHES, SIZE, DONE = 3000, 10, 1500


@pytest.mark.parametrize("open_database", [one for one in databases() if one.id != "mariadb"])
def test_no_statement_of_a_worker_reads_a_whole_table(open_database: Callable[..., object], tmp_path: Path) -> None:
    with open_database(tmp_path) as url, closing(mailing(url, batch_size=SIZE)) as july:  # type: ignore[attr-defined]
        july.report()
        engine = july.journal._database._engine_of_process()
        with engine.begin() as db:
            fill(db, 1, BATCHES, SIZE, done=DONE, sample=10)
        july.enrol([])  # the database counts its rows
        if engine.dialect.name == "postgresql":
            # So small a table is read as a whole, unless no index serves the statement.
            event.listen(engine, "begin", lambda db: db.exec_driver_sql("SET LOCAL enable_seqscan = off"))
        plans = Plans(engine)
        run_all(plans, july, DONE + 9)
    of_workers = [plan for plan in plans.plans if plan.operation not in WHOLE]
    assert len({plan.operation for plan in plans.plans}) >= 18
    assert not [(plan.operation, plan.scanned, plan.statement) for plan in of_workers if plan.scanned]
    if engine.dialect.name == "postgresql":
        assert not [(plan.operation, plan.rows, plan.statement) for plan in of_workers if plan.rows > 500]


def test_a_statement_that_reads_a_whole_table_is_found(tmp_path: Path) -> None:
    july = mailing(f"sqlite:///{tmp_path / 'journal'}")
    july.enrol(["1"])
    engine = july.journal._database._engine_of_process()
    plans = Plans(engine)
    with plans.of("test"), engine.begin() as db:
        db.exec_driver_sql("SELECT number FROM sesv2kit_fleet_batches WHERE claims = 7")
        db.exec_driver_sql("SELECT number FROM sesv2kit_fleet_batches WHERE mailing = 1 AND number = 7")
    assert [plan.scanned for plan in plans.plans] == [("sesv2kit_fleet_batches",), ()]
    july.close()

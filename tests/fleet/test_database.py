"""The database of a fleet: settings that lose what was committed, versions, locks, drivers."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from support.fleet import mailing
from support.fleet_database import Postgres, databases, find_postgresql, mariadb

from sesv2kit.errors import ConfigurationError
from sesv2kit.fleet import JournalError, Mailing, SharedJournal
from sesv2kit.fleet import batch as batch_module
from sesv2kit.fleet import database as database_module
from sesv2kit.fleet import journal as journal_module
from sesv2kit.fleet import outcomes as outcomes_module
from sesv2kit.testing import FakeSES

Make = Callable[..., Mailing]
needs_postgresql = pytest.mark.skipif(
    not find_postgresql(), reason="needs `apt-get install postgresql` and `pip install psycopg[binary]`"
)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    """A server for tests that need no other settings than they set themselves."""
    with Postgres() as server:
        yield server


@pytest.fixture(scope="module")
def mariadb_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server for tests that restore its settings."""
    (parameter,) = (one for one in databases() if one.id == "mariadb")
    if any(mark.args[0] for mark in parameter.marks):
        pytest.skip("needs `apt-get install mariadb-server` and `pip install pymysql`")
    with mariadb(tmp_path_factory.mktemp("mariadb")) as url:
        yield url


def reconfigured(server: Postgres, setting: str) -> SharedJournal:
    """Return a journal on a server with another setting."""
    name, _, value = setting.partition("=")
    server.execute(f"ALTER SYSTEM SET {name} = {value}")
    server.execute("SELECT pg_reload_conf()")
    deadline = time.monotonic() + 10
    while server.execute(f"SHOW {name}") != value:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return SharedJournal(server.url)


@needs_postgresql
@pytest.mark.parametrize("setting", ["fsync=off", "synchronous_commit=off", "full_page_writes=off"])
def test_a_server_that_may_lose_what_it_has_committed_is_refused(
    postgres: Postgres, make: Make, setting: str, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        journal = reconfigured(postgres, setting)
        with pytest.raises(ConfigurationError, match="may lose what it has committed") as caught:
            make(journal=journal).enrol(["1"])
        assert setting.replace("=", " is ") in str(caught.value)
        caplog.set_level(logging.WARNING, "sesv2kit")
        assert make(journal=SharedJournal(postgres.url, require_durable=False), name=setting).enrol(["1"]) == 1
        assert "after a crash mails may be sent twice" in caplog.text
    finally:
        postgres.execute("ALTER SYSTEM RESET ALL")
        postgres.execute("SELECT pg_reload_conf()")


@needs_postgresql
def test_asynchronous_standbys_are_warned_of(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "sesv2kit")
    with Postgres() as primary, Postgres(primary=primary):
        july = make(journal=SharedJournal(primary.url))
        july.enrol(["1"])
        july.close()
    assert "synchronous_standby_names is empty" in caplog.text


@needs_postgresql
def test_a_worker_that_froze_in_a_transaction_does_not_keep_others_from_its_batch(
    postgres: Postgres, make: Make, fake: FakeSES, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sesv2kit.fleet.database._LOCK_TIMEOUT", 1)
    july = make(journal=SharedJournal(postgres.url), name="frozen")
    july.enrol(["1"])
    frozen = july.journal._database._engine_of_process().connect()
    frozen.execute(text("UPDATE sesv2kit_fleet_batches SET claims = claims"))
    assert july.send_batch(0).sent == 1
    frozen.invalidate()
    frozen.close()
    assert len(fake.outbox) == 1


@needs_postgresql
@pytest.mark.parametrize("act", ["release", "settle", "resend"])
def test_what_two_processes_write_at_the_same_moment_is_all_kept(
    postgres: Postgres, make: Make, fake: FakeSES, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    """An event settles an entry after another process has read the states of its batch, and before it writes them."""
    july, other = (make(journal=SharedJournal(postgres.url), name=f"at once {act}") for _ in range(2))
    july.enrol(["1", "2"])
    mailing = july._mailing().id
    claim = july.journal.claim(mailing, 0, 60_000, "token")
    assert not isinstance(claim, str)
    batch = july.journal.open_batch(claim, 60_000, lambda _error: None)
    batch.begin(["1", "2"])
    if act == "resend":
        assert batch.release() == "uu"
    module: Any = {"resend": journal_module, "release": batch_module, "settle": outcomes_module}[act]
    counts = module.counts

    def meanwhile(given: str) -> Any:
        monkeypatch.setattr(module, "counts", counts)
        assert other.journal.settle(mailing, {0: {0: "id1"}}) == 1
        return counts(given)

    monkeypatch.setattr(module, "counts", meanwhile)
    if act == "release":
        assert batch.release() == "su"
    elif act == "settle":
        assert july.journal.settle(mailing, {0: {1: "id2"}}) == 1
        assert batch.release() == "ss"
    else:
        assert july.resend_unknown() == 1
        assert july.send_batch(0).sent == 2
    assert next(other.outcomes("sent")).message_id == "id1"
    assert len(fake.outbox) == (act == "resend")


def test_tables_of_a_later_release_are_refused(make: Make, database: str) -> None:
    make().enrol(["1"])
    engine = create_engine(database)
    with engine.begin() as connection:
        connection.execute(text("UPDATE sesv2kit_fleet SET version = 99"))
    engine.dispose()
    with pytest.raises(ConfigurationError, match="version 99, this release of sesv2kit knows 1"):
        make().enrol(["2"])


def test_tables_of_an_earlier_release_are_brought_up_to_date(
    make: Make, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make().enrol(["1"])
    migrated: list[str] = []
    monkeypatch.setattr("sesv2kit.fleet.schema.VERSION", 3)
    steps = [lambda _connection: migrated.append("to 2"), lambda _connection: migrated.append("to 3")]
    monkeypatch.setattr("sesv2kit.fleet.schema.MIGRATIONS", steps)
    assert make().enrol(["1", "2"]) == 1
    assert migrated == ["to 2", "to 3"]
    assert make().report().entries == 2
    assert migrated == ["to 2", "to 3"]


def test_tables_are_made_by_several_processes_at_once(tmp_path: Path) -> None:
    made = [mailing(f"sqlite:///{tmp_path / 'journal'}") for _ in range(4)]
    threads = [threading.Thread(target=one.enrol, args=([str(number)],)) for number, one in enumerate(made)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made[0].report().entries == 4
    for one in made:
        one.close()


@pytest.mark.parametrize("open_database", databases())
def test_every_database_does_the_same(open_database: Callable[..., object], tmp_path: Path, make: Make) -> None:
    with open_database(tmp_path) as url:  # type: ignore[attr-defined]
        july = make(journal=SharedJournal(url, require_durable=False), name="Jühly 'a' %")
        assert july.enrol(["ä", "b", "ä", "x" * 255, "%"]) == 4
        assert [outcome.key for outcome in july.outcomes("pending")] == ["ä", "b", "x" * 255, "%"]
        other = make(journal=SharedJournal(url, require_durable=False), name="jühly 'a' %")
        assert other.report().entries == 0, "names differ by their case"
        claim = july.journal.claim(july._mailing().id, 0, 60_000, "token")
        assert not isinstance(claim, str)
        assert july.journal.claim(july._mailing().id, 0, 60_000, "other") == "held"
        assert july.journal.claim(july._mailing().id, 0, 60_000, "token") == claim, "a claim can be repeated"
        report = july.report()
        assert (report.active, report.pending, report.lost) == (1, 4, 0)
        other.close()
        july.close()


@pytest.mark.parametrize(
    ("url", "module", "package"),
    [
        ("postgresql+psycopg2://nobody@127.0.0.1:9/shop", "psycopg2", "psycopg2"),
        ("postgresql+psycopg://nobody:tiger@127.0.0.1:9/shop", "psycopg", "psycopg[binary]"),
        ("mysql://nobody@127.0.0.1:9/shop", "MySQLdb", "mysqlclient"),
    ],
)
def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch, url: str, module: str, package: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ConfigurationError) as caught:
        SharedJournal(url)
    assert str(caught.value).endswith(f'needs a driver: pip install "{package}"')
    assert "tiger" not in str(caught.value)


def test_a_driver_that_can_not_be_loaded_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ImportError("no pq wrapper available.\nAttempts made: ...")

    monkeypatch.setattr("sqlalchemy.dialects.postgresql.psycopg.PGDialect_psycopg.import_dbapi", broken)
    with pytest.raises(ConfigurationError, match="installed, and can't be imported: no pq wrapper available"):
        SharedJournal("postgresql+psycopg://nobody@127.0.0.1:9/shop")


@pytest.mark.parametrize("seconds", [-3600, 3600])
def test_a_clock_that_differs_is_warned_of_and_does_no_harm(
    make: Make, fake: FakeSES, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, seconds: int
) -> None:
    genuine = time.time
    monkeypatch.setattr("sesv2kit.fleet.database.time.time", lambda: genuine() + seconds)
    july = make()
    july.enrol(["1"])
    words = "ahead of" if seconds > 0 else "behind"
    assert f"the clock of this machine is 3600 seconds {words} the database's" in caplog.text
    assert july.send_batch(0).sent == 1


@pytest.mark.parametrize(("pragma", "word"), [("synchronous = OFF", "synchronous is 0"), ("journal_mode = OFF", "off")])
def test_an_sqlite_file_that_may_lose_what_it_has_committed_is_refused(
    make: Make, monkeypatch: pytest.MonkeyPatch, pragma: str, word: str
) -> None:
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA {pragma}")

    monkeypatch.setitem(database_module._PREPARE, "sqlite", prepare)  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match=word):
        make(journal=SharedJournal(str(make().journal._database.url))).enrol(["1"])


@pytest.mark.parametrize("value", [0, 2])
def test_a_mariadb_that_may_lose_what_it_has_committed_is_refused(mariadb_url: str, make: Make, value: int) -> None:
    engine = create_engine(mariadb_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"SET GLOBAL innodb_flush_log_at_trx_commit = {value}"))
        try:
            with pytest.raises(ConfigurationError, match=f"innodb_flush_log_at_trx_commit is {value}"):
                make(journal=SharedJournal(mariadb_url)).enrol(["1"])
        finally:
            connection.execute(text("SET GLOBAL innodb_flush_log_at_trx_commit = 1"))
    engine.dispose()


def test_tables_of_mariadb_have_transactions_whatever_its_default_is(mariadb_url: str, make: Make) -> None:
    engine = create_engine(mariadb_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("SET GLOBAL default_storage_engine = MyISAM"))
        make(journal=SharedJournal(mariadb_url)).enrol(["1"])
        query = "SELECT DISTINCT engine FROM information_schema.tables WHERE table_name LIKE 'sesv2kit%'"
        assert connection.execute(text(query)).scalars().all() == ["InnoDB"]
    engine.dispose()


def test_a_password_is_shown_nowhere(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    url = "postgresql+psycopg://shop:tiger@127.0.0.1:9/shop"
    if not find_postgresql():
        pytest.skip("needs `pip install psycopg[binary]`")
    journal = SharedJournal(url, patience=0)
    with pytest.raises(JournalError) as caught:
        make(journal=journal).enrol(["1"])
    assert "tiger" not in f"{journal!r} {caught.value} {caught.value.__cause__} {caplog.text}"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://shop:p@tiger@db/shop",
        "postgresql+psycopg://shop:p@x/tiger@db/shop",
        "postgresql+psycopg://shop:p@ss:tiger@db/shop",
        "postgresql+psycopg://shop:tiger@db:tiger/shop",
        "shop:tiger@db",
    ],
)
def test_a_url_that_cannot_be_used_is_not_quoted(url: str) -> None:
    with pytest.raises(ConfigurationError, match="percent-encoded") as caught:
        SharedJournal(url)
    assert "tiger" not in f"{caught.value}"


@pytest.mark.skipif(not find_postgresql(), reason="needs `pip install psycopg[binary]`")
def test_a_password_in_the_query_of_a_url_is_not_shown() -> None:
    journal = SharedJournal("postgresql+psycopg:///shop?host=127.0.0.1&port=9&user=shop&password=tiger", patience=0)
    with pytest.raises(JournalError) as caught:
        journal.find("july")
    assert "tiger" not in f"{journal!r} {caught.value}"


def test_a_password_that_a_driver_can_t_encode_is_an_error_that_does_not_show_it() -> None:
    pytest.importorskip("pymysql")  # which takes those of latin-1
    journal = SharedJournal("mysql+pymysql://shop:tiger\N{EURO SIGN}@127.0.0.1:9/shop", patience=0)
    with pytest.raises(ConfigurationError, match="can't encode the user or the password") as caught:
        journal.find("july")
    assert "tiger" not in f"{caught.value} {caught.value.__cause__!r} {caught.value.__context__!r}"


def test_sqlalchemy_is_loaded_when_it_is_needed() -> None:
    program = "import sys, sesv2kit.fleet; assert 'sqlalchemy' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_another_module_that_is_missing_is_named_as_python_does(monkeypatch: pytest.MonkeyPatch) -> None:
    import sesv2kit.fleet

    monkeypatch.delattr(sesv2kit.fleet, "SharedJournal")
    monkeypatch.setitem(sys.modules, "sesv2kit.fleet.journal", None)
    with pytest.raises(ModuleNotFoundError, match=r"sesv2kit\.fleet\.journal"):
        sesv2kit.fleet.SharedJournal  # noqa: B018


def test_the_extra_is_named_where_it_is_missing() -> None:
    program = (
        "import sys; sys.modules['sqlalchemy'] = None\n"
        "import sesv2kit.fleet\n"
        "try: sesv2kit.fleet.SharedJournal\n"
        "except sesv2kit.errors.ConfigurationError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert 'pip install "sesv2kit[fleet]"' in done.stdout

"""Tables, views and migrations."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from storage_study import bytes_of, decide_one, decision, holding, new_study, take_in, take_in_codebook

from harken.model import CODING_COLUMNS, DecisionState, TextList, TextRule
from harken.services.checking import check_project
from harken.services.withdrawing import withdraw_participant
from harken.storage import driver, migrations
from harken.storage.store import Store


def test_every_table_is_strict(quick_study):
    tables = quick_study.connection.execute(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    assert len(tables) > 20
    assert [name for name, is_strict in tables if not is_strict] == []


def test_foreign_keys_are_held(study):
    with pytest.raises(driver.IntegrityError, match="FOREIGN KEY"):
        study.connection.execute("INSERT INTO non_responses (response_id) VALUES (999)")


def test_a_commit_is_durable_before_it_returns(study):
    (synchronous,) = study.connection.execute("PRAGMA synchronous").fetchone()
    (mode,) = study.connection.execute("PRAGMA journal_mode").fetchone()
    assert (synchronous, mode) == (2, driver.journal_mode().lower())


# -- views -----------------------------------------------------------------------------------------------


def columns(store: Store, view: str) -> list[str]:
    return [name for _, name, *_ in store.connection.execute(f"PRAGMA table_info({view})")]


def test_v_codings_has_the_columns_of_the_codings_file(quick_study):
    assert columns(quick_study, "v_codings") == list(CODING_COLUMNS)


def test_v_answers_has_its_columns(quick_study):
    assert columns(quick_study, "v_answers") == [
        "participant", "question", "occasion", "response", "state", "attributes"
    ]  # fmt: skip


def test_v_codings_has_a_row_a_code_and_one_for_none(quick_study):
    decide_one(quick_study, decision("P1", "theme.trust", "theme.fear", memo="look", message="which?"))
    decide_one(quick_study, decision("P2"))
    decide_one(quick_study, decision("P3", state=DecisionState.UNCODABLE))
    rows = quick_study.connection.execute(
        'SELECT participant, question, occasion, round, coder, code, start, "end", state, unsure, memo '
        "FROM v_codings"
    ).fetchall()
    assert rows == [
        ("P1", "q_good", "", "main", "ada", "theme.fear", None, None, "coded", "yes", "look"),
        ("P1", "q_good", "", "main", "ada", "theme.trust", None, None, "coded", "yes", "look"),
        ("P2", "q_good", "", "main", "ada", "", None, None, "coded", "no", ""),
        ("P3", "q_good", "", "main", "ada", "", None, None, "uncodable", "no", ""),
    ]


def test_v_answers_tells_answers_from_non_response(quick_study, tmp_path):
    rows = [{"id": "P4", "team": "a", "ward": "w", "q_good": "N/A", "q_bad": "  "}]
    take_in(quick_study, tmp_path, rows, rules=[TextRule(list=TextList.NON_RESPONSE, text="n/a")])
    found = quick_study.connection.execute(
        "SELECT question, response, state, attributes FROM v_answers WHERE participant = 'P4'"
    ).fetchall()
    assert [(question, text, state) for question, text, state, _ in found] == [
        ("q_good", "N/A", "non_response"),
        ("q_bad", "  ", "non_response"),
    ]
    assert json.loads(found[0][3]) == {"team": "a", "ward": "w"}


def test_people_who_withdrew_are_not_in_v_answers(quick_study):
    withdraw_participant(quick_study, "P1", actor="ada")
    people = quick_study.connection.execute("SELECT DISTINCT participant FROM v_answers").fetchall()
    assert people == [("P2",), ("P3",)]


def test_the_standard_library_reads_the_views_of_a_file_in_use(study):
    decide_one(study, decision("P1", "theme.trust"))
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
        "print(c.execute('SELECT participant, code FROM v_codings').fetchall(), "
        "c.execute('SELECT count(*) FROM v_answers').fetchone())"
    )
    # A process of its own: two SQLite libraries in one would drop each other's locks.
    output = subprocess.run(
        [sys.executable, "-I", "-c", script, study.path], capture_output=True, text=True, check=True
    ).stdout
    assert output == "[('P1', 'theme.trust')] (6,)\n"
    decide_one(study, decision("P2", "theme.trust"))
    assert check_project(study) == ()


# -- migrations ------------------------------------------------------------------------------------------


@pytest.fixture
def later_version(monkeypatch):
    """Calls to make this Harken one version later: with a step that changes tables by `transform`."""

    def change_tables(database):
        for table in ("events", "responses", "contents", "participants"):
            database.table(table).transform(defaults={"id": ""} if table == "events" else {})
        database.table("decisions").add_column("is_starred", int)
        database.table("decisions").transform(types={"is_starred": str}, strict=True)

    def install():
        step = migrations.Migrations._Migration("change_tables", change_tables)
        monkeypatch.setattr(migrations.migrations, "_migrations", [*migrations.migrations._migrations, step])
        later = driver.SCHEMA_VERSION + 1
        monkeypatch.setattr(migrations, "SCHEMA_VERSION", later)
        monkeypatch.setattr(driver, "SCHEMA_VERSION", later)

    return install


def test_guards_and_views_survive_a_migration_that_rebuilds_tables(path, later_version):
    with new_study(path) as store:
        decide_one(store, decision("P1", "theme.trust"))
    later_version()
    with Store.open(path) as store:
        for statement in ("UPDATE events SET payload = ''", "DELETE FROM responses"):
            with pytest.raises(driver.IntegrityError, match=r"append only|written once"):
                store.connection.execute(statement)
        assert store.connection.execute("SELECT participant, code FROM v_codings").fetchall() == [
            ("P1", "theme.trust")
        ]
        assert check_project(store) == ()


def test_a_migrated_file_goes_on_being_used(path, later_version):
    new_study(path).close()
    later_version()
    with Store.open(path) as store:
        decide_one(store, decision("P1", "theme.trust"))
        assert store.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert check_project(store) == ()


def test_a_migration_that_fails_leaves_the_file_as_it_was(path, later_version, monkeypatch):
    new_study(path).close()
    before = bytes_of(path.parent)

    def fail(database):
        database.table("decisions").add_column("half", int)
        raise ZeroDivisionError

    later_version()
    step = migrations.Migrations._Migration("fail", fail)
    monkeypatch.setattr(migrations.migrations, "_migrations", [*migrations.migrations._migrations, step])
    with pytest.raises(ZeroDivisionError):
        Store.open(path)
    assert bytes_of(path.parent) == before


def test_two_programs_that_open_an_old_file_at_once_migrate_it_once(path, later_version):
    new_study(path).close()
    later_version()

    def version_and_findings(_: int) -> tuple[int, tuple[str, ...]]:
        with Store.open(path) as store:
            (version,) = store.connection.execute("PRAGMA user_version").fetchone()
            return version, check_project(store)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(version_and_findings, range(4))) == [(driver.SCHEMA_VERSION, ())] * 4


def test_a_later_version_is_refused_by_an_earlier_one(path, later_version, monkeypatch):
    new_study(path).close()
    later_version()
    Store.open(path).close()
    monkeypatch.undo()
    with pytest.raises(driver.ProjectFileError, match="written by a later Harken"):
        Store.open(path)


# -- which SQLite ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 3), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_the_write_ahead_log_is_used_only_where_its_reset_is_safe(version, is_safe):
    assert driver.has_safe_wal(version) is is_safe


TRUNCATING = """
import sys
sys.modules["pysqlite3"] = None
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from storage_study import decide_one, decision, new_study
from harken.services.checking import check_project
from harken.services.withdrawing import withdraw_participant
from harken.storage import coding, driver
from harken.storage.store import Store
path = Path(sys.argv[1])
with new_study(path) as store:
    decide_one(store, decision("P1", "theme.trust", memo="a memo of P1"))
    decide_one(store, decision("P2", "theme.trust"))
    coding.undo(store, coder="ada", round="main")
    withdraw_participant(store, "P1", actor="ada")
with Store.open(path) as store:
    has_log = path.with_name("study.db-wal").exists()
    print(store.connection.execute("PRAGMA journal_mode").fetchone()[0], check_project(store), has_log)
"""


def test_without_a_safe_log_all_works_with_a_rollback_journal(path):
    import sqlite3

    if driver.has_safe_wal(sqlite3.sqlite_version_info):
        pytest.skip("this Python's own SQLite has a safe log")
    output = subprocess.run(
        [sys.executable, "-c", TRUNCATING, path, Path(__file__).parent],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert output == "truncate () False\n"
    assert holding(path.parent, "What P2 liked") == ["study.db"]
    assert holding(path.parent, "What P1 liked") == holding(path.parent, "memo of P1") == []


def test_a_file_from_a_program_without_the_log_is_used_with_it(path, tmp_path):
    new_study(path).close()
    connection = driver.sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    with Store.open(path) as store:
        take_in_codebook(store, tmp_path, ["theme.trust"])
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == (driver.journal_mode().lower(),)

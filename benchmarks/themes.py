"""How fast themes are counted by group, beside raw SQL and beside two databases made for counting.

    python benchmarks/themes.py [--quick]

Prints ratios of one run; judges nothing. The data are synthetic (see synthetic_themes.py): 20 codes, five
groups, two answers a person, a tenth of the answers decided twice. All count the same: people who are coded,
by group, and those of them who mentioned each code; that the answers are equal is asserted. Ours reads the
project's file; SQLite counts in the same file, with its tables and indices; duckdb and polars hold the raw
tables in memory, codes, groups and rounds as small numbers. Those two are for development only. Ours have to
be kept: what that costs stands below. Memory is read from the child's usage.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from harken import Project
from harken.model import Coding, Decision, ResponseKey
from harken.services.counting.loading import load_sheet
from harken.services.counting.sheet import count_people
from harken.services.counting.upkeep import bring_up_to_date
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import decide, import_decisions
from harken.storage.counted import keeping
from harken.storage.driver import sqlite3
from harken.storage.schema import STALE_TRIGGERS
from harken.storage.store import Store
from processes import run_measured
from synthetic_themes import CODES, GROUPS, QUESTIONS, build_project, build_undecided, decisions, draw

Counted = tuple[dict[str, int], dict[tuple[str, str], int]]
"""Coded people by group; those of them who mentioned a code, by code and group."""
KEYS = 200

_UNDECIDED = """SELECT DISTINCT {r}.participant_id FROM responses {r} WHERE NOT EXISTS (
SELECT 1 FROM decisions d WHERE d.response_id = {r}.id AND d.round = {main})"""
_BASE = """SELECT p.grp, count(DISTINCT r.participant_id) FROM responses r
JOIN people p ON p.id = r.participant_id WHERE r.participant_id NOT IN ({undecided}) GROUP BY p.grp"""
_MENTIONED = """SELECT g.code_id, p.grp, count(DISTINCT r.participant_id) FROM codings g
JOIN responses r ON r.id = g.response_id JOIN people p ON p.id = r.participant_id
WHERE g.round = {main} AND r.participant_id NOT IN ({undecided}) GROUP BY g.code_id, p.grp"""


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def quickest(work: Callable[[], object], *, times: int = 5) -> float:
    return min(timed(work) for _ in range(times))


# -- the same counts, four times


def ours(store: Store) -> Counted:
    sheet = load_sheet(store, by="region")
    tally = count_people(sheet, range(len(sheet.units)))
    groups = sheet.people.groups
    return (
        dict(zip(groups, tally.coded, strict=True)),
        {
            (row.code, group): n
            for row in sheet.rows.themes
            for group, n in zip(groups, tally.of(row).n, strict=True)
        },
    )


def _queries(main: str) -> tuple[str, str]:
    undecided = _UNDECIDED.format(r="u", main=main)
    return _BASE.format(undecided=undecided), _MENTIONED.format(undecided=undecided, main=main)


def by_sqlite(connection: Any) -> Counted:
    base, mentioned = (connection.execute(sql).fetchall() for sql in _queries("'main'"))
    return dict(base), {(code, group): n for code, group, n in mentioned}


def by_duckdb(connection: Any) -> Counted:
    base, mentioned = (connection.execute(sql).fetchall() for sql in _queries("0"))
    return _named(base, mentioned)


def by_polars(tables: dict[str, Any]) -> Counted:
    import polars as pl

    responses, people, decided, codings = (
        tables[name].lazy() for name in ("responses", "people", "decisions", "codings")
    )
    main = decided.filter(pl.col("round") == 0)
    undecided = responses.join(main, left_on="id", right_on="response_id", how="anti")
    of_coded = responses.join(undecided, on="participant_id", how="anti").join(
        people, left_on="participant_id", right_on="id"
    )
    base = of_coded.group_by("grp").agg(pl.col("participant_id").n_unique())
    mentioned = (
        codings.filter(pl.col("round") == 0)
        .join(of_coded, left_on="response_id", right_on="id")
        .group_by("code_id", "grp")
        .agg(pl.col("participant_id").n_unique())
    )
    of_group, of_code = pl.collect_all([base, mentioned])
    return _named(of_group.rows(), of_code.rows())


def _named(base: list[tuple[int, int]], mentioned: list[tuple[int, int, int]]) -> Counted:
    return (
        {GROUPS[group]: n for group, n in base},
        {(CODES[code], GROUPS[group]): n for code, group, n in mentioned},
    )


# -- raw tables


def add_people(connection: Any) -> None:
    """What the file has in JSON, as a table: reading it is no part of a comparison of counting."""
    connection.execute("CREATE TEMP TABLE people (id INTEGER PRIMARY KEY, grp TEXT)")
    connection.execute(
        "INSERT INTO people SELECT p.id, c.body ->> '$.region' FROM participants p "
        "JOIN contents c ON c.participant_id = p.id AND +c.hash = p.attributes_hash"
    )


def raw_tables(connection: Any) -> dict[str, dict[str, np.ndarray]]:
    code, group = ({name: at for at, name in enumerate(names)} for names in (CODES, GROUPS))
    round = {"main": 0, "check": 1}
    read: dict[str, tuple[str, tuple[tuple[str, Any], ...]]] = {
        "people": ("SELECT id, grp FROM people", (("id", None), ("grp", group))),
        "responses": (
            "SELECT id, participant_id FROM responses",
            (("id", None), ("participant_id", None)),
        ),
        "decisions": ("SELECT response_id, round FROM decisions", (("response_id", None), ("round", round))),
        "codings": (
            "SELECT response_id, round, code_id FROM codings",
            (("response_id", None), ("round", round), ("code_id", code)),
        ),
    }
    tables = {}
    for name, (sql, columns) in read.items():
        values = zip(*connection.execute(sql).fetchall(), strict=True)
        tables[name] = {
            column: np.array(
                cells if number is None else [number[cell] for cell in cells],
                dtype=np.int32 if number is None else np.int8,
            )
            for (column, number), cells in zip(columns, values, strict=True)
        }
    return tables


def compare(path: Path) -> None:
    import duckdb
    import polars as pl

    with Store.open(path) as store:
        bring_up_to_date(store)
        raw = sqlite3.connect(path)
        add_people(raw)
        tables = raw_tables(raw)
        duck = duckdb.connect()
        frames = {name: pl.DataFrame(columns) for name, columns in tables.items()}
        for name in tables:
            columns = tables[name]  # duckdb finds it by this name
            duck.execute(f"CREATE TABLE {name} AS SELECT * FROM columns")
            del columns
        theirs = {
            "raw joins": lambda: by_sqlite(raw),
            "duckdb": lambda: by_duckdb(duck),
            "polars": lambda: by_polars(frames),
        }
        wanted = ours(store)
        for name, count in theirs.items():
            assert count() == wanted, f"{name} counts otherwise"
        seconds = quickest(lambda: ours(store))
        print(f"  n and base, code by group: ours {1000 * seconds:8.1f} ms", end="")
        for name, count in theirs.items():
            other = quickest(count, times=3)
            print(f"   {name} {1000 * other:8.1f} ms = {other / seconds:6.1f} times", end="")
        print(flush=True)
        raw.close()
    with Project.open(path) as project:
        project.themes(by="region")
        whole = quickest(lambda: project.themes(by="region"))
    print(f"  Project.themes, two questions and united, intervals, tests: {1000 * whole:.0f} ms", flush=True)


def measure_command(path: Path) -> None:
    command = [sys.executable, "-m", "harken", "--project", path, "themes", "--by", "region"]
    finished = run_measured([*command, "--format", "json"])
    print(f"  the whole command: {finished.seconds:.2f} s, peak {finished.peak_mb:.0f} MB", flush=True)


# -- what it costs to keep


def measure_building(path: Path) -> None:
    """In a process of its own, whose memory is that of making all sets anew."""
    with Store.open(path) as store:
        with store.action("ada") as action:
            keeping.discard(action.connection)
        print(f"{timed(lambda: bring_up_to_date(store)):.2f}")
        (n_bytes,) = store.connection.execute("SELECT sum(length(bits)) FROM people_sets").fetchone()
        print(n_bytes)


@contextmanager
def without_triggers(store: Store) -> Iterator[None]:
    for name in STALE_TRIGGERS:
        store.connection.execute(f"DROP TRIGGER {name}")
    yield
    for sql in STALE_TRIGGERS.values():
        store.connection.execute(sql)


def decide_some(store: Store, start: int, *, n: int = KEYS) -> list[float]:
    """Seconds of each of some decisions, one at a time, as at a key."""
    codebook = stored_codebook(store)
    seconds = []
    for number in range(start, start + n):
        key = ResponseKey(f"P{number:07}", QUESTIONS[0])
        one = Decision(key=key, coder="ada", codings=(Coding(CODES[number % len(CODES)]),))
        began = time.perf_counter()
        with store.action("ada") as action:
            decide(action, codebook, one)
        seconds.append(time.perf_counter() - began)
    return seconds


def measure_upkeep(path: Path) -> None:
    with Store.open(path) as store:
        bring_up_to_date(store)
        noted, plain = [], []
        for turn in range(4):
            noted += decide_some(store, 2 * turn * KEYS)
            with without_triggers(store):
                plain += decide_some(store, (2 * turn + 1) * KEYS)
        bring_up_to_date(store)
        waits = []
        for number in range(20):
            decide_some(store, number, n=1)
            waits.append(timed(lambda: bring_up_to_date(store)))
        with_note, without = (statistics.median(seconds) for seconds in (noted, plain))
        print(
            f"  a decision at a key: {1000 * with_note:.2f} ms, without the triggers {1000 * without:.2f} ms "
            f"({with_note / without - 1:+.1%})   before the next table it is read anew in "
            f"{1000 * statistics.median(waits):.1f} ms",
            flush=True,
        )


def measure_import(folder: Path, n_answers: int) -> None:
    """A codings file taken in by a project whose sets are current, so that every answer is noted."""
    drawn = draw(n_answers)
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(4):
        path = folder / f"import-{turn}.db"
        build_undecided(path, drawn)
        with Store.open(path) as store:
            bring_up_to_date(store)
            has_triggers = turn % 2 == 0

            def take_in(store: Store = store) -> None:
                with store.action("ada") as action:
                    import_decisions(
                        action, stored_codebook(store), decisions(drawn), source={"file": "synthetic.csv"}
                    )

            if has_triggers:
                seconds[True].append(timed(take_in))
            else:
                with without_triggers(store):
                    seconds[False].append(timed(take_in))
        path.unlink()
    with_note, without = min(seconds[True]), min(seconds[False])
    print(
        f"Import of the codings of {n_answers:,} answers: {with_note:.1f} s, without the triggers "
        f"{without:.1f} s ({with_note / without - 1:+.1%})",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="smaller sizes, for a look")
    parser.add_argument("--folder", type=Path, help="where project files lie, made where they are not there")
    parser.add_argument("--building", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--comparing", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.building:
        measure_building(options.building)
        return
    if options.comparing:
        compare(options.comparing)
        return
    print(
        f"Python {platform.python_version()}, numpy {np.__version__}, SQLite {sqlite3.sqlite_version}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before"
    )
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        for n_answers in (10_000, 100_000) if options.quick else (10_000, 100_000, 1_000_000):
            path = folder / f"themes-{n_answers}.db"
            if not path.exists():
                build_project(path, draw(n_answers))
            print(f"{n_answers:,} answers, {path.stat().st_size / 1e6:.0f} MB")
            built = run_measured([sys.executable, __file__, "--building", path])
            seconds, n_bytes = built.output.split()
            print(
                f"  sets made anew: {float(seconds):.2f} s, {int(n_bytes) / 1e6:.1f} MB stored, peak "
                f"{built.peak_mb:.0f} MB",
                flush=True,
            )
            # A process of its own: what it holds would count as the memory of those that it starts.
            print(run_measured([sys.executable, __file__, "--comparing", path]).output, end="")
            measure_command(path)
            measure_upkeep(path)
        measure_import(Path(temporary), 10_000 if options.quick else 100_000)


if __name__ == "__main__":
    main()

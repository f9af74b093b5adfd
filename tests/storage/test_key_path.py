"""What a key costs does not grow: every statement behind it finds its rows by an index."""

from __future__ import annotations

import re

import pytest
from storage_study import decide_one, decision, draft_one

from harken.model import ResponseKey
from harken.storage import coding, survey
from harken.storage.codebooks import stored_codebook

HERE = ResponseKey("P1", "q_good")
SMALL = {"codes", "settings", "rounds", "coders", "families", "variables", "questions"}
"""Tables that do not grow with the work, so that reading all of them is no harm."""


def scans(store, work) -> list[str]:
    """The steps that read a whole table in the statements that `work` runs."""
    statements: list[str] = []
    store.connection.set_trace_callback(statements.append)
    work()
    store.connection.set_trace_callback(None)
    asked = [sql for sql in statements if re.match(r"(SELECT|INSERT|UPDATE|DELETE)", sql)]
    assert asked
    steps = {
        (step, sql)
        for sql in asked
        for *_, step in store.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    }
    return [
        f"{step}: {sql}"
        for step, sql in sorted(steps)
        if step.startswith("SCAN") and not is_short(step.split()[1], step, sql)
    ]


def is_short(name: str, step: str, sql: str) -> bool:
    if "USING INDEX" in step and sql.endswith("LIMIT 1"):
        return True  # the first row of an index
    return name in {*SMALL, "CONSTANT"} or any(f"{table} {name} " in sql for table in SMALL)


@pytest.fixture
def worked(quick_study):
    for name in ("P1", "P2", "P3"):
        decide_one(quick_study, decision(name, "theme.trust", "theme.fear", memo="a memo"))
    return quick_study


def both_ways(store) -> None:
    assert coding.undo(store, coder="ada", round="main") is not None
    assert coding.redo(store, coder="ada", round="main") is not None


def looks(store) -> None:
    stored = stored_codebook(store)
    assert coding.decision_at(store, stored, HERE, round="main", coder="ada") is not None
    assert coding.draft_at(store, stored, HERE, round="main", coder="ada") is None
    survey.response(store, survey.response_id(store, HERE))
    coding.events_after(store, coding.last_event_row(store))


KEYS = {
    "decide": lambda store: decide_one(store, decision("P1", "theme.time", memo="another memo")),
    "draft": lambda store: draft_one(store, "P1", "theme.time", memo="another memo"),
    "undo and redo": both_ways,
    "look at the next answer": looks,
}


@pytest.mark.parametrize("key", KEYS)
def test_no_statement_behind_a_key_reads_a_whole_table(worked, key):
    assert scans(worked, lambda: KEYS[key](worked)) == []

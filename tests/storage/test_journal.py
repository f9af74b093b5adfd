"""The journal: its chain, its order, its guards, and what tampering leaves behind."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from storage_study import decide_one, decision, new_study, tamper

from harken.services.checking import check_project
from harken.storage import driver, journal
from harken.storage.store import Store


def events(store: Store) -> list[journal.Event]:
    return list(journal.replay(store.connection))


def test_every_event_holds_the_hash_of_the_one_before(quick_study):
    chain = events(quick_study)
    assert [event.parent for event in chain] == ["", *(event.hash for event in chain[:-1])]


def test_an_event_is_sealed_by_sha_256_over_all_that_it_holds(quick_study):
    row = quick_study.connection.execute(
        "SELECT id, counter, at, actor, kind, payload, parent, hash FROM events ORDER BY counter LIMIT 1"
    ).fetchone()
    text = json.dumps(list(row[:-1]), ensure_ascii=False, separators=(",", ":"))
    assert row[-1] == hashlib.sha256(text.encode()).hexdigest()


def test_counters_go_up_by_one(quick_study):
    assert [event.counter for event in events(quick_study)] == list(range(1, len(events(quick_study)) + 1))


def test_a_sound_journal_has_no_broken_links(quick_study):
    assert list(journal.broken_links(quick_study.connection)) == []


def test_the_project_hash_is_sha_256_over_the_sorted_event_hashes(quick_study):
    hashes = sorted(bytes.fromhex(event.hash) for event in events(quick_study))
    assert quick_study.project_hash() == hashlib.sha256(b"".join(hashes)).hexdigest()


def test_copies_with_the_same_events_in_another_order_have_the_same_project_hash(path):
    with new_study(path) as store:
        before = store.project_hash()
        n_events = len(events(store))
    tamper(path, f"UPDATE events SET seq = {n_events + 1} - seq + {n_events}")
    with Store.open(path) as store:
        assert store.project_hash() == before


def test_one_more_event_changes_the_project_hash(quick_study):
    before = quick_study.project_hash()
    decide_one(quick_study, decision("P1", "theme.trust"))
    assert quick_study.project_hash() != before


def test_looks_stand_outside_the_project_hash(quick_study):
    before = quick_study.project_hash()
    quick_study.note_look(actor="ada", kind="themes.looked", payload={"by": "team"})
    assert quick_study.project_hash() == before
    assert quick_study.connection.execute("SELECT actor, kind, payload FROM looks").fetchall() == [
        ("ada", "themes.looked", '{"by":"team"}')
    ]


def test_an_action_that_fails_halfway_leaves_no_event(quick_study):
    before = quick_study.project_hash()

    def fail_halfway() -> None:
        with quick_study.action("ada") as action:
            action.append("coder.added", {"name": "cy"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert quick_study.project_hash() == before
    assert quick_study.connection.execute("SELECT name FROM coders WHERE name = 'cy'").fetchall() == []


def test_a_trial_leaves_nothing(quick_study):
    before = quick_study.project_hash()
    with quick_study.trial("ada") as action:
        action.append("coder.added", {"name": "cy"})
    assert quick_study.project_hash() == before


# -- tampering -------------------------------------------------------------------------------------------


def broken(path: Path) -> list[str]:
    with Store.open(path) as store:
        assert check_project(store) != ()
        return list(journal.broken_links(store.connection))


def test_a_changed_payload_is_found(path):
    with new_study(path) as store:
        decide_one(store, decision("P1", "theme.trust"))
        (event,) = [event for event in events(store) if event.kind == "decided"]
    tamper(path, "UPDATE events SET payload = replace(payload, 'trust', 'fear') WHERE kind = 'decided'")
    assert broken(path) == [f"event {event.id} (decided, {event.at}) does not match its hash: it was changed"]


@pytest.mark.parametrize("column", ["actor", "at", "kind"])
def test_a_change_of_who_when_or_what_is_found(path, column):
    with new_study(path) as store:
        decide_one(store, decision("P1", "theme.trust"))
    tamper(path, f"UPDATE events SET {column} = 'coder.added' WHERE kind = 'decided'")
    assert [finding.rpartition(" ")[2] for finding in broken(path)] == ["changed"]


def test_an_event_deleted_behind_the_guards_is_found(path):
    with new_study(path) as store:
        decide_one(store, decision("P1", "theme.trust"))
        decide_one(store, decision("P2", "theme.trust"))
        first, second = (event for event in events(store) if event.kind == "decided")
    tamper(path, f"DELETE FROM events WHERE id = '{first.id}'")
    assert broken(path) == [f"event {second.id} (decided, {second.at}) follows an event that is gone"]


def test_the_last_event_deleted_behind_the_guards_is_found_by_what_it_left(path):
    with new_study(path) as store:
        decide_one(store, decision("P1", "theme.trust"))
    tamper(path, "DELETE FROM events WHERE kind = 'decided'")
    with Store.open(path) as store:
        assert check_project(store) == (
            "table decision_log is not what the journal gives: 0 rows missing, 1 too many",
            "table decisions is not what the journal gives: 0 rows missing, 1 too many",
            "table codings is not what the journal gives: 0 rows missing, 1 too many",
        )


def sealed_event(parent: str, counter: int) -> str:
    """The SQL that adds an event whose own hash is right."""
    fields = {"id": "x", "counter": counter, "at": "2026-01-01T00:00:00.000000Z", "actor": "eve"}
    fields |= {"kind": "coder.added", "payload": '{"name":"eve"}', "parent": parent}
    fields["hash"] = journal.event_hash(**fields)
    values = ", ".join(repr(value) for value in fields.values())
    return f"INSERT INTO events ({', '.join(fields)}) VALUES ({values})"


def test_a_second_first_event_is_found(path):
    new_study(path).close()
    tamper(path, sealed_event("", 1))
    assert broken(path) == ["the journal has 2 first events; events of two projects were mixed"]


def test_an_event_that_stands_before_the_one_it_follows_is_found(path):
    with new_study(path) as store:
        head = events(store)[-1]
    tamper(path, sealed_event(head.hash, head.counter))
    assert broken(path) == [
        "event x (coder.added, 2026-01-01T00:00:00.000000Z) stands before the event that it follows"
    ]


# -- guards ----------------------------------------------------------------------------------------------

GUARDED = {
    "events": "payload = '{}'",
    "looks": "payload = '{}'",
    "project": "value = 'x'",
    "questions": "name = 'x'",
    "responses": "text_hash = 'x'",
    "participants": "name = 'x'",
    "contents": "body = 'x'",
}


@pytest.fixture
def written(quick_study):
    quick_study.note_look(actor="ada", kind="themes.looked", payload={})
    return quick_study


@pytest.mark.parametrize("table", GUARDED)
def test_what_is_written_once_cannot_be_updated(written, table):
    with pytest.raises(driver.IntegrityError, match=f"{table}: (append only|written once)"):
        written.connection.execute(f"UPDATE {table} SET {GUARDED[table]}")


@pytest.mark.parametrize("table", sorted(set(GUARDED) - {"contents"}))
def test_what_is_written_once_cannot_be_deleted(written, table):
    with pytest.raises(driver.IntegrityError, match=f"{table}: (append only|written once)|FOREIGN KEY"):
        written.connection.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", sorted(set(GUARDED) - {"contents"}))
def test_what_is_written_once_cannot_be_replaced(written, table):
    with pytest.raises(driver.IntegrityError, match=f"{table}: (append only|written once)|FOREIGN KEY"):
        written.connection.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_an_event_cannot_be_replaced_by_a_program_that_leaves_recursive_triggers_off(written):
    written.connection.execute("PRAGMA recursive_triggers = OFF")
    with pytest.raises(driver.IntegrityError, match="events: append only"):
        written.connection.execute("INSERT OR REPLACE INTO events SELECT * FROM events")

"""What `doctor` finds, and what it mends."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from storage_study import bytes_of, decide_one, decision, draft_one, new_study, take_in, tamper

from harken.errors import HarkenError
from harken.services.checking import check_project, repair_project
from harken.storage import coding, driver
from harken.storage.schema import PROJECTIONS
from harken.storage.store import Store


@pytest.fixture
def worked(path, tmp_path):
    """A closed project with something in most tables; the tests change its file."""
    with new_study(path) as store:
        take_in(store, tmp_path, [{"id": "P4", "ward": "w", "q_good": "", "q_bad": "The food"}])
        decide_one(store, decision("P1", "theme.trust", memo="a memo"))
        decide_one(store, decision("P2", "theme.fear"))
        draft_one(store, "P3", "theme.time")
    return path


def found(path) -> tuple[str, ...]:
    with Store.open(path) as store:
        return check_project(store)


def test_a_sound_file_has_no_findings(worked):
    assert found(worked) == ()


def test_checking_writes_nothing(worked):
    before = bytes_of(worked.parent)
    assert found(worked) == ()
    assert bytes_of(worked.parent) == before


def test_a_changed_text_is_found(worked):
    tamper(worked, "UPDATE contents SET body = 'The fare' WHERE body = 'The food'")
    (finding,) = found(worked)
    assert finding.startswith("a response text does not match its hash")


def test_a_changed_memo_is_found(worked):
    tamper(worked, "UPDATE contents SET body = 'another' WHERE kind = 'memo'")
    (finding,) = found(worked)
    assert finding.startswith("a memo text does not match its hash")


@pytest.mark.parametrize(
    ("kind", "finding"),
    [
        ("response", "the texts of 7 responses are gone"),
        ("attributes", "the attributes of 4 participants are gone"),
        ("memo", "the memos of 1 decisions are gone"),
    ],
)
def test_deleted_texts_are_found(worked, kind, finding):
    tamper(worked, f"DELETE FROM contents WHERE kind = '{kind}'")
    assert found(worked) == (finding,)


def test_a_lost_key_is_found(worked):
    tamper(worked, "UPDATE participants SET salt = NULL WHERE name = 'P4'")
    assert "1 participants have lost or regained the key of their texts" in found(worked)


def test_a_deleted_response_is_found(worked):
    tamper(worked, "DELETE FROM responses WHERE id = 8")
    assert "the rows imported from survey.csv are not those that the journal vouches for" in found(worked)


def test_a_response_moved_to_another_question_is_found(worked):
    tamper(worked, "UPDATE responses SET occasion = 'later' WHERE id = 6")
    assert found(worked) == ("the rows imported from survey.csv are not those that the journal vouches for",)


def test_a_renamed_participant_is_found(worked):
    tamper(worked, "UPDATE participants SET name = 'P9' WHERE name = 'P3'")
    assert "the rows imported from survey.csv are not those that the journal vouches for" in found(worked)


def test_rows_that_no_import_brought_are_found(worked):
    tamper(
        worked,
        "INSERT INTO participants (name, salt, attributes_hash, import_id) VALUES ('P9', '00', '', 'x')",
    )
    assert found(worked) == ("1 rows of participants came from no import",)


def test_a_renamed_question_is_found(worked):
    tamper(worked, "UPDATE questions SET name = 'q_best' WHERE name = 'q_good'")
    assert "the question q_best is not one that was imported" in found(worked)


BY_HAND = {
    "settings": "UPDATE settings SET value = 'x' WHERE name = 'title'",
    "coders": "DELETE FROM coders WHERE name = 'ben'",
    "rounds": "UPDATE rounds SET is_blind = 1",
    "assignments": "INSERT INTO assignments VALUES ('main', 'ada', 1)",
    "variables": "UPDATE variables SET role = 'closed' WHERE name = 'team'",
    "text_rules": "INSERT INTO text_rules VALUES ('no_content', '', 'x', 'x')",
    "non_responses": "INSERT INTO non_responses VALUES (1)",
    "exclusions": "INSERT INTO exclusions VALUES (1, 'a whim')",
    "inclusions": "INSERT INTO inclusions VALUES (1)",
    "withdrawals": "INSERT INTO withdrawals VALUES ('P9', '')",
    "families": "DELETE FROM families",
    "codes": "UPDATE codes SET path = 'theme.hope' WHERE path = 'theme.fear'",
    "decision_log": "UPDATE decision_log SET is_undone = 1",
    "decisions": "UPDATE decisions SET state = 'uncodable' WHERE response_id = 1",
    "codings": "UPDATE codings SET code_id = 'theme.time' WHERE code_id = 'theme.fear'",
    "drafts": "DELETE FROM drafts",
    "memos": "INSERT INTO memos VALUES ('m', 'answer', '', '', NULL, 1, 'ada', '', '', '', '')",
    "analytic_themes": "INSERT INTO analytic_themes VALUES ('t', 0, 'ada', '', '', '[]', '[]', '', '', '')",
    "theme_quotes": "INSERT INTO theme_quotes VALUES ('t', 1, 0, 4, 0)",
    "stars": "INSERT INTO stars VALUES (1, 'ada', '')",
    "readings": "INSERT INTO readings VALUES (1, 'ada', '')",
    "links": "INSERT INTO links VALUES (1, 'ada', 2, '')",
    "work_orders": "INSERT INTO work_orders VALUES ('ada', 'main', 'participant', '[]', '')",
    "marks": "INSERT INTO marks VALUES (1, 'identifying', 0, 4, 'ada', 'name', '')",
    "alerts": "INSERT INTO alerts VALUES (1, 'ada', '', '', '', '', '')",
    "replies": "INSERT INTO replies VALUES (1, 'main', 'ada', '', 'ada', '', '', '')",
    "meetings": "INSERT INTO meetings VALUES ('m', 1, 'ada', '', '')",
    "prespecified": "INSERT INTO prespecified VALUES ('theme.fear', '', 'ada', '')",
    "quote_edits": "INSERT INTO quote_edits VALUES (1, 0, 4, '', 1, 'ada', '')",
}


def test_there_is_an_edit_by_hand_for_every_projection():
    assert tuple(BY_HAND) == PROJECTIONS


@pytest.mark.parametrize("table", BY_HAND)
def test_a_projection_edited_by_hand_is_found_and_mended(worked, table):
    with Store.open(worked) as store:
        before = {name: rows(store, name) for name in everything(store)}
    tamper(worked, BY_HAND[table])
    with Store.open(worked) as store:
        (finding,) = check_project(store)
        assert finding.startswith(f"table {table} is not what the journal gives: ")
        repair_project(store)
        assert check_project(store) == ()
        assert {name: rows(store, name) for name in everything(store)} == before


def everything(store: Store) -> list[str]:
    return [
        name
        for (name,) in store.connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
            "AND name NOT LIKE 'sqlite_%'"
        )
    ]


def rows(store: Store, table: str) -> list:
    return sorted(store.connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)


def change_guards(path, *statements: str) -> None:
    connection = driver.sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("statements", "finding"),
    [
        (
            ["DROP TRIGGER events_no_update"],
            "the guard events_no_update is missing: rows that are written once could be changed",
        ),
        (
            [
                "DROP TRIGGER events_no_update",
                "CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT 1; END",
            ],
            "the guard events_no_update is changed: rows that are written once could be changed",
        ),
        (["DROP VIEW v_codings"], "the view v_codings is missing"),
        (["DROP VIEW v_answers", "CREATE VIEW v_answers AS SELECT 1"], "the view v_answers is changed"),
    ],
)
def test_a_guard_or_view_that_is_gone_or_changed_is_found_and_mended(worked, statements, finding):
    change_guards(worked, *statements)
    with Store.open(worked) as store:
        assert check_project(store) == (finding,)
        repair_project(store)
        assert check_project(store) == ()


def test_a_trigger_of_somebody_elses_is_found(worked):
    change_guards(
        worked,
        "CREATE TRIGGER sly AFTER INSERT ON decisions BEGIN UPDATE decisions SET state = 'uncodable'; END",
    )
    assert found(worked) == ("the trigger sly is not Harken's: it can change what is written",)


def test_a_view_of_somebody_elses_is_fine(worked):
    change_guards(worked, "CREATE VIEW my_view AS SELECT 1 AS one")
    assert found(worked) == ()


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("DROP TABLE drafts", "the table drafts is missing: somebody took it out of the file"),
        (
            "DROP INDEX idx_events_hash",
            "the index idx_events_hash is missing: somebody took it out of the file",
        ),
    ],
)
def test_a_table_or_index_that_is_gone_is_found(worked, statement, finding):
    change_guards(worked, statement)
    assert found(worked) == (finding,)


def test_a_large_file_with_a_broken_page_is_found(path):
    with new_study(path) as store, store.action("ada") as action:
        # Above the size up to which every page is looked at on opening.
        for number in range(17):
            action.put_content(f"{number} " + "a memo " * 150_000, kind="memo", participant_id=None)
    break_page(path, 40)
    with Store.open(path) as store:
        (finding, *_) = check_project(store)
    assert finding.startswith("the file is damaged: ")


def break_page(path, number: int) -> None:
    with path.open("r+b") as file:
        file.seek((number - 1) * 4096)
        file.write(b"\xa5" * 4096)


def test_a_truncated_large_file_is_refused(path):
    with new_study(path) as store, store.action("ada") as action:
        for number in range(17):
            action.put_content(f"{number} " + "a memo " * 150_000, kind="memo", participant_id=None)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 100)
    before = bytes_of(path.parent)
    with pytest.raises(driver.ProjectFileError, match="is damaged"):
        Store.open(path)
    assert bytes_of(path.parent) == before


# -- mending -----------------------------------------------------------------------------------------------


def test_mending_does_not_touch_what_is_written_once(worked):
    tamper(worked, "DELETE FROM decisions", "UPDATE contents SET body = 'x' WHERE body = 'The food'")
    with Store.open(worked) as store:
        once = [table for table in everything(store) if table not in PROJECTIONS]
        before = {table: rows(store, table) for table in once}
        repair_project(store)
        assert {table: rows(store, table) for table in once} == before
        (finding,) = check_project(store)
        assert finding.startswith("a response text does not match its hash")


def test_nothing_is_mended_from_a_journal_that_does_not_verify(worked):
    tamper(
        worked,
        "UPDATE events SET payload = replace(payload, 'trust', 'fear') WHERE kind = 'decided'",
        "DELETE FROM drafts",
    )
    before = bytes_of(worked.parent)
    with Store.open(worked) as store:
        with pytest.raises(HarkenError, match=r"^Nothing was repaired, since the journal does not verify: "):
            repair_project(store)
        assert coding.draft_ids(store, coder="ada", round="main") == set()
    assert bytes_of(worked.parent) == before


def test_a_payload_that_is_no_json_is_a_finding_too(worked):
    tamper(worked, "UPDATE events SET payload = '{' WHERE kind = 'survey.imported'")
    findings = found(worked)
    assert [finding.rpartition(" ")[2] for finding in findings] == ["changed", "changed"]


def test_others_may_go_on_writing_while_a_file_is_checked(worked):
    is_checked = threading.Event()

    def write() -> int:
        n_decided = 0
        with Store.open(worked) as other:
            while not is_checked.is_set():
                decide_one(other, decision("P3", ("theme.trust", "theme.fear")[n_decided % 2]))
                n_decided += 1
        return n_decided

    with ThreadPoolExecutor(1) as pool, Store.open(worked) as store:
        writing = pool.submit(write)
        try:
            findings = [check_project(store) for _ in range(10)]
        finally:
            is_checked.set()
        n_written = writing.result()
    assert findings == [()] * 10
    assert n_written > 10

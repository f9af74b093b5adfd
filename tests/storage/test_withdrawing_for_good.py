"""Withdrawal: no byte of a person is left in the file, and the journal still verifies."""

from __future__ import annotations

import pytest
from storage_study import (
    bytes_of,
    decide_one,
    decision,
    draft_one,
    holding,
    new_study,
    rows_of,
    take_in,
    take_in_codebook,
)

from harken.errors import HarkenError
from harken.model import ResponseKey, TextList, TextRule
from harken.services.checking import check_project
from harken.storage import coding, journal, survey
from harken.storage.codebooks import stored_codebook
from harken.storage.schema import PROJECTIONS
from harken.storage.store import Store
from harken.storage.withdrawal import withdraw

LONG = "a story of P1 that fills pages, " * 1000


@pytest.fixture
def told(path, tmp_path):
    """A project in which P1 left texts of every kind, small and large, some of them replaced since."""
    people = [f"N{number}" for number in range(60)]
    with new_study(path, [*people, "P1"]) as store:
        take_in(
            store,
            tmp_path,
            [{"id": "P0", "team": "t", "ward": "ward of nobody", "q_good": LONG.replace("P1", "P0")}],
        )
        draft_one(store, "P1", "theme.trust", memo="a first memo about P1")
        decide_one(store, decision("P1", "theme.trust", memo="a second memo about P1"))
        decide_one(store, decision("P1", memo="a third memo about P1 " + LONG, message="who is P1, really"))
        draft_one(store, "P1", "theme.fear", memo="a last memo about P1")
        for name in people:
            decide_one(store, decision(name, "theme.time", memo=f"a memo about {name}"))
        yield store


OF_P1 = [
    "What P1 liked",
    "What P1 feared",
    "ward of P1",
    "a first memo about P1",
    "a second memo about P1",
    "a third memo about P1",
    "a last memo about P1",
    "who is P1, really",
    "a story of P1",
]


def test_every_text_of_the_person_is_in_the_file_before(told, path):
    assert [text for text in OF_P1 if not holding(path.parent, text)] == []


def test_no_byte_of_the_person_is_left_in_the_file_its_log_or_its_index(told, path):
    withdraw(told, "P1", actor="ada")
    assert [(text, holding(path.parent, text)) for text in OF_P1 if holding(path.parent, text)] == []
    assert holding(path.parent, "What N7 liked") == [path.name]


def test_no_byte_is_left_after_the_file_is_closed(told, path):
    withdraw(told, "P1", actor="ada")
    told.close()
    assert [text for text in OF_P1 if holding(path.parent, text)] == []


def test_the_key_that_would_let_guesses_be_tested_is_gone(told, path):
    (salt,) = told.connection.execute("SELECT salt FROM participants WHERE name = 'P1'").fetchone()
    assert holding(path.parent, salt) != []
    withdraw(told, "P1", actor="ada")
    assert holding(path.parent, salt) == []


def test_the_chain_still_verifies_and_the_replay_still_agrees(told):
    before = {event.hash for event in journal.replay(told.connection)}
    withdraw(told, "P1", actor="ada")
    after = {event.hash for event in journal.replay(told.connection)}
    assert before < after
    assert len(after - before) == 1
    assert check_project(told) == ()


def test_what_was_decided_about_the_person_leaves_every_table(told):
    withdraw(told, "P1", actor="ada")
    key = ResponseKey("P1", "q_good")
    gone = survey.response_id(told, key)
    left = [
        table
        for table in PROJECTIONS
        if "response_id" in {name for _, name, *_ in told.connection.execute(f"PRAGMA table_info({table})")}
        and told.connection.execute(f"SELECT 1 FROM {table} WHERE response_id = ?", (gone,)).fetchone()
    ]
    assert left == []
    assert [row for row in coding.coding_rows(told) if row.participant == "P1"] == []


def test_the_id_stays_as_a_tombstone(told):
    withdraw(told, "P1", actor="ada")
    person = survey.participant_named(told, "P1")
    assert (person.exclusion, dict(person.attributes)) == ("withdrawn", {})


def test_a_further_import_does_not_bring_the_person_back(told, tmp_path, path):
    withdraw(told, "P1", actor="ada")
    summary = take_in(told, tmp_path, rows_of(["P1", "P2"]))
    assert summary.added.withdrawn == ["P1"]
    assert holding(path.parent, "What P1 liked") == []
    assert holding(path.parent, "What P2 liked") != []
    assert check_project(told) == ()


def test_nothing_can_be_written_about_the_person_any_more(told, path):
    withdraw(told, "P1", actor="ada")
    with pytest.raises(HarkenError, match="'P1' has withdrawn"):
        decide_one(told, decision("P1", memo="another memo about P1"))
    assert holding(path.parent, "another memo about P1") == []


def test_a_text_list_made_later_does_not_touch_the_person(told, tmp_path):
    withdraw(told, "P1", actor="ada")
    take_in(told, tmp_path, rows_of(["P2"]), rules=[TextRule(list=TextList.NON_RESPONSE, text="n/a")])
    assert told.connection.execute("SELECT * FROM non_responses").fetchall() == [
        (survey.response_id(told, ResponseKey("P0", "q_bad")),)
    ]
    assert check_project(told) == ()


def test_what_the_person_gave_is_no_answer_any_more(told):
    withdraw(told, "P1", actor="ada")
    answered = {response.key.participant for response in survey.responses(told, only_answered=True)}
    assert "P1" not in answered
    assert len(answered) == 61


def test_it_works_while_another_program_has_the_file_open(told, path):
    with Store.open(path) as other:
        assert len(survey.participant_names(other)) == 62
        withdraw(told, "P1", actor="ada")
        assert [text for text in OF_P1 if holding(path.parent, text)] == []
        assert survey.response(other, survey.response_id(other, ResponseKey("P1", "q_good"))).text == ""


def test_while_another_program_is_reading_it_says_what_is_left_and_finishes_later(told, path):
    coding.wait_at_most(told, 50)
    with Store.open(path) as other:
        with other.snapshot():
            len(survey.participant_names(other))
            with pytest.raises(
                HarkenError, match=r"texts are erased, but .* withdraw the participant once more"
            ):
                withdraw(told, "P1", actor="ada")
        assert holding(path.parent, "What P1 liked") != []
        again = withdraw(told, "P1", actor="ada")
    assert (again.participant, again.n_texts) == ("P1", 0)
    assert [text for text in OF_P1 if holding(path.parent, text)] == []
    assert check_project(told) == ()


def test_an_unknown_person_changes_nothing(told, path):
    told.close()
    before = bytes_of(path.parent)
    with Store.open(path) as store, pytest.raises(HarkenError, match="No participant 'P77'"):
        withdraw(store, "P77", actor="ada")
    assert bytes_of(path.parent) == before


def test_codes_that_quote_the_person_are_named(told, tmp_path):
    take_in_codebook(
        told,
        tmp_path,
        ["theme.trust", "theme.time", "theme.fear"],
        examples={"theme.trust": "the calm voice of the nurse", "theme.time": "the bus was late"},
    )
    assert withdraw(told, "P1", actor="ada").quoting_codes == ("theme.trust",)


def test_an_example_that_was_edited_out_is_still_in_the_journal_and_named(told, tmp_path):
    for examples in ({"theme.trust": "The  calm voice of the NURSE"}, {}):
        take_in_codebook(told, tmp_path, ["theme.trust", "theme.time", "theme.fear"], examples=examples)
    assert stored_codebook(told).codebook.entries["theme.trust"].code.examples == ()
    assert withdraw(told, "P1", actor="ada").quoting_codes == ("theme.trust",)
    assert withdraw(told, "P1", actor="ada").quoting_codes == ("theme.trust",)

"""Rows of an import are stored in the order of the file, many at once, and sealed as the journal seals."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from storage_study import new_study, rows_of, take_in

from harken.services.checking import check_project
from harken.storage.journal import canonical_json
from harken.storage.survey import responses
from harken.storage.survey_rows import _RowDigests


def test_new_and_known_people_of_one_file_keep_its_order(path, tmp_path):
    with new_study(path, ["P2"]) as store:
        known = take_in(store, tmp_path, rows_of(["P1", "P2", "P3"])).added
        assert (known.n_participants_new, known.n_participants_known) == (2, 1)
        assert (known.n_responses_new, known.n_responses_known, known.changed_texts) == (4, 2, [])
        assert [f"{one.key.participant} {one.key.question}" for one in responses(store)] == [
            *("P2 q_good", "P2 q_bad", "P1 q_good", "P1 q_bad", "P3 q_good", "P3 q_bad")
        ]
        assert check_project(store) == ()


def test_a_known_person_with_another_text_is_noted_and_keeps_the_first(path, tmp_path):
    with new_study(path, ["P1"]) as store:
        changed = [{**rows_of(["P1"])[0], "q_bad": "another text"}, *rows_of(["P2"])]
        added = take_in(store, tmp_path, changed).added
        assert [(key.participant, key.question) for key in added.changed_texts] == [("P1", "q_bad")]
        assert [one.text for one in responses(store, participant="P1")] == [*rows_of(["P1"])[0].values()][3:]
        assert check_project(store) == ()


@given(values=st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_a_row_is_sealed_as_canonical_json(values):
    assert _RowDigests.line(values) == canonical_json(values).encode()

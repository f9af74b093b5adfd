"""The index of the answers' words: it follows imports and withdrawals, and `doctor` holds it to the texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from storage_study import LEAD, fill_study, holding, new_study, rows_of, take_in

from harken.services.checking import check_project, repair_project
from harken.storage.store import Store
from harken.storage.withdrawal import withdraw

WORDS = {"P1": "Quixotically", "P2": "ordinarily"}


def found(store: Store, words: str) -> list[int]:
    return [
        id
        for (id,) in store.connection.execute(
            "SELECT rowid FROM answer_index WHERE answer_index MATCH ? ORDER BY rowid", (words,)
        )
    ]


def told(folder, store: Store) -> None:
    take_in(
        store,
        folder,
        [
            {"id": name, "team": "a", "ward": "w", "q_good": word, "q_bad": word}
            for name, word in WORDS.items()
        ],
    )


def test_new_answers_are_found_as_soon_as_they_are_imported(path, tmp_path):
    with new_study(path, ["N1"]) as store:
        told(tmp_path, store)
        assert found(store, "quixotically") == [3, 4]
        take_in(store, tmp_path, rows_of(["N1", "N2"]))
        assert found(store, "corridor") == [2, 8]
        assert check_project(store) == ()


def test_a_trial_import_leaves_no_word_behind(path, tmp_path):
    with new_study(path, ["N1"]) as store:
        take_in(store, tmp_path, [{"id": "P1", "q_good": "Quixotically"}], is_trial=True)
        assert found(store, "quixotically") == []
        assert check_project(store) == ()


def test_no_byte_of_a_withdrawn_word_is_left_in_the_file(path, tmp_path):
    with new_study(path, [f"N{number}" for number in range(50)]) as store:
        told(tmp_path, store)
        assert holding(path.parent, "quixotically") != []
        withdraw(store, "P1", actor=LEAD)
        assert (holding(path.parent, "quixotically"), holding(path.parent, "uixotically")) == ([], [])
        assert found(store, "quixotically") == []
        assert len(found(store, "ordinarily")) == 2
        assert check_project(store) == ()


def test_a_word_that_others_used_too_is_found_only_with_them(path):
    with new_study(path, ["P1", "P2", "P3"]) as store:
        before = found(store, "corridor")
        withdraw(store, "P2", actor=LEAD)
        assert (before, found(store, "corridor")) == ([2, 4, 6], [2, 6])


@pytest.mark.parametrize(
    "damage",
    [
        "INSERT INTO answer_index (rowid, body) VALUES (99, 'a word of nobody')",
        "INSERT INTO answer_index (answer_index) VALUES ('delete-all')",
        "INSERT INTO answer_index (answer_index, rowid, body) VALUES ('delete', 1, 'What P1 liked was')",
    ],
)
def test_an_index_that_says_otherwise_than_the_answers_is_found_and_mended(path, damage):
    with new_study(path) as store:
        store.connection.execute(damage)
        assert check_project(store) == ("the index of the answers' words does not match the answers",)
        repair_project(store)
        assert check_project(store) == ()
        assert found(store, "corridor") == [2, 4, 6]


@given(gone=st.sets(st.sampled_from(["P1", "P2", "P3"])))
def test_after_any_withdrawals_the_index_is_what_a_new_one_would_be(tmp_path_factory, gone):
    folder = tmp_path_factory.mktemp("study")
    with Store.in_memory() as store:
        fill_study(store, folder, ["P1", "P2", "P3"])
        for name in sorted(gone):
            withdraw(store, name, actor=LEAD)
        before = [found(store, words) for words in ("corridor", "calm", "p1", "w*")]
        repair_project(store)
        assert before == [found(store, words) for words in ("corridor", "calm", "p1", "w*")]

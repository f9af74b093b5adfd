"""Undo, redo and drafts: what stands after each sequence of keys."""

from __future__ import annotations

import pytest
from storage_study import decide_one, decision, draft_one, take_in_codebook

from harken.errors import HarkenError
from harken.model import DecisionState, ResponseKey
from harken.services.checking import check_project
from harken.services.withdrawing import withdraw_participant
from harken.storage import coding
from harken.storage.codebooks import stored_codebook

HERE = ResponseKey("P1", "q_good")
T, F = "theme.trust", "theme.fear"


def press(store, keys: str) -> None:
    """Play keys: `t` `f` decide P1 so, `0` decides none, `x` uncodable, `u` `r` undo and redo,

    `d` drafts trust and fear, `e` takes everything off as a draft, `o` decides P2.
    """
    for key in keys:
        match key:
            case "t" | "f":
                decide_one(store, decision("P1", {"t": T, "f": F}[key]))
            case "0":
                decide_one(store, decision("P1"))
            case "x":
                decide_one(store, decision("P1", state=DecisionState.UNCODABLE))
            case "o":
                decide_one(store, decision("P2", T))
            case "u":
                coding.undo(store, coder="ada", round="main")
            case "r":
                coding.redo(store, coder="ada", round="main")
            case "d":
                draft_one(store, "P1", T, F)
            case "e":
                draft_one(store, "P1")


def standing(store) -> tuple[str, str]:
    """What counts for P1 and what is drafted there, in letters; `-` is nothing, `0` the empty set."""
    stored = stored_codebook(store)
    decided = coding.decision_at(store, stored, HERE, round="main", coder="ada")
    draft = coding.draft_at(store, stored, HERE, round="main", coder="ada")

    def letters(codes) -> str:
        return "".join(sorted(code.split(".")[1][0] for code in codes)) or "0"

    if decided is None:
        left = "-"
    else:
        left = "x" if decided.state is DecisionState.UNCODABLE else letters(decided.codes)
    return left, "-" if draft is None else letters(draft.codes)


@pytest.mark.parametrize(
    ("keys", "decided", "draft"),
    [
        ("", "-", "-"),
        ("d", "-", "ft"),
        ("de", "-", "-"),
        ("dt", "t", "-"),
        ("tu", "-", "t"),
        ("tur", "t", "-"),
        ("turr", "t", "-"),
        ("turu", "-", "t"),
        ("tf", "f", "-"),
        ("tfu", "t", "-"),
        ("tfuu", "-", "t"),
        ("tfuur", "t", "-"),
        ("tfuurr", "f", "-"),
        ("tfuurrr", "f", "-"),
        ("tfuuu", "-", "t"),
        ("tuf", "f", "-"),
        ("tufr", "f", "-"),
        ("tufu", "-", "f"),
        ("tufur", "f", "-"),
        ("tufuu", "-", "f"),
        ("tou", "t", "-"),
        ("touu", "-", "t"),
        ("touur", "t", "-"),
        ("tuo", "-", "t"),
        ("tuor", "-", "t"),
        ("0", "0", "-"),
        ("0u", "-", "-"),
        ("0ur", "0", "-"),
        ("x", "x", "-"),
        ("xu", "-", "-"),
        ("xtu", "x", "-"),
        ("u", "-", "-"),
        ("r", "-", "-"),
        ("td", "t", "ft"),
        ("te", "t", "0"),
        ("tdu", "-", "ft"),
        ("teu", "-", "t"),
        ("tfdu", "t", "ft"),
        ("tdur", "t", "-"),
        ("tdf", "f", "-"),
    ],
)
def test_what_stands_after_keys(quick_study, keys, decided, draft):
    press(quick_study, keys)
    assert standing(quick_study) == (decided, draft)
    assert check_project(quick_study) == ()


def test_undo_says_which_response_it_was(quick_study):
    press(quick_study, "to")
    keys = [coding.undo(quick_study, coder="ada", round="main") for _ in range(3)]
    assert keys == [ResponseKey("P2", "q_good"), HERE, None]


def test_redo_says_which_response_it_was(quick_study):
    press(quick_study, "touu")
    keys = [coding.redo(quick_study, coder="ada", round="main") for _ in range(3)]
    assert keys == [HERE, ResponseKey("P2", "q_good"), None]


def test_nobody_undoes_another_coders_decision(quick_study):
    decide_one(quick_study, decision("P1", T, coder="ben"))
    assert coding.undo(quick_study, coder="ada", round="main") is None


def test_nobody_undoes_a_decision_of_another_round(quick_study):
    decide_one(quick_study, decision("P1", T, round="second"))
    assert coding.undo(quick_study, coder="ada", round="main") is None


def test_what_a_lead_settled_is_not_the_leads_own_decision(quick_study):
    with quick_study.action("ada") as action:
        settled = decision("P1", T, coder="consensus")
        coding.decide(action, stored_codebook(quick_study), settled)
    assert coding.undo(quick_study, coder="ada", round="main") is None


def test_undo_passes_over_decisions_on_people_who_withdrew(quick_study):
    press(quick_study, "to")
    withdraw_participant(quick_study, "P2", actor="ada")
    assert coding.undo(quick_study, coder="ada", round="main") == HERE


def test_an_undo_of_one_on_top_of_an_imported_decision_leaves_the_imported_one(quick_study):
    with quick_study.action("ada") as action:
        imported = [decision("P2", F), decision("P1", F)]
        coding.import_decisions(action, stored_codebook(quick_study), imported, source={"file": "x.csv"})
    press(quick_study, "tu")
    assert standing(quick_study) == ("f", "-")
    assert coding.undo(quick_study, coder="ada", round="main") is None


def test_an_undo_that_leads_back_to_a_code_that_went_away_leaves_a_draft(quick_study, tmp_path):
    decide_one(quick_study, decision("P1", T, F))
    press(quick_study, "t")
    take_in_codebook(quick_study, tmp_path, [T])
    press(quick_study, "u")
    assert standing(quick_study) == ("-", "t")
    assert check_project(quick_study) == ()


def test_a_draft_follows_a_code_that_was_mapped_to_another(quick_study, tmp_path):
    press(quick_study, "d")
    take_in_codebook(quick_study, tmp_path, [F], mapping={T: F})
    assert standing(quick_study) == ("-", "f")
    assert check_project(quick_study) == ()


def test_an_undone_decision_is_a_draft_of_the_code_that_its_code_was_mapped_to(quick_study, tmp_path):
    press(quick_study, "t")
    take_in_codebook(quick_study, tmp_path, [F], mapping={T: F})
    press(quick_study, "u")
    assert standing(quick_study) == ("-", "f")


def test_a_decision_with_a_code_that_went_away_meanwhile_is_refused(quick_study, tmp_path):
    before = stored_codebook(quick_study)
    take_in_codebook(quick_study, tmp_path, [T])
    with (
        pytest.raises(HarkenError, match=r"theme\.fear went away"),
        quick_study.action("ada") as action,
    ):
        coding.decide(action, before, decision("P1", F))
    assert standing(quick_study) == ("-", "-")


@pytest.mark.parametrize(("name", "question"), [("P9", "q_good"), ("P1", "q_other")])
def test_a_decision_on_a_response_that_is_not_there_is_refused(quick_study, name, question):
    with pytest.raises(HarkenError, match=f"No response of '{name}' to '{question}'"):
        decide_one(quick_study, decision(name, T, question=question))


def test_a_decision_with_a_code_that_is_not_there_is_refused(quick_study):
    with pytest.raises(HarkenError, match=r"No code 'theme\.joy'"):
        decide_one(quick_study, decision("P1", "theme.joy"))


def test_drafts_and_undo_survive_a_restart(study, path):
    press(study, "tfd")
    study.close()
    from harken.storage.store import Store

    with Store.open(path) as store:
        assert standing(store) == ("f", "ft")
        press(store, "u")
        assert standing(store) == ("t", "ft")

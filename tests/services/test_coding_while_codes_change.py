"""Deciding with codes that somebody renames, merges, retires or removes meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from study_builder import LEAD, codebook, decision

from harken.errors import HarkenError
from harken.model import ResponseKey
from harken.services.checking import check_project
from harken.services.codebooks.codes import change_code, rename_code, restore_code, retire_code
from harken.services.codebooks.families import change_family
from harken.services.codebooks.merging import merge_codes
from harken.services.coding import CodingSession
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import decision_at
from harken.storage.store import Store


@pytest.fixture
def store(study: Callable[..., Store]) -> Store:
    return study(
        people=["P1", "P2"],
        answers=[("P1", "q", "so long"), ("P2", "q", "so rude")],
        codebook=codebook("theme.wait", "theme.staff", "risk.fear"),
        decisions=[decision("ben", "P1", "q", "risk.fear")],
    )


@pytest.fixture
def session(store: Store) -> CodingSession:
    return CodingSession.open(store, coder="ben")


def decided(store: Store, name: str) -> tuple[str, ...] | None:
    found = decision_at(store, stored_codebook(store), ResponseKey(name, "q"), round="main", coder="ben")
    return None if found is None else found.codes


def test_a_code_that_was_renamed_meanwhile_is_decided_under_its_new_address(store, session) -> None:
    session.toggle("theme.wait")
    rename_code(store, "wait", "delay", actor=LEAD)
    session.decide()
    assert decided(store, "P2") == ("theme.delay",)


def test_a_code_that_was_merged_meanwhile_is_refused_once_with_what_stands_in_its_place(
    store, session
) -> None:
    session.toggle("theme.wait")
    merge_codes(store, "wait", "staff", actor=LEAD)
    with pytest.raises(HarkenError, match=r"Wait was merged into Staff, which stands here now"):
        session.decide()
    assert decided(store, "P2") is None
    assert session.current is not None
    assert session.current.codes == ("theme.staff",)
    session.decide()
    assert decided(store, "P2") == ("theme.staff",)


def test_a_code_that_was_retired_meanwhile_is_refused_until_it_is_taken_off(store, session) -> None:
    session.toggle("theme.wait")
    session.toggle("theme.staff")
    retire_code(store, "wait", actor=LEAD)
    with pytest.raises(HarkenError, match=r"Wait was retired and goes to no further answer\. Take it off"):
        session.decide()
    session.toggle("theme.wait")
    session.decide()
    assert decided(store, "P2") == ("theme.staff",)


def test_a_retired_code_stays_valid_where_it_was_decided(store, session) -> None:
    retire_code(store, "fear", actor=LEAD)
    session.reopen()
    session.toggle("theme.wait")
    session.decide()
    assert decided(store, "P1") == ("risk.fear", "theme.wait")
    assert check_project(store) == ()


def test_a_retired_code_is_offered_nowhere_and_its_letter_says_why(store) -> None:
    change_code(store, "wait", actor=LEAD, wording={"hotkey": "w"})
    retire_code(store, "wait", actor=LEAD)
    session = CodingSession.open(store, coder="ben")
    assert list(session.sheet.entries) == ["theme.staff", "risk.fear"]
    assert session.find_codes("wait") == ()
    assert session.sheet.by_hotkey["w"] == "theme.wait"
    with pytest.raises(HarkenError, match=r"Wait is retired and goes to no further answer"):
        session.toggle("theme.wait")


def test_a_letter_that_was_given_stays_reserved_for_a_retired_code(store, session) -> None:
    letter = session.sheet.hotkeys["theme.wait"]
    retire_code(store, "wait", actor=LEAD)
    again = CodingSession.open(store, coder="ben")
    again.make_code("Wishes", family="theme")
    assert letter not in again.sheet.hotkeys.values()
    restore_code(store, "wait", actor=LEAD)
    assert CodingSession.open(store, coder="ben").sheet.hotkeys["theme.wait"] == letter


def test_a_new_code_named_as_a_retired_one_is_refused_with_the_way_back(store, session) -> None:
    retire_code(store, "wait", actor=LEAD)
    with pytest.raises(HarkenError, match=r"it is retired: have it restored"):
        session.make_code("Wait", family="theme")


def test_two_codes_of_a_family_that_became_exclusive_are_not_decided(store, session) -> None:
    session.toggle("theme.wait")
    change_family(store, "theme", actor=LEAD, wording={"exclusive": True})
    session.toggle("theme.staff")
    with pytest.raises(HarkenError, match=r"Theme takes one code"):
        session.decide()
    assert decided(store, "P2") is None


def test_suggestions_leave_retired_codes_out(store) -> None:
    from harken.services.suggesting import suggest_codes

    for key in ("wait", "staff"):
        change_code(store, key, actor=LEAD, wording={"keywords": ("rude",)})
    retire_code(store, "staff", actor=LEAD)
    found = {one.response.key.participant: one.suggestions for one in suggest_codes(store)}
    assert [suggestion.code for suggestion in found["P2"]] == ["theme.wait"]

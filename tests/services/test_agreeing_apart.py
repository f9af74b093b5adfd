"""What agreement keeps apart: rounds, codebook versions, discussion, suggestions, time; and what it pools."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.model import CONSENSUS, Code, Codebook, Coding, Decision, Family, Round, RoundKind
from harken.services.agreeing import Agreement, Yardstick, measure_agreement
from harken.services.agreeing.reporting.scope_notes import scope_notes
from harken.services.agreeing.result import SliceKind
from harken.services.codebooks.codes import add_code, change_code, restore_code, retire_code
from harken.services.codebooks.merging import merge_codes
from harken.services.codebooks.undoing import redo_change, undo_change
from harken.services.meeting import record_meeting
from harken.stats.agreement import CrossTable, VariableAgreement
from harken.stats.estimate import Undefined
from harken.stats.uncertainty import Uncertainty
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import decide, import_decisions, undo
from harken.storage.coding.writing import CHUNK
from harken.storage.store import Store

Build = Callable[..., Store]
QUICK = Yardstick(uncertainty=Uncertainty(replicates=20))
X, Y = "theme.x", "theme.y"
PEOPLE = ("p1", "p2", "p3", "p4")


def a_study(
    study: Build, *, book: Codebook | None = None, people: Iterable[str] = PEOPLE, **parts: Any
) -> Store:
    names = list(people)
    answers = parts.pop("answers", [(name, "q", f"answer of {name}") for name in names])
    return study(people=names, answers=answers, codebook=book or codebook(X, Y), **parts)


def code_now(store: Store, *decisions: Decision, suggestions: Iterable[dict[str, Any]] = ()) -> None:
    """Decide, one event each, under the codebook as it stands."""
    for one in decisions:
        with store.action(one.coder) as action:
            decide(action, stored_codebook(store), one, suggestions=list(suggestions))


def everybody(coder: str, codes: dict[str, tuple[str, ...]], **more: Any) -> list[Decision]:
    return [decision(coder, person, "q", *applied, **more) for person, applied in codes.items()]


def measured(store: Store, **options: Any) -> Agreement:
    return measure_agreement(store, yardstick=QUICK, **options)


def slices(found: Agreement, kind: SliceKind) -> dict[str, int]:
    """Pairable units of each slice."""
    return {part.value: part.figures.scope.n_units_pairable for part in found.slices if part.kind is kind}


def cells(found: VariableAgreement) -> CrossTable:
    assert found.table is not None
    return found.table


# -- versions of the codebook ------------------------------------------------------------------------


def test_an_answer_decided_before_a_code_was_there_says_nothing_of_it(study) -> None:
    store = a_study(study, book=codebook(X))
    code_now(store, *everybody("ann", {"p1": (), "p2": ()}))
    add_code(store, "theme", Code(key="y", label="Y"), actor="lead")
    code_now(store, *everybody("ann", {"p3": (Y,), "p4": ()}))
    code_now(store, *everybody("bob", {"p1": (Y,), "p2": (), "p3": (Y,), "p4": ()}))
    whole = measured(store).whole
    assert cells(whole.codes[Y]) == CrossTable(both=1, only_first=0, only_second=0, neither=1)
    assert whole.codes[Y].n_units_rated == 4
    assert whole.codes[X].n_units_pairable == 4
    assert whole.sets is not None
    assert (whole.sets.n_units_pairable, whole.scope.n_units_apart) == (2, 2)


def test_pooling_compares_over_versions_of_the_codebook(study) -> None:
    store = a_study(study, book=codebook(X))
    code_now(store, *everybody("ann", {"p1": (), "p2": (X,)}))
    add_code(store, "theme", Code(key="y", label="Y"), actor="lead")
    code_now(store, *everybody("bob", {"p1": (Y,), "p2": (X,)}))
    whole = measured(store, pool=True).whole
    assert cells(whole.codes[Y]) == CrossTable(both=0, only_first=0, only_second=1, neither=1)
    assert (whole.scope.pooled, whole.scope.n_units_apart) == (True, 0)


@pytest.mark.parametrize("field", ["definition", "include", "exclude"])
def test_a_code_written_anew_is_another_code_to_those_who_applied_the_old_one(study, field) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,), "p2": ()}))
    change_code(store, X, actor="lead", wording={field: "meant otherwise"})
    code_now(store, *everybody("bob", {"p1": (X,), "p2": ()}))
    whole = measured(store).whole
    assert whole.codes[X].krippendorff_alpha.undefined is Undefined.NO_OVERLAP
    assert (whole.codes[X].n_units_rated, whole.codes[Y].n_units_pairable) == (4, 2)


def test_a_code_defined_anew_between_compared_answers_is_named(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,)}), *everybody("bob", {"p1": ()}))
    change_code(store, X, actor="lead", wording={"definition": "meant otherwise"})
    code_now(store, *everybody("ann", {"p2": (X,)}))
    assert measured(store).whole.scope.codes_redefined == ()
    code_now(store, *everybody("bob", {"p2": (X,)}))
    scope = measured(store).whole.scope
    assert (scope.codes_redefined, scope.n_units_apart) == ((X,), 0)
    (note,) = scope_notes(scope)
    assert "1 code was defined anew in the meantime ('theme.x')" in note
    assert note.endswith("Where words alone were corrected, say so: harken codebook change --editorial.")
    assert measured(store, pool=True).whole.scope.codes_redefined == ()
    assert measured(store, codes=[Y]).whole.scope.codes_redefined == ()


def test_other_wording_keeps_the_meaning_of_a_code(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,), "p2": ()}))
    wording = {"label": "Another label", "examples": ("like this",), "keywords": ("word",), "hotkey": "z"}
    change_code(store, X, actor="lead", wording=wording)
    code_now(store, *everybody("bob", {"p1": (X,), "p2": ()}))
    whole = measured(store).whole
    assert (whole.codes[X].n_units_pairable, whole.scope.n_units_apart) == (2, 0)


def test_a_correction_of_words_makes_no_new_meaning(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,), "p2": ()}))
    change_code(store, X, actor="lead", wording={"definition": "A wait."}, is_editorial=True)
    code_now(store, *everybody("bob", {"p1": (X,), "p2": ()}))
    whole = measured(store, apart=["versions"]).whole
    assert (whole.codes[X].n_units_pairable, whole.scope.n_units_apart) == (2, 0)
    assert whole.scope.codes_redefined == ()


def test_a_correction_that_was_not_marked_can_be_undone_and_made_again_as_one(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,)}))
    change_code(store, X, actor="lead", wording={"definition": "A wait."})
    code_now(store, *everybody("bob", {"p1": (X,)}))
    assert measured(store).whole.scope.n_units_apart == 1
    undo_change(store, actor="lead")
    change_code(store, X, actor="lead", wording={"definition": "A wait."}, is_editorial=True)
    assert measured(store).whole.scope.n_units_apart == 0


def test_an_editorial_change_that_is_undone_says_nothing_until_it_is_redone(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,)}))
    change_code(store, X, actor="lead", wording={"definition": "Another thing."}, is_editorial=True)
    code_now(store, *everybody("bob", {"p1": (X,)}))
    undo_change(store, actor="lead")
    assert measured(store).whole.scope.n_units_apart == 1
    redo_change(store, actor="lead")
    assert measured(store).whole.scope.n_units_apart == 0


def test_two_new_meanings_stay_apart_beside_an_editorial_change(study) -> None:
    store = a_study(study)
    for coder, words, is_editorial in (("ann", "one", True), ("bob", "two", False), ("eve", "three", False)):
        change_code(store, X, actor="lead", wording={"definition": words}, is_editorial=is_editorial)
        code_now(store, *everybody(coder, {"p1": (X,)}))
    assert measured(store).whole.codes[X].n_units_pairable == 0


def test_a_definition_taken_back_is_the_old_meaning_again(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,), "p2": ()}))
    change_code(store, X, actor="lead", wording={"definition": "meant otherwise"})
    change_code(store, X, actor="lead", wording={"definition": ""})
    code_now(store, *everybody("bob", {"p1": (X,), "p2": ()}))
    assert measured(store).whole.codes[X].n_units_pairable == 2


def test_a_merge_keeps_the_meaning_and_its_codings_follow(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,), "p2": (Y,), "p3": ()}))
    merge_codes(store, Y, X, actor="lead")
    code_now(store, *everybody("bob", {"p1": (X,), "p2": (X,), "p3": ()}))
    whole = measured(store).whole
    assert cells(whole.codes[X]) == CrossTable(both=2, only_first=0, only_second=0, neither=1)
    assert whole.scope.n_units_apart == 0


def test_while_a_code_is_retired_a_decision_without_it_says_nothing_of_it(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,), "p2": ()}))
    retire_code(store, X, actor="lead")
    code_now(store, *everybody("bob", {"p1": (), "p2": ()}))
    restore_code(store, X, actor="lead")
    code_now(store, decision("bob", "p1", "q", X))
    whole = measured(store).whole
    assert cells(whole.codes[X]) == CrossTable(both=1, only_first=0, only_second=0, neither=0)


def test_a_code_below_another_leaves_the_meaning_of_that_one(study) -> None:
    store = a_study(study, book=codebook(X))
    code_now(store, *everybody("ann", {"p1": (X,), "p2": ()}))
    add_code(store, X, Code(key="finer", label="Finer"), actor="lead")
    code_now(store, *everybody("bob", {"p1": ("theme.x.finer",), "p2": ()}))
    assert cells(measured(store).whole.codes[X]) == CrossTable(both=1, only_first=0, only_second=0, neither=1)


def test_a_new_category_makes_another_variable_of_an_exclusive_family(study) -> None:
    tone = Family(key="tone", label="Tone", exclusive=True, codes=(Code(key="good", label="Good"),))
    store = a_study(study, book=Codebook(families=(tone,)))
    code_now(store, *everybody("ann", {"p1": ("tone.good",), "p2": ()}))
    code_now(store, *everybody("bob", {"p1": ("tone.good",)}))
    add_code(store, "tone", Code(key="bad", label="Bad"), actor="lead")
    code_now(store, *everybody("bob", {"p2": ("tone.bad",)}))
    found = measured(store).whole.families["tone"]
    assert (found.n_units_rated, found.n_units_pairable) == (3, 1)


def test_a_code_made_after_all_decisions_leaves_every_other_figure_as_it_was(study) -> None:
    store = a_study(study, book=codebook(X))
    for coder, codes in (("ann", {"p1": (X,), "p2": ()}), ("bob", {"p1": (X,), "p2": (X,)})):
        code_now(store, *everybody(coder, codes))
    before = measured(store).whole
    add_code(store, "theme", Code(key="y", label="Y"), actor="lead")
    after = measured(store).whole
    assert (after.codes[X], after.sets, after.scope) == (before.codes[X], before.sets, before.scope)
    assert after.codes[Y].krippendorff_alpha.undefined is Undefined.NO_RATINGS


def test_each_version_of_the_codebook_is_a_slice_with_its_first_decision(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,)}, at="2026-01-01T00:00:00.000000Z"))
    code_now(store, *everybody("bob", {"p1": (X,)}, at="2026-01-02T00:00:00.000000Z"))
    change_code(store, X, actor="lead", wording={"definition": "meant otherwise"})
    code_now(store, *everybody("ann", {"p2": (X,), "p3": ()}, at="2026-02-01T00:00:00.000000Z"))
    code_now(store, *everybody("bob", {"p2": (X,), "p3": ()}, at="2026-02-02T00:00:00.000000Z"))
    found = measured(store, apart=["versions"])
    assert [(part.value, part.since[:10], part.until[:10]) for part in found.slices] == [
        ("1", "2026-01-01", "2026-01-02"),
        ("2", "2026-02-01", "2026-02-02"),
    ]
    assert slices(found, SliceKind.VERSION) == {"1": 1, "2": 2}


# -- rounds and pooling ------------------------------------------------------------------------------


def two_rounds(study: Build) -> Store:
    """Ann and bob agree on p1 in both rounds; on p2 they differ in the first and agree in the second."""
    store = a_study(study, rounds=[Round(name="again", kind=RoundKind.RECODE)])
    code_now(store, *everybody("ann", {"p1": (X,), "p2": (X,)}))
    code_now(store, *everybody("bob", {"p1": (X,), "p2": ()}))
    code_now(store, *everybody("ann", {"p2": ()}, round="again"))
    code_now(store, *everybody("bob", {"p2": ()}, round="again"))
    return store


def test_a_response_is_a_unit_of_each_round_and_rounds_stand_beside_the_whole(study) -> None:
    found = measured(two_rounds(study), rounds=["main", "again"])
    assert found.whole.scope.n_units_pairable == 3
    assert cells(found.whole.codes[X]) == CrossTable(both=1, only_first=1, only_second=0, neither=1)
    assert slices(found, SliceKind.ROUND) == {"main": 2, "again": 1}


def test_pooled_rounds_count_each_coders_latest_decision_on_a_response(study) -> None:
    found = measured(two_rounds(study), rounds=["main", "again"], pool=True)
    assert cells(found.whole.codes[X]) == CrossTable(both=1, only_first=0, only_second=0, neither=1)
    assert found.slices == ()


# -- discussion --------------------------------------------------------------------------------------


def discussed(study: Build) -> Store:
    """They differ on p1 and meet; bob then comes round, and codes p2, which ann had decided alone."""
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,), "p2": (X,)}), *everybody("bob", {"p1": ()}))
    record_meeting(store, "We talked about p1.", actor="lead")
    code_now(store, *everybody("bob", {"p1": (X,), "p2": (X,)}))
    return store


def test_what_coders_decided_after_a_meeting_is_no_agreement_of_their_own(study) -> None:
    whole = measured(discussed(study)).whole
    assert cells(whole.codes[X]) == CrossTable(both=1, only_first=1, only_second=0, neither=0)
    assert whole.scope.n_revised_after_discussion == 1


def test_before_and_after_discussion_stand_apart_on_request(study) -> None:
    found = measured(discussed(study), apart=["discussion"])
    tables = {part.value: cells(part.figures.codes[X]) for part in found.slices}
    assert tables == {
        "before": CrossTable(both=1, only_first=1, only_second=0, neither=0),
        "after": CrossTable(both=2, only_first=0, only_second=0, neither=0),
    }


def test_disagreements_are_those_that_are_left_after_the_discussion(study) -> None:
    assert measured(discussed(study)).disagreements == ()


def test_who_first_decided_an_answer_after_it_was_discussed_is_not_compared_on_it(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,)}), *everybody("bob", {"p1": ()}))
    record_meeting(store, "We talked about p1.", actor="lead")
    code_now(store, *everybody("eve", {"p1": (X,)}))
    eve = next(pair for pair in measured(store).whole.pairs if pair.coders == ("ann", "eve"))
    assert eve.n_units == 0


def test_a_pair_has_the_same_figures_whoever_else_is_compared(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,)}), *everybody("eve", {"p1": ()}))
    record_meeting(store, "We talked about p1.", actor="lead")
    code_now(store, *everybody("bob", {"p1": (X,), "p2": ()}), *everybody("ann", {"p2": ()}))
    with store.action("lead") as action:
        for name in ("ann", "bob", "eve"):
            action.append("coder.added", {"name": name})
    among_all = {pair.coders: pair for pair in measured(store).whole.pairs}
    alone = measured(store, coders=["ann", "bob"]).whole.pairs
    assert [pair.n_units for pair in alone] == [1]
    assert alone[0].codes[X] == among_all["ann", "bob"].codes[X]


def test_a_decision_undone_after_the_meeting_was_independent_all_the_same(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,)}), *everybody("bob", {"p1": (Y,)}))
    record_meeting(store, "We talked about p1.", actor="lead")
    undo(store, coder="bob", round="main")
    code_now(store, *everybody("bob", {"p1": (X,)}))
    assert cells(measured(store).whole.codes[X]) == CrossTable(both=0, only_first=1, only_second=0, neither=0)


def test_an_independent_coding_of_a_code_that_was_merged_since_follows_it(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,)}), *everybody("bob", {"p1": (Y,)}))
    record_meeting(store, "X and Y are one.", actor="lead")
    code_now(store, *everybody("bob", {"p1": ()}))
    merge_codes(store, Y, X, actor="lead")
    assert cells(measured(store).whole.codes[X]) == CrossTable(both=1, only_first=0, only_second=0, neither=0)


def adjudicate(store: Store, *codes: str, round: str = "main") -> None:
    code_now(store, decision(CONSENSUS, "p1", "q", *codes, round=round))


@pytest.mark.parametrize("round", ["main", "later"])
def test_what_a_coder_decides_after_the_adjudication_is_no_agreement_of_their_own(study, round) -> None:
    store = a_study(study, rounds=[Round(name="later")])
    code_now(store, *everybody("ann", {"p1": (X,), "p2": ()}), *everybody("bob", {"p1": (), "p2": ()}))
    adjudicate(store, X, round=round)
    code_now(store, decision("bob", "p1", "q", X))
    found = measured(store, apart=["discussion"], rounds=["main"])
    assert found.whole.scope.n_revised_after_discussion == 1
    before = CrossTable(both=0, only_first=1, only_second=0, neither=1)
    assert cells(found.whole.codes[X]) == before
    assert {part.value: cells(part.figures.codes[X]) for part in found.slices} == {
        "before": before,
        "after": CrossTable(both=1, only_first=0, only_second=0, neither=1),
    }


def test_an_adjudication_touches_no_other_answer(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,), "p2": ()}), *everybody("bob", {"p1": (), "p2": ()}))
    adjudicate(store, X)
    code_now(store, decision("bob", "p2", "q", X))
    whole = measured(store).whole
    assert cells(whole.codes[X]) == CrossTable(both=0, only_first=1, only_second=1, neither=0)
    assert whole.scope.n_revised_after_discussion == 0


def test_an_adjudication_that_was_taken_back_was_a_discussion_all_the_same(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,)}), *everybody("bob", {"p1": ()}))
    adjudicate(store, X)
    undo(store, coder=CONSENSUS, round="main")
    code_now(store, decision("bob", "p1", "q", X))
    assert measured(store).whole.scope.n_revised_after_discussion == 1


def test_the_earlier_of_meeting_and_adjudication_is_the_discussion(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,)}), *everybody("bob", {"p1": ()}))
    adjudicate(store, X)
    code_now(store, decision("bob", "p1", "q", X))
    record_meeting(store, "We talked about p1.", actor="lead")
    code_now(store, decision("bob", "p1", "q", Y))
    assert cells(measured(store).whole.codes[X]) == CrossTable(both=0, only_first=1, only_second=0, neither=0)


def test_an_adjudicated_layer_that_was_there_before_two_had_decided_is_no_discussion(study) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,)}))
    adjudicate(store, X)
    code_now(store, *everybody("bob", {"p1": ()}), decision("ann", "p1", "q"))
    whole = measured(store).whole
    assert cells(whole.codes[X]) == CrossTable(both=0, only_first=0, only_second=0, neither=1)
    assert whole.scope.n_revised_after_discussion == 0


@pytest.mark.parametrize(("is_blind", "n_units"), [(False, 0), (True, 1)])
def test_whoever_comes_third_is_independent_if_the_adjudication_was_hidden(study, is_blind, n_units) -> None:
    store = a_study(study, rounds=[Round(name="main", is_blind=is_blind)])
    code_now(store, *everybody("ann", {"p1": (X,)}), *everybody("bob", {"p1": ()}))
    adjudicate(store, X)
    code_now(store, decision("eve", "p1", "q"), decision("eve", "p1", "q", X))
    found = measured(store).whole
    eve = next(pair for pair in found.pairs if pair.coders == ("bob", "eve"))
    assert (eve.n_units, eve.codes[X].percent_agreement.value) == (n_units, 1 if is_blind else None)
    assert found.scope.n_revised_after_discussion == 1


@pytest.mark.parametrize("is_meeting", [True, False])
def test_a_colleagues_file_that_comes_after_a_discussion_is_compared(study, is_meeting) -> None:
    store = a_study(study)
    code_now(store, *everybody("ann", {"p1": (X,)}), *everybody("bob", {"p1": ()}))
    if is_meeting:
        record_meeting(store, "We talked about p1.", actor="lead")
    else:
        adjudicate(store, X)
    with store.action("lead") as action:
        decided = [decision("eve", "p1", "q", X)]
        import_decisions(action, stored_codebook(store), decided, source={"file": "eve.csv"})
    code_now(store, decision("eve", "p1", "q"))
    pairs = {pair.coders: pair.codes[X].percent_agreement.value for pair in measured(store).whole.pairs}
    assert pairs == {("ann", "bob"): 0, ("ann", "eve"): 1, ("bob", "eve"): 0}


def test_a_blind_round_hides_no_meeting(study) -> None:
    store = a_study(study, rounds=[Round(name="main", is_blind=True)])
    code_now(store, *everybody("ann", {"p1": (X,)}), *everybody("bob", {"p1": ()}))
    adjudicate(store, X)
    record_meeting(store, "We talked about p1.", actor="lead")
    code_now(store, decision("eve", "p1", "q"))
    eve = next(pair for pair in measured(store).whole.pairs if pair.coders == ("bob", "eve"))
    assert eve.n_units == 0


def test_a_long_file_with_the_adjudicated_layer_holds_what_its_coders_decided_before(study) -> None:
    people = [f"p{number}" for number in range(1, 1 + CHUNK // 4)]
    coders = ("ann", "bob", CONSENSUS, "eve")
    decided = [decision(coder, person, "q", X) for person in people for coder in coders]
    # One before them all, so that the last person's decisions are parted over two events.
    store = a_study(study, people=["p0", *people], decisions=[decision("ann", "p0", "q"), *decided])
    assert [pair.n_units for pair in measured(store).whole.pairs] == [len(people)] * 3


def test_what_is_decided_after_a_file_with_the_adjudicated_layer_follows_a_discussion(study) -> None:
    decided = [decision(coder, "p1", "q", *codes) for coder, codes in (("ann", (X,)), ("bob", ()))]
    store = a_study(study, decisions=[*decided, decision(CONSENSUS, "p1", "q", X)])
    code_now(store, decision("bob", "p1", "q", X))
    assert cells(measured(store).whole.codes[X]) == CrossTable(both=0, only_first=1, only_second=0, neither=0)


# -- suggestions -------------------------------------------------------------------------------------


def test_units_where_a_suggestion_was_shown_stand_apart(study) -> None:
    store = a_study(study)
    proposed = {"code": X, "rank": 1, "score": 1.0, "confidence": None, "reasons": [], "accepted": True}
    code_now(store, decision("ann", "p1", "q", X), suggestions=[{**proposed, "shown": True}])
    code_now(store, decision("ann", "p2", "q", X), suggestions=[{**proposed, "shown": False}])
    code_now(store, decision("ann", "p3", "q", X))
    code_now(store, *everybody("bob", {"p1": (X,), "p2": (X,), "p3": (X,)}))
    found = measured(store, apart=["suggestions"])
    assert slices(found, SliceKind.SUGGESTIONS) == {"shown": 1, "hidden": 2}
    assert found.whole.scope.n_units_with_suggestions == 1


# -- over time ---------------------------------------------------------------------------------------


def test_a_round_falls_into_fifths_in_the_order_of_the_second_decision(study) -> None:
    people = [f"p{number}" for number in range(10)]
    store = a_study(study, people=people)
    for day, person in enumerate(people, start=1):
        code_now(store, decision("ann", person, "q", X, at="2026-01-01T00:00:00.000000Z"))
        at = f"2026-02-{11 - day:02}T00:00:00.000000Z"
        code_now(store, decision("bob", person, "q", *([X] if day > 8 else []), at=at))
    found = measured(store, apart=["periods"])
    assert [
        (part.value, part.since[:10], part.until[:10], cells(part.figures.codes[X]).both)
        for part in found.slices
    ] == [
        ("1/5", "2026-02-01", "2026-02-02", 2),
        ("2/5", "2026-02-03", "2026-02-04", 0),
        ("3/5", "2026-02-05", "2026-02-06", 0),
        ("4/5", "2026-02-07", "2026-02-08", 0),
        ("5/5", "2026-02-09", "2026-02-10", 0),
    ]
    assert found.whole.scope.rounds_without_times == ()


def test_decisions_that_came_in_with_a_file_without_times_cannot_be_followed_over_time(study) -> None:
    decided = [*everybody("ann", {"p1": (X,), "p2": ()}), *everybody("bob", {"p1": (X,), "p2": ()})]
    found = measured(a_study(study, decisions=decided), apart=["periods"])
    assert (found.slices, found.whole.scope.rounds_without_times) == ((), ("main",))


# -- repeated texts ----------------------------------------------------------------------------------


def test_answers_with_the_same_text_count_once_the_first_that_two_decided(study) -> None:
    answers = [("p1", "q", "None"), ("p2", "q", " none "), ("p3", "q", "NONE"), ("p4", "q", "Something")]
    decided = everybody("ann", {"p1": (), "p2": (X,), "p3": (), "p4": (X,)})
    decided += everybody("bob", {"p2": (X,), "p3": (), "p4": ()})
    whole = measured(a_study(study, answers=answers, decisions=decided), distinct=True).whole
    assert cells(whole.codes[X]) == CrossTable(both=1, only_first=1, only_second=0, neither=0)
    assert (whole.scope.distinct, whole.scope.n_repeated_texts) == (True, 2)


def test_the_same_words_to_another_question_are_another_answer(study) -> None:
    answers = [("p1", "q", "nothing"), ("p1", "r", "nothing")]
    decided = [decision(coder, "p1", question, X) for coder in ("ann", "bob") for question in ("q", "r")]
    whole = measured(a_study(study, people=["p1"], answers=answers, decisions=decided), distinct=True).whole
    assert (whole.scope.n_units_pairable, whole.scope.n_repeated_texts) == (2, 0)


# -- coders against themselves -----------------------------------------------------------------------


def test_a_coder_is_compared_with_what_they_decided_before(study) -> None:
    store = a_study(study, rounds=[Round(name="once more", kind=RoundKind.REPEAT)])
    early, soon, late = (f"2026-{day}T00:00:00.000000Z" for day in ("01-01", "01-11", "01-31"))
    code_now(store, *everybody("ann", {"p1": (X,), "p2": (), "p3": (X,)}, at=early))
    code_now(store, *everybody("bob", {"p1": (X,)}, at=early))
    code_now(store, *everybody("ann", {"p1": (X,)}, round="once more", at=soon))
    code_now(store, *everybody("ann", {"p2": (X,)}, round="once more", at=late))
    code_now(store, *everybody("bob", {"p1": (X,)}, round="once more", at=late))
    found = measured(store, intra=True)
    assert found.whole.scope.coders == ("first", "repeat")
    assert cells(found.whole.codes[X]) == CrossTable(both=2, only_first=0, only_second=1, neither=0)
    assert slices(found, SliceKind.CODER) == {"ann": 2, "bob": 1}
    stability = found.whole.scope.stability
    assert stability is not None
    assert (stability.coders, stability.median_days) == (("ann", "bob"), 30)
    assert (stability.n_units_too_soon, stability.n_units_without_time) == (1, 0)


def test_without_a_repeat_round_there_is_no_stability_to_measure(study) -> None:
    with pytest.raises(HarkenError, match=r"No round here repeats decisions.*kind 'repeat'"):
        measured(a_study(study), intra=True)


def test_decisions_repeated_in_one_file_without_times_follow_the_others(study) -> None:
    store = a_study(study, rounds=[Round(name="again", kind=RoundKind.REPEAT)])
    given = [*everybody("ann", {"p1": (X,)}, round="again"), *everybody("ann", {"p1": ()})]
    with store.action("lead") as action:
        import_decisions(action, stored_codebook(store), given, source={"file": "codings.csv"})
    whole = measured(store, intra=True).whole
    assert cells(whole.codes[X]) == CrossTable(both=0, only_first=0, only_second=1, neither=0)
    assert whole.scope.stability is not None
    assert whole.scope.stability.median_days is None


# -- what is shown -----------------------------------------------------------------------------------


def test_a_code_that_is_asked_for_is_measured_alone_and_sets_stay_whole(study) -> None:
    decided = [*everybody("ann", {"p1": (X,)}), *everybody("bob", {"p1": (X, Y)})]
    whole = measured(a_study(study, decisions=decided), codes=["x"]).whole
    assert list(whole.codes) == [X]
    assert whole.sets is not None
    assert whole.sets.percent_exact.value == 0


def test_an_unknown_code_names_those_there_are(study) -> None:
    with pytest.raises(HarkenError, match=r"No code 'z' in the codebook.*theme.x', 'theme.y'"):
        measured(a_study(study), codes=["z"])


def test_what_cannot_be_kept_apart_names_what_can(study) -> None:
    with pytest.raises(HarkenError, match="versions, discussion, suggestions, periods"):
        measured(a_study(study), apart=["moods"])


def test_figures_without_uncodable_answers_stand_beside_where_there_are_some(study) -> None:
    decided = [*everybody("ann", {"p1": (X,), "p2": ()}), *everybody("bob", {"p1": (X,)})]
    store = a_study(study, decisions=decided)
    assert measured(store).whole.without_uncodable is None
    code_now(store, decision("bob", "p2", "q", uncodable=True))
    found = measured(store).whole
    assert cells(found.codes[X]) == CrossTable(both=1, only_first=0, only_second=0, neither=1)
    assert found.without_uncodable is not None
    assert cells(found.without_uncodable.codes[X]) == CrossTable(
        both=1, only_first=0, only_second=0, neither=0
    )


def test_each_of_three_coders_is_held_against_the_others(study) -> None:
    decided = [
        *everybody("ann", {"p1": (X,), "p2": ()}),
        *everybody("bob", {"p1": (X,), "p2": ()}),
        *everybody("eve", {"p1": (), "p2": (X,)}),
    ]
    found = measured(a_study(study, decisions=decided)).whole.against_rest
    assert [
        (one.coder, one.codes[X].percent_agreement.value, one.codes[X].alpha_without.value) for one in found
    ] == [("ann", 0.5, pytest.approx(-0.5)), ("bob", 0.5, pytest.approx(-0.5)), ("eve", 0, 1)]


def test_two_coders_have_no_rest(study) -> None:
    decided = [*everybody("ann", {"p1": (X,)}), *everybody("bob", {"p1": (X,)})]
    assert measured(a_study(study, decisions=decided)).whole.against_rest == ()


def test_places_of_codes_are_compared_where_somebody_coded_a_part_of_an_answer(study) -> None:
    marked = [replace(decision(coder, "p1", "q"), codings=(Coding(X, 0, 6),)) for coder in ("ann", "bob")]
    store = a_study(study, decisions=marked)
    assert [(one.code, one.percent_characters.value) for one in measured(store).whole.segments] == [(X, 1)]
    assert [part.code for part in measured(store, codes=[Y]).whole.segments] == []


def test_a_question_s_own_code_has_the_same_figures_in_its_slice_as_in_the_whole(study) -> None:
    answers = [(person, question, "text") for person in PEOPLE for question in ("q", "r")]
    book = codebook(X, Y, questions={X: ("q",)})
    decided = [
        decision(coder, person, question, *([X] if question == "q" and number % 2 else [Y]))
        for coder in ("ann", "bob", "eve")
        for number, person in enumerate(PEOPLE)
        for question in ("q", "r")
    ]
    found = measured(a_study(study, book=book, answers=answers, decisions=decided))
    first, second = (part.figures for part in found.slices)
    assert (first.codes[X], X in second.codes) == (found.whole.codes[X], False)
    assert first.codes[Y] != found.whole.codes[Y]

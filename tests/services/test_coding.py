from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from study_builder import build_study, codebook, decision

from harken.codebook import diff_codebooks
from harken.errors import HarkenError
from harken.model import (
    Codebook,
    Coding,
    DecisionState,
    Family,
    Reason,
    ReasonKind,
    Response,
    ResponseKey,
    Round,
    RoundKind,
    Suggestion,
)
from harken.services.coding import CodingSession, WorkState
from harken.services.studies import create_study
from harken.storage import audit, codebooks, coding
from harken.storage.coding import Draft
from harken.storage.journal import replay
from harken.storage.store import Store

PEOPLE = ("P1", "P2", "P3")
CODES = codebook("gain.insight", "gain.trust", "loss.worry")
Build = Callable[..., Store]


def study_of(people: tuple[str, ...] = PEOPLE, **parts: object) -> Store:
    answers = [(name, "q", f"answer of {name}") for name in people]
    return build_study(people=people, answers=answers, **{"codebook": CODES, **parts})  # type: ignore[arg-type]


@pytest.fixture
def store() -> Iterator[Store]:
    with study_of() as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> CodingSession:
    return CodingSession.open(store, coder="lead")


def stored(store: Store, participant: str) -> tuple[DecisionState, tuple[str, ...]] | None:
    found = coding.decision_at(
        store, codebooks.stored_codebook(store), ResponseKey(participant, "q"), round="main", coder="lead"
    )
    return None if found is None else (found.state, found.codes)


def draft(store: Store, participant: str) -> Draft | None:
    return coding.draft_at(
        store, codebooks.stored_codebook(store), ResponseKey(participant, "q"), round="main", coder="lead"
    )


def open_name(session: CodingSession) -> str | None:
    return session.current.response.key.participant if session.current else None


# -- deciding ----------------------------------------------------------------------------------------


def test_a_decision_is_stored_when_the_next_answer_opens(store: Store, session: CodingSession) -> None:
    session.toggle("gain.trust")
    session.decide()
    assert stored(store, "P1") == (DecisionState.CODED, ("gain.trust",))
    assert draft(store, "P1") is None
    assert open_name(session) == "P2"


def test_deciding_without_a_code_is_refused_and_leaves_the_answer_open(
    store: Store, session: CodingSession
) -> None:
    with pytest.raises(HarkenError, match="No code is applied yet"):
        session.decide()
    assert (open_name(session), stored(store, "P1")) == ("P1", None)


def test_no_code_applies_is_a_decision_with_the_empty_set(store: Store, session: CodingSession) -> None:
    session.decide_no_code()
    assert stored(store, "P1") == (DecisionState.CODED, ())


@pytest.mark.parametrize("verb", ["decide_no_code", "decide_uncodable"])
def test_a_decision_without_codes_is_refused_while_codes_are_applied(
    store: Store, session: CodingSession, verb: str
) -> None:
    session.toggle("loss.worry")
    with pytest.raises(HarkenError, match="take Worry off first"):
        getattr(session, verb)()
    assert (open_name(session), stored(store, "P1")) == ("P1", None)


def test_an_uncodable_answer_is_decided_as_such(store: Store, session: CodingSession) -> None:
    session.decide_uncodable()
    assert stored(store, "P1") == (DecisionState.UNCODABLE, ())


def test_memo_and_question_to_the_lead_go_into_the_decision(store: Store, session: CodingSession) -> None:
    session.toggle("gain.trust")
    session.write_memo("ironic?")
    session.mark_unsure(True, "is irony trust?")
    session.decide()
    found = coding.decision_at(
        store, codebooks.stored_codebook(store), ResponseKey("P1", "q"), round="main", coder="lead"
    )
    assert found is not None
    assert (found.memo, found.is_unsure, found.message) == ("ironic?", True, "is irony trust?")


def test_the_last_decision_opens_the_end_of_the_queue(session: CodingSession) -> None:
    for _ in PEOPLE:
        session.decide_no_code()
    assert session.current is None
    assert (session.progress.n_done, session.progress.n_left, session.progress.n_saved) == (3, 0, 3)


def test_where_another_question_begins_its_name_is_said() -> None:
    answers = [(name, question, "yes") for question in ("first", "second") for name in ("P1", "P2")]
    with build_study(people=PEOPLE, answers=answers, codebook=CODES) as store:
        session = CodingSession.open(store, coder="lead")
        said = [session.decide_no_code(), session.decide_no_code(), session.step(-1), session.step(1)]
        assert said == [
            "",
            "Another question: second.",
            "Another question: first.",
            "Another question: second.",
        ]


def test_an_answer_that_was_passed_over_comes_again(session: CodingSession) -> None:
    session.step(1)
    session.decide_no_code()
    session.decide_no_code()
    assert open_name(session) == "P1"


def test_work_goes_on_after_the_last_decision(store: Store, session: CodingSession) -> None:
    session.step(1)
    session.decide_no_code()
    assert open_name(CodingSession.open(store, coder="lead")) == "P3"


def test_each_coder_has_a_queue_and_decisions_of_their_own(store: Store, session: CodingSession) -> None:
    session.decide_no_code()
    other = CodingSession.open(store, coder="other")
    assert (open_name(other), other.progress.n_saved, other.last_decision) == ("P1", 0, None)


# -- drafts ------------------------------------------------------------------------------------------


def test_codes_that_are_not_decided_are_a_draft_that_the_next_sitting_finds(
    store: Store, session: CodingSession
) -> None:
    session.toggle("gain.trust")
    session.toggle("loss.worry")
    session.toggle("gain.trust")
    again = CodingSession.open(store, coder="lead")
    assert again.current is not None
    assert (again.current.codes, again.current.state) == (("loss.worry",), WorkState.DRAFT)


def test_taking_every_code_off_leaves_no_draft(store: Store, session: CodingSession) -> None:
    session.toggle("gain.trust")
    session.toggle("gain.trust")
    assert draft(store, "P1") is None
    assert session.current is not None
    assert session.current.state is WorkState.UNDECIDED


def test_an_answer_left_as_a_draft_comes_again(session: CodingSession) -> None:
    session.toggle("gain.trust")
    said = session.step(1)
    assert said == "P1 is left as a draft; it comes again."
    session.decide_no_code()
    session.decide_no_code()
    assert (open_name(session), session.progress.n_drafts) == ("P1", 1)


def test_a_change_to_a_decided_answer_is_a_draft_beside_the_decision(
    store: Store, session: CodingSession
) -> None:
    session.toggle("gain.trust")
    session.decide()
    session.reopen()
    session.toggle("gain.trust")
    assert draft(store, "P1") == Draft()
    assert stored(store, "P1") == (DecisionState.CODED, ("gain.trust",))
    again = CodingSession.open(store, coder="lead")
    again.go_to(0)
    assert again.current is not None
    assert (again.current.codes, again.current.state) == ((), WorkState.DRAFT)


def test_a_change_taken_back_leaves_the_decision_as_it_was(store: Store, session: CodingSession) -> None:
    session.toggle("gain.trust")
    session.decide()
    session.reopen()
    session.toggle("loss.worry")
    session.toggle("loss.worry")
    assert draft(store, "P1") is None
    assert session.current is not None
    assert session.current.state is WorkState.DECIDED


def test_deciding_a_reopened_answer_unchanged_writes_nothing(store: Store, session: CodingSession) -> None:
    session.toggle("gain.trust")
    session.decide()
    session.reopen()
    events = sum(1 for _ in replay(store.connection))
    assert session.decide() == "P1 stays as it was decided."
    assert (sum(1 for _ in replay(store.connection)), open_name(session)) == (events, "P2")


# -- going back --------------------------------------------------------------------------------------


def test_reopening_again_walks_back_through_the_decisions(session: CodingSession) -> None:
    session.decide_no_code()
    session.decide_no_code()
    session.reopen()
    assert open_name(session) == "P2"
    session.reopen()
    assert open_name(session) == "P1"
    with pytest.raises(HarkenError, match="No earlier decision"):
        session.reopen()


def test_undo_reaches_into_an_earlier_sitting_and_redo_takes_it_back(
    store: Store, session: CodingSession
) -> None:
    session.toggle("gain.trust")
    session.decide()
    later = CodingSession.open(store, coder="lead")
    assert later.undo() == "The decision on P1 is undone."
    assert stored(store, "P1") is None
    assert later.current is not None
    assert (later.current.codes, later.current.state) == (("gain.trust",), WorkState.DRAFT)
    assert later.redo() == "The decision on P1 is decided again."
    assert stored(store, "P1") == (DecisionState.CODED, ("gain.trust",))


def test_an_undo_of_an_answer_outside_the_queue_says_so(study: Build) -> None:
    store = study(people=["P1"], answers=[("P1", "a", "x"), ("P1", "b", "y")], codebook=CODES)
    CodingSession.open(store, coder="lead", questions=["a"]).decide_no_code()
    session = CodingSession.open(store, coder="lead", questions=["b"])
    assert session.undo() == "The decision on P1 is undone; the answer is not in this queue."
    assert session.current is not None
    assert session.current.response.key.question == "b"


# -- codes -------------------------------------------------------------------------------------------


def test_the_codes_of_the_answer_before_are_added_and_the_answer_stays_open(
    store: Store, session: CodingSession
) -> None:
    session.toggle("gain.trust")
    session.toggle("loss.worry")
    session.decide()
    session.toggle("gain.insight")
    assert session.same_as_before() == "As P1: Trust, Worry."
    assert session.current is not None
    assert (open_name(session), session.current.codes) == (
        "P2",
        ("gain.insight", "gain.trust", "loss.worry"),
    )


def test_there_is_nothing_to_repeat_before_the_first_decision(session: CodingSession) -> None:
    with pytest.raises(HarkenError, match="no codes to repeat"):
        session.same_as_before()


def test_in_an_exclusive_family_a_code_takes_the_place_of_the_other() -> None:
    exclusive = Codebook(
        families=tuple(replace(family, exclusive=family.key == "gain") for family in CODES.families)
    )
    with study_of(codebook=exclusive) as store:
        session = CodingSession.open(store, coder="lead")
        session.toggle("loss.worry")
        session.toggle("gain.insight")
        said = session.toggle("gain.trust")
        assert said == "Trust takes the place of Insight: one code of Gain at most."
        assert session.current is not None
        assert session.current.codings == (Coding("loss.worry"), Coding("gain.trust"))


def test_a_code_that_went_out_of_the_codebook_stops_the_decision(
    store: Store, session: CodingSession
) -> None:
    session.toggle("gain.trust")
    with store.action("lead") as action:
        action.append(
            "codebook.imported",
            {
                "title": "",
                "language": "en",
                "families": [],
                "codes": [],
                "removed": ["gain.trust"],
                "map": {},
            },
        )
    with pytest.raises(HarkenError, match=r"gain\.trust went out of the codebook"):
        session.decide()
    assert stored(store, "P1") is None


def test_suggestions_are_logged_without_a_word_of_the_answer(store: Store, session: CodingSession) -> None:
    def suggestion(code: str, score: float) -> Suggestion:
        return Suggestion(
            code=code, score=score, reasons=(Reason(kind=ReasonKind.KEYWORD, text="answer", start=0, end=6),)
        )

    session.note_suggestions([suggestion("gain.trust", 0.75), suggestion("loss.worry", 0.5)], n_shown=1)
    session.toggle("gain.trust")
    session.decide()
    (event,) = [event for event in replay(store.connection) if event.kind == "decided"]
    common = {"confidence": None, "reasons": ["keyword"]}
    assert event.payload["suggestions"] == [
        {"code": "gain.trust", "rank": 1, "score": 0.75, "shown": True, "accepted": True, **common},
        {"code": "loss.worry", "rank": 2, "score": 0.5, "shown": False, "accepted": False, **common},
    ]


# -- new codes ---------------------------------------------------------------------------------------


def test_the_first_code_of_a_study_makes_its_family_and_is_applied() -> None:
    with study_of(codebook=None) as store:
        session = CodingSession.open(store, coder="lead")
        assert session.family_choices() == ()
        said = session.make_code("Waiting  time", with_example=True)
        assert said == "Waiting time made in Themes and applied; its key is w."
        assert session.current is not None
        assert session.current.codes == ("theme.waiting_time",)
        found = codebooks.stored_codebook(store).codebook
        assert [(family.key, family.label) for family in found.families] == [("theme", "Themes")]
        assert found.entries["theme.waiting_time"].code.examples == ("answer of P1",)
        session.decide()
        assert stored(store, "P1") == (DecisionState.CODED, ("theme.waiting_time",))


def test_a_new_code_is_offered_the_family_most_used_for_the_question() -> None:
    with study_of(decisions=[decision("lead", "P1", "q", "loss.worry")]) as store:
        session = CodingSession.open(store, coder="lead")
        assert [choice.key for choice in session.family_choices()] == ["loss", "gain"]


def test_a_new_code_beside_codes_of_single_questions_belongs_to_its_question() -> None:
    limited = codebook("gain.trust", questions={"gain.trust": ("q",)})
    with study_of(codebook=limited) as store:
        session = CodingSession.open(store, coder="lead")
        session.make_code("Insight", family="gain")
        assert codebooks.stored_codebook(store).codebook.entries["gain.insight"].code.questions == ("q",)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("trust", "'Trust' stands in Gain already"), ("…", "cannot name a code"), ("TRUST ", "stands in Gain")],
)
def test_a_name_that_cannot_be_a_new_code_is_refused(session: CodingSession, name: str, wrong: str) -> None:
    with pytest.raises(HarkenError, match=wrong):
        session.make_code(name, family="gain")


def test_hotkeys_stay_when_codes_are_made_and_used(store: Store, session: CodingSession) -> None:
    before = dict(session.sheet.hotkeys)
    for number in range(30):
        session.make_code(f"Trust number {number}", family="gain")
    session.decide()
    again = CodingSession.open(store, coder="other")
    assert {path: again.sheet.hotkeys[path] for path in before} == before
    keys = list(again.sheet.hotkeys.values())
    assert len(keys) == len(again.sheet.entries) == 33
    assert not [(a, b) for a in keys for b in keys if a != b and b.startswith(a)]


def test_another_coders_new_code_shows_at_the_next_answer_and_moves_no_letter(store: Store) -> None:
    session = CodingSession.open(store, coder="lead")
    other = CodingSession.open(store, coder="other")
    before = dict(session.sheet.hotkeys)
    other.make_code("Calm", family="gain")
    assert dict(session.sheet.hotkeys) == before
    session.decide_no_code()
    assert dict(session.sheet.hotkeys) == {**before, "gain.calm": other.sheet.hotkeys["gain.calm"]}


# -- finding -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("tr", ("gain.trust",)),
        ("worri", ("loss.worry",)),
        ("loss", ("loss.worry",)),
        ("xyz", ()),
        ("", ("gain.insight", "gain.trust", "loss.worry")),
    ],
)
def test_codes_are_found_by_a_part_of_their_name(
    session: CodingSession, text: str, paths: tuple[str, ...]
) -> None:
    assert session.find_codes(text) == paths


def test_answers_are_found_by_participant_and_by_number(session: CodingSession) -> None:
    assert [found.key.participant for found in session.find_answers("p3")] == ["P3"]
    assert [found.position for found in session.find_answers("2")] == [1]


def test_without_a_text_the_drafts_and_the_next_answer_are_offered(session: CodingSession) -> None:
    session.step(2)
    session.toggle("gain.trust")
    session.go_to(0)
    assert [(found.key.participant, found.state) for found in session.find_answers("")] == [
        ("P3", WorkState.DRAFT),
        ("P2", WorkState.UNDECIDED),
    ]


# -- rounds and others -------------------------------------------------------------------------------


def test_a_round_may_hide_the_group(study: Build) -> None:
    store = study(
        people={"P1": {"group": "experts"}, "P2": {"group": ""}},
        answers=[("P1", "q", "x"), ("P2", "q", "y")],
        codebook=CODES,
        rounds=[Round(name="blind", kind=RoundKind.RELIABILITY, is_blind=True, hides_group=True)],
    )
    open_round = CodingSession.open(store, coder="lead")
    hidden = CodingSession.open(store, coder="lead", round="blind")
    assert open_round.current is not None
    assert hidden.current is not None
    assert (open_round.current.groups, open_round.hides_suggestions) == ((("group", "experts"),), False)
    assert (hidden.current.groups, hidden.person().groups, hidden.hides_suggestions) == ((), (), True)
    open_round.step(1)
    assert open_round.current.groups == (("group", "(missing)"),)


@pytest.mark.parametrize(
    ("wanted", "wrong"),
    [
        ({"round": "nowhere"}, "No round named 'nowhere'.*Known rounds: main"),
        ({"questions": ["nothing"]}, "No question named 'nothing'.*Known questions: q"),
    ],
)
def test_an_unknown_round_or_question_is_refused_with_the_known_ones(
    store: Store, wanted: dict[str, str], wrong: str
) -> None:
    with pytest.raises(HarkenError, match=wrong):
        CodingSession.open(store, coder="lead", **wanted)  # type: ignore[arg-type]


def test_a_coder_of_another_round_is_refused() -> None:
    with (
        study_of(rounds=[Round(name="second", coders=("bob",))]) as store,
        pytest.raises(HarkenError, match="'lead' is no coder of the round 'second'"),
    ):
        CodingSession.open(store, coder="lead", round="second")


def test_people_excluded_elsewhere_leave_the_queue(store: Store, session: CodingSession) -> None:
    with store.action("lead") as action:
        action.append("participants.excluded", {"participants": ["P2"], "reason": "duplicate"})
    session.decide_no_code()
    assert (open_name(session), session.progress.n_answers) == ("P3", 2)


def test_the_same_coder_in_two_terminals_sees_what_the_other_decided(store: Store) -> None:
    one = CodingSession.open(store, coder="lead")
    other = CodingSession.open(store, coder="lead")
    other.step(1)
    other.decide_no_code()
    one.decide_no_code()
    assert (open_name(one), one.progress.n_saved) == ("P3", 2)


def test_a_file_that_another_program_is_writing_refuses_the_key_and_keeps_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "study.db"
    create_study(path, lead="lead").close()
    with Store.open(path) as store, Store.open(path) as other:
        _fill(store)
        session = CodingSession.open(store, coder="lead")
        with other.action("lead"):
            with pytest.raises(HarkenError, match="is being written by another program"):
                session.toggle("theme.a")
            assert session.current is not None
            assert session.current.state is WorkState.UNDECIDED
        session.toggle("theme.a")
        assert session.current.codes == ("theme.a",)


def _fill(store: Store) -> None:
    from study_builder import _write_codebook, _write_survey

    with store.action("lead") as action:
        _write_survey(action, {"P1": {}}, {ResponseKey("P1", "q"): "text"}, {}, {})
        _write_codebook(action, codebook("theme.a"))


# -- any sequence of keys ----------------------------------------------------------------------------

VERBS = {
    "t": lambda s: s.toggle("gain.trust"),
    "i": lambda s: s.toggle("gain.insight"),
    "d": lambda s: s.decide(),
    "0": lambda s: s.decide_no_code(),
    "x": lambda s: s.decide_uncodable(),
    "s": lambda s: s.same_as_before(),
    "m": lambda s: s.write_memo("memo"),
    "M": lambda s: s.write_memo(""),
    "u": lambda s: s.mark_unsure(True, "why"),
    "<": lambda s: s.step(-1),
    ">": lambda s: s.step(1),
    "b": lambda s: s.reopen(),
    "z": lambda s: s.undo(),
    "y": lambda s: s.redo(),
    "n": lambda s: s.make_code("New", family="loss"),
}


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=list(VERBS), max_size=25))
def test_what_is_shown_after_any_keys_is_what_is_on_disk(keys: str) -> None:
    with study_of() as store:
        session = CodingSession.open(store, coder="lead")
        for key in keys:
            try:
                VERBS[key](session)
            except HarkenError:
                continue
        again = CodingSession.open(store, coder="lead")
        assert again.progress == session.progress
        assert again.last_decision == session.last_decision
        if session.current is not None:
            again.go_to(session.current.position)
            assert again.current is not None
            assert _seen(again) == _seen(session)
        assert list(audit.findings(store)) == []


def _seen(session: CodingSession) -> tuple[Response, WorkState, frozenset[Coding], str, bool, str, bool]:
    current = session.current
    assert current is not None
    work = current.work
    return (
        current.response,
        current.state,
        frozenset(work.codings),
        work.memo,
        work.is_unsure,
        work.message,
        current.is_uncodable,
    )


def test_an_empty_family_can_take_the_first_code() -> None:
    with study_of(codebook=Codebook(families=(Family(key="gain", label="Gain"),))) as store:
        session = CodingSession.open(store, coder="lead")
        session.make_code("Trust", family="gain")
        assert session.current is not None
        assert session.current.codes == ("gain.trust",)


def test_a_mapped_code_hands_its_key_on_and_a_gone_codes_key_goes_to_no_other(
    store: Store, session: CodingSession
) -> None:
    before = dict(session.sheet.hotkeys)
    book = codebooks.stored_codebook(store).codebook
    new = codebook("gain.insight", "fear.worry", "fear.wait", "fear.waste")
    codebooks.replace_codebook(
        store,
        new,
        actor="lead",
        source=Path("new.yaml"),
        diff=diff_codebooks(book, new),
        mapping={"loss.worry": "fear.worry"},
    )
    after = CodingSession.open(store, coder="lead").sheet.hotkeys
    assert (after["gain.insight"], after["fear.worry"]) == (before["gain.insight"], before["loss.worry"])
    assert before["gain.trust"] not in after.values()
    assert CodingSession.open(store, coder="lead").sheet.hotkeys == after

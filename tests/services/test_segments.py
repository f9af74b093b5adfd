"""Codes on parts of an answer, and what is noted beside codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from study_builder import build_study, codebook

from harken.errors import HarkenError
from harken.model import Codebook, Coding, MarkKind, ResponseKey, Round, RoundKind
from harken.services.checking import check_project
from harken.services.codebooks.codes import change_code
from harken.services.coding import CodingSession
from harken.services.coding.growing import GrowthKind
from harken.services.marking import marks_of
from harken.storage import codebooks, coding, survey
from harken.storage.journal import replay
from harken.storage.store import Store
from harken.storage.withdrawal import withdraw

TEXT = "Dr Smith said I see it now"
BOOK = codebook("gain.insight", "gain.trust", "mood.good", "mood.bad")
EXCLUSIVE = Codebook(
    families=tuple(replace(family, exclusive=family.key == "mood") for family in BOOK.families)
)


@pytest.fixture
def store() -> Iterator[Store]:
    blind = Round(name="blind", kind=RoundKind.RELIABILITY, is_blind=True)
    with build_study(
        people=["P1", "P2"],
        answers=[("P1", "q", TEXT), ("P1", "why", "as I said above"), ("P2", "q", "see what P1 said")],
        codebook=EXCLUSIVE,
        rounds=[blind],
    ) as opened:
        with opened.action("lead") as action:
            action.append("coder.added", {"name": "ben"})
        yield opened
        assert check_project(opened) == ()


@pytest.fixture
def session(store: Store) -> CodingSession:
    return CodingSession.open(store, coder="lead")


def codings(session: CodingSession) -> tuple[Coding, ...]:
    assert session.current is not None
    return session.current.codings


def decided(store: Store, participant: str, question: str = "q") -> tuple[Coding, ...] | None:
    found = coding.decision_at(
        store,
        codebooks.stored_codebook(store),
        ResponseKey(participant, question),
        round="main",
        coder="lead",
    )
    return None if found is None else found.codings


# -- segments ----------------------------------------------------------------------------------------


def test_a_decision_holds_the_segments_beside_codes_on_the_whole(
    store: Store, session: CodingSession
) -> None:
    said = session.toggle_segment("gain.insight", 14, 26)
    session.toggle("gain.trust")
    session.decide()
    assert said == "Insight on “I see it now”."
    assert decided(store, "P1") == (Coding("gain.insight", 14, 26), Coding("gain.trust"))


def test_the_code_again_on_the_segment_or_within_it_takes_it_off(session: CodingSession) -> None:
    session.toggle_segment("gain.insight", 14, 26)
    session.toggle_segment("gain.insight", 0, 8)
    assert session.toggle_segment("gain.insight", 16, 19) == "Insight taken off “I see it now”."
    assert codings(session) == (Coding("gain.insight", 0, 8),)


def test_a_selection_over_the_edge_of_a_segment_makes_it_grow(session: CodingSession) -> None:
    session.toggle_segment("gain.insight", 14, 19)
    assert session.toggle_segment("gain.insight", 16, 26) == "Insight grown to “I see it now”."
    assert codings(session) == (Coding("gain.insight", 14, 26),)


def test_a_code_on_the_whole_answer_stays_beside_its_segment(session: CodingSession) -> None:
    session.toggle("gain.trust")
    session.toggle_segment("gain.trust", 14, 26)
    assert codings(session) == (Coding("gain.trust"), Coding("gain.trust", 14, 26))


def test_several_codes_lie_on_one_segment(session: CodingSession) -> None:
    session.toggle_segment("gain.trust", 14, 26)
    session.toggle_segment("gain.insight", 14, 26)
    assert codings(session) == (Coding("gain.trust", 14, 26), Coding("gain.insight", 14, 26))


def test_the_key_that_took_segments_off_brings_them_back(session: CodingSession) -> None:
    session.toggle_segment("gain.trust", 14, 26)
    assert session.toggle("gain.trust") == ("Trust taken off with 1 segment; the same key brings it back.")
    session.toggle("gain.trust")
    assert codings(session) == (Coding("gain.trust", 14, 26),)


def test_segments_of_the_answer_before_come_back_on_no_other_answer(session: CodingSession) -> None:
    session.toggle_segment("gain.trust", 0, 8)
    session.toggle("gain.trust")
    session.step(1)
    session.toggle("gain.trust")
    assert codings(session) == (Coding("gain.trust"),)


def test_an_exclusive_family_has_one_code_however_many_segments(session: CodingSession) -> None:
    session.toggle_segment("mood.good", 0, 8)
    session.toggle_segment("mood.good", 14, 26)
    assert codings(session) == (Coding("mood.good", 0, 8), Coding("mood.good", 14, 26))
    assert session.toggle_segment("mood.bad", 14, 26) == (
        "Bad takes the place of Good: one code of Mood at most."
    )
    assert codings(session) == (Coding("mood.bad", 14, 26),)
    session.toggle("mood.good")
    assert codings(session) == (Coding("mood.good", 0, 8), Coding("mood.good", 14, 26))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 2), (-1, 4), (0, len(TEXT) + 1)])
def test_what_is_no_part_of_the_answer_is_refused(session: CodingSession, start: int, end: int) -> None:
    with pytest.raises(HarkenError, match="is no part of this answer of 26 characters"):
        session.toggle_segment("gain.trust", start, end)
    assert codings(session) == ()


def test_segments_are_a_draft_on_disk_and_survive_undo_and_redo(store: Store, session: CodingSession) -> None:
    session.toggle_segment("gain.trust", 14, 26)
    again = CodingSession.open(store, coder="lead")
    assert codings(again) == (Coding("gain.trust", 14, 26),)
    again.decide()
    again.undo()
    assert (codings(again), decided(store, "P1")) == ((Coding("gain.trust", 14, 26),), None)
    again.redo()
    assert decided(store, "P1") == (Coding("gain.trust", 14, 26),)


def test_the_codes_of_the_answer_before_come_without_its_segments(session: CodingSession) -> None:
    session.toggle_segment("gain.trust", 0, 8)
    session.decide()
    session.same_as_before()
    assert codings(session) == (Coding("gain.trust"),)


def test_a_new_code_is_applied_to_the_selected_part_and_has_it_as_example(session: CodingSession) -> None:
    session.make_code("Seeing", family="gain", with_example=True, segment=(14, 26))
    assert codings(session) == (Coding("gain.seeing", 14, 26),)
    assert session.codebook.entries["gain.seeing"].code.examples == ("I see it now",)


def test_an_example_made_of_an_answer_has_brackets_where_a_name_was_marked(session: CodingSession) -> None:
    session.noting.mark(MarkKind.IDENTIFYING, 3, 8, label="name")
    session.make_code("Doctor", family="gain", with_example=True)
    assert session.codebook.entries["gain.doctor"].code.examples == ("Dr [name removed] said I see it now",)


# -- marks, alerts, links ----------------------------------------------------------------------------


def test_a_mark_is_shown_on_the_answer_and_goes_when_it_is_made_again(session: CodingSession) -> None:
    assert session.noting.mark(MarkKind.IDENTIFYING, 3, 8, label="name") == (
        "“Smith” is printed as [name removed]."
    )
    assert session.current is not None
    assert [(mark.start, mark.end, mark.label) for mark in session.current.notes.marks] == [(3, 8, "name")]
    assert session.noting.mark(MarkKind.IDENTIFYING, 4, 6) == "“Smith” is printed again."
    assert session.current.notes.marks == ()


def test_marks_do_not_decide_and_leave_no_draft(store: Store, session: CodingSession) -> None:
    session.noting.mark(MarkKind.QUOTE, 14, 26)
    assert session.current is not None
    assert (session.current.draft, decided(store, "P1")) == (None, None)


def test_a_blind_round_shows_others_identifying_marks_but_not_their_quotes(store: Store) -> None:
    CodingSession.open(store, coder="ben").noting.mark(MarkKind.QUOTE, 14, 26)
    CodingSession.open(store, coder="ben").noting.mark(MarkKind.IDENTIFYING, 3, 8, label="name")
    kinds = []
    for round in ("main", "blind"):
        answer = CodingSession.open(store, coder="lead", round=round).current
        assert answer is not None
        kinds.append([mark.kind.value for mark in answer.notes.marks])
    assert kinds == [["identifying", "quote"], ["identifying"]]


def test_an_alert_is_shown_with_its_words_on_the_answer(session: CodingSession) -> None:
    session.noting.alert("sounds desperate")
    assert session.current is not None
    assert session.current.notes.alert == "sounds desperate"


def test_the_persons_other_answers_come_first_among_those_referred_to(session: CodingSession) -> None:
    def found(text: str) -> list[ResponseKey]:
        return [one.key for one in session.noting.may_be_meant(text)]

    assert found("") == [ResponseKey("P1", "why")]
    assert found("said") == [ResponseKey("P1", "why"), ResponseKey("P2", "q")]
    assert found("p2") == [ResponseKey("P2", "q")]
    assert found('"" * ^') == []


def test_a_link_is_shown_on_the_answer_and_goes_when_it_is_made_again(session: CodingSession) -> None:
    (other,) = session.noting.may_be_meant("")
    assert session.noting.link(other) == "Refers to P1 why."
    assert session.current is not None
    assert [one.key for one in session.current.notes.refers_to] == [other.key]
    assert session.noting.link(other) == "No longer refers to P1 why."
    assert session.current.notes.refers_to == ()


def test_a_blind_round_shows_no_links_of_others(store: Store) -> None:
    ben = CodingSession.open(store, coder="ben")
    ben.noting.link(ben.noting.may_be_meant("")[0])
    shown = []
    for round in ("main", "blind"):
        answer = CodingSession.open(store, coder="lead", round=round).current
        assert answer is not None
        shown.append(len(answer.notes.refers_to))
    assert shown == [1, 0]


def test_a_persons_answers_are_shown_without_what_identifies(session: CodingSession) -> None:
    session.noting.mark(MarkKind.IDENTIFYING, 3, 8, label="name")
    assert [one.printed for one in session.person().answers] == [
        "Dr [name removed] said I see it now",
        "as I said above",
    ]


# -- what words of an answer would find -----------------------------------------------------------------


def waiting_study() -> Store:
    answers = [
        ("P1", "q", "It calmed my worries at once"),
        ("P2", "q", "I was worried before"),
        ("P3", "q", "no worry"),
        ("P4", "q", "it was fine"),
        ("P5", "q", "worrying"),
    ]
    return build_study(people=[f"P{n}" for n in range(1, 6)], answers=answers, codebook=BOOK)


def test_a_keyword_shows_the_waiting_answers_with_its_base_form_before_it_is_kept() -> None:
    with waiting_study() as store:
        session = CodingSession.open(store, coder="lead")
        growth = session.growing.foresee(GrowthKind.KEYWORD, "mood.good", words="worries", segment=(13, 20))
        assert (growth.n_found, growth.n_read, growth.n_waiting) == (3, 4, 4)
        assert [(one.key.participant, one.text[one.start : one.end]) for one in growth.first] == [
            ("P2", "worried"),
            ("P3", "worry"),
            ("P5", "worrying"),
        ]
        assert session.codebook.entries["mood.good"].code.keywords == ()


def test_a_kept_keyword_is_one_event_and_the_session_goes_on_with_it() -> None:
    with waiting_study() as store:
        session = CodingSession.open(store, coder="lead")
        growth = session.growing.foresee(GrowthKind.KEYWORD, "mood.good", words="worries", segment=(13, 20))
        before = len(list(replay(store.connection)))
        assert session.growing.keep(growth) == "Good has the keyword “worries” now."
        assert [event.kind for event in list(replay(store.connection))[before:]] == ["code.changed"]
        assert session.codebook.entries["mood.good"].code.keywords == ("worries",)
        assert session.sheet.entries["mood.good"].code.keywords == ("worries",)


def test_an_example_shows_the_answers_that_are_like_it() -> None:
    with waiting_study() as store:
        session = CodingSession.open(store, coder="lead")
        growth = session.growing.foresee(
            GrowthKind.EXAMPLE, "mood.good", words="calmed my worries", segment=(3, 20)
        )
        assert [one.key.participant for one in growth.first] == ["P5", "P3", "P2"]
        session.growing.keep(growth)
        assert session.codebook.entries["mood.good"].code.examples == ("calmed my worries",)


def test_a_keyword_that_the_code_has_or_that_names_somebody_is_refused(session: CodingSession) -> None:
    growth = session.growing.foresee(GrowthKind.KEYWORD, "gain.trust", words="See", segment=(16, 19))
    session.growing.keep(growth)
    with pytest.raises(HarkenError, match="Trust has the keyword “see” already"):
        session.growing.foresee(GrowthKind.KEYWORD, "gain.trust", words="see", segment=(16, 19))
    session.noting.mark(MarkKind.IDENTIFYING, 3, 8, label="name")
    with pytest.raises(HarkenError, match="tell who somebody is"):
        session.growing.foresee(GrowthKind.KEYWORD, "gain.trust", words="Smith", segment=(3, 8))


def test_what_somebody_changed_in_the_code_meanwhile_is_not_written_over(store: Store) -> None:
    session, other = (CodingSession.open(store, coder="lead") for _ in range(2))
    growths = [
        one.growing.foresee(GrowthKind.KEYWORD, "gain.trust", words=words, segment=(0, 8))
        for one, words in ((session, "mine"), (other, "theirs"))
    ]
    other.growing.keep(growths[1])
    with pytest.raises(HarkenError, match="changed meanwhile"):
        session.growing.keep(growths[0])
    assert codebooks.stored_codebook(store).codebook.entries["gain.trust"].code.keywords == ("theirs",)


# -- coming back from another screen -------------------------------------------------------------------


def test_changes_made_elsewhere_are_taken_up_while_the_answer_stays_open(
    store: Store, session: CodingSession
) -> None:
    session.typed["new_code"] = "half a na"
    session.toggle_segment("gain.trust", 0, 8)
    change_code(store, "gain.trust", actor="lead", wording={"definition": "relying on somebody"})
    session.take_up_changes()
    assert session.sheet.entries["gain.trust"].code.definition == "relying on somebody"
    assert codings(session) == (Coding("gain.trust", 0, 8),)
    assert session.typed == {"new_code": "half a na"}


def test_an_answer_that_left_the_queue_meanwhile_is_closed(store: Store, session: CodingSession) -> None:
    with store.action("lead") as action:
        action.append("participants.excluded", {"participants": ["P1"], "reason": "asked twice"})
    session.take_up_changes()
    assert session.current is None


def test_an_answer_outside_the_queue_is_not_opened_and_the_way_to_it_is_said(store: Store) -> None:
    session = CodingSession.open(store, coder="lead", questions=["why"])
    id = survey.response_id(store, ResponseKey("P2", "q"))
    assert id is not None
    with pytest.raises(HarkenError, match="of P2 to q is not in this queue"):
        session.go_to_response(id)


def test_a_withdrawal_names_a_code_whose_example_has_the_answer_with_brackets(
    store: Store, session: CodingSession
) -> None:
    session.noting.mark(MarkKind.IDENTIFYING, 3, 8, label="name")
    session.make_code("Saying", family="gain", with_example=True, segment=(0, 19))
    assert session.codebook.entries["gain.saying"].code.examples == ("Dr [name removed] said I see",)
    assert withdraw(store, "P1", actor="lead").quoting_codes == ("gain.saying",)
    assert marks_of(store) == {}

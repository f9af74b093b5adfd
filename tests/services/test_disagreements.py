"""Disagreements as work: which answers, on which codes, what was confused, and the filter that finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from study_builder import build_study, codebook, decision

from harken.errors import HarkenError
from harken.exporters.terminal import terminal_text
from harken.model import (
    Code,
    Codebook,
    Coding,
    Decision,
    Family,
    Mark,
    MarkKind,
    ResponseKey,
    Round,
    RoundKind,
)
from harken.services.agreeing import measure_agreement
from harken.services.agreeing.disagreements.confusions import ConfusedCodes, ConfusionKind
from harken.services.agreeing.disagreements.listing import list_disagreements
from harken.services.agreeing.disagreements.report import disagreements_report
from harken.services.agreeing.disagreements.result import Disagreements, DisagreementSort, DisputedCode
from harken.services.browsing import AnswerFilter, AnswerMark, find_ids, reader_for
from harken.services.codebooks import current_codebook
from harken.services.marking import set_mark
from harken.services.meeting import agenda, agenda_report
from harken.services.meeting.result import ConfusedPair
from harken.storage import survey
from harken.storage.store import Store

Build = Callable[..., Store]
BOOK = codebook("risk.harm", "risk.harm.pain", "risk.worry", "benefit.trust")
HARM, PAIN, WORRY, TRUST = BOOK.paths
DEFINED = Codebook(
    families=(
        Family(
            key="risk",
            label="Risks",
            codes=(
                Code(key="harm", label="Harm", definition="Being hurt.", include="pain", exclude="fear"),
                Code(key="worry", label="Worry", definition="Being afraid.", is_retired=True),
            ),
        ),
    )
)


def a_study(study: Build, decisions: Iterable[Decision], **parts: object) -> Store:
    """Answers of p1 to p4 to the questions q and r."""
    people = ["p1", "p2", "p3", "p4"]
    options: dict[str, object] = {"codebook": BOOK, **parts}
    return study(
        people=people,
        answers=[(person, question, f"{person} said") for question in "qr" for person in people],
        decisions=list(decisions),
        **options,
    )


def keys(found: Disagreements) -> list[tuple[str, str]]:
    return [(one.key.participant, one.key.question) for one in found.answers]


def found_by_filter(store: Store, *, coder: str = "lead", round: str = "main", **asked: object) -> list[int]:
    filter = AnswerFilter(states=(AnswerMark.DISAGREED,), rounds=(round,), **asked)  # type: ignore[arg-type]
    reader = reader_for(store, coder, round=round)
    return [id for part in find_ids(store, filter, reader) for id in part]


TWO = [
    decision("ann", "p1", "q", HARM, TRUST),
    decision("bob", "p1", "q", WORRY, TRUST),
    decision("ann", "p2", "q", HARM),
    decision("bob", "p2", "q", HARM),
    decision("ann", "p3", "q", uncodable=True),
    decision("bob", "p3", "q"),
    decision("ann", "p4", "q", WORRY),
    decision("ann", "p2", "r", PAIN),
    decision("bob", "p2", "r"),
]


# -- which answers -----------------------------------------------------------------------------------


def test_an_answer_is_listed_with_what_all_applied_and_what_is_in_dispute(study) -> None:
    found = list_disagreements(a_study(study, TWO))
    assert [one.as_json() for one in found.answers] == [
        {
            **{"participant": "p1", "question": "q", "occasion": "", "round": "main", "response": "p1 said"},
            "codes": {"ann": [TRUST, HARM], "bob": [TRUST, WORRY]},
            "shared": [TRUST],
            "disputed": [HARM, WORRY],
        },
        {
            **{"participant": "p3", "question": "q", "occasion": "", "round": "main", "response": "p3 said"},
            "codes": {"ann": ["(uncodable)"], "bob": []},
            "shared": [],
            "disputed": ["(uncodable)"],
        },
        {
            **{"participant": "p2", "question": "r", "occasion": "", "round": "main", "response": "p2 said"},
            "codes": {"ann": [PAIN], "bob": []},
            "shared": [],
            "disputed": [PAIN],
        },
    ]
    assert found.n_units_pairable == 4


def test_one_coder_is_compared_with_everybody_and_several_with_each_other(study) -> None:
    store = a_study(
        study,
        [
            *(decision(coder, "p1", "q", *codes) for coder, codes in (("ann", [HARM]), ("bob", [HARM]))),
            decision("cy", "p1", "q"),
            *(decision(coder, "p2", "q", code) for coder, code in (("bob", HARM), ("cy", WORRY))),
        ],
    )
    assert keys(list_disagreements(store)) == [("p1", "q"), ("p2", "q")]
    assert keys(list_disagreements(store, coders=["ann"])) == [("p1", "q")]
    assert keys(list_disagreements(store, coders=["ann", "bob"])) == []
    assert [one.codes for one in list_disagreements(store, coders=["ann"]).confusions] == [(HARM, None)]


def test_with_a_code_only_answers_where_it_parts_coders_are_listed(study) -> None:
    store = a_study(study, TWO)
    assert keys(list_disagreements(store, codes=["worry"])) == [("p1", "q")]
    # A code below it is the code itself, too.
    assert keys(list_disagreements(store, codes=["risk.harm"])) == [("p1", "q"), ("p2", "r")]
    assert keys(list_disagreements(store, codes=["trust"])) == []


def test_a_question_and_a_round_narrow_the_list(study) -> None:
    second = Round(name="second", kind=RoundKind.RELIABILITY)
    store = a_study(
        study,
        [*TWO, decision("ann", "p1", "q", round="second"), decision("bob", "p1", "q", HARM, round="second")],
        rounds=[second],
    )
    assert keys(list_disagreements(store)) == [("p1", "q")]
    assert keys(list_disagreements(store, rounds=["main"], questions=["r"])) == [("p2", "r")]
    both = list_disagreements(store, rounds=["main", "second"], questions=["q"])
    assert [(one.key.participant, one.round) for one in both.answers] == [
        ("p1", "main"),
        ("p1", "second"),
        ("p3", "main"),
    ]


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ({"rounds": ["other"]}, "main"),
        ({"coders": ["zoe"]}, "ann, bob"),
        ({"questions": ["x"]}, "q, r"),
        ({"codes": ["worries"]}, WORRY),
    ],
)
def test_an_unknown_name_is_refused_with_known_ones(study, asked, known) -> None:
    with pytest.raises(HarkenError, match=known):
        list_disagreements(a_study(study, TWO), **asked)


def test_excluded_people_are_left_out(study) -> None:
    store = a_study(study, TWO, excluded={"age": ["p1"]})
    assert keys(list_disagreements(store)) == [("p3", "q"), ("p2", "r")]
    assert len(found_by_filter(store)) == 2


def test_identifying_words_are_printed_as_brackets(study) -> None:
    store = a_study(study, TWO)
    response = survey.response(store, survey.response_id(store, ResponseKey("p1", "q")) or 0)
    mark = Mark(kind=MarkKind.IDENTIFYING, start=0, end=2, coder="ann", label="name")
    set_mark(store, response, mark, actor="ann")
    assert list_disagreements(store).answers[0].text == "[name removed] said"


# -- by code -----------------------------------------------------------------------------------------


def test_codes_are_counted_as_the_figures_of_agreement_count_them(study) -> None:
    store = a_study(study, TWO)
    counted = {
        one.code: (one.n_disagreements, one.n_units_pairable) for one in list_disagreements(store).codes
    }
    tables = {path: found.table for path, found in measure_agreement(store).whole.codes.items()}
    assert counted == {
        path: (table.only_first + table.only_second, 4)
        for path, table in tables.items()
        if table is not None and table.only_first + table.only_second
    }
    assert counted == {HARM: (2, 4), PAIN: (1, 4), WORRY: (1, 4)}


def test_a_disputed_code_tells_its_wording_and_who_applied_it(study) -> None:
    store = a_study(
        study,
        [decision("ann", "p1", "q", "risk.harm"), decision("bob", "p1", "q")],
        codebook=DEFINED,
    )
    assert list_disagreements(store).codes == (
        DisputedCode(
            code="risk.harm",
            label="Harm",
            definition="Being hurt.",
            include="pain",
            exclude="fear",
            is_retired=False,
            n_disagreements=1,
            n_units_pairable=1,
            applied_by={"ann": 1},
        ),
    )


# -- confused codes ----------------------------------------------------------------------------------


def test_confused_codes_are_told_apart_by_how(study) -> None:
    store = a_study(
        study,
        [
            *(
                decision("ann", person, "q", code)
                for person, code in zip(["p1", "p2"], [HARM] * 2, strict=True)
            ),
            *(decision("bob", person, "q", code) for person, code in (("p1", PAIN), ("p2", WORRY))),
            decision("ann", "p3", "q", TRUST),
            decision("bob", "p3", "q"),
        ],
    )
    assert list_disagreements(store).confusions == (
        ConfusedCodes(
            kind=ConfusionKind.ALONE,
            codes=(TRUST, None),
            n_responses=1,
            n_coder_pairs=1,
            n_either=1,
            share=1.0,
            used=({"ann": 1}, {"bob": 1}),
        ),
        ConfusedCodes(
            kind=ConfusionKind.DEPTH,
            codes=(HARM, PAIN),
            n_responses=1,
            n_coder_pairs=1,
            n_either=2,
            share=0.5,
            used=({"ann": 1}, {"bob": 1}),
        ),
        ConfusedCodes(
            kind=ConfusionKind.SWAPPED,
            codes=(HARM, WORRY),
            n_responses=1,
            n_coder_pairs=1,
            n_either=2,
            share=0.5,
            used=({"ann": 1}, {"bob": 1}),
        ),
    )


# -- blindness ---------------------------------------------------------------------------------------


def blind_study(study: Build) -> Store:
    return a_study(
        study,
        TWO,
        rounds=[Round(name="blind", kind=RoundKind.RELIABILITY, is_blind=True, coders=("ann", "bob"))],
    )


def test_who_has_yet_to_decide_blind_is_told_only_how_many_there_are(study) -> None:
    found = list_disagreements(blind_study(study), rounds=["main"], viewer="ann")
    assert (found.answers, found.codes, found.confusions, found.n_units_pairable) == ((), (), (), 0)
    assert found.n_blind_disagreements == 3
    assert (
        list_disagreements(blind_study(study), rounds=["main"], codes=[WORRY], viewer="ann").as_json()[
            "n_blind_disagreements"
        ]
        == 1
    )


def test_who_leads_a_blind_round_sees_all(study) -> None:
    found = list_disagreements(blind_study(study), rounds=["main"], viewer="lead")
    assert (len(found.answers), found.n_blind_disagreements) == (3, 0)


def test_the_filter_is_refused_to_who_is_blind(study) -> None:
    with pytest.raises(HarkenError, match="you see your own work alone"):
        found_by_filter(blind_study(study), coder="ann")


# -- the report --------------------------------------------------------------------------------------


def printed(store: Store, sort: DisagreementSort, **asked: object) -> str:
    found = list_disagreements(store, **asked)  # type: ignore[arg-type]
    return terminal_text(disagreements_report(found, current_codebook(store), sort=sort))


def lines_of(words: str) -> list[str]:
    return [" ".join(line.split()) for line in words.splitlines()]


def test_the_list_by_answer_says_what_each_applied_besides_what_all_did(study) -> None:
    lines = lines_of(printed(a_study(study, TWO), DisagreementSort.ANSWER))
    assert "participant question answer all of them ann bob" in lines
    assert f"p1 q p1 said {TRUST} {HARM} {WORRY}" in lines
    assert "p3 q p3 said (uncodable) no code applies" in lines


def test_the_list_by_code_stands_below_its_wording(study) -> None:
    store = a_study(
        study,
        [
            decision("ann", "p1", "q", "risk.worry"),
            decision("bob", "p1", "q", "risk.harm"),
        ],
        codebook=DEFINED,
    )
    lines = lines_of(printed(store, DisagreementSort.CODE))
    start = lines.index("risk.worry (retired)")
    assert lines[start + 3 : start + 5] == ["label Worry", "definition Being afraid."]
    assert lines[start + 6] == "risk.worry: applied by some, not by others"
    assert lines[start + 9] == "p1 q p1 said ann bob"


def test_the_list_by_confusion_stands_below_both_definitions(study) -> None:
    store = a_study(
        study,
        [decision("ann", "p1", "q", "risk.worry"), decision("bob", "p1", "q", "risk.harm")],
        codebook=DEFINED,
    )
    lines = lines_of(printed(store, DisagreementSort.CONFUSION))
    start = lines.index("risk.harm / risk.worry (retired)")
    assert "definition Being hurt. Being afraid." in lines[start:]
    assert "p1 q p1 said bob ann" in lines[start:]


def test_the_list_by_confusion_leaves_out_what_was_confused_on_a_single_answer(study) -> None:
    store = a_study(
        study,
        [
            *(decision("ann", person, "q", HARM) for person in ("p1", "p2")),
            *(decision("bob", person, "q", WORRY) for person in ("p1", "p2")),
            decision("ann", "p3", "q", TRUST),
            decision("bob", "p3", "q", PAIN),
        ],
    )
    lines = lines_of(printed(store, DisagreementSort.CONFUSION))
    assert f"{HARM} {WORRY} swapped 2 2 100.0 ann 2 bob 2" in lines
    assert f"{HARM} / {WORRY}" in lines
    assert not any(line.startswith(TRUST) and PAIN in line for line in lines)
    assert "Left out: 1 pair confused on a single answer; `--format json` has all." in lines
    assert len(list_disagreements(store).confusions) == 2


@pytest.mark.parametrize("sort", list(DisagreementSort))
def test_without_disagreement_the_report_is_a_sentence(study, sort) -> None:
    assert "Decided differently: 0 of 0 responses" in printed(a_study(study, []), sort)


# -- the filter --------------------------------------------------------------------------------------

any_decision = st.builds(
    lambda coder, person, question, codes, is_uncodable: decision(
        coder, person, question, *([] if is_uncodable else codes), uncodable=is_uncodable
    ),
    st.sampled_from(["ann", "bob", "cy"]),
    st.sampled_from(["p1", "p2", "p3", "p4"]),
    st.sampled_from("qr"),
    st.lists(st.sampled_from(BOOK.paths), unique=True, max_size=3),
    st.booleans(),
)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(any_decision, max_size=24, unique_by=lambda one: (one.coder, one.key)),
    st.lists(st.sampled_from(["ann", "bob", "cy"]), unique=True),
    st.lists(st.sampled_from(BOOK.paths), unique=True, max_size=2),
)
def test_the_filter_finds_what_the_list_lists(decisions, coders, codes) -> None:
    known = [replace(one, at="") for one in decisions]
    with a_study(
        build_study,
        [*known, *(decision(c, "p1", "q", round="other") for c in ("ann", "bob", "cy"))],
        rounds=[Round(name="other")],
    ) as store:
        listed = list_disagreements(store, rounds=["main"], coders=coders, codes=codes)
        ids = [survey.response_id(store, one.key) for one in listed.answers]
        assert found_by_filter(store, coders=tuple(coders), codes=tuple(codes)) == sorted(ids)  # type: ignore[type-var]


# -- the agenda of a meeting -------------------------------------------------------------------------


def test_an_agenda_has_the_codes_that_were_confused_more_than_once(study) -> None:
    decided = [
        *(decision("ann", person, "q", code) for person, code in (("p1", "harm"), ("p2", "worry"))),
        *(decision("bob", person, "q", code) for person, code in (("p1", "worry"), ("p2", "harm"))),
        decision("ann", "p3", "q", "harm"),
        decision("bob", "p3", "q"),
    ]
    full = [replace(one, codings=tuple(Coding(f"risk.{code}") for code in one.codes)) for one in decided]
    store = a_study(study, full, codebook=DEFINED)
    found = agenda(store, viewer="lead")
    assert found.confusions == (
        ConfusedPair(
            codes=("risk.harm", "risk.worry"),
            kind=ConfusionKind.SWAPPED,
            n_responses=2,
            used=({"ann": 1, "bob": 1}, {"ann": 1, "bob": 1}),
            definitions=("Being hurt.", "Being afraid."),
        ),
    )
    table = next(table for table in agenda_report(found).tables if table.short_title == "Confused codes")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["risk.harm", "risk.worry", "swapped", "2", "Being hurt.", "Being afraid."]
    ]

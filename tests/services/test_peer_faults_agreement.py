"""What other tools get wrong about agreement where the flow matters: from decisions in a project to figures.

Each test names the tool. Cases that numbers alone can show stand in tests/stats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import pytest
from study_builder import codebook, decision

from harken.model import Coding, Decision
from harken.services.agreeing import Agreement, Yardstick, measure_agreement
from harken.services.tabulating import tabulate
from harken.stats.agreement import CrossTable, VariableAgreement
from harken.stats.estimate import Undefined
from harken.stats.uncertainty import Uncertainty
from harken.stats.verdicts import Verdict
from harken.storage.store import Store

Build = Callable[..., Store]
QUICK = Yardstick(uncertainty=Uncertainty(replicates=100))
X, Y = "theme.x", "theme.y"


def a_study(
    study: Build, decisions: Iterable[Decision], *, texts: Sequence[str], codes: Sequence[str] = (X,)
) -> Store:
    """One answer a participant: p0, p1, …, on the question q."""
    people = [f"p{number}" for number in range(len(texts))]
    return study(
        people=people,
        answers=[(person, "q", text) for person, text in zip(people, texts, strict=True)],
        codebook=codebook(*codes),
        decisions=decisions,
    )


def measured(store: Store) -> Agreement:
    return measure_agreement(store, yardstick=QUICK)


def kappa(found: VariableAgreement) -> float | None:
    assert found.cohen_kappa is not None
    return found.cohen_kappa.value


def in_segments(coder: str, participant: str, *segments: tuple[int, int], code: str = X) -> Decision:
    codings = tuple(Coding(code, start, end) for start, end in segments)
    return replace(decision(coder, participant, "q"), codings=codings)


# -- QualCoder: characters, spans and files as units -------------------------------------------------

LONG = "a long answer about waiting " * 40


def test_overlapping_segments_of_one_coder_are_not_two_coders_agreeing(study) -> None:
    """QualCoder counts codings, not coders: kappa .99 where bob coded nothing."""
    n = len(LONG)
    store = a_study(
        study,
        [
            in_segments("ann", "p0", (0, n), (1, n - 1)),
            decision("ann", "p1", "q"),
            decision("bob", "p0", "q"),
            decision("bob", "p1", "q"),
        ],
        texts=[LONG, LONG],
    )
    found = measured(store).whole.codes[X]
    assert found.table == CrossTable(both=0, only_first=1, only_second=0, neither=1)
    assert kappa(found) == pytest.approx(0)


def test_an_overlap_beside_the_same_segment_takes_no_agreement_away(study) -> None:
    """In QualCoder the characters then reach 3 and vanish: kappa -.05."""
    n = len(LONG)
    store = a_study(
        study,
        [
            in_segments("ann", "p0", (0, n), (1, n - 1)),
            in_segments("bob", "p0", (0, n)),
            decision("ann", "p1", "q"),
            decision("bob", "p1", "q"),
        ],
        texts=[LONG, LONG],
    )
    found = measured(store).whole.codes[X]
    assert found.table == CrossTable(both=1, only_first=0, only_second=0, neither=1)
    assert kappa(found) == pytest.approx(1)


def test_answers_that_nobody_was_given_are_no_agreement_on_no_code(study) -> None:
    """QualCoder takes every file in scope, so that unassigned ones count as agreement."""
    decisions = [
        decision(coder, f"p{number}", "q", *([X] if number < n else []))
        for coder, n in (("ann", 6), ("bob", 4))
        for number in range(12)
    ]
    few = measured(a_study(study, decisions, texts=["an answer"] * 12)).whole
    many = measured(a_study(study, decisions, texts=["an answer"] * 100)).whole
    assert few.codes == many.codes
    assert few.scope == many.scope
    assert few.codes[X].table == CrossTable(both=4, only_first=2, only_second=0, neither=6)


def test_a_long_answer_weighs_as_much_as_a_short_one(study) -> None:
    """QualCoder compares characters: the one long answer on which both agree would outweigh nine others."""
    short = [
        decision(coder, f"p{number}", "q", *([X] if coder == "ann" else []))
        for coder in ("ann", "bob")
        for number in range(1, 10)
    ]
    whole_text = [in_segments(coder, "p0", (0, len(LONG))) for coder in ("ann", "bob")]
    found = measured(a_study(study, [*whole_text, *short], texts=[LONG, *["short"] * 9])).whole.codes[X]
    assert found.table == CrossTable(both=1, only_first=9, only_second=0, neither=0)
    assert found.percent_agreement.value == pytest.approx(0.1)


# -- qc: codes of different coders joined ------------------------------------------------------------


def test_codes_that_each_coder_keeps_apart_never_stand_together(study) -> None:
    """Qc joins them over coders: 59 answers with none+other, though neither coder has a single one."""
    none, other = "theme.none", "theme.other"
    store = a_study(
        study,
        [
            decision(coder, f"p{number}", "q", code)
            for number in range(59)
            for coder, code in (("ann", none), ("bob", other))
        ],
        texts=["an answer"] * 59,
        codes=(none, other),
    )
    found = measured(store)
    assert {tuple(sorted(one.codes.items())) for one in found.disagreements} == {
        (("ann", (none,)), ("bob", (other,)))
    }
    assert len(found.disagreements) == 59
    assert found.whole.codes[none].table == CrossTable(both=0, only_first=59, only_second=0, neither=0)
    assert found.whole.sets.percent_exact.value == 0


def test_a_person_coded_twice_alike_is_counted_once(study) -> None:
    """Qc counts a line once for each coder; QualCoder and qdaPy count each fragment."""
    store = a_study(
        study,
        [
            in_segments("ann", "p0", (0, 4), (5, 9), (10, 14)),
            in_segments("bob", "p0", (0, 9)),
            decision("ann", "p1", "q"),
            decision("bob", "p1", "q"),
        ],
        texts=[LONG, LONG],
    )
    found = measured(store).whole.codes[X]
    assert (found.n_positive, found.prevalence) == (2, 0.5)
    (theme,) = tabulate(store).united.themes
    assert (theme.total.n, theme.total.base) == (1, 2)


# -- TACIT: untouched rows ---------------------------------------------------------------------------


def test_sixty_answers_that_nobody_touched_change_no_figure_of_forty_double_coded_ones(study) -> None:
    """TACIT counts blank cells as 0: agreement .878 becomes .951, kappa .294 .336, AC1 .853 .947."""
    codes = [f"theme.c{number}" for number in range(8)]
    # The same 320 cells in every order that matters: 11 both, 16 only ann, 23 only bob, 270 neither.
    cells = [(1, 1)] * 11 + [(1, 0)] * 16 + [(0, 1)] * 23 + [(0, 0)] * 270
    rated = [cells[number::40] for number in range(40)]
    decisions = [
        decision(coder, f"p{number}", "q", *(code for code, cell in zip(codes, row, strict=True) if cell[at]))
        for number, row in enumerate(rated)
        for at, coder in enumerate(("ann", "bob"))
    ]
    alone, beside = (
        measured(a_study(study, decisions, texts=["an answer"] * n, codes=codes)).whole for n in (40, 100)
    )
    assert alone == beside
    assert (beside.scope.n_units_rated, beside.scope.n_units_pairable) == (40, 40)
    tables = [found.table for found in beside.codes.values()]
    pooled = [
        sum(getattr(table, cell) for table in tables)
        for cell in ("both", "only_first", "only_second", "neither")
    ]
    assert pooled == [11, 16, 23, 270]


# -- qdaPy: partial double coding --------------------------------------------------------------------


def test_bob_who_was_given_a_third_of_the_answers_and_codes_alike_agrees_fully(study) -> None:
    """QdaPy's kappa by code is .30 to .45 there."""
    codes = [f"theme.c{number}" for number in range(3)]
    decisions = [
        decision(coder, f"p{number}", "q", codes[number % 3])
        for coder, n in (("ann", 300), ("bob", 100))
        for number in range(n)
    ]
    whole = measured(a_study(study, decisions, texts=["an answer"] * 300, codes=codes)).whole
    assert {(code.n_units_rated, code.n_units_pairable) for code in whole.codes.values()} == {(300, 100)}
    assert [kappa(code) for code in whole.codes.values()] == [pytest.approx(1)] * 3
    assert (whole.sets.alpha_masi.value, whole.sets.percent_exact.value) == (pytest.approx(1), 1)


# -- Dedoose, NVivo, Caplena: what is compared with what ---------------------------------------------


def test_codes_where_the_other_coder_saw_nothing_are_disagreements(study) -> None:
    """Dedoose tests a trainee on excerpts that the expert coded, so that what the expert left is not seen."""
    decisions = [
        *(decision("expert", f"p{number}", "q", *([X] if number < 2 else [])) for number in range(4)),
        *(decision("trainee", f"p{number}", "q", X) for number in range(4)),
    ]
    found = measured(a_study(study, decisions, texts=["an answer"] * 4))
    assert found.whole.codes[X].table == CrossTable(both=2, only_first=0, only_second=2, neither=0)
    assert [one.key.participant for one in found.disagreements] == ["p2", "p3"]


def test_a_survey_of_short_answers_has_one_kappa_a_code(study) -> None:
    """NVivo has one for each file, 0 or 1 where that is one answer, and averages them in a spreadsheet."""
    pairs = [(True, True)] * 8 + [(True, False)] * 2 + [(False, True)] * 3 + [(False, False)] * 27
    decisions = [
        decision(coder, f"p{number}", "q", *([X] if rated else []))
        for number, pair in enumerate(pairs)
        for coder, rated in zip(("ann", "bob"), pair, strict=True)
    ]
    found = measured(a_study(study, decisions, texts=["an answer"] * 40)).whole
    chance = (10 * 11 + 30 * 29) / 40**2
    assert kappa(found.codes[X]) == pytest.approx((35 / 40 - chance) / (1 - chance))
    (pair_of_coders,) = found.pairs
    assert pair_of_coders.codes[X].cohen_kappa == found.codes[X].cohen_kappa


def test_one_coder_has_no_agreement_with_the_consensus_or_with_nobody(study) -> None:
    """Caplena's score is a model's with itself: not agreement with a person."""
    decisions = [
        decision(coder, f"p{number}", "q", *([X] if number % 2 else []))
        for coder in ("ann", "consensus")
        for number in range(30)
    ]
    found = measured(a_study(study, decisions, texts=["an answer"] * 30)).whole.codes[X]
    assert found.krippendorff_alpha.value is None
    assert found.krippendorff_alpha.undefined is Undefined.ONE_CODER
    assert found.verdict is Verdict.UNDEFINED


def test_codes_that_nobody_used_move_no_figure_and_have_none_of_their_own(study) -> None:
    """MAXQDA's kappa rises with the number of codes selected."""
    decisions = [
        decision(coder, f"p{number}", "q", *([X] if number < n else []))
        for coder, n in (("ann", 12), ("bob", 15))
        for number in range(40)
    ]
    few, many = (
        measured(a_study(study, decisions, texts=["an answer"] * 40, codes=codes)).whole
        for codes in ((X,), (X, Y, *(f"theme.z{number}" for number in range(20))))
    )
    assert few.codes[X] == many.codes[X]
    assert few.sets == many.sets
    unused = many.codes[Y]
    assert (unused.krippendorff_alpha.value, unused.krippendorff_alpha.undefined, unused.verdict) == (
        None,
        Undefined.ONE_CATEGORY,
        Verdict.UNDEFINED,
    )

"""Agreement on segments: against another program, the definition by single characters, and known traps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harken.stats.estimate import Estimate, Undefined
from harken.stats.segments.agreement import SegmentAgreement, measure_segment_agreement
from harken.stats.segments.sums import Segment, SegmentedResponses
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod

QUICK = Uncertainty(replicates=50)
JACKKNIFE = Uncertainty(method=UncertaintyMethod.JACKKNIFE)

Marked = Mapping[str, Sequence[Segment]]
"""What each coder of a response marked in it."""
Response = tuple[str, int, Marked]
"""Participant, length, and what was marked."""


def measure(*responses: Response, coders: str = "", how: Uncertainty = QUICK) -> SegmentAgreement:
    names = tuple(coders) or tuple(sorted({coder for _, _, marked in responses for coder in marked}))
    people = {name: number for number, name in enumerate(dict.fromkeys(name for name, *_ in responses))}
    return measure_segment_agreement(
        "theme.x",
        SegmentedResponses(
            coders=names,
            participants=np.array([people[name] for name, *_ in responses], dtype=np.int64),
            lengths=np.array([length for _, length, _ in responses], dtype=np.int64),
            decided=np.array(
                [[coder in marked for coder in names] for *_, marked in responses], dtype=np.bool_
            ).reshape(len(responses), len(names)),
        ),
        {
            (row, names.index(coder)): segments
            for row, (*_, marked) in enumerate(responses)
            for coder, segments in marked.items()
        },
        uncertainty=how,
    )


def values(found: SegmentAgreement) -> tuple[float | None, ...]:
    return (
        found.u_alpha.value,
        found.u_alpha_equal_responses.value,
        found.percent_characters.value,
        found.overlap.value,
    )


# Computed with krippendorff-unitized-alpha 0.1.0 (Bekcic 2022), an independent program after Krippendorff et
# al. 2016; the texts were given to it with their gaps written out.
@pytest.mark.parametrize(
    ("length", "marked", "alpha"),
    [
        (56, {"a": [(3, 15), (22, 53)], "b": [(3, 10), (22, 53)], "c": [(22, 46)]}, 0.5645448655652737),
        (40, {"a": [(0, 10), (20, 30)], "b": [(2, 12), (20, 24)]}, 0.517423273657289),
        (40, {"a": [(0, 10), (10, 30)], "b": [(0, 30)]}, 1.0),
        (25, {"a": [], "b": [(5, 8)], "c": [(4, 9), (12, 20)], "d": [(5, 9)]}, 0.18283333333333318),
    ],
)
def test_alpha_of_one_text_is_what_another_program_says(length: int, marked: Marked, alpha: float) -> None:
    found = measure(("p1", length, marked))

    assert found.u_alpha.value == pytest.approx(alpha, abs=1e-12)
    assert found.u_alpha_equal_responses.value == pytest.approx(alpha, abs=1e-12)


def by_single_characters(responses: Sequence[Response], *, equal: bool) -> float | None:
    """Alpha from every pair of characters, as the definition reads; slow."""
    marks = []
    observed = total = 0.0
    for row, (_, length, marked) in enumerate(responses):
        if len(marked) < 2:
            continue
        weight = 1 / length if equal else 1.0
        inside: dict[str, list[object]] = {}
        for coder, segments in marked.items():
            units: list[object] = [None] * length
            # Overlapping segments are one unit: each takes over the units that it meets.
            for start, end in segments:
                met = {units[at] for at in range(start, end)} - {None}
                unit = object()
                units = [unit if start <= at < end or held in met else held for at, held in enumerate(units)]
            inside[coder] = units
            marks += [
                (held is not None, (row, coder, at) if held is None else held, weight)
                for at, held in enumerate(units)
            ]
            total += weight * length
        for first, second in permutations(marked, 2):
            for at in range(length):
                apart = (inside[first][at] is None) != (inside[second][at] is None)
                observed += apart * weight / (len(marked) - 1)
    differing = all_pairs = 0.0
    for (value, unit, weight), (other, of, by) in product(marks, marks):
        if unit != of:
            all_pairs += weight * by
            differing += (value != other) * weight * by
    return 1 - (observed / total) / (differing / all_pairs) if differing else None


@st.composite
def some_responses(draw: st.DrawFn) -> list[Response]:
    found: list[Response] = []
    for _ in range(draw(st.integers(1, 4))):
        length = draw(st.integers(1, 9))
        places = st.tuples(st.integers(0, length - 1), st.integers(1, length)).filter(lambda s: s[0] < s[1])
        marked = {
            coder: draw(st.lists(places, max_size=3))
            for coder in draw(st.lists(st.sampled_from("abc"), unique=True, min_size=1))
        }
        found.append((draw(st.sampled_from(["p1", "p2", "p3"])), length, marked))
    return found


@given(some_responses())
def test_alpha_is_what_every_pair_of_characters_says(responses: list[Response]) -> None:
    found = measure(*responses, coders="abc", how=JACKKNIFE)

    assert found.u_alpha.value == pytest.approx(by_single_characters(responses, equal=False), abs=1e-9)
    expected = by_single_characters(responses, equal=True)
    assert found.u_alpha_equal_responses.value == pytest.approx(expected, abs=1e-9)


@given(some_responses())
def test_plain_measures_are_what_sets_of_characters_say(responses: list[Response]) -> None:
    agreeing = n_characters = 0.0
    overlaps = []
    for _, length, marked in responses:
        inside = [{at for s, e in segments for at in range(s, e)} for segments in marked.values()]
        pairs = list(combinations(inside, 2))
        for one, other in pairs:
            # A response with m coders weighs m, as in alpha.
            agreeing += (length - len(one ^ other)) * len(inside) / len(pairs)
        n_characters += length * len(inside) * bool(pairs)
        shares = [len(one & other) / len(one | other) for one, other in pairs if one | other]
        if shares:
            overlaps.append(sum(shares) / len(shares))

    found = measure(*responses, coders="abc", how=JACKKNIFE)

    assert found.percent_characters.value == (
        pytest.approx(agreeing / n_characters) if n_characters else None
    )
    assert found.overlap.value == (pytest.approx(sum(overlaps) / len(overlaps)) if overlaps else None)


@given(some_responses(), st.permutations(["p1", "p2", "p3"]), st.permutations("abc"))
def test_figures_do_not_hang_on_order_or_names(
    responses: list[Response], people: list[str], letters: list[str]
) -> None:
    names = dict(zip(["p1", "p2", "p3"], people, strict=True))
    coders = dict(zip("abc", letters, strict=True))
    turned: list[Response] = [
        (names[person], length, {coders[coder]: held[::-1] for coder, held in marked.items()})
        for person, length, marked in reversed(responses)
    ]

    one, other = (measure(*given, coders="abc", how=JACKKNIFE) for given in (responses, turned))

    for field in ("u_alpha", "u_alpha_equal_responses", "percent_characters", "overlap"):
        left, right = getattr(one, field), getattr(other, field)
        assert (left.undefined, left.n_undefined_replicates) == (
            right.undefined,
            right.n_undefined_replicates,
        )
        for name in ("value", "se", "low", "high"):
            assert getattr(left, name) == pytest.approx(getattr(right, name), abs=1e-9)


@given(some_responses(), st.integers(1, 9))
def test_a_response_that_one_coder_decided_moves_no_figure(responses: list[Response], length: int) -> None:
    before = measure(*responses, coders="abc")
    after = measure(*responses, ("p9", length, {"a": [(0, length)]}), coders="abc")

    without = before.n_responses_rated
    assert (after.n_responses_rated, values(after)) == (without + 1, values(before)) or not before.n_responses


@given(some_responses(), st.sampled_from(list(UncertaintyMethod)))
def test_no_figure_is_other_than_a_number_or_a_reason(
    responses: list[Response], method: UncertaintyMethod
) -> None:
    found = measure(*responses, coders="abc", how=replace(QUICK, method=method))

    for field in ("u_alpha", "u_alpha_equal_responses", "percent_characters", "overlap"):
        one: Estimate = getattr(found, field)
        assert (one.value is None) == (one.undefined is not None)
        numbers = [number for number in (one.value, one.se, one.low, one.high) if number is not None]
        assert np.isfinite(numbers).all()
        assert one.value is None or one.value <= 1
        assert one.low is None or one.high is None or one.low <= one.high


def test_segments_of_one_coder_that_overlap_count_once() -> None:
    overlapping = measure(("p1", 50, {"a": [(0, 20), (10, 30), (12, 14)], "b": [(0, 30)]}))
    joined = measure(("p1", 50, {"a": [(0, 30)], "b": [(0, 30)]}))

    assert overlapping == joined
    assert (overlapping.u_alpha.value, overlapping.overlap.value) == (1, 1)


def test_a_coders_overlapping_segments_agree_with_nobody() -> None:
    found = measure(("p1", 50, {"a": [(0, 20), (10, 30)], "b": []}))

    assert found.u_alpha.value is not None
    assert found.u_alpha.value < 0
    assert found.overlap.value == 0


def test_segments_that_touch_stay_two() -> None:
    found = measure(("p1", 50, {"a": [(0, 10), (10, 20)], "b": [(0, 20)]}))

    assert found.n_segments == {"a": 2, "b": 1}


def test_coders_who_mark_whole_answers_at_random_agree_as_chance_has_it() -> None:
    rng = np.random.default_rng(5)
    found = measure(
        *(
            (f"p{number}", 60, {coder: [(0, 60)] if rng.random() < 0.9 else [] for coder in "ab"})
            for number in range(2000)
        )
    )

    assert found.u_alpha.value == pytest.approx(0, abs=0.06)
    assert found.percent_characters.value == pytest.approx(0.82, abs=0.02)


def test_a_long_answer_sways_characters_but_not_the_figure_where_answers_weigh_the_same() -> None:
    short: list[Response] = [(f"p{n}", 20, {"a": [(0, 5)], "b": [(0, 5)]}) for n in range(20)]
    found = measure(*short, ("long", 4000, {"a": [(0, 1000)], "b": [(2000, 3000)]}))

    assert found.u_alpha.value is not None
    assert found.u_alpha.value < 0
    assert found.u_alpha_equal_responses.value == pytest.approx(0.92, abs=0.03)
    assert found.overlap.value == pytest.approx(20 / 21)


def test_a_response_with_three_coders_weighs_three() -> None:
    found = measure(
        ("p1", 10, {"a": [(0, 5)], "b": [(0, 5)], "c": []}), ("p2", 10, {"a": [(0, 5)], "b": [(0, 5)]})
    )

    # Of three pairs two part on five characters of ten; they weigh 3, the other response 2.
    assert found.percent_characters.value == pytest.approx((3 * (1 - 2 / 3 * 0.5) + 2) / 5)


@pytest.mark.parametrize(
    ("responses", "coders", "reason"),
    [
        ([], "ab", Undefined.NO_RATINGS),
        ([("p1", 10, {"a": [(0, 5)]})], "a", Undefined.ONE_CODER),
        ([("p1", 10, {"a": [(0, 5)]}), ("p2", 10, {"b": []})], "ab", Undefined.NO_OVERLAP),
        ([("p1", 10, {"a": [], "b": []})], "ab", Undefined.ONE_CATEGORY),
        ([("p1", 10, {"a": [(0, 10)], "b": [(0, 10)]})], "ab", Undefined.ONE_CATEGORY),
    ],
)
def test_alpha_says_why_it_is_undefined(responses: list[Response], coders: str, reason: Undefined) -> None:
    found = measure(*responses, coders=coders)

    assert (found.u_alpha.value, found.u_alpha.undefined) == (None, reason)
    assert (found.u_alpha_equal_responses.value, found.u_alpha_equal_responses.undefined) == (None, reason)


def test_counts_say_what_was_compared() -> None:
    found = measure(
        ("p1", 10, {"a": [(0, 5)], "b": []}),
        ("p1", 20, {"a": [], "b": []}),
        ("p2", 30, {"a": [(0, 30)]}),
        ("p3", 0, {"a": [], "b": []}),
    )

    assert (found.n_responses_rated, found.n_responses, found.n_responses_segmented) == (3, 2, 1)
    assert (found.n_characters, found.n_segments) == (30, {"a": 1, "b": 0})


def test_limits_come_from_people_drawn_with_all_their_responses() -> None:
    alike: Marked = {"a": [(0, 5)], "b": [(0, 5)]}
    apart: Marked = {"a": [(0, 5)], "b": [(5, 10)]}
    spread = measure(*((f"p{n}-{k}", 10, apart if n % 2 else alike) for n in range(8) for k in range(6)))
    clustered = measure(*((f"p{n}", 10, apart if n % 2 else alike) for n in range(8) for k in range(6)))

    assert values(spread) == values(clustered)
    assert spread.u_alpha.se is not None
    assert clustered.u_alpha.se is not None
    assert clustered.u_alpha.se > 1.5 * spread.u_alpha.se


def test_bootstrap_and_jackknife_see_about_the_same_spread() -> None:
    rng = np.random.default_rng(3)
    responses: list[Response] = []
    for number in range(120):
        start = int(rng.integers(0, 30))
        moved = start + int(rng.integers(0, 6))
        responses.append((f"p{number}", 60, {"a": [(start, start + 15)], "b": [(moved, moved + 15)]}))

    drawn = measure(*responses, how=Uncertainty(replicates=2000)).u_alpha
    left_out = measure(*responses, how=JACKKNIFE).u_alpha

    assert drawn.se is not None
    assert left_out.se is not None
    assert drawn.se == pytest.approx(left_out.se, rel=0.1)
    assert (drawn.method, left_out.method) == ("bootstrap", "jackknife")


@pytest.mark.parametrize(
    ("method", "said"), [("bootstrap", "bootstrap"), ("bca", "bca"), ("analytic", "jackknife")]
)
def test_estimates_say_by_which_method_their_limits_were_made(method: str, said: str) -> None:
    responses: list[Response] = [
        (f"p{n}", 30, {"a": [(0, 10)], "b": [(n % 7, 10)], "c": [(0, 10 + n % 3)]}) for n in range(30)
    ]

    found = measure(*responses, how=Uncertainty(method=UncertaintyMethod(method), replicates=200))

    for one in (found.u_alpha, found.u_alpha_equal_responses, found.percent_characters, found.overlap):
        assert one.method == said
        assert one.low is not None
        assert one.high is not None
        assert one.value is not None
        assert one.low < one.value < one.high


def test_very_many_people_who_differ_are_left_out_one_by_one_instead_of_drawn() -> None:
    responses: list[Response] = [(f"p{n}", 30 + n, {"a": [(0, 10)], "b": [(2, 10)]}) for n in range(60)]

    found = measure(*responses, how=Uncertainty(replicates=200_000))

    assert found.u_alpha.method == "jackknife"

"""Agreement on segments from stored decisions: which are compared, and what counts as a segment."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from study_builder import codebook

from harken.model import CONSENSUS, Coding, Decision, DecisionState, ResponseKey, Round
from harken.services.agreeing.comparing.segments import measure_segments, read_segments
from harken.services.agreeing.rating.rated import Rating, rate
from harken.services.agreeing.rating.rows import decision_rows
from harken.services.codebooks.merging import merge_codes
from harken.stats.estimate import Undefined
from harken.stats.segments.agreement import SegmentAgreement
from harken.stats.uncertainty import Uncertainty
from harken.storage import codebooks, survey
from harken.storage.store import Store

Build = Callable[..., Store]
QUICK = Uncertainty(replicates=20)
TEXT = "It was long, but the nurse was kind."
PLACE = (17, 35)
"""Of `the nurse was kind` in `TEXT`."""
BOOK = codebook("theme.staff", "theme.staff.nurse", "theme.waiting")


def decided(
    coder: str,
    participant: str,
    *codings: tuple[str, int, int] | str,
    question: str = "q1",
    round: str = "main",
    uncodable: bool = False,
) -> Decision:
    return Decision(
        key=ResponseKey(participant, question),
        coder=coder,
        round=round,
        state=DecisionState.UNCODABLE if uncodable else DecisionState.CODED,
        codings=tuple(Coding(one) if isinstance(one, str) else Coding(*one) for one in codings),
    )


@pytest.fixture
def answers(study: Build) -> Callable[..., Store]:
    """A project in which four people gave `TEXT` to each of two questions."""

    def build(*decisions: Decision, **parts: object) -> Store:
        people = [f"p{number}" for number in range(1, 5)]
        return study(
            people=people,
            answers=[(name, question, TEXT) for name in people for question in ("q1", "q2")],
            decisions=decisions,
            **{"codebook": BOOK, **parts},
        )

    return build


def measure(
    store: Store,
    *,
    rounds: Iterable[str] = ("main",),
    questions: tuple[str, ...] = ("q1", "q2"),
    keep: Callable[[Rating], bool] = lambda rating: True,
) -> dict[str, SegmentAgreement]:
    book = codebooks.stored_codebook(store).codebook
    rows = decision_rows(store, rounds=rounds, coders=(), questions=questions, with_excluded=False)
    ratings = list(rate(rows).ratings())
    placed = read_segments(store, ratings, book)
    chosen = [rating for rating in ratings if keep(rating)]
    found = measure_segments(
        placed,
        chosen,
        book,
        coders=tuple(sorted({rating.coder for rating in ratings})),
        questions=questions,
        uncertainty=QUICK,
    )
    return {one.code: one for one in found}


def test_there_are_no_figures_where_every_code_is_on_whole_answers(answers: Build) -> None:
    store = answers(decided("ann", "p1", "theme.waiting"), decided("bob", "p1", "theme.waiting"))

    assert measure(store) == {}


def test_a_code_is_measured_where_somebody_coded_a_segment_with_it(answers: Build) -> None:
    store = answers(
        decided("ann", "p1", ("theme.waiting", 0, 11), "theme.staff"),
        decided("bob", "p1", ("theme.waiting", 0, 11), "theme.staff"),
    )

    found = measure(store)

    assert list(found) == ["theme.waiting"]
    assert (found["theme.waiting"].u_alpha.value, found["theme.waiting"].overlap.value) == (1, 1)


def test_a_code_on_the_whole_answer_is_one_segment_from_end_to_end(answers: Build) -> None:
    store = answers(decided("ann", "p1", ("theme.waiting", 0, 12)), decided("bob", "p1", "theme.waiting"))

    found = measure(store)["theme.waiting"]

    assert found.n_segments == {"ann": 1, "bob": 1}
    assert found.overlap.value == pytest.approx(12 / len(TEXT))


def test_a_code_stands_where_a_code_below_it_was_applied(answers: Build) -> None:
    start, end = PLACE
    store = answers(
        decided("ann", "p1", ("theme.staff.nurse", start, end), ("theme.staff", start, end - 4)),
        decided("bob", "p1", ("theme.staff", start, end)),
    )

    found = measure(store)

    assert found["theme.staff"].n_segments == {"ann": 1, "bob": 1}
    assert found["theme.staff"].u_alpha.value == 1
    assert found["theme.staff.nurse"].n_segments == {"ann": 1, "bob": 0}
    assert found["theme.staff.nurse"].overlap.value == 0


def test_an_answer_that_one_coder_never_decided_is_not_compared(answers: Build) -> None:
    store = answers(
        decided("ann", "p1", ("theme.waiting", 0, 11)),
        decided("bob", "p1", ("theme.waiting", 0, 11)),
        decided("ann", "p2", ("theme.waiting", 0, 5)),
    )

    found = measure(store)["theme.waiting"]

    assert (found.n_responses_rated, found.n_responses, found.n_characters) == (2, 1, len(TEXT))
    assert found.u_alpha.value == 1


def test_a_code_with_segments_on_singly_coded_answers_alone_says_no_overlap(answers: Build) -> None:
    store = answers(decided("ann", "p1", ("theme.waiting", 0, 11)), decided("bob", "p2"))

    assert measure(store)["theme.waiting"].u_alpha.undefined is Undefined.NO_OVERLAP


def test_an_uncodable_answer_is_a_gap_to_who_says_so(answers: Build) -> None:
    store = answers(decided("ann", "p1", ("theme.waiting", 0, 18)), decided("bob", "p1", uncodable=True))

    found = measure(store)["theme.waiting"]

    assert (found.n_responses, found.overlap.value) == (1, 0)
    assert found.percent_characters.value == pytest.approx(0.5)


def test_the_adjudicated_layer_is_no_coder(answers: Build) -> None:
    store = answers(
        decided("ann", "p1", "theme.waiting"),
        decided("bob", "p1", "theme.waiting"),
        decided(CONSENSUS, "p1", ("theme.waiting", 0, 11)),
    )

    assert measure(store) == {}


def test_excluded_people_are_not_compared(answers: Build) -> None:
    marked = [
        decided(coder, name, ("theme.waiting", 0, 11)) for coder in ("ann", "bob") for name in ("p1", "p2")
    ]
    store = answers(*marked, excluded={"item non-response": ["p2"]})

    assert measure(store)["theme.waiting"].n_responses == 1


def test_a_code_is_compared_where_it_may_be_applied(answers: Build) -> None:
    marked = [
        decided(coder, "p1", *codings, question=question)
        for coder in ("ann", "bob")
        for question, codings in (("q1", [("theme.waiting", 0, 11)]), ("q2", []))
    ]
    store = answers(
        *marked,
        codebook=codebook("theme.staff", "theme.waiting", questions={"theme.waiting": ("q1",)}),
    )

    assert measure(store)["theme.waiting"].n_responses == 1
    assert measure(store, questions=("q2",)) == {}


def test_rounds_are_compared_apart(answers: Build) -> None:
    store = answers(
        decided("ann", "p1", ("theme.waiting", 0, 11)),
        decided("bob", "p1", ("theme.waiting", 0, 11)),
        decided("ann", "p1", ("theme.waiting", 13, 20), round="second"),
        decided("bob", "p1", ("theme.waiting", 13, 20), round="second"),
        rounds=[Round(name="second")],
    )

    found = measure(store, rounds=("main", "second"))["theme.waiting"]

    assert (found.n_responses, found.u_alpha.value) == (2, 1)


def test_a_part_of_the_ratings_can_be_measured_from_what_was_read_once(answers: Build) -> None:
    store = answers(
        decided("ann", "p1", ("theme.waiting", 0, 11)),
        decided("bob", "p1", ("theme.waiting", 0, 11)),
        decided("ann", "p2", ("theme.waiting", 0, 11)),
        decided("bob", "p2"),
    )
    p1 = survey.response(store, 1).id

    found = measure(store, keep=lambda rating: rating.unit.response_id == p1)["theme.waiting"]

    assert (found.n_responses, found.u_alpha.value) == (1, 1)


def test_segments_of_a_merged_code_are_those_of_what_it_went_into(answers: Build) -> None:
    store = answers(
        decided("ann", "p1", ("theme.staff.nurse", 0, 11)), decided("bob", "p1", ("theme.waiting", 0, 11))
    )
    merge_codes(store, "theme.staff.nurse", "theme.waiting", actor="lead")

    found = measure(store)

    assert list(found) == ["theme.waiting"]
    assert found["theme.waiting"].u_alpha.value == 1


def test_places_are_characters_not_bytes(study: Build) -> None:
    text = "🙂é\0 ok"
    store = study(
        people=["p1"],
        answers=[("p1", "q1", text)],
        codebook=BOOK,
        decisions=[decided(coder, "p1", ("theme.waiting", 0, 2)) for coder in ("ann", "bob")],
    )

    found = measure(store, questions=("q1",))["theme.waiting"]

    assert (found.n_characters, found.u_alpha.value) == (len(text), 1)

"""Hidden counts against enumeration of every table that fits what is published."""

from __future__ import annotations

import json
import os
from pathlib import Path
from random import Random

import pytest

from harken.stats.suppression import Exposed, Publication, Relation, audit, feasible_range, protect_counts

SHARED = Path(os.environ.get("HARKEN_SHARED", ""))


def row_of(cells: list[int], bases: list[int], total: int, *, is_total_fixed: bool = False) -> Publication:
    row = Publication()
    numbers = [row.add(n, base) for n, base in zip(cells, bases, strict=True)]
    row.sums(row.add(total, sum(bases), fixed=is_total_fixed), numbers)
    return row


def enumerated_range(publication: Publication, hidden: set[int], at: int) -> tuple[int, int]:
    """The range of a count over every table of whole numbers that fits, one after the other."""
    order = sorted(hidden)
    place = {one: number for number, one in enumerate(order)}
    decided: dict[int, list[Relation]] = {number: [] for number in range(-1, len(order))}
    for relation in publication.relations:
        decided[max(place.get(one, -1) for one, _ in relation.terms)].append(relation)
    table = list(publication.values)
    found: set[int] = set()

    def fill(number: int) -> None:
        if number == len(order):
            found.add(table[at])
            return
        one = order[number]
        for value in range(publication.least(one), publication.bases[one] + 1):
            table[one] = value
            if all(relation.holds(table) for relation in decided[number]):
                fill(number + 1)
        table[one] = publication.values[one]

    fill(0)
    return min(found), max(found)


def random_publication(random: Random) -> Publication:
    """A parent with two children in two or three groups; the parent's total is above both totals."""
    publication = Publication()
    groups = range(random.randint(2, 3))
    bases = [random.randint(2, 7) for _ in groups]
    rows: list[list[int]] = []
    children = [[random.randint(0, base) for base in bases] for _ in range(2)]
    parent = [
        random.randint(max(parts), min(base, sum(parts)))
        for base, *parts in zip(bases, *children, strict=True)
    ]
    for line in (*children, parent):
        numbers = [publication.add(n, base) for n, base in zip(line, bases, strict=True)]
        publication.sums(publication.add(sum(line), sum(bases)), numbers)
        rows.append(numbers)
    for first, second, above in zip(*rows, strict=True):
        publication.relate([(above, 1), (first, -1)], low=0, high=None)
        publication.relate([(above, 1), (second, -1)], low=0, high=None)
        publication.relate([(first, 1), (second, 1), (above, -1)], low=0, high=None)
    return publication


@pytest.mark.parametrize("seed", range(8))
def test_no_hidden_count_of_random_tables_can_be_told_by_enumerating_all_that_fit(seed) -> None:
    random = Random(seed)
    for _ in range(60):
        publication = random_publication(random)
        threshold = random.choice([2, 3])
        pattern = protect_counts(publication, threshold=threshold)
        primary = {at for at, n in enumerate(publication.values) if 0 < n < threshold}
        assert primary <= pattern.hidden
        for at in primary:
            low, high = enumerated_range(pattern.publication, set(pattern.hidden), at)
            assert high - low >= min(threshold, publication.bases[at])


@pytest.mark.parametrize(
    ("values", "threshold", "hidden", "hides_zeros"),
    [((2, 28, 0), 5, {0, 1}, False), ((2, 4, 0), 5, {0, 1}, True), ((2, 0), 3, {0, 1}, True)],
)
def test_zeros_are_shown_unless_a_count_has_no_room_otherwise(values, threshold, hidden, hides_zeros) -> None:
    answers = Publication()
    numbers = [answers.add(n, sum(values)) for n in values]
    answers.relate([(at, 1) for at in numbers], low=sum(values), high=sum(values))
    pattern = protect_counts(answers, threshold=threshold)
    assert (pattern.hidden, pattern.publication.hides_zeros) == (hidden, hides_zeros)


@pytest.mark.parametrize("seed", range(4))
def test_bounds_are_those_of_enumerating_all_tables_that_fit(seed) -> None:
    random = Random(100 + seed)
    for _ in range(25):
        publication = random_publication(random)
        positive = [at for at, n in enumerate(publication.values) if n]
        hidden = set(random.sample(positive, min(4, len(positive))))
        for at in hidden:
            assert feasible_range(publication, hidden, at) == enumerated_range(publication, hidden, at)


@pytest.mark.skipif("HARKEN_SHARED" not in os.environ, reason="needs the shared data")
def test_bounds_and_patterns_of_the_worked_rows_are_found() -> None:
    case = json.loads((SHARED / "oracles/statistics/x01_suppression_rows.json").read_text())
    for expected in case["expected"]:
        names = list(expected["cells"])
        row = row_of(
            list(expected["cells"].values()),
            list(expected["group_n"].values()),
            expected["total"],
            is_total_fixed=True,
        )
        threshold = expected["threshold"]
        assert {names[at] for at in row.primary(threshold)} == set(expected["primary"])
        for pattern in expected["patterns"]:
            hidden = {names.index(name) for name in pattern["hidden"]}
            bounds = {
                name: list(feasible_range(row, hidden, names.index(name))) for name in pattern["hidden"]
            }
            assert bounds == pattern["intervals"]
            assert (audit(row, hidden, threshold=threshold) == ()) == pattern["valid"]
        chosen = protect_counts(row, threshold=threshold)
        assert {names[at] for at in chosen.hidden} == set(expected["fewest_hidden"])


def test_an_audit_finds_a_pattern_that_hides_too_little() -> None:
    row = row_of([1, 1, 30, 20], [60, 60, 90, 70], 52)
    assert audit(row, {0, 1}, threshold=5) == (
        Exposed(at=0, low=1, high=1, needed=5),
        Exposed(at=1, low=1, high=1, needed=5),
    )


def test_an_audit_finds_a_small_count_that_is_not_hidden() -> None:
    row = row_of([3, 40], [121, 282], 43)
    assert audit(row, {1}, threshold=5) == (Exposed(at=0, low=3, high=3, needed=5),)


def test_witnesses_that_do_not_fit_prove_nothing() -> None:
    row = row_of([3, 40], [121, 282], 43)
    assert audit(row, {0}, threshold=5, witnesses=[{0: 20}, {0: 20, 1: 23}]) == (
        Exposed(at=0, low=3, high=3, needed=5),
    )


def test_a_count_of_few_people_needs_only_the_room_that_its_base_leaves() -> None:
    row = row_of([2, 30], [4, 90], 32)
    assert audit(row, {0, 1}, threshold=5) == ()
    assert feasible_range(row, {0, 1}, 0) == (1, 4)


def test_zeros_of_a_group_hidden_wholly_are_hidden_with_its_other_counts() -> None:
    row = Publication()
    cells = [row.add(0, 3, wholly=True), row.add(30, 90), row.add(20, 60)]
    row.sums(row.add(50, 153), cells)
    assert protect_counts(row, threshold=5).hidden == {0, 2}
    assert feasible_range(row, {0, 2}, 0) == (0, 3)


def test_what_some_readers_may_know_is_held_against_the_pattern_too() -> None:
    family = Publication()
    codes = [family.add(3, 50), family.add(20, 50), family.add(30, 50)]
    net = family.add(53, 90)
    family.relate([(codes[0], 1), (codes[1], 1), (codes[2], 1), (net, -1)], low=0, high=None)
    alone = protect_counts(family, threshold=5)
    family.relate_where_true([(net, 1), *((at, -1) for at in codes)], low=0, is_certain=False)
    assert alone.hidden == {0}
    assert protect_counts(family, threshold=5).hidden == {0, 1}


def test_the_same_publication_gives_the_same_pattern() -> None:
    assert protect_counts(random_publication(Random(3)), threshold=3) == protect_counts(
        random_publication(Random(3)), threshold=3
    )


def test_a_relation_that_is_not_true_is_refused() -> None:
    row = Publication()
    at = row.add(3, 10)
    with pytest.raises(ValueError, match="does not hold"):
        row.relate([(at, 1)], low=4, high=None)

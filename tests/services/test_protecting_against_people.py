"""Protected tables against every set of people who could have given what is published.

Nothing of the model of relations is used here: people with any answers are put together one by one, and what
they would publish is compared with what was published.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import combinations, product
from random import Random

import pytest
from random_tables import Study, random_study, said, table_of

from harken.services.protecting import protect
from harken.services.tabulating.result import ThemeTable

Column = list[int | None]
CODES = ({"f": ("f.a", "f.b")}, {"f": ("f.a", "f.a.x"), "g": ("g.b",)}, {"f": ("f.a",), "g": ("g.b",)})


def columns(table: ThemeTable) -> list[Column]:
    """The counts of each group and of the total, those of one scope after the other."""
    found: list[Column] = [[] for _ in (*table.united.groups, table.united.total)]
    for figures in (table.united, *(part.figures for part in table.slices)):
        for row in (*figures.families, *figures.themes):
            for column, cell in zip(found, (*row.cells, row.total), strict=True):
                column.append(cell.n)
        for column, bases in zip(found, (*figures.groups, figures.total), strict=True):
            column.append(bases.nothing_to_code)
    return found


@cache
def possible_groups(codes: int, n_questions: int, size: int) -> frozenset[tuple[int, ...]]:
    """What groups of this size could publish, whatever their people said."""
    study = Study(groups=((),), codes=CODES[codes], n_questions=n_questions)
    every = [code for family in study.codes.values() for code in family]
    answers = [frozenset(some) for n in range(len(every) + 1) for some in combinations(every, n)]

    def of_person(person: tuple[frozenset[str], ...]) -> tuple[int, ...]:
        found: list[int] = []
        for scope in study.scopes:
            codes = said(person, scope) or frozenset()
            found += [int(bool(codes & members)) for _, _, members in study.rows()]
            found.append(int(not codes))
        return tuple(found)

    people = {of_person(person) for person in product(answers, repeat=n_questions)}
    groups = {(0,) * len(next(iter(people)))}
    for _ in range(size):
        groups = {tuple(map(sum, zip(group, person, strict=True))) for group in groups for person in people}
    return frozenset(groups)


def ranges(
    study: Study, codes: int, published: list[Column], least: list[list[int]]
) -> list[list[tuple[int, int]]]:
    """Between what each count may lie, by column."""
    fitting = [
        [
            group
            for group in possible_groups(codes, study.n_questions, len(people))
            if all(
                n >= low if shown is None else n == shown
                for n, shown, low in zip(group, column, lows, strict=True)
            )
        ]
        for people, column, lows in zip(study.groups, published, least, strict=False)
    ]
    shown = [at for at, n in enumerate(published[-1]) if n is not None]
    by_shown = defaultdict(list)
    for group in fitting[-1]:
        by_shown[tuple(group[at] for at in shown)].append(group)
    low: list[list[int]] = [[10**6] * len(published[0]) for _ in published]
    high: list[list[int]] = [[-1] * len(published[0]) for _ in published]
    for first in fitting[0] if len(fitting) == 2 else [(0,) * len(published[0])]:
        wanted = tuple((published[-1][at] or 0) - first[at] for at in shown)
        for second in by_shown.get(wanted, ()):
            total = tuple(map(sum, zip(first, second, strict=True)))
            if any(n < lowest for n, lowest in zip(total, least[-1], strict=True)):
                continue
            for number, column in enumerate((*((first, second)[2 - len(fitting) :]), total)):
                for at, n in enumerate(column):
                    low[number][at] = min(low[number][at], n)
                    high[number][at] = max(high[number][at], n)
    return [list(zip(*limits, strict=True)) for limits in zip(low, high, strict=True)]


@pytest.mark.parametrize("seed", range(6))
def test_no_people_who_fit_what_is_published_tell_a_hidden_count(seed) -> None:
    random = Random(seed)
    for _ in range(12):
        codes = random.randrange(len(CODES))
        study = random_study(
            random,
            sizes=[random.randint(2, 4) for _ in range(random.randint(1, 2))],
            codes=CODES[codes],
            n_questions=2 if codes == 0 else 1,
            share=lambda: random.choice([0.2, 0.5, 0.8]),
        )
        threshold = random.choice([2, 3])
        table = table_of(study)
        true, published = columns(table), columns(protect(table, threshold=threshold))
        wholly = hidden_wholly(study, true, threshold)
        least = [
            [0 if is_wholly or not n else 1 for n, is_wholly in zip(*pair, strict=True)]
            for pair in zip(true, wholly, strict=True)
        ]
        limits = ranges(study, codes, published, least)
        utmost = None
        for number, column in enumerate(true):
            for at, n in enumerate(column):
                if not (wholly[number][at] or 0 < (n or 0) < threshold):
                    continue
                assert published[number][at] is None
                low, high = limits[number][at]
                if high - low < threshold:
                    utmost = utmost or ranges(study, codes, all_hidden(true, wholly), least)
                    lowest, highest = utmost[number][at]
                    assert high - low >= min(threshold, highest - lowest)


def hidden_wholly(study: Study, true: list[Column], threshold: int) -> list[list[bool]]:
    """Whether a count is of a group so small that all of it is hidden, scope by scope."""
    sizes = [*(len(group) for group in study.groups), sum(len(group) for group in study.groups)]
    per_scope = len(true[0]) // len(study.scopes)
    found: list[list[bool]] = []
    for column, size in zip(true, sizes, strict=True):
        flags: list[bool] = []
        for start in range(0, len(column), per_scope):
            is_small = any(0 < (n or 0) < threshold for n in column[start : start + per_scope])
            flags += [size < threshold or (size == threshold and is_small)] * per_scope
        found.append(flags)
    return found


def all_hidden(true: list[Column], wholly: list[list[bool]]) -> list[Column]:
    """The table with everything hidden that can be."""
    return [
        [None if n or is_wholly else n for n, is_wholly in zip(*pair, strict=True)]
        for pair in zip(true, wholly, strict=True)
    ]

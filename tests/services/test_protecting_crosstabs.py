"""Tables by columns that lie within each other against every set of counts that fits what is published."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from study_builder import build_study, codebook, decision

from harken.services.crosstabulating import Crosstab, crosstabulate
from harken.services.protecting import protect_crosstab

SITES = (("north", "n1"), ("north", "n2"), ("south", "s1"), ("south", "s2"))


def sites_in_regions(random: Random) -> Crosstab:
    """One code at sites of one region or the other."""
    people: dict[str, dict[str, str]] = {}
    decisions = []
    for region, site in SITES:
        share = random.choice([0.1, 0.3, 0.6])
        for number in range(random.choice([6, 9, 12])):
            name = f"{site}-{number}"
            people[name] = {"region": region, "site": site}
            decisions.append(decision("ada", name, "q", *(["f.a"] if random.random() < share else [])))
    store = build_study(
        people=people,
        answers=[(name, "q", "an answer") for name in people],
        codebook=codebook("f.a"),
        decisions=decisions,
    )
    return crosstabulate(store, by=("region", "site"))


def counts(result: Crosstab) -> dict[str, int | None]:
    return {
        cell.group: cell.n
        for table in result.tables
        for cell in (*table.united.themes[0].cells, table.united.themes[0].total)
    }


@pytest.mark.parametrize("seed", range(5))
def test_regions_and_their_sites_do_not_tell_a_hidden_count(seed) -> None:
    random = Random(seed)
    for _ in range(5):
        table = sites_in_regions(random)
        threshold = random.choice([2, 3])
        true, published = counts(table), counts(protect_crosstab(table, threshold=threshold))
        bases = {cell.group: cell.base for cell in table.tables[1].united.themes[0].cells}
        possible: dict[str, set[int]] = {name: set() for name in true}
        for ns in product(*(range(bases[site] + 1) for _, site in SITES)):
            n_of = {site: n for (_, site), n in zip(SITES, ns, strict=True)}
            n_of |= {"north": ns[0] + ns[1], "south": ns[2] + ns[3], "total": sum(ns)}
            if all(n_of[name] == n if n is not None else n_of[name] > 0 for name, n in published.items()):
                for name, n in n_of.items():
                    possible[name].add(n)
        for name, n in true.items():
            if n is not None and 0 < n < threshold:
                assert published[name] is None
                assert max(possible[name]) - min(possible[name]) >= threshold

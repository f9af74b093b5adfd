"""Theme tables by one attribute after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from harken.errors import HarkenError, listed
from harken.model import VariableRole
from harken.services.counting.people import People, read_people
from harken.services.counting.upkeep import bring_up_to_date
from harken.services.crosstabulating.result import Crosstab, Meeting
from harken.services.tabulating.figures import Base
from harken.services.tabulating.tabulate import tabulate
from harken.stats.proportions import IntervalMethod
from harken.storage import survey
from harken.storage.store import Store


def crosstabulate(
    store: Store,
    *,
    by: Sequence[str] = (),
    questions: Sequence[str] = (),
    basis: str = "default",
    base: Base = Base.CODED,
    level: float = 0.95,
    interval: IntervalMethod = IntervalMethod.WILSON,
    decimals: int = 1,
    with_excluded: bool = False,
    where: Sequence[tuple[str, str]] = (),
) -> Crosstab:
    """Themes by each of the columns `by`; none named: the survey's group columns.

    The figures are those of a theme table by each column, united over the questions. Raises `HarkenError`
    for what the project lacks.
    """
    columns = tuple(dict.fromkeys(by)) or _group_columns(store)
    bring_up_to_date(store)
    with store.snapshot():
        return Crosstab(
            tables=tuple(
                tabulate(
                    store,
                    questions=questions,
                    by=column,
                    basis=basis,
                    base=Base(base),
                    level=level,
                    interval=IntervalMethod(interval),
                    decimals=decimals,
                    with_excluded=with_excluded,
                    where=where,
                    with_slices=False,
                )
                for column in columns
            ),
            meetings=tuple(
                _meetings(
                    [
                        read_people(store, by=column, with_excluded=with_excluded, where=where)
                        for column in columns
                    ]
                )
            ),
        )


def _meetings(people: Sequence[People]) -> Iterator[Meeting]:
    for (first, left), (second, right) in combinations(enumerate(people), 2):
        yield Meeting(
            first=first,
            second=second,
            shared=frozenset(
                (one, other)
                for one, of_one in enumerate(left.of_group)
                for other, of_other in enumerate(right.of_group)
                if (of_one & of_other).any()
            ),
        )


def _group_columns(store: Store) -> tuple[str, ...]:
    variables = [one for one in survey.variables(store) if not one.per_response]
    groups = tuple(one.name for one in variables if one.role is VariableRole.GROUP)
    if not groups:
        raise HarkenError(
            "This survey has no group columns. Name columns with --by COL, once for each: "
            f"{listed(one.name for one in variables)}."
        )
    return groups

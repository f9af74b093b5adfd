"""A table of labels, as one has it in a spreadsheet, as ratings of one variable."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import numpy as np

from harken.errors import HarkenError, many
from harken.stats.ratings import MISSING, RatingMatrix

Label = str | int | float


def collect_ratings(
    rows: Iterable[Sequence[Label | None]],
    *,
    coders: Sequence[str] = (),
    categories: Sequence[Label] = (),
    participants: Sequence[Hashable] = (),
) -> RatingMatrix:
    """The ratings of one variable from rows of labels: a row a unit, a column a coder.

    Parameters
    ----------
    rows
        Labels; None and nan are missing: that coder has not rated that unit. Labels compare as texts, and a
        number without decimals is the same with and without a point.
    coders
        Names of the columns; by default 1, 2, 3, ...
    categories
        Come first and in this order, and count whether or not they occur. Those that only occur follow, in
        the order of numbers where all of them are numbers, else of texts.
    participants
        Whose each unit is, where people have several: they are resampled whole. By default every unit is a
        participant of its own.

    Returns
    -------
    RatingMatrix
        For `measure_variable_agreement` and `measure_all_pairs`.

    Raises
    ------
    HarkenError
        Where rows differ in length, or names and participants do not fit them.

    Examples
    --------
    >>> from harken.stats import Scale, measure_variable_agreement
    >>> ratings = collect_ratings([("yes", "yes"), ("yes", "no"), ("no", "no"), (None, "no")])
    >>> ratings.categories, ratings.ratings.tolist()
    (('no', 'yes'), [[1, 1], [1, 0], [0, 0], [-1, 0]])
    >>> found = measure_variable_agreement(ratings)
    >>> found.n_units_pairable, round(found.krippendorff_alpha.value, 3)
    (3, 0.444)

    Numbers on a scale:

    >>> ratings = collect_ratings([(1, 1), (2, 3), (5, 5), (4, 4)], categories=[1, 2, 3, 4, 5])
    >>> values = [float(category) for category in ratings.categories]
    >>> found = measure_variable_agreement(ratings, scale=Scale.INTERVAL, values=values)
    >>> round(found.krippendorff_alpha_interval.value, 3)
    0.954
    """
    table = [[None if _is_missing(label) else _text(label) for label in row] for row in rows]
    n_coders = len(coders) or (len(table[0]) if table else 0)
    for place, row in enumerate(table, 1):
        if len(row) != n_coders:
            raise HarkenError(
                f"Row {place} has {many(len(row), 'label')}, not {n_coders}. Give each coder one, None where"
                " there is no rating."
            )
    if participants and len(participants) != len(table):
        raise HarkenError(
            f"There are {many(len(participants), 'participant')} and {many(len(table), 'row')}. Name one for"
            " each."
        )
    declared = dict.fromkeys(_text(category) for category in categories)
    met = {label for row in table for label in row if label is not None}
    everything = (*declared, *_in_order(met - declared.keys()))
    number: dict[str | None, int] = {label: place for place, label in enumerate(everything)}
    number[None] = MISSING
    persons: dict[Hashable, int] = {}
    return RatingMatrix(
        coders=tuple(coders) or tuple(str(place + 1) for place in range(n_coders)),
        categories=everything,
        participants=np.array(
            [persons.setdefault(one, len(persons)) for one in participants or range(len(table))],
            dtype=np.int64,
        ),
        ratings=np.array([[number[label] for label in row] for row in table], dtype=np.int32).reshape(
            len(table), n_coders
        ),
    )


def _is_missing(label: Label | None) -> bool:
    return label is None or (isinstance(label, float) and label != label)


def _text(label: Label | None) -> str:
    return str(int(label)) if isinstance(label, float) and label.is_integer() else str(label)


def _in_order(labels: Iterable[str]) -> list[str]:
    every = sorted(labels)
    try:
        return sorted(every, key=float)
    except ValueError:
        return every

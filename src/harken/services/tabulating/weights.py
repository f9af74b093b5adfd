"""Survey weights: how many people of the population each person stands for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from harken.errors import HarkenError
from harken.services.counting.people import People
from harken.services.grouping import require_personal_column
from harken.storage.answers.people import values_of_people
from harken.storage.store import Store

_MOST_UNLIKE = 1e12


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyWeights:
    """The weight of each counted person, by place."""

    column: str
    by_place: NDArray[np.float64]


def read_weights(store: Store, people: People, column: str) -> SurveyWeights:
    """The weights in a column; raises, naming the participant, for one that is missing or no weight."""
    require_personal_column(store, column, use="weight by")
    by_place = np.zeros(len(people.ids), dtype=np.float64)
    for id, value in values_of_people(store, column):
        place = people.place.get(id)
        if place is not None:
            by_place[place] = _weight(value, people.names[place], column)
    if len(by_place) and not by_place.any():
        raise HarkenError(
            f"Every weight in column {column!r} is 0, so nobody would count. Choose another one."
        )
    _refuse_unlike(by_place, column)
    return SurveyWeights(column=column, by_place=by_place)


def _refuse_unlike(weights: NDArray[np.float64], column: str) -> None:
    """Raise where one person would count as everybody; sums would not hold the others' digits either."""
    positive = weights[weights > 0]
    if not len(positive):
        return
    smallest, largest = float(positive.min()), float(positive.max())
    if largest / _MOST_UNLIKE > smallest or not 1 / _MOST_UNLIKE <= largest <= _MOST_UNLIKE:
        raise HarkenError(
            f"The weights in column {column!r} go from {smallest:g} to {largest:g}, which no sample's do: "
            "they lie between 1e-12 and 1e12, and not that far apart. Correct them in the survey file and "
            "import that into a new project."
        )


def _weight(value: str, participant: str, column: str) -> float:
    wrong = f"The weight of participant {participant!r} in column {column!r} is "
    way_out = "Correct it in the survey file and import that into a new project, or leave the person out"
    if not value.strip():
        raise HarkenError(f"{wrong}missing. {way_out}.")
    try:
        weight = float(value)
    except ValueError:
        weight = float("nan")
    if not isfinite(weight):
        raise HarkenError(f"{wrong}{value!r}, which is no number. {way_out}.")
    if weight < 0:
        raise HarkenError(f"{wrong}{value!r}: a weight cannot be negative. {way_out}.")
    return weight


def rounded_percent(proportion: float | None, *, decimals: int) -> float | None:
    """A share in percent, rounded half up as far as its decimals tell."""
    if proportion is None:
        return None
    places = Decimal(1).scaleb(-decimals)
    return float((100 * Decimal(repr(proportion))).quantize(places, rounding=ROUND_HALF_UP))

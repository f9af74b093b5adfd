"""Differences of two groups under survey weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from harken.services.shares.comparing import Difference
from harken.services.tabulating.figures import Base
from harken.services.tabulating.lengths import row_of, scope_of
from harken.services.tabulating.result import Theme
from harken.stats.weighted import weighted_difference
from harken.storage.counted.sets import as_flags

if TYPE_CHECKING:
    from harken.services.counting.sheet import Sheet
    from harken.services.tabulating.weights import SurveyWeights


class WeightedDifferences:
    """For each theme the weighted difference of two groups over some units; None for any other number."""

    def __init__(
        self, sheet: Sheet, units: Sequence[int], *, weights: SurveyWeights, base: Base, level: float
    ) -> None:
        self._sheet = sheet
        self._units = units
        self._weights = weights
        self._base = base
        self._level = level

    def __call__(self, theme: Theme) -> Difference | None:
        if len(theme.cells) != 2:
            return None
        row = row_of(self._sheet, theme)
        scope = scope_of(self._sheet, row, self._units)
        counted = {
            Base.CODED: scope.coded_bits,
            Base.ELIGIBLE: scope.eligible_bits,
            Base.SUBSTANTIVE: scope.substantive_bits,
        }[self._base]
        domain = as_flags(counted)[self._sheet.people.ids]
        first, second = (domain & (scope.group_of == group) for group in (0, 1))
        found = weighted_difference(
            scope.mentioning(row), self._weights.by_place, first, second, level=self._level
        )
        if found.value is None:
            return None
        return Difference(value=found.value, low=found.low, high=found.high, method=found.method or "")

"""The people of two groups parted by how much they wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from harken.services.tabulating.figures import Base
from harken.stats.stratified import FIFTHS, Stratum, length_strata

if TYPE_CHECKING:
    from harken.services.tabulating.counting import Sheet
    from harken.services.tabulating.result import Theme


class FifthsOfLength:
    """For each theme both groups in fifths of their people's words, over the units in its scope.

    The fifths are of all who count in scope, whatever their group. Who was not coded has no answer whose
    length counts, so a share of all who were asked has no such parts.
    """

    def __init__(self, sheet: Sheet, units: Sequence[int], *, base: Base) -> None:
        self._sheet = sheet
        self._units = units
        self._base = base
        self._rows = {row.code: row for row in (*sheet.rows.themes, *sheet.rows.families)}
        self._parts: dict[tuple[int, ...], tuple[NDArray[np.bool_], NDArray[np.int64]]] = {}

    def __call__(self, theme: Theme) -> Sequence[Stratum] | None:
        if self._base is Base.ELIGIBLE:
            return None
        row = self._rows[theme.code]
        units = tuple(
            at
            for at in self._units
            if not row.questions or self._sheet.units[at].question.name in row.questions
        )
        scope = self._sheet.over(units)
        counted, part = self._parted(units)
        has = scope.mentioning(row) & counted

        def of(people: NDArray[np.bool_], group: int) -> list[int]:
            inside = people & (scope.group_of == group)
            return [int(n) for n in np.bincount(part[inside], minlength=FIFTHS)]

        return list(zip(of(has, 0), of(counted, 0), of(has, 1), of(counted, 1), strict=True))

    def _parted(self, units: tuple[int, ...]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Who counts by place, and the fifth that each of them is in."""
        if units not in self._parts:
            scope = self._sheet.over(units)
            counted = scope.coded.copy()
            if self._base is Base.SUBSTANTIVE:
                said = [scope.mentioning(row) for row in self._sheet.rows.families]
                counted &= np.any(said, axis=0) if said else False
            part = np.zeros(len(counted), dtype=np.int64)
            part[counted] = length_strata(scope.words[counted].tolist())
            self._parts[units] = counted, part
        return self._parts[units]

"""The people of two groups parted by how much they wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from harken.services.counting.scope import size
from harken.services.tabulating.figures import Base
from harken.stats.stratified import FIFTHS, Stratum, strata_of
from harken.storage.counted.sets import Bits, as_bits, as_flags

if TYPE_CHECKING:
    from harken.services.counting.rows import Row
    from harken.services.counting.scope import Scope
    from harken.services.counting.sheet import Sheet
    from harken.services.tabulating.result import Theme


def row_of(sheet: Sheet, theme: Theme) -> Row:
    """The row of the codebook that a theme's figures are of."""
    return next(row for row in (*sheet.rows.themes, *sheet.rows.families) if row.code == theme.code)


def scope_of(sheet: Sheet, row: Row, units: Sequence[int]) -> Scope:
    """What people said to those of the units where the theme may be applied."""
    return sheet.over(
        [at for at in units if not row.questions or sheet.units[at].question.name in row.questions]
    )


class FifthsOfLength:
    """For each theme both groups in fifths of their people's words, over the units in its scope.

    The fifths are of all who count in scope, whatever their group. Who was not coded has no answer whose
    length counts, so a share of all who were asked has no such parts.
    """

    def __init__(self, sheet: Sheet, units: Sequence[int], *, base: Base) -> None:
        self._sheet = sheet
        self._units = units
        self._base = base
        self._parts: dict[tuple[int, ...], list[list[Bits]]] = {}

    def __call__(self, theme: Theme) -> Sequence[Stratum] | None:
        if self._base is Base.ELIGIBLE:
            return None
        row = row_of(self._sheet, theme)
        scope = scope_of(self._sheet, row, self._units)
        has = scope.mentioning_bits(row)
        return [
            (_common(has, first), size(first), _common(has, second), size(second))
            for first, second in zip(*self._parted(scope), strict=True)
        ]

    def _parted(self, scope: Scope) -> list[list[Bits]]:
        """For either group the people who count, in fifths."""
        if scope.units not in self._parts:
            people = self._sheet.people
            is_all = self._base is Base.CODED
            counted = scope.coded_bits if is_all else scope.substantive_bits
            places = np.flatnonzero(as_flags(counted)[people.ids])
            fifth = strata_of(scope.words[places])
            group = scope.group_of[places]
            self._parts[scope.units] = [
                [
                    as_bits(people.ids[places[(group == which) & (fifth == part)]], len(people.counted))
                    for part in range(FIFTHS)
                ]
                for which in (0, 1)
            ]
        return self._parts[scope.units]


def _common(has: Bits | None, part: Bits) -> int:
    return 0 if has is None else size(has & part)

"""From tallies to figures: bases, cells with their limits, themes and families."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from harken.errors import Choice
from harken.services.counting.rows import Row
from harken.services.counting.scope import Scope
from harken.services.counting.sheet import Sheet, Tally, count_people
from harken.services.tabulating.result import Caveats, GroupBases, Theme, ThemeCell, ThemeFigures
from harken.services.tabulating.weights import SurveyWeights, rounded_percent
from harken.stats.proportions import SMALLEST_BASE, IntervalMethod, percent, proportion_limits
from harken.stats.quartiles import middle_and_quartiles_of
from harken.stats.weighted import weighted_proportion
from harken.storage.counted.sets import Bits, as_flags

TOTAL = "total"
"""Name of the column over all groups."""


class Base(Choice):
    """Of whom the share is taken."""

    CODED = "coded"
    ELIGIBLE = "eligible"
    SUBSTANTIVE = "substantive"
    """Coded people to whom at least one code was applied."""


def group_bases(sheet: Sheet, tally: Tally) -> tuple[tuple[GroupBases, ...], GroupBases]:
    """The bases of each group and of all together, from one tally."""
    people = sheet.people
    everyone = range(len(people.groups))

    def bases(name: str, groups: Sequence[int]) -> GroupBases:
        def add(counts: Sequence[int]) -> int:
            return sum(counts[group] for group in groups)

        returned = add(people.returned)
        excluded = (
            0 if people.with_excluded else sum(sum(people.excluded[group].values()) for group in groups)
        )
        eligible, answered, coded = add(tally.eligible), add(tally.answered), add(tally.coded)
        words_median, words_iqr = middle_and_quartiles_of(
            np.sum([tally.lengths[group] for group in groups], axis=0) if groups else np.zeros(1, np.int64)
        )
        return GroupBases(
            name=name,
            returned=returned,
            excluded=excluded,
            participants=returned - excluded,
            eligible=eligible,
            answered=answered,
            non_response=eligible - answered,
            undecided=add(tally.undecided),
            uncodable=add(tally.uncodable),
            coded=coded,
            nothing_to_code=add(tally.nothing_to_code),
            words_median=words_median,
            words_iqr=words_iqr,
            codes_per_person=add(tally.n_codes) / coded if coded else None,
            answers_per_person=add(tally.n_answers) / answered if answered else None,
            comment_rate=answered / eligible if eligible else None,
        )

    return (
        tuple(bases(name, [group]) for group, name in enumerate(people.groups)),
        bases(TOTAL, everyone),
    )


class _Share(NamedTuple):
    proportion: float | None
    low: float | None
    high: float | None
    percent: float | None


class Figures:
    """Figures over any units of one sheet; a tally over the same units is made once."""

    def __init__(
        self,
        sheet: Sheet,
        *,
        base: Base,
        level: float,
        interval: IntervalMethod,
        decimals: int,
        weights: SurveyWeights | None = None,
    ) -> None:
        self.sheet = sheet
        self.base = base
        self.level = level
        self.interval = interval
        self.decimals = decimals
        self.weights = weights

    def over(self, units: Sequence[int]) -> ThemeFigures:
        sheet = self.sheet
        tallies: dict[tuple[int, ...], Tally] = {tuple(units): count_people(sheet, units)}
        groups, total = group_bases(sheet, tallies[tuple(units)])

        def theme(row: Row, *, stated: Row | None = None) -> Theme:
            scope = tuple(
                at for at in units if not row.questions or sheet.units[at].question.name in row.questions
            )
            if scope not in tallies:
                tallies[scope] = count_people(sheet, scope)
            tally = tallies[scope]
            return Theme(
                code=row.code,
                label=row.label,
                family=row.family,
                depth=row.depth,
                applies=bool(scope),
                is_retired=row.is_retired,
                cells=tuple(
                    self._cell(name, tally, row, [group]) for group, name in enumerate(sheet.people.groups)
                ),
                total=self._cell(TOTAL, tally, row, range(len(sheet.people.groups))),
                without_none_stated=theme(stated) if stated else None,
            )

        return ThemeFigures(
            groups=groups,
            total=total,
            themes=tuple(theme(row) for row in sheet.rows.themes),
            families=tuple(
                theme(row, stated=stated)
                for row, stated in zip(sheet.rows.families, sheet.rows.stated, strict=True)
            ),
            caveats=self._caveats(units),
        )

    def _cell(self, name: str, tally: Tally, row: Row, groups: Sequence[int]) -> ThemeCell:
        counts = tally.of(row)
        n, n_all, n_any, mentions = (sum(found[group] for group in groups) for found in counts)
        base = sum(self._base(tally, group) for group in groups)
        eligible, coded = (sum(of[group] for group in groups) for of in (tally.eligible, tally.coded))
        share = self._share(n, base) if self.weights is None else self._weighted(tally, row, groups)
        return ThemeCell(
            group=name,
            n=n,
            base=base,
            proportion=share.proportion,
            low=share.low,
            high=share.high,
            percent=share.percent,
            n_all=n_all,
            n_any=n_any,
            mentions=mentions,
            low_if_missing=n / eligible if eligible else None,
            high_if_missing=(n + eligible - coded) / eligible if eligible else None,
        )

    def _share(self, n: int, base: int) -> _Share:
        limits = proportion_limits(n, base, level=self.level, method=self.interval)
        low, high = limits or (None, None)
        proportion = n / base if base else None
        return _Share(proportion, low, high, percent(n, base, decimals=self.decimals))

    def _weighted(self, tally: Tally, row: Row, groups: Sequence[int]) -> _Share:
        assert self.weights is not None
        scope = tally.scope
        domain = as_flags(self._base_bits(scope))[scope.sheet.people.ids]
        if len(groups) == 1:
            domain &= scope.group_of == groups[0]
        found = weighted_proportion(scope.mentioning(row), self.weights.by_place, domain, level=self.level)
        has_room = int(domain.sum()) >= SMALLEST_BASE and found.value is not None
        printed = rounded_percent(found.value, decimals=self.decimals) if has_room else None
        return _Share(found.value, found.low, found.high, printed)

    def _base_bits(self, scope: Scope) -> Bits:
        if self.base is Base.ELIGIBLE:
            return scope.eligible_bits
        return scope.substantive_bits if self.base is Base.SUBSTANTIVE else scope.coded_bits

    def _base(self, tally: Tally, group: int) -> int:
        if self.base is Base.ELIGIBLE:
            return tally.eligible[group]
        if self.base is Base.SUBSTANTIVE:
            return tally.coded[group] - tally.nothing_to_code[group]
        return tally.coded[group]

    def _caveats(self, units: Sequence[int]) -> Caveats:
        sheet = self.sheet
        answers = [sheet.answers[at] for at in units]
        return Caveats(
            n_undecided=sum(unit.n_undecided for unit in answers),
            n_open_disagreements=sum(unit.n_open for unit in answers),
            n_several_coders=sum(unit.n_several for unit in answers),
            n_uncounted_decisions=sum(unit.n_only_reliability for unit in answers),
            n_not_asked=sum(unit.n_not_asked for unit in answers),
            n_off_question=sum(unit.n_off_question for unit in answers),
            routing_unknown=tuple(
                dict.fromkeys(sheet.units[at].question.name for at in units if sheet.asked[at] is None)
            ),
        )

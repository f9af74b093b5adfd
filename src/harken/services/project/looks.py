"""Verbs that look at a study beside its theme tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from harken.services.project.part import ProjectPart

if TYPE_CHECKING:
    from harken.services.closed_items import ClosedItems
    from harken.services.cooccurring import Cooccurrence
    from harken.services.crosstabulating import Crosstab
    from harken.services.saturating import Saturation


class LookVerbs(ProjectPart):
    """What `harken closed`, `cooccurrence`, `saturation` and `crosstab` do."""

    def closed_items(
        self,
        *items: str,
        by: str | None = None,
        nets: Sequence[str] = (),
        order: Sequence[str] = (),
        remember: bool = False,
        themes: Sequence[str] = (),
        base: str = "answered",
        questions: Sequence[str] = (),
        basis: str = "default",
        where: Sequence[tuple[str, str]] = (),
        with_excluded: bool = False,
        level: float = 0.95,
        interval: str = "wilson",
        decimals: int = 1,
        difference: str = "miettinen-nurminen",
        suppress: int = 0,
    ) -> ClosedItems:
        """How many people chose each answer of closed items (none named: all), by the groups of a column.

        `nets` are written LABEL=VALUE|VALUE; they and `order` hold for every item with one of the values,
        and with `remember` for later looks too. `themes` are codes or families whose mentions stand within
        each answer. `base`: answered or participants. `suppress` hides counts of fewer people.
        The look is noted in the project, unless its file is read-only.
        """
        from harken.services.closed_items import ClosedBase, count_closed_items, remember_given
        from harken.services.closed_items.scales import parse_net
        from harken.stats.differences import DifferenceMethod
        from harken.stats.proportions import IntervalMethod

        given = tuple(parse_net(net) for net in nets)
        result = count_closed_items(
            self.store,
            items=items,
            by=by,
            nets=given,
            order=order,
            themes=themes,
            questions=questions,
            basis=basis,
            base=ClosedBase(base),
            level=level,
            interval=IntervalMethod(interval),
            difference=DifferenceMethod(difference),
            decimals=decimals,
            with_excluded=with_excluded,
            where=where,
        )
        if remember:
            remember_given(self.store, result, nets=given, order=order, actor=self.actor)
        payload = {"by": by, "items": [item.item for item in result.items], "themes": list(themes)}
        self.store.note_look(actor=self.actor, kind="closed", payload=payload)
        if themes:
            self._note_themes([item.item for item in result.items], questions)
        if not suppress:
            return result
        from harken.services.protecting import protect_closed

        return protect_closed(result, threshold=suppress)

    def cooccurrence(
        self,
        *,
        codes: Sequence[str] = (),
        questions: Sequence[str] = (),
        basis: str = "default",
        where: Sequence[tuple[str, str]] = (),
        with_excluded: bool = False,
        level: float = 0.95,
        suppress: int = 0,
    ) -> Cooccurrence:
        """Every two codes on the same people: counts, Jaccard, phi and a test, adjusted over all pairs.

        `codes` (codes or families) keeps the pairs that have one of them; `suppress` hides pairs with counts
        of fewer people. The look is noted in the project,
        unless its file is read-only.
        """
        from harken.services.cooccurring import count_pairs

        result = count_pairs(
            self.store,
            codes=codes,
            questions=questions,
            basis=basis,
            level=level,
            with_excluded=with_excluded,
            where=where,
        )
        self._note_themes_seen("cooccurrence", where=where, questions=result.questions, codes=list(codes))
        if not suppress:
            return result
        from harken.services.protecting import protect_cooccurrence

        return protect_cooccurrence(result, threshold=suppress)

    def saturation(
        self,
        *,
        questions: Sequence[str] = (),
        families: Sequence[str] = (),
        unit: str = "person",
        basis: str = "default",
        where: Sequence[tuple[str, str]] = (),
        with_excluded: bool = False,
        level: float = 0.95,
        bases: Sequence[int] = (),
        runs: Sequence[int] = (),
        thresholds: Sequence[float] = (),
    ) -> Saturation:
        """New codes in the order of coding, and how many there may be beyond those seen.

        `unit`: person or answer. `bases`, `runs` and `thresholds` are Guest, Namey and Chen's; none given,
        theirs. The look is noted in the project, unless its file is read-only.
        """
        from harken.services.saturating import CountedUnit, measure_saturation
        from harken.services.saturating.measuring import BASES, RUNS, THRESHOLDS

        result = measure_saturation(
            self.store,
            questions=questions,
            families=families,
            unit=CountedUnit(unit),
            basis=basis,
            with_excluded=with_excluded,
            where=where,
            level=level,
            bases=tuple(bases) or BASES,
            runs=tuple(runs) or RUNS,
            thresholds=tuple(thresholds) or THRESHOLDS,
        )
        self._note_themes_seen("saturation", where=where, questions=result.questions, families=list(families))
        return result

    def crosstab(
        self,
        *by: str,
        questions: Sequence[str] = (),
        basis: str = "default",
        base: str = "coded",
        where: Sequence[tuple[str, str]] = (),
        with_excluded: bool = False,
        level: float = 0.95,
        interval: str = "wilson",
        decimals: int = 1,
        suppress: int = 0,
    ) -> Crosstab:
        """Themes by each of several columns (none named: the survey's group columns).

        `suppress` hides counts of fewer people, in one pattern over all columns.

        Looks at themes by group are noted in the project, one for each column, unless its file is read-only.
        """
        from harken.services.crosstabulating import crosstabulate
        from harken.services.tabulating import Base
        from harken.stats.proportions import IntervalMethod

        result = crosstabulate(
            self.store,
            by=by,
            questions=questions,
            basis=basis,
            base=Base(base),
            level=level,
            interval=IntervalMethod(interval),
            decimals=decimals,
            with_excluded=with_excluded,
            where=where,
        )
        self._note_themes([str(table.by) for table in result.tables], result.first.questions)
        if not suppress:
            return result
        from harken.services.protecting import protect_crosstab

        return protect_crosstab(result, threshold=suppress)

    def _note_themes(self, columns: Sequence[str], questions: Sequence[str]) -> None:
        """Themes were seen by these columns: what is declared from now on was declared too late for them."""
        for column in columns:
            self._note_themes_seen("themes", by=column, questions=questions)

"""Theme tables: how many people of each group mentioned each theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harken.services.counting.loading import is_kept, read_sheet, refuse_unknown_names
from harken.services.counting.sheet import Sheet
from harken.services.counting.upkeep import counting
from harken.services.prespecifying import prespecified_for
from harken.services.tabulating.comparing import Comparing, compare_groups
from harken.services.tabulating.figures import Base, Figures
from harken.services.tabulating.lengths import FifthsOfLength
from harken.services.tabulating.result import ThemeFigures, ThemeSlice, ThemeTable, Tie
from harken.services.tabulating.weighing import WeightedDifferences
from harken.services.tabulating.weights import read_weights
from harken.stats.differences import DifferenceMethod
from harken.stats.proportions import IntervalMethod
from harken.storage import study, tables
from harken.storage.store import Store


def tabulate(
    store: Store,
    *,
    questions: Sequence[str] = (),
    by: str | None = None,
    basis: str = "default",
    base: Base = Base.CODED,
    level: float = 0.95,
    interval: IntervalMethod = IntervalMethod.WILSON,
    decimals: int = 1,
    with_excluded: bool = False,
    where: Sequence[tuple[str, str]] = (),
    weights: str | None = None,
    difference: DifferenceMethod = DifferenceMethod.MIETTINEN_NURMINEN,
    with_comparisons: bool = True,
    with_slices: bool = True,
    progress: Callable[[str, float], None] | None = None,
) -> ThemeTable:
    """Count people, not codings: once per theme in each question and occasion, and once over all of them.

    `basis` says what counts where several coders decided: default (the adjudicated decision, else that of
    the answer's primary coder), majority, any, all, or coder:NAME. `where` keeps the people with one of the
    values given for each column. `weights` names a column of survey weights. `difference` is the method of a
    difference's limits. Exact tests of many groups take their time: without comparisons, or without a table
    for each question and occasion, a caller gets the rest sooner. Raises `HarkenError` for a question,
    column, value or coder that the project lacks.
    """
    pairs = tuple(where)
    refuse_unknown_names(store, questions=questions, by=by, where=pairs)
    with counting(store, is_kept=is_kept(basis), progress=progress) as news:
        sheet = read_sheet(
            store,
            news,
            questions=questions,
            by=by,
            basis=basis,
            with_excluded=with_excluded,
            where=pairs,
            progress=progress,
        )
        chosen = None if weights is None else read_weights(store, sheet.people, weights)
        settings = study.settings(store)
        prespecified = prespecified_for(store, by)
        ties = _ties(store, sheet)
    figures = Figures(
        sheet, base=Base(base), level=level, interval=interval, decimals=decimals, weights=chosen
    )
    how = Comparing(level=level, method=DifferenceMethod(difference), prespecified=prespecified)

    n_units = len(sheet.units)

    def over(units: Sequence[int], *, part: int) -> ThemeFigures:
        def tell(share: float) -> None:
            if progress is not None:
                progress("themes", (part + share) / (n_units + 1))

        counted = figures.over(units)
        if not with_comparisons:
            return counted
        if chosen is not None:
            weighted = WeightedDifferences(sheet, units, weights=chosen, base=Base(base), level=level)
            return compare_groups(counted, how, weighted=weighted, progress=tell)
        strata = FifthsOfLength(sheet, units, base=Base(base))
        return compare_groups(counted, how, strata=strata, progress=tell)

    slices = [
        ThemeSlice(question=unit.question.name, occasion=unit.occasion, figures=over([at], part=at))
        for at, unit in enumerate(sheet.units)
        if with_slices and n_units > 1
    ]
    return ThemeTable(
        title=settings.get("title", ""),
        basis=basis,
        base=Base(base).value,
        by=by,
        level=level,
        interval=IntervalMethod(interval).value,
        difference=DifferenceMethod(difference).value,
        decimals=decimals,
        sampling=settings.get("sampling", ""),
        with_excluded=with_excluded,
        where=pairs,
        weights=weights,
        questions=tuple(dict.fromkeys(unit.question.name for unit in sheet.units)),
        united=over(range(n_units), part=n_units),
        slices=tuple(slices),
        ties=ties,
    )


def _ties(store: Store, sheet: Sheet) -> tuple[Tie, ...]:
    tied = sheet.counted_ties()
    if not tied:
        return ()
    places = tables.response_places(store, [tie.response_id for tie in tied])
    return tuple(
        Tie(participant=participant, question=question, occasion=occasion, code=entry.path)
        for tie in tied
        for participant, question, occasion in [places[tie.response_id]]
        for bit, entry in enumerate(sheet.rows.entries)
        if tie.tied >> bit & 1
    )

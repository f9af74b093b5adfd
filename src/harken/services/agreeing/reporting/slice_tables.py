"""Parts of the whole beside each other: questions, rounds, groups and whatever else is kept apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from harken.model import Codebook
from harken.report import Cell, Column, Table, count, interval, text
from harken.services.agreeing.reporting.wording import figure, label, percent
from harken.services.agreeing.result import Figures, Slice, SliceKind
from harken.stats.verdicts import Verdict

_WIDEST = 4
"""Up to so many parts stand beside each other in the table of codes."""
_HEADINGS = {
    SliceKind.QUESTION: "Each question",
    SliceKind.ROUND: "Each round",
    SliceKind.VERSION: "Each version of the codebook",
    SliceKind.DISCUSSION: "Before and after discussion",
    SliceKind.SUGGESTIONS: "Suggestions shown and hidden",
    SliceKind.PERIOD: "Over the time of the round",
    SliceKind.CODER: "Each coder against themselves",
}


def slice_table(kind: SliceKind, by: str, parts: Sequence[Slice]) -> Table:
    """Each part in a line: whole sets, and how many of its codes got which verdict."""
    has_sets = all(part.figures.sets is not None for part in parts)
    columns = [Column(heading=by), Column(heading="n", align="right")]
    if has_sets:
        columns += [
            Column(heading="% equal sets", align="right"),
            Column(heading="alpha, MASI", align="right"),
            Column(heading="interval", align="right"),
        ]
    columns += [
        Column(heading=heading, group="codes", align="right")
        for heading in ("reliable", "tentative", "unreliable", "too few", "undefined")
    ]
    return Table(
        title=_HEADINGS.get(kind, f"Each group of {by}"),
        short_title=f"By {by}",
        columns=tuple(columns),
        rows=tuple(_row(_name(part), part.figures, has_sets=has_sets) for part in parts),
    )


def _name(part: Slice) -> str:
    if not part.since:
        return part.value
    since, until = part.since[:10], part.until[:10]
    return f"{part.value} ({since})" if until in ("", since) else f"{part.value} ({since} to {until})"


def _row(value: str, figures: Figures, *, has_sets: bool) -> tuple[Cell, ...]:
    cells = [text(value), count(figures.scope.n_units_pairable)]
    if has_sets and figures.sets is not None:
        alpha = figures.sets.alpha_masi
        cells += [percent(figures.sets.percent_exact), figure(alpha), interval(alpha.low, alpha.high, 2)]
    n = Counter(found.verdict for found in figures.codes.values())
    return (*cells, *(count(n[verdict]) for verdict in Verdict))


def comparison_table(
    by: str, parts: Sequence[Slice], codebook: Codebook | None, *, paths: Sequence[str]
) -> Table | None:
    """Alpha of each code in each part, side by side; None where the parts are too many or the codes none."""
    if not 1 < len(parts) <= _WIDEST or not paths:
        return None
    columns = [Column(heading="code")]
    for part in parts:
        columns += [
            Column(heading=heading, group=part.value, align="right") for heading in ("n", "alpha", "interval")
        ]
    rows = []
    for path in paths:
        cells = [label(path, codebook)]
        for part in parts:
            found = part.figures.codes.get(path)
            if found is None:
                cells += [text("–")] * 3
                continue
            alpha = found.krippendorff_alpha
            cells += [
                count(found.n_units_pairable),
                figure(alpha),
                interval(alpha.low, alpha.high, 2),
            ]
        rows.append(tuple(cells))
    return Table(
        title=f"Alpha of each code by {by}",
        short_title=f"Codes by {by}",
        columns=tuple(columns),
        rows=tuple(rows),
        notes=("Intervals that overlap do not show that agreement is the same, nor gaps that it differs.",),
    )

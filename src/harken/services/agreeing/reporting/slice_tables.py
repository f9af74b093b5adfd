"""Parts of the whole beside each other: questions, rounds, groups and whatever else is kept apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from harken.model import Codebook
from harken.report import DASH, Cell, Column, Table, count, text
from harken.services.agreeing.reporting.wording import VERDICTS, figure, label, limits, percent
from harken.services.agreeing.result import Figures, Slice, SliceKind
from harken.stats.verdicts import Verdict

_WIDEST = 4
"""Up to so many parts stand beside each other in the table of codes."""
_TITLES = {
    SliceKind.QUESTION: "Each question",
    SliceKind.ROUND: "Each round",
    SliceKind.VERSION: "Each version of the codebook",
    SliceKind.DISCUSSION: "Before and after discussion",
    SliceKind.SUGGESTIONS: "Suggestions shown and hidden",
    SliceKind.PERIOD: "Over the time of the round",
    SliceKind.CODER: "Each coder against themselves",
}
_COUNTED = {
    Verdict.RELIABLE: "reliable",
    Verdict.TENTATIVE: "tentative",
    Verdict.UNRELIABLE: "unreliable",
    Verdict.TOO_FEW: "too few",
    Verdict.UNDEFINED: "undefined",
}
_OF_FAMILY = ("% agree", "alpha", "interval", "AC1", "verdict")


def slice_table(kind: SliceKind, by: str, parts: Sequence[Slice]) -> Table:
    """Each part in a line: whole sets, and how many of its codes got which verdict.

    Where there are no codes, as in a file read as one variable, the figures of each family instead.
    """
    has_sets = all(part.figures.sets is not None for part in parts)
    has_codes = any(part.figures.codes for part in parts)
    families = (
        () if has_codes else tuple(dict.fromkeys(key for part in parts for key in part.figures.families))
    )
    columns = [Column(heading=by), Column(heading="n", align="right")]
    if has_sets:
        columns += [
            Column(heading="% equal sets", align="right"),
            Column(heading="alpha, MASI", align="right"),
            Column(heading="interval", align="right"),
        ]
    for family in families:
        columns += [
            Column(
                heading=heading,
                group=family if len(families) > 1 else "",
                align="left" if heading == "verdict" else "right",
            )
            for heading in _OF_FAMILY
        ]
    if has_codes:
        columns += [Column(heading=heading, group="codes", align="right") for heading in _COUNTED.values()]
    return Table(
        title=_TITLES.get(kind, f"Each group of {by}"),
        short_title=f"By {by}",
        columns=tuple(columns),
        rows=tuple(_row(part, has_sets=has_sets, has_codes=has_codes, families=families) for part in parts),
    )


def part_name(part: Slice) -> str:
    """What a part is called, with the days from which to which it goes where time makes it."""
    if not part.since:
        return part.value
    since, until = part.since[:10], part.until[:10]
    return f"{part.value} ({since})" if until in ("", since) else f"{part.value} ({since} to {until})"


def _row(part: Slice, *, has_sets: bool, has_codes: bool, families: Sequence[str]) -> tuple[Cell, ...]:
    figures = part.figures
    cells = [text(part_name(part)), count(figures.scope.n_units_pairable)]
    if has_sets and figures.sets is not None:
        alpha = figures.sets.alpha_masi
        cells += [percent(figures.sets.percent_exact), figure(alpha), limits(alpha)]
    for family in families:
        cells += _of_family(figures, family)
    if has_codes:
        n = Counter(found.verdict for found in figures.codes.values())
        cells += [count(n[verdict]) for verdict in _COUNTED]
    return tuple(cells)


def _of_family(figures: Figures, family: str) -> list[Cell]:
    found = figures.families.get(family)
    if found is None:
        return [DASH] * len(_OF_FAMILY)
    alpha = found.krippendorff_alpha
    return [
        percent(found.percent_agreement),
        figure(alpha),
        limits(alpha),
        figure(found.gwet_ac1),
        text(VERDICTS[found.verdict]),
    ]


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
                cells += [DASH] * 3
                continue
            alpha = found.krippendorff_alpha
            cells += [count(found.n_units_pairable), figure(alpha), limits(alpha)]
        rows.append(tuple(cells))
    return Table(
        title=f"Alpha of each code by {by}",
        short_title=f"Codes by {by}",
        columns=tuple(columns),
        rows=tuple(rows),
        notes=("Intervals that overlap do not show that agreement is the same, nor gaps that it differs.",),
    )

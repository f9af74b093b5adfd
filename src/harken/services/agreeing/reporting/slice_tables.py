"""Parts of the whole beside each other: questions, rounds, groups and whatever else is kept apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from harken.model import Codebook
from harken.report import DASH, Cell, Column, Table, count, text
from harken.services.agreeing.reporting.wording import VERDICTS, figure, label, limits, percent
from harken.services.agreeing.result import Figures, Slice, SliceKind
from harken.stats.agreement import VariableAgreement
from harken.stats.verdicts import Verdict

WIDEST = 4
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
    columns = [Column(heading=str(by)), Column(heading="n", align="right")]
    if has_sets:
        columns += [
            Column(heading=heading, group="whole sets", align="right")
            for heading in ("% equal", "alpha, MASI", "interval")
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
        notes=tuple(_not_beside(kind, parts)) if has_codes else (),
    )


def _not_beside(kind: SliceKind, parts: Sequence[Slice]) -> Iterator[str]:
    """Why codes do not stand beside each other by part, where they would for fewer parts."""
    if kind is not SliceKind.QUESTION and len(parts) > WIDEST:
        yield (
            f"With more than {WIDEST} of these, alpha of each code does not stand side by side; --all has a "
            "table for each."
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
    alpha = found.judged_alpha
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
    if not 1 < len(parts) <= WIDEST or not paths:
        return None
    found = {path: [part.figures.codes.get(path) for part in parts] for path in paths}
    has_few = any(one is not None and one.verdict is Verdict.TOO_FEW for row in found.values() for one in row)
    few = (
        ["Too few: too few responses with the code for an interval that can be compared."] if has_few else []
    )
    return Table(
        title=f"Alpha of each code by {by}",
        short_title=f"Codes by {by}",
        columns=(
            Column(heading="code"),
            *(
                Column(heading=heading, group=part.value, align="right")
                for part in parts
                for heading in ("n", "alpha", "interval")
            ),
        ),
        rows=tuple(
            (label(path, codebook), *(cell for one in row for cell in _compared(one)))
            for path, row in found.items()
        ),
        notes=(
            *few,
            "Intervals that overlap do not show that agreement is the same, nor gaps that it differs.",
        ),
    )


def _compared(found: VariableAgreement | None) -> Sequence[Cell]:
    if found is None:
        return [DASH] * 3
    alpha = found.krippendorff_alpha
    is_few = found.verdict is Verdict.TOO_FEW
    return [
        count(found.n_units_pairable),
        figure(alpha),
        text(_COUNTED[Verdict.TOO_FEW]) if is_few else limits(alpha),
    ]

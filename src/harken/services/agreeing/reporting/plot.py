"""Alpha of each code with its interval, as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from harken.errors import many
from harken.report import Dot, DotPlot, Figure, Mark, ReferenceLine
from harken.services.agreeing.reporting.limit_words import owner_of
from harken.services.agreeing.reporting.slice_tables import WIDEST
from harken.services.agreeing.reporting.variable_tables import short_list
from harken.services.agreeing.reporting.wording import VERDICTS, figure, short
from harken.services.agreeing.result import Figures, Slice, SliceKind
from harken.services.agreeing.yardstick import Yardstick
from harken.stats.agreement import VariableAgreement
from harken.stats.verdicts import Verdict

_MARKS: dict[Verdict, Mark] = {
    Verdict.RELIABLE: "full",
    Verdict.TENTATIVE: "half",
    Verdict.UNRELIABLE: "empty",
    Verdict.TOO_FEW: "cross",
}


def alpha_plots(whole: Figures, parts: Sequence[Slice], *, by: Yardstick) -> Iterator[Figure]:
    """The whole, then each group of people where these are few enough to be told apart."""
    first = alpha_plot(whole, by=by)
    if first is None:
        return
    groups = [part for part in parts if part.kind is SliceKind.GROUP]
    if len(groups) > WIDEST:
        note = f"Groups of {groups[0].by} are not drawn: {len(groups)} are too many for one picture."
        yield replace(first, notes=(*first.notes, note))
        return
    yield first
    for part in groups:
        plot = alpha_plot(part.figures, by=by, of=part.value)
        if plot is not None:
            yield plot


def alpha_plot(figures: Figures, *, by: Yardstick, of: str = "") -> Figure | None:
    """A row for each code of the short view and each exclusive family; None for no rows.

    `of` names the part that the figures are of.
    """
    what = "Alpha of each code" if figures.codes else "Alpha of one value a response"
    bands = by.bands
    applied = {path: found for path, found in figures.codes.items() if found.n_positive}
    shown = {**short_list(applied), **figures.families}
    varied = {path: found for path, found in shown.items() if found.judged_alpha.value is not None}
    if not varied:
        return None
    used = {found.verdict for found in varied.values()}
    level = next(iter(varied.values())).judged_alpha.level
    left = [found for path, found in {**applied, **figures.families}.items() if path not in varied]
    return Figure(
        title=f"{what}, {of}" if of else what,
        alt=_finding(varied, figures, by),
        plot=DotPlot(
            rows=tuple(_dot(path, found) for path, found in varied.items()),
            axis=f"Krippendorff's alpha, {100 * level:g} % interval",
            references=(
                ReferenceLine(value=bands.tentative, label=f"tentative {short(bands.tentative)}"),
                ReferenceLine(value=bands.reliable, label=f"reliable {short(bands.reliable)}"),
            ),
            marks=tuple((mark, VERDICTS[verdict]) for verdict, mark in _MARKS.items() if verdict in used),
        ),
        notes=(f"Left out{f' of {of}' if of else ''}: {_left_out(left)}.",) if left else (),
    )


def _left_out(left: Sequence[VariableAgreement]) -> str:
    n_few = sum(found.verdict is Verdict.TOO_FEW for found in left)
    n_undefined = len(left) - n_few
    return " and ".join(
        [
            *([f"{n_few:,} too rare to judge"] if n_few else []),
            *([f"{n_undefined:,} without a value of alpha"] if n_undefined else []),
        ]
    )


def _dot(path: str, found: VariableAgreement) -> Dot:
    alpha = found.judged_alpha
    return Dot(
        label=path,
        value=alpha.value,
        low=alpha.low,
        high=alpha.high,
        mark=_MARKS[found.verdict],
    )


def _finding(varied: dict[str, VariableAgreement], figures: Figures, by: Yardstick) -> str:
    n = Counter(found.verdict for found in varied.values())
    counted = ", ".join(f"{n[verdict]} {words}" for verdict, words in VERDICTS.items() if n[verdict])
    what = ("code", "codes") if not figures.families else ("variable", "variables")
    judged = {path: found for path, found in varied.items() if found.verdict is not Verdict.TOO_FEW}
    said = f"{many(len(varied), *what)}: {counted}, by {owner_of(by)}."
    if not judged:
        return said
    by_alpha = sorted(judged, key=lambda path: judged[path].judged_alpha.value or 0.0)
    lowest, highest = (
        f"{figure(judged[path].judged_alpha).text} ({path})" for path in (by_alpha[0], by_alpha[-1])
    )
    if len(judged) == 1:
        return f"{said} The one judged has an alpha of {lowest}."
    return f"{said} Among those judged alpha goes from {lowest} to {highest}."

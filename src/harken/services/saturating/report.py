"""How an account of saturation is laid out: what it may claim first, then figures and the curve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harken.errors import many
from harken.report import (
    DASH,
    Cell,
    Column,
    Curve,
    CurvePlot,
    CurvePoint,
    Figure,
    Report,
    Table,
    count,
    decimal,
    text,
)
from harken.services.saturating.result import FirstUse, OrderPoint, Saturation
from harken.services.shares.wording import level_in_percent, only_people_with
from harken.stats.incidence import RarefactionPoint, round_numbers
from harken.stats.saturation import BaseRunThreshold

_UNITS = {"person": ("person", "people"), "answer": ("answer", "answers")}


def saturation_report(result: Saturation) -> Report:
    """What can be claimed, the numbers of codes, the curve, base and run, and when codes came up."""
    tables = [_summary(result)]
    if result.order:
        tables += [_curve_table(result), _account_table(result)]
    if result.codes:
        tables.append(_code_table(result))
    return Report(
        title=f"{result.title}: new codes and saturation",
        notes=tuple(_notes(result)),
        tables=tuple(tables),
        figures=_figures(result),
    )


def _notes(result: Saturation) -> Iterator[str]:
    yield _claim(result)
    one, several = _UNITS[result.unit]
    families = f", codes of {', '.join(result.families)}" if result.families else ""
    yield (
        f"Counted: {many(result.n_units, one, several)} whose answers to "
        f"{', '.join(result.questions) or 'no question'} are coded{families}; basis {result.basis}. Codes "
        "that say there is none are left out."
    )
    yield from only_people_with(result.where)
    if result.unit == "person":
        yield (
            "A person comes where the last of their answers was first decided; --unit answer takes answers "
            "one by one."
        )
    if result.n_from_file:
        yield (
            f"Decisions on {many(result.n_from_file, 'answer')} came with a file: they have its times, else "
            "the order of its rows, which need not be the order of coding."
        )
    yield (
        "Code saturation only: that no new code comes up says nothing of whether a code is understood. Base, "
        "run and threshold were made for interviews; a survey answer says less than one."
    )
    if result.n_undecided:
        yield f"Provisional: {many(result.n_undecided, 'answer')} in scope undecided."


def _claim(result: Saturation) -> str:
    """What the order of codes can show, given when they were made."""
    if not result.codes:
        return "No code is on any answer in scope: there is nothing to show."
    if not result.is_making_known:
        return (
            "The journal does not tell which codes were made before coding began, since decisions came with "
            "a file: the curve shows when codes were first used; whether they were found there is not known."
        )
    if not result.n_during:
        return (
            f"All {many(result.n_before, 'code')} in use were made before the first decision: the curve "
            "shows when they were first used. Codes made beforehand cannot show saturation."
        )
    if not result.n_before:
        return f"All {many(result.n_during, 'code')} in use were made while answers were coded."
    return (
        f"{many(result.n_during, 'code')} in use came up while answers were coded; {result.n_before} were "
        "made before the first decision and can show first use only."
    )


def _summary(result: Saturation) -> Table:
    richness = result.richness
    chao = richness.chao2
    limits = (
        f" [{decimal(chao.low, 1).text}, {decimal(chao.high, 1).text}]"
        if chao.low is not None and chao.high is not None
        else ""
    )
    interval = f", {level_in_percent(result.level)} interval" if limits else ""
    rows: list[tuple[Cell, ...]] = [
        (text(_UNITS[result.unit][1].capitalize()), count(result.n_units)),
        (text("Codes in use"), count(richness.observed)),
        (text("  on one alone"), count(richness.once)),
        (text("  on two"), count(richness.twice)),
        (text("Codes that nobody has"), count(result.n_unused)),
        (
            text(f"At least as many codes there may be (Chao2){interval}"),
            DASH if chao.value is None else Cell(f"{chao.value:.1f}{limits}", chao.value),
        ),
        (
            text("Mentions that fall on codes seen (sample coverage), %"),
            _coverage(result.coverage),
        ),
    ]
    return Table(
        title="Codes",
        columns=(Column(heading=""), Column(heading="", align="right")),
        rows=tuple(rows),
    )


def _coverage(share: float | None) -> Cell:
    """In percent; one that is not whole never prints as 100."""
    if share is None:
        return DASH
    return Cell(">99.9" if 0.9995 <= share < 1 else decimal(100 * share, 1).text, 100 * share)


def _curve_table(result: Saturation) -> Table:
    points = {point.n: point for point in result.rarefaction}
    rows = {*round_numbers(result.n_units), result.n_units}
    shown = [point for point in result.order if point.n in rows]
    return Table(
        title=f"New codes by the number of {_UNITS[result.unit][1]}",
        short_title="Curve",
        columns=(
            Column(heading="after", align="right"),
            Column(heading="codes", group="In the order of coding", align="right"),
            Column(heading="new since the row above", group="In the order of coding", align="right"),
            Column(heading="codes", group="In any order", align="right"),
            Column(heading="SD", group="In any order", align="right"),
            Column(heading="low", group="In any order", align="right"),
            Column(heading="high", group="In any order", align="right", glue="–"),
        ),
        rows=tuple(_curve_rows(shown, points)),
        notes=(
            "In any order: rarefaction, the mean over all orders; SD over these orders; low–high for other "
            f"{_UNITS[result.unit][1]} of the same kind ({level_in_percent(result.level)}).",
        ),
    )


def _curve_rows(
    shown: Sequence[OrderPoint], points: dict[int, RarefactionPoint]
) -> Iterator[tuple[Cell, ...]]:
    before = 0
    for point in shown:
        expected = points[point.n]
        yield (
            count(point.n),
            count(point.n_codes),
            count(point.n_codes - before),
            decimal(expected.expected, 1),
            decimal(expected.sd, 1),
            DASH if expected.low is None else decimal(expected.low, 1),
            DASH if expected.high is None else decimal(expected.high, 1),
        )
        before = point.n_codes


def _account_table(result: Saturation) -> Table:
    thresholds = list(dict.fromkeys(one.threshold for one in result.accounts))
    pairs = list(dict.fromkeys((one.base, one.run) for one in result.accounts))
    by_key = {(one.base, one.run, one.threshold): one for one in result.accounts}
    several = _UNITS[result.unit][1]
    return Table(
        title="Base, run and threshold (Guest, Namey and Chen 2020)",
        short_title="Base and run",
        columns=(
            Column(heading="base", align="right"),
            Column(heading="run", align="right"),
            Column(heading="codes of the base", align="right"),
            *(
                Column(heading=heading, group=f"news at most {100 * one:g} %", align="right")
                for one in thresholds
                for heading in ("first", "for good after")
            ),
            Column(heading="news of the last run, %", align="right"),
        ),
        rows=tuple(
            (
                count(base),
                count(run),
                count(by_key[base, run, thresholds[0]].n_base_codes),
                *(cell for threshold in thresholds for cell in _reached(by_key[base, run, threshold])),
                _last(by_key[base, run, thresholds[0]]),
            )
            for base, run in pairs
        ),
        notes=(
            f"6+2: after 6 {several}, the next 2 brought no more than that share of new codes, of the codes "
            "of the base. Runs overlap. The first such run can be chance: “for good” says after how many no "
            "run brought more.",
        ),
    )


def _reached(account: BaseRunThreshold) -> tuple[Cell, Cell]:
    return (
        text(account.notation or "not reached"),
        text("never") if account.settled_at is None else count(account.settled_at),
    )


def _last(account: BaseRunThreshold) -> Cell:
    return DASH if account.last is None else decimal(100 * account.last.share, 1)


def _code_table(result: Saturation) -> Table:
    one, several = _UNITS[result.unit]
    return Table(
        title="When each code was first used",
        short_title="First use",
        columns=(
            Column(heading="Code"),
            Column(heading="Path", is_detail=True),
            Column(heading=f"first {one}", align="right"),
            Column(heading=several, align="right"),
            Column(heading="made"),
        ),
        rows=tuple(
            (text(use.label), text(use.code), count(use.first), count(use.n_units), text(_made(use)))
            for use in result.codes
        ),
    )


def _made(use: FirstUse) -> str:
    if use.is_from_before is None:
        return "not known"
    return "before coding" if use.is_from_before else "while coding"


def _figures(result: Saturation) -> tuple[Figure, ...]:
    if len(result.order) < 2:
        return ()
    several = _UNITS[result.unit][1]
    observed = Curve(
        label="in the order of coding",
        points=tuple(CurvePoint(x=point.n, y=point.n_codes) for point in _corners(result.order)),
        is_stepped=True,
    )
    expected = Curve(
        label=f"in any order, {level_in_percent(result.level)} band",
        points=tuple(
            CurvePoint(x=point.n, y=point.expected, low=point.low, high=point.high)
            for point in result.rarefaction
        ),
    )
    last, half = result.order[-1], result.order[len(result.order) // 2]
    chao = result.richness.chao2
    there = f" Chao2 puts the number of codes at {chao.value:.1f} at least." if chao.value is not None else ""
    return (
        Figure(
            title=f"Codes seen by the number of {several}",
            alt=(
                f"{half.n_codes} of {last.n_codes} codes were seen after {half.n} of {last.n} {several}; "
                f"the last new one came with number {_last_new(result.order)}.{there}"
            ),
            plot=CurvePlot(
                curves=(observed, expected), axis=f"{several}, in the order of coding", upright="codes seen"
            ),
        ),
    )


def _corners(order: Sequence[OrderPoint]) -> list[OrderPoint]:
    """The points at which a stepped curve rises, with the first and the last."""
    return [point for point in order if point.n_new or point.n in (1, len(order))]


def _last_new(order: Sequence[OrderPoint]) -> int:
    return max((point.n for point in order if point.n_new), default=0)

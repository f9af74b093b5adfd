"""The plan as tables: what each sample could show, and what each code takes."""

from __future__ import annotations

from collections.abc import Iterator

from harken.errors import many
from harken.report import DASH, Cell, Column, Report, Table, count, decimal, percentage, text
from harken.services.agreeing.planning.result import (
    AgreementPlan,
    PlannedCode,
    PlannedSample,
    PrevalenceSource,
    name_of,
)

_BEYOND = "more than there are"
_SOURCES = (
    "From: decided answers that the prevalence rests on. To code: answers that the code may be applied to; "
    "each N counts such answers, and its share is of them."
)
_ROUGH = 50
"""Answers below which a prevalence is called rough."""


def plan_report(plan: AgreementPlan) -> Report:
    """The report of `harken agreement plan`."""
    title = "answers to double-code"
    return Report(
        title=f"{plan.title}: {title}" if plan.title else title.capitalize(),
        notes=tuple(_notes(plan)),
        tables=(_sample_table(plan), _code_table(plan)),
    )


def _short(value: float) -> str:
    """A coefficient's limit as the field writes it: .667, .8 as .800."""
    return f"{value:.3f}".lstrip("0") if round(value, 3) == value else _plain(value)


def _plain(value: float) -> str:
    return f"{value:g}".lstrip("0")


# -- notes -------------------------------------------------------------------------------------------


def _notes(plan: AgreementPlan) -> Iterator[str]:
    aim = plan.aim
    yield _verdict(plan)
    if plan.n_answers is not None:
        yield _scope(plan)
    n_unknown = sum(code.prevalence is None for code in plan.codes)
    if n_unknown:
        yield (
            f"{many(n_unknown, 'code has', 'codes have')} no use yet, so there is no number for them and no "
            "telling what a sample shows of them: suppose a prevalence, as in --prevalence CODE=0.05."
        )
    if plan.n_retired:
        yield f"{many(plan.n_retired, 'retired code is', 'retired codes are')} left out, unless given."
    yield (
        "Two coders decide each answer; where more do, no more answers are needed. To show alpha ≥ a: "
        "N = 2z²[(1 + a)(3 − a) / (4(1 − a)π(1 − π)) − a], π the code's prevalence, z one-sided at "
        f"p = {_plain(aim.p)}; and at least {aim.expected_positives:g} expected uses (N × π), below which a "
        "code has too few to judge."
    )
    if aim.width is not None:
        yield (
            f"For an interval no wider than {_plain(aim.width)}: at an alpha of {_plain(aim.assumed_alpha)}, "
            f"{100 * aim.level:g}% interval, two coders who apply the code equally often."
        )


def _verdict(plan: AgreementPlan) -> str:
    target = plan.aim.targets[0]
    first, *others = plan.samples
    found = (
        f"With {first.n_double_coded:,} double-coded, {len(first.codes[0])} of "
        f"{many(len(plan.codes), 'code')} could show an alpha of at least {_short(target)}"
    )
    found += "".join(f", with {sample.n_double_coded:,} {len(sample.codes[0])}" for sample in others)
    return (
        f"{found}, if their true alpha lies well above. To be judged at all, whatever the verdict, takes "
        f"{_uses(plan)}."
    )


def _scope(plan: AgreementPlan) -> str:
    rounds = f" in {', '.join(plan.rounds)}" if plan.rounds else ""
    words = f"{many(plan.n_answers or 0, 'answer')} to code ({', '.join(plan.questions)}). "
    if not any(code.source is PrevalenceSource.DECISIONS for code in plan.codes):
        return words + "The prevalences are those that were given."
    rough = " Prevalences from so few answers are rough." if plan.n_decided < _ROUGH else ""
    return (
        f"{words}Prevalence: share with the code, or one below it, of the {plan.n_decided:,} decided so far"
        f"{rounds}, each answer once (the mean over its coders).{rough}"
    )


# -- tables ------------------------------------------------------------------------------------------


def _sample_table(plan: AgreementPlan) -> Table:
    columns = [Column(heading="double-coded", align="right")]
    if plan.n_answers is not None:
        columns.append(Column(heading="of all", align="right"))
    for target in plan.aim.targets:
        reached = f"alpha ≥ {_short(target)}"
        columns += [
            Column(heading="codes", group=reached, align="right"),
            Column(heading="rarest", group=reached, align="right"),
        ]
    columns.append(Column(heading="codes", group=_uses(plan), align="right"))
    return Table(
        title=f"Codes that a sample could show to agree, of {len(plan.codes)}",
        short_title="samples",
        columns=tuple(columns),
        rows=tuple(_sample_row(sample, plan) for sample in plan.samples),
        notes=tuple(_sample_notes(plan)),
    )


def _sample_notes(plan: AgreementPlan) -> Iterator[str]:
    yield (
        "Rarest: the lowest prevalence for which so many answers could show it, for a code that may be "
        "applied to all of them. Last column: codes with enough expected uses to be judged at all, whatever "
        "the verdict."
    )
    if len(plan.questions) > 1:
        yield "Samples are drawn evenly from all answers: a code for some questions alone gets its part."


def _uses(plan: AgreementPlan) -> str:
    return f"{plan.aim.expected_positives:g} expected uses"


def _sample_row(sample: PlannedSample, plan: AgreementPlan) -> tuple[Cell, ...]:
    cells = [count(sample.n_double_coded)]
    if plan.n_answers is not None:
        cells.append(_share(sample.n_double_coded, plan.n_answers))
    for codes, rarest in zip(sample.codes, sample.rarest, strict=True):
        cells += [count(len(codes)), decimal(rarest, undefined="none")]
    return (*cells, count(sample.n_with_uses))


def _share(n: int, of: int | None) -> Cell:
    """`n` as a share of the answers; where they are fewer, words say so."""
    if of is None:
        return DASH
    return Cell(_BEYOND, n / of) if n > of else Cell(f"{percentage(n, of, 0)} %", n / of)


def _code_table(plan: AgreementPlan) -> Table:
    has_answers = plan.n_answers is not None
    columns = [Column(heading="code"), Column(heading="prevalence", align="right")]
    if has_answers:
        columns += [
            Column(heading="from", align="right", is_detail=True),
            Column(heading="to code", align="right", is_detail=True),
        ]
    columns.append(Column(heading=_uses(plan), align="right", is_detail=True))
    groups = [f"alpha ≥ {_short(target)}" for target in plan.aim.targets]
    if plan.aim.width is not None:
        groups.append(f"width {_plain(plan.aim.width)}")
    for group in groups:
        columns.append(Column(heading="N", group=group, align="right"))
        if has_answers:
            columns.append(Column(heading="share", group=group, align="right"))
    return Table(
        title="Double-coded answers that each code takes",
        short_title="codes",
        columns=tuple(columns),
        rows=tuple(_code_row(code, plan) for code in plan.codes),
        notes=(_SOURCES,) if has_answers else (),
    )


def _code_row(code: PlannedCode, plan: AgreementPlan) -> tuple[Cell, ...]:
    has_answers = plan.n_answers is not None
    cells = [text(name_of(code)), decimal(code.prevalence, undefined="no use")]
    if has_answers:
        given = text("given") if code.source is PrevalenceSource.GIVEN else count(code.n_decided)
        cells += [given, count(code.n_answers)]
    cells.append(count(code.n_for_uses))
    needed: list[int | None] = [*(code.n_for_targets or (None,) * len(plan.aim.targets))]
    if plan.aim.width is not None:
        needed.append(code.n_for_width)
    for n in needed:
        cells.append(count(n))
        if has_answers:
            cells.append(DASH if n is None else _share(n, code.n_answers))
    return tuple(cells)

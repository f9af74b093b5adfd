"""The flow of people as a diagram: boxes from returned to coded, and beside them who left and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harken.report import Figure, FlowColumn, FlowDiagram, FlowStep
from harken.services.flowing.result import Flow, FlowSteps

MOST_GROUPS = 5
"""Groups that one picture still shows; of more the table says it better."""


def flow_figures(result: Flow) -> Iterator[Figure]:
    """One picture: over all questions, group beside group."""
    if not result.total.returned:
        return
    columns = shown(result.groups, result.total)
    notes = []
    if len(result.groups) > MOST_GROUPS:
        columns = [result.total]
        notes.append(
            f"Groups of {result.by} are not drawn: {len(result.groups)} are too many for one picture."
        )
    is_one = len(columns) == 1
    yield Figure(
        title="Flow of people" + (f" by {result.by}" if result.by and not is_one else ""),
        alt=" ".join(f"{'' if is_one else f'{steps.name}: '}{steps.line}." for steps in columns),
        plot=FlowDiagram(
            columns=tuple(
                FlowColumn(heading="" if is_one else steps.name, steps=tuple(_steps(steps)))
                for steps in columns
            )
        ),
        notes=tuple(notes),
    )


def shown(groups: Sequence[FlowSteps], total: FlowSteps) -> list[FlowSteps]:
    """The groups and the total; one group says what the total says, unless somebody withdrew."""
    # Where everybody withdrew, there is no group.
    return [total] if [group.returned for group in groups] == [total.returned] else [*groups, total]


def _steps(steps: FlowSteps) -> Iterator[FlowStep]:
    n_excluded = sum(why.n for why in steps.excluded)
    reasons = [f"{why.reason}: {why.n}" for why in steps.excluded]
    if len(reasons) == 1:
        reasons = [f"Excluded, {reasons[0]}"]
    else:
        reasons.insert(0, f"Excluded: {n_excluded}")
    yield FlowStep(label="Returned", n=f"n = {steps.returned}", left=tuple(reasons))
    yield FlowStep(
        label="Usable", n=f"n = {steps.usable}", left=(f"No answer: {steps.usable - steps.answered}",)
    )
    undecided = [f"Undecided: {steps.undecided}"] if steps.undecided else []
    yield FlowStep(
        label="Answered",
        n=f"n = {steps.answered}",
        left=(*undecided, f"Uncodable: {steps.uncodable}"),
    )
    yield FlowStep(label="Coded", n=f"n = {steps.coded}")

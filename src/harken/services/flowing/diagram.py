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
        plot=FlowDiagram(columns=tuple(_columns(columns))),
        notes=tuple(notes),
    )


def shown(groups: Sequence[FlowSteps], total: FlowSteps) -> list[FlowSteps]:
    """The groups and the total; one group says what the total says, unless somebody withdrew."""
    # Where everybody withdrew, there is no group.
    return [total] if [group.returned for group in groups] == [total.returned] else [*groups, total]


def _columns(every: Sequence[FlowSteps]) -> Iterator[FlowColumn]:
    """A column for each; where nobody in any of them leaves, no box says so."""
    is_silent = any(steps.usable != steps.answered for steps in every)
    is_undecided = any(steps.undecided for steps in every)
    is_uncodable = any(steps.uncodable for steps in every)
    for steps in every:
        lost = [f"{steps.usable - steps.answered} without an answer"] if is_silent else []
        open_ = [f"{steps.undecided} undecided"] if is_undecided else []
        set_aside = [f"{steps.uncodable} uncodable"] if is_uncodable else []
        yield FlowColumn(
            heading="" if len(every) == 1 else steps.name,
            steps=(
                FlowStep(label="Returned", n=f"n = {steps.returned}", left=tuple(_excluded(steps))),
                FlowStep(label="Usable", n=f"n = {steps.usable}", left=tuple(lost)),
                FlowStep(label="Answered", n=f"n = {steps.answered}", left=(*open_, *set_aside)),
                FlowStep(label="Coded", n=f"n = {steps.coded}"),
            ),
        )


def _excluded(steps: FlowSteps) -> Iterator[str]:
    """How many are out and why, the number first so that no line breaks it off."""
    yield f"{steps.n_excluded} excluded"
    if len(steps.excluded) == 1:
        yield f"({steps.excluded[0].reason})"
        return
    for why in steps.excluded:
        yield f"{why.printed} {why.reason}"

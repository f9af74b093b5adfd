"""The flow of people with small numbers of reasons hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harken.model import WITHDRAWN
from harken.services.flowing import Flow
from harken.services.flowing.result import Exclusion, FlowSteps
from harken.services.protecting.themes import check_threshold, refuse_told
from harken.stats.suppression import Publication, audit, protect_counts


def protect_flow(result: Flow, *, threshold: int) -> Flow:
    """The flow without numbers of people excluded for a reason that are below the threshold.

    The steps are bases and stay, and so does what they tell: the only reason there is, and who withdrew.
    Where a group has a reason with few people, its other reasons of nobody are hidden as well.
    """
    check_threshold(threshold)
    total = result.total
    withdrawn = [why for why in total.excluded if why.reason == WITHDRAWN]
    reasons = list(
        dict.fromkeys(
            why.reason
            for steps in (*result.groups, total)
            for why in steps.excluded
            if why.reason != WITHDRAWN
        )
    )
    columns = (*result.groups, total)
    hidden = _hidden(columns, reasons, threshold=threshold)

    def shown(at: int) -> tuple[Exclusion, ...]:
        known = {why.reason: why.n for why in columns[at].excluded}
        return tuple(
            Exclusion(reason=reason, n=None if (number, at) in hidden else known[reason])
            for number, reason in enumerate(reasons)
            if (number, at) in hidden or reason in known
        )

    excluded = [shown(at) for at in range(len(columns))]
    excluded[-1] = (*excluded[-1], *withdrawn)

    def with_reasons(part: Sequence[FlowSteps]) -> tuple[FlowSteps, ...]:
        return tuple(replace(steps, excluded=of) for steps, of in zip(part, excluded, strict=True))

    every = with_reasons(columns)
    by_question = [with_reasons((*part.groups, part.total)) for part in result.questions]
    return replace(
        result,
        groups=every[:-1],
        total=every[-1],
        questions=tuple(
            replace(part, groups=steps[:-1], total=steps[-1])
            for part, steps in zip(result.questions, by_question, strict=True)
        ),
        suppress=threshold,
    )


def _hidden(
    columns: Sequence[FlowSteps], reasons: Sequence[str], *, threshold: int
) -> frozenset[tuple[int, int]]:
    """Which reasons are hidden in which column, the total last; by their numbers."""
    publication = Publication()
    number: dict[tuple[int, int], int] = {}
    for at, steps in enumerate(columns):
        known = {why.reason: why.n or 0 for why in steps.excluded}
        base = sum(known.get(reason, 0) for reason in reasons)
        is_small = len(reasons) > 1 and any(0 < known.get(reason, 0) < threshold for reason in reasons)
        for reason_number, reason in enumerate(reasons):
            number[reason_number, at] = publication.add(
                known.get(reason, 0), base, wholly=is_small, fixed=len(reasons) == 1 or base == 0
            )
        if reasons:
            publication.relate([(number[place, at], 1) for place in range(len(reasons))], low=base, high=base)
    for place in range(len(reasons)):
        parts = [number[place, at] for at in range(len(columns) - 1)]
        if parts:
            publication.sums(number[place, len(columns) - 1], parts)
    pattern = protect_counts(publication, threshold=threshold)
    told = audit(pattern.publication, pattern.hidden, threshold=threshold, witnesses=pattern.witnesses)
    refuse_told(told, "the flow of people", threshold=threshold)
    return frozenset(place for place, at in number.items() if at in pattern.hidden)

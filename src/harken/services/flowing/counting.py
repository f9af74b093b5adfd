"""Counts who came and who is left: returned, excluded with reasons, usable, answered, coded."""

from __future__ import annotations

from collections.abc import Sequence

from harken.model import WITHDRAWN
from harken.services.counting.loading import load_sheet
from harken.services.counting.sheet import Sheet, Tally, count_people
from harken.services.flowing.result import Exclusion, Flow, FlowSteps, QuestionFlow
from harken.services.tabulating.figures import TOTAL
from harken.storage.store import Store


def flow(store: Store, *, by: str | None = None) -> Flow:
    """The flow of people by the groups of column `by`; what counts as coded is that of theme tables.

    Whoever withdrew is in no group, since nothing that says which is left; they stand in the total's
    `returned` and `excluded` alone.
    """
    sheet = load_sheet(store, by=by)
    everything = range(len(sheet.units))
    groups, total = _steps(sheet, count_people(sheet, everything))
    questions = []
    for name in dict.fromkeys(unit.question.name for unit in sheet.units):
        units = [at for at in everything if sheet.units[at].question.name == name]
        of_groups, of_all = _steps(sheet, count_people(sheet, units))
        questions.append(QuestionFlow(question=name, groups=of_groups, total=of_all))
    return Flow(
        by=by,
        groups=groups,
        total=total,
        questions=tuple(questions),
        n_withdrawn=sheet.people.n_withdrawn,
    )


def _steps(sheet: Sheet, tally: Tally) -> tuple[tuple[FlowSteps, ...], FlowSteps]:
    people = sheet.people

    def steps(name: str, groups: Sequence[int], *, n_withdrawn: int = 0) -> FlowSteps:
        def add(counts: Sequence[int]) -> int:
            return sum(counts[group] for group in groups)

        reasons: dict[str, int] = {}
        for group in groups:
            for reason, n in people.excluded[group].items():
                reasons[reason] = reasons.get(reason, 0) + n
        usable = add(people.returned) - sum(reasons.values())
        if n_withdrawn:
            reasons[WITHDRAWN] = n_withdrawn
        return FlowSteps(
            name=name,
            returned=add(people.returned) + n_withdrawn,
            excluded=tuple(Exclusion(reason=reason, n=n) for reason, n in reasons.items()),
            usable=usable,
            answered=add(tally.answered),
            undecided=add(tally.undecided),
            uncodable=add(tally.uncodable),
            coded=add(tally.coded),
        )

    everyone = range(len(people.groups))
    return (
        tuple(steps(name, [group]) for group, name in enumerate(people.groups)),
        steps(TOTAL, everyone, n_withdrawn=people.n_withdrawn),
    )

"""Who came and who is left: returned, excluded with reasons, usable, answered, coded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from harken.model import WITHDRAWN
from harken.report import Cell, Column, Report, Table, count, text
from harken.services.tabulating.counting import Sheet, Tally, count_people
from harken.services.tabulating.figures import TOTAL
from harken.services.tabulating.tabulate import load_sheet
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """How many people are out for one reason."""

    reason: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSteps:
    """People at each step, in one group or in all.

    answered: usable people with at least one answer. coded: those of them with every answer decided, and
    not all of them as uncodable; undecided and uncodable are the others, so that the three make answered.
    """

    name: str
    returned: int
    excluded: tuple[Exclusion, ...]
    usable: int
    answered: int
    undecided: int
    uncodable: int
    coded: int

    @property
    def line(self) -> str:
        """The steps as one line, as papers print it."""
        reasons = ", ".join(f"{why.reason} {why.n}" for why in self.excluded)
        n_excluded = sum(why.n for why in self.excluded)
        return (
            f"{self.returned} returned → {n_excluded} excluded{f' ({reasons})' if reasons else ''} → "
            f"{self.usable} usable → {self.answered} answered → {self.coded} coded"
        )

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "excluded": [asdict(why) for why in self.excluded]}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFlow:
    """The steps of the people over one question."""

    question: str
    groups: tuple[FlowSteps, ...]
    total: FlowSteps


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The flow of people over all questions, and for each of them."""

    by: str | None
    groups: tuple[FlowSteps, ...]
    total: FlowSteps
    questions: tuple[QuestionFlow, ...]
    n_withdrawn: int

    def as_json(self) -> dict[str, Any]:
        return {
            "by": self.by,
            "groups": [group.as_json() for group in self.groups],
            "total": self.total.as_json(),
            "questions": [
                {
                    "question": part.question,
                    "groups": [group.as_json() for group in part.groups],
                    "total": part.total.as_json(),
                }
                for part in self.questions
            ],
        }

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record for each question (empty: all of them) and group."""
        scopes = [
            ("", (*self.groups, self.total)),
            *((part.question, (*part.groups, part.total)) for part in self.questions),
        ]
        return [
            {
                "question": question,
                **asdict(steps),
                "excluded": sum(why.n for why in steps.excluded),
            }
            for question, every in scopes
            for steps in every
        ]


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


def flow_report(result: Flow, *, title: str) -> Report:
    """The flow line of the whole study, and a table of the steps by group and question."""
    notes = [
        "Answered: people with at least one answer. Coded: people with every answer decided, and not all of "
        "them uncodable.",
    ]
    if result.n_withdrawn:
        notes.append(
            f"{result.n_withdrawn} withdrew: they stand in the total alone, since their group was erased too."
        )
    tables = [
        Table(
            title=f"All questions: {result.total.line}",
            columns=_columns(),
            rows=tuple(_rows(result.groups, result.total)),
        )
    ]
    if len(result.questions) > 1:
        rows: list[tuple[Cell, ...]] = []
        heads: list[int] = []
        for part in result.questions:
            heads.append(len(rows))
            rows += [(text(part.question), *row) for row in _rows(part.groups, part.total)]
        tables.append(
            Table(
                title="By question",
                columns=(Column(heading="Question"), *_columns()),
                rows=tuple(rows),
                heads=tuple(heads),
            )
        )
    by = f" by {result.by}" if result.by else ""
    return Report(title=f"{title}: flow of people{by}", notes=tuple(notes), tables=tuple(tables))


def _columns() -> tuple[Column, ...]:
    return (
        Column(heading="Group"),
        Column(heading="Returned", align="right"),
        Column(heading="Excluded", align="right"),
        Column(heading="Why"),
        Column(heading="Usable", align="right"),
        Column(heading="Answered", align="right"),
        Column(heading="Undecided", align="right", is_detail=True),
        Column(heading="Uncodable", align="right", is_detail=True),
        Column(heading="Coded", align="right"),
    )


def _rows(groups: Sequence[FlowSteps], total: FlowSteps) -> Iterable[tuple[Cell, ...]]:
    # One group says what the total says, unless somebody withdrew. Where everybody did, there is none.
    shown = [total] if [group.returned for group in groups] == [total.returned] else [*groups, total]
    for steps in shown:
        yield (
            text(steps.name),
            count(steps.returned),
            count(sum(why.n for why in steps.excluded)),
            text(", ".join(f"{why.reason} {why.n}" for why in steps.excluded)),
            count(steps.usable),
            count(steps.answered),
            count(steps.undecided),
            count(steps.uncodable),
            count(steps.coded),
        )

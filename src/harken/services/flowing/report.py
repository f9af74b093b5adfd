"""How a flow of people is laid out: a line, a picture, and a table of the steps by group and question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harken.report import HIDDEN, Cell, Column, Report, Table, count, text
from harken.services.flowing.diagram import flow_figures, shown
from harken.services.flowing.result import Flow, FlowSteps


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
    if result.suppress:
        notes.append(
            f"{HIDDEN.text} = confidential: reasons of 1 to {result.suppress - 1} people, and what would "
            f"give them away (--suppress {result.suppress}). The steps themselves are bases and are shown."
        )
    by = f" by {result.by}" if result.by else ""
    tables = [
        Table(
            title=f"Flow of people{by}",
            columns=_columns(),
            rows=tuple(_rows(result.groups, result.total)),
            notes=(f"Over all questions: {result.total.line}.",),
        )
    ]
    if len(result.questions) > 1:
        rows: list[tuple[Cell, ...]] = []
        breaks: list[int] = []
        for part in result.questions:
            if rows:
                breaks.append(len(rows))
            rows += [(text(part.question), *row) for row in _rows(part.groups, part.total)]
        tables.append(
            Table(
                title=f"Flow of people by question{f' and {result.by}' if result.by else ''}",
                columns=(Column(heading="Question"), *_columns(has_reasons=False)),
                rows=tuple(rows),
                breaks=tuple(breaks),
            )
        )
    return Report(
        title=f"{title}: flow of people{by}",
        notes=tuple(notes),
        tables=tuple(tables),
        figures=tuple(flow_figures(result)),
    )


def _columns(*, has_reasons: bool = True) -> tuple[Column, ...]:
    return (
        Column(heading="Group"),
        Column(heading="Returned", align="right"),
        Column(heading="Excluded", align="right"),
        # People are excluded for all questions at once, so that a book says once why.
        Column(heading="Why", is_for_data=not has_reasons),
        Column(heading="Usable", align="right"),
        Column(heading="Answered", align="right"),
        Column(heading="Undecided", align="right", is_detail=True),
        Column(heading="Uncodable", align="right", is_detail=True),
        Column(heading="Coded", align="right"),
    )


def _rows(groups: Sequence[FlowSteps], total: FlowSteps) -> Iterable[tuple[Cell, ...]]:
    for steps in shown(groups, total):
        yield (
            text(steps.name),
            count(steps.returned),
            count(steps.n_excluded),
            text(", ".join(f"{why.reason} {why.printed}" for why in steps.excluded)),
            count(steps.usable),
            count(steps.answered),
            count(steps.undecided),
            count(steps.uncodable),
            count(steps.coded),
        )

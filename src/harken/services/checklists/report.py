"""A filled checklist as a table, and all that fit a study as an appendix."""

from __future__ import annotations

from collections.abc import Iterable

from harken.report import Cell, Column, Report, Section, Table, text
from harken.services.checklists.filling import FilledChecklist, FilledItem, ItemState

FOR_AUTHORS = "to be filled in by the authors"


def checklist_report(result: FilledChecklist) -> Report:
    """One row an item: what it asks, what the project knows, where it stands, what is left to say."""
    checklist = result.checklist
    n_open = result.n(ItemState.OPEN)
    counts = (
        f"Of {len(result.items)} items the project fills in {result.n(ItemState.FILLED)}, "
        f"{result.n(ItemState.PARTLY)} in part; {n_open} are open."
    )
    notes = [
        f"{checklist.source}. What the items ask is put in our own words: the guideline itself decides.",
        *([checklist.numbering] if checklist.numbering else []),
        counts,
    ]
    return Report(
        title=f"{checklist.name}: {checklist.title}",
        notes=tuple(notes),
        tables=(
            Table(
                title=f"{checklist.name} by item",
                short_title=checklist.name,
                columns=tuple(
                    Column(heading=heading)
                    for heading in ("Item", "Topic and what is asked", "Answer", "Section")
                ),
                rows=tuple(map(_row, result.items)),
            ),
        ),
    )


def _row(item: FilledItem) -> tuple[Cell, ...]:
    return (
        text(item.number),
        text(f"{item.topic}: {item.asked}"),
        text(_answer(item)),
        text(item.section),
    )


def _answer(item: FilledItem) -> str:
    if item.state is ItemState.OPEN:
        return f"[{FOR_AUTHORS}]"
    if item.state is ItemState.PARTLY:
        return f"{item.answer} [{FOR_AUTHORS}: {item.left}]"
    return item.answer


def checklist_sections(results: Iterable[FilledChecklist]) -> tuple[Section, ...]:
    """An appendix for each checklist."""
    return tuple(
        Section(
            title=f"Checklist: {one.checklist.name}",
            anchor=f"checklist-{one.checklist.key}",
            report=checklist_report(one),
            is_appendix=True,
        )
        for one in results
    )

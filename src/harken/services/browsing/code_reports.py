"""Answers by code and group, and the framework matrix, as reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from harken.model import EVERYONE, CodebookEntry
from harken.report import EMPTY, Cell, Column, Report, Table, text
from harken.services.browsing.filters import AnswerFilter
from harken.services.browsing.list_report import marked
from harken.services.browsing.passages import Passage
from harken.services.browsing.result import FrameworkMatrix, Look, Retrieval
from harken.services.browsing.retrieval import CodeGroup, CodeSection
from harken.services.browsing.wording import filter_words, look_notes


def retrieval_report(result: Retrieval, *, with_entries: bool = False, marks_matches: bool = True) -> Report:
    """A table a code, headed by its definition, the groups one below the other with their people.

    `with_entries` shows all that the codebook says of each code; `marks_matches` puts «…» around the words
    that were searched for.
    """
    searched = result.look.filter if marks_matches else AnswerFilter()
    by = f" by {result.by}" if result.by else ""
    labels = Counter(section.entry.code.label.casefold() for section in result.sections)
    tables: list[Table] = []
    for section in result.sections:
        entry = section.entry
        is_shared = labels[entry.code.label.casefold()] > 1
        name = entry.path if is_shared else entry.code.label
        if with_entries:
            tables.append(replace(_entry_table(entry), short_title=f"{name}: the code"))
        tables.append(replace(_section_table(section, searched), short_title=name))
    return Report(
        title=f"{result.look.title}: answers by code{by}",
        notes=tuple(_retrieval_notes(result)),
        tables=tuple(tables),
    )


def _scope(look: Look) -> Iterator[str]:
    words = filter_words(look.filter)
    if words:
        yield f"Filter: {words}."


def _retrieval_notes(result: Retrieval) -> Iterator[str]:
    yield from _scope(result.look)
    yield (
        "n = people with the code; N = people of the group with a decided answer in scope. A person counts "
        "once, however many answers or coders. Excluded people and non-response are left out."
    )
    coders = {
        coder
        for section in result.sections
        for group in section.groups
        for one in group.passages
        for coder in one.coders
    }
    if len(coders) > 1:
        yield f"Decisions of {', '.join(sorted(coders))} count alike; who applied the code stands with each."
    if result.unused:
        yield f"No answer has {', '.join(entry.path for entry in result.unused)}."
    yield from look_notes(result.look)


def _named(entry: CodebookEntry) -> str:
    retired = " (retired)" if entry.code.is_retired else ""
    return f"{entry.code.label}{retired} ({entry.path})"


def _entry_table(entry: CodebookEntry) -> Table:
    code = entry.code
    lines = (
        ("Definition", code.definition),
        ("Include", code.include),
        ("Exclude", code.exclude),
        ("Examples", "\n".join(code.examples)),
        ("Keywords", ", ".join(code.keywords)),
    )
    return Table(
        title=f"{_named(entry)}: the code",
        columns=(Column(heading=""), Column(heading="In the codebook")),
        rows=tuple((text(name), text(value)) for name, value in lines if value),
    )


def _section_table(section: CodeSection, searched: AnswerFilter) -> Table:
    passages = [one for group in section.groups for one in group.passages]
    has_occasions = any(one.row.key.occasion for one in passages)
    n_columns = 3 + has_occasions
    rows: list[tuple[Cell, ...]] = []
    heads: list[int] = []
    for group in section.groups:
        heads.append(len(rows))
        rows.append((text(_heading(group)), *[EMPTY] * n_columns))
        for one in group.passages:
            rows.append(
                (
                    text(one.row.key.participant),
                    text(one.row.key.question),
                    *([text(one.row.key.occasion)] if has_occasions else []),
                    text(marked(one.text, searched)),
                    text(", ".join(one.coders)),
                )
            )
    definition = f": {section.entry.code.definition}" if section.entry.code.definition else ""
    return Table(
        title=f"{_named(section.entry)}{definition}",
        columns=(
            Column(heading="Participant"),
            Column(heading="Question"),
            *([Column(heading="Occasion")] if has_occasions else []),
            Column(heading="Answer"),
            Column(heading="Coder", is_detail=True),
        ),
        rows=tuple(rows),
        notes=tuple(_left_out(section)),
        heads=tuple(heads),
    )


def _heading(group: CodeGroup) -> str:
    name = "everybody" if group.name == EVERYONE else group.name
    return f"{name}: {group.n} of {group.base} people"


def _left_out(section: CodeSection) -> Iterator[str]:
    for group in section.groups:
        shown = len({one.row.key.participant for one in group.passages})
        if shown < group.n:
            yield f"{group.name}: the answers of {shown} of the {group.n} people are shown."


def matrix_report(result: FrameworkMatrix, *, marks_matches: bool = True) -> Report:
    """A row a participant with groups, a column a family, the texts in the cells.

    `marks_matches` puts «…» around the words that were searched for.
    """
    searched = result.look.filter if marks_matches else AnswerFilter()
    groups = list(dict.fromkeys(name for row in result.rows for name, _ in row.groups))
    said = [one for row in result.rows for cell in row.cells.values() for one in cell]
    has_several = len({one.row.key.question for one in said}) > 1
    table = Table(
        title="Framework matrix",
        columns=(
            Column(heading="Participant"),
            *(Column(heading=name, is_detail=True) for name in groups),
            *(Column(heading=column.label) for column in result.columns),
        ),
        rows=tuple(
            (
                text(row.participant),
                *(text(dict(row.groups).get(name, "")) for name in groups),
                *(
                    text(
                        "\n".join(
                            _in_cell(one, result.labels, searched, has_several)
                            for one in row.cells[column.key]
                        )
                    )
                    for column in result.columns
                ),
            )
            for row in result.rows
        ),
    )
    notes = [
        *_scope(result.look),
        "In a cell: what a participant said with a code of the column, the codes in brackets behind it. "
        "Excluded people, non-response and people without any of the codes are left out.",
        *look_notes(result.look),
    ]
    return Report(
        title=f"{result.look.title}: framework matrix",
        notes=tuple(notes),
        tables=(table,) if result.rows else (),
    )


def _in_cell(
    one: Passage, label_of: Mapping[str, str], searched: AnswerFilter, has_several_questions: bool
) -> str:
    labels = ", ".join(label_of.get(code, code) for code in one.codes)
    question = one.row.key.question if has_several_questions else ""
    place = " · ".join(part for part in (question, one.row.key.occasion) if part)
    return f"{f'{place}: ' if place else ''}{marked(one.text, searched)} [{labels}]"

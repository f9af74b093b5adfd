"""A codebook's families as tables, for documents and appendices."""

from __future__ import annotations

from collections.abc import Iterator

from harken.model import Codebook, CodebookEntry, Family
from harken.report import Cell, Column, Table, text

_COLUMNS = tuple(
    Column(heading=heading) for heading in ("Code", "Definition", "Include", "Exclude", "Examples")
)


def family_notes(family: Family) -> Iterator[str]:
    """What stands above a family's table."""
    if family.definition:
        yield family.definition
    if family.exclusive:
        yield f"At most one of these codes is given to an answer; the scale is {family.scale}."


def family_table(codebook: Codebook, family: Family) -> Table:
    """The codes of one family, children indented below their parents."""
    entries = [entry for entry in codebook.entries.values() if entry.family is family]
    return Table(
        title=f"Codes of the family {family.label}",
        short_title=family.key,
        columns=_COLUMNS,
        rows=tuple(_row(entry) for entry in entries),
        notes=tuple(_notes(entries, n_codes=len(entries))),
    )


def _row(entry: CodebookEntry) -> tuple[Cell, ...]:
    code, indent = entry.code, "  " * entry.depth
    examples = "\n".join(f"“{example}”" for example in code.examples)
    return (
        text(f"{indent}{code.label}{' (retired)' if code.is_retired else ''}\n{entry.path}"),
        *map(text, (code.definition, code.include, code.exclude, examples)),
    )


def _notes(entries: list[CodebookEntry], *, n_codes: int) -> Iterator[str]:
    """Which codes are for some questions alone: in one line for all that are for the same."""
    of_questions: dict[tuple[str, ...], list[str]] = {}
    for entry in entries:
        if entry.code.questions:
            of_questions.setdefault(tuple(entry.code.questions), []).append(entry.path)
    for questions, paths in of_questions.items():
        are = "Given" if len(paths) == n_codes else f"{', '.join(paths)}: given"
        yield f"{are} to answers to {', '.join(questions)} alone."

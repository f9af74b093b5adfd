"""A codebook as the appendix of a paper: a heading and a table of its codes for each family."""

from __future__ import annotations

from collections.abc import Iterator

from harken.exporters.document import add_table
from harken.exporters.document_styles import new_document, saved, set_page
from harken.exporters.office_text import office_text
from harken.model import Codebook, CodebookEntry, Family
from harken.report import Cell, Column, Table, text

_COLUMNS = tuple(
    Column(heading=heading) for heading in ("Code", "Definition", "Include", "Exclude", "Examples")
)
_NO_TITLE = "Codebook"


def codebook_to_docx(codebook: Codebook) -> bytes:
    """The codebook as DOCX on landscape pages; the same codebook always gives the same bytes."""
    title = codebook.title or _NO_TITLE
    document = new_document(title)
    set_page(document.sections[0], is_landscape=True)
    document.add_heading(office_text(title), level=1)
    for number, family in enumerate(codebook.families, start=1):
        document.add_heading(office_text(family.label), level=2)
        for words in _about(family):
            document.add_paragraph(office_text(words))
        add_table(document, _table(codebook, family), number=number, is_landscape=True)
    if not codebook.families:
        document.add_paragraph("The codebook holds no code yet.")
    return saved(document)


def _about(family: Family) -> Iterator[str]:
    if family.definition:
        yield family.definition
    if family.exclusive:
        yield f"At most one of these codes is given to an answer; the scale is {family.scale}."


def _table(codebook: Codebook, family: Family) -> Table:
    entries = [entry for entry in codebook.entries.values() if entry.family is family]
    return Table(
        title=f"Codes of the family {family.key}",
        columns=_COLUMNS,
        rows=tuple(_row(entry) for entry in entries),
        notes=tuple(_notes(entries)),
    )


def _row(entry: CodebookEntry) -> tuple[Cell, ...]:
    code, indent = entry.code, "  " * entry.depth
    examples = "\n".join(f"“{example}”" for example in code.examples)
    return (
        text(f"{indent}{code.label}{' (retired)' if code.is_retired else ''}\n{entry.path}"),
        *map(text, (code.definition, code.include, code.exclude, examples)),
    )


def _notes(entries: list[CodebookEntry]) -> Iterator[str]:
    for entry in entries:
        if entry.code.questions:
            yield f"{entry.path} is given to answers to {', '.join(entry.code.questions)} alone."

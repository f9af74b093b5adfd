"""A report as Markdown: pipe tables in which no text can become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from harken.report import Column, Report, Table, typeset, visible

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&$!])")
_LEADING_SPACES = re.compile(r"^ +")
_LIST_START = re.compile(r"^(\d*)([-+=.)])")


def markdown_text(report: Report) -> str:
    """Title and notes, then each table as a pipe table; a grouped heading reads "group: heading".

    Of a figure the text says what it shows.
    """
    parts = [f"# {escaped(report.title)}", *map(_paragraph, report.notes)]
    for figure in report.figures:
        parts += [f"## {escaped(figure.title)}", *map(_paragraph, (figure.alt, *figure.notes))]
    for table in report.tables:
        parts += [f"## {escaped(table.title)}", "\n".join(_table_lines(typeset(table)))]
        parts += map(_paragraph, table.notes)
    return "\n\n".join(parts) + "\n"


def _table_lines(table: Table) -> Iterator[str]:
    yield _line([_heading(column) for column in table.columns])
    yield _line(["--:" if column.align == "right" else ":--" for column in table.columns])
    for row in table.rows:
        yield _line([escaped(cell.text) for cell in row])


def _heading(column: Column) -> str:
    heading = f"{column.group}: {column.heading}" if column.group else column.heading
    return escaped(heading)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _paragraph(words: str) -> str:
    return _LIST_START.sub(r"\1\\\2", escaped(words))


def escaped(words: str) -> str:
    """Text that Markdown shows as it is; line ends become <br>, other controls marks that do nothing."""
    harmless = (_SPECIAL.sub(r"\\\1", visible(line)) for line in re.split(r"\r\n|\r|\n", words))
    return "<br>".join(_LEADING_SPACES.sub(_hard_spaces, line) for line in harmless)


def _hard_spaces(match: re.Match[str]) -> str:
    return "&nbsp;" * len(match[0])

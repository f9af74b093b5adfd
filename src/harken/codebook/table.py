"""A codebook as the rows of a table, for spreadsheets: one row a family or code, and nothing lost.

The columns `examples`, `keywords`, `questions` and `patterns` hold one value per line. Where the lines would
not read back the same (an example of several lines), the cell holds a JSON list of texts instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from harken.model import Code, Codebook, Family

COLUMNS = ("path", "label", "definition", "include", "exclude", "examples", "keywords")
"""Always written, in this order."""
FURTHER_COLUMNS = (
    "questions", "patterns", "hotkey", "value", "retired", "exclusive", "scale", "codebook_title",
    "codebook_language",
)  # fmt: skip
"""Written where a row has something in them. The codebook's own stand in the first row."""
DEFAULT_LANGUAGE = Codebook().language


def codebook_rows(codebook: Codebook) -> list[tuple[str, ...]]:
    """The table, headings first; parents stand before their children."""
    rows = [row for family in codebook.families for row in _family_rows(family)]
    own = {"codebook_title": codebook.title}
    if codebook.language != DEFAULT_LANGUAGE:
        own["codebook_language"] = codebook.language
    if any(own.values()):
        rows = [{**(rows[0] if rows else {}), **own}, *rows[1:]]
    further = [column for column in FURTHER_COLUMNS if any(row.get(column) for row in rows)]
    headings = (*COLUMNS, *further)
    return [headings, *(tuple(row.get(column, "") for column in headings) for row in rows)]


def lines_cell(values: Sequence[str]) -> str:
    """Texts as one cell: a line each, or a JSON list where lines would not read back the same."""
    lines = "\n".join(values)
    return lines if read_lines_cell(lines) == tuple(values) else json.dumps(list(values), ensure_ascii=False)


def read_lines_cell(cell: str) -> tuple[str, ...]:
    """The texts in a cell; blank lines and spaces around a line do not count."""
    if cell.lstrip().startswith("["):
        try:
            values = json.loads(cell)
        except ValueError:
            values = None
        if isinstance(values, list) and all(isinstance(value, str) for value in values):
            return tuple(values)
    stripped = (line.strip() for line in cell.replace("\r\n", "\n").split("\n"))
    return tuple(line for line in stripped if line)


def number_cell(value: float | None) -> str:
    """A number as people write it: 2, not 2.0."""
    if value is None:
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _family_rows(family: Family) -> Iterator[dict[str, str]]:
    yield {
        "path": family.key,
        "label": family.label,
        "definition": family.definition,
        "exclusive": "true" if family.exclusive else "",
        "scale": "" if family.scale == "nominal" else family.scale,
    }
    yield from _code_rows(family.codes, family.key)


def _code_rows(codes: Sequence[Code], parent: str) -> Iterator[dict[str, str]]:
    for code in codes:
        path = f"{parent}.{code.key}"
        yield {
            "path": path,
            "label": code.label,
            "definition": code.definition,
            "include": code.include,
            "exclude": code.exclude,
            "examples": lines_cell(code.examples),
            "keywords": lines_cell(code.keywords),
            "questions": lines_cell(code.questions),
            "patterns": "\n".join(_pattern_line(pattern) for pattern in code.patterns),
            "hotkey": code.hotkey,
            "value": number_cell(code.value),
            "retired": "true" if code.is_retired else "",
        }
        yield from _code_rows(code.codes, path)


def _pattern_line(pattern: Sequence[Any]) -> str:
    return json.dumps([dict(token) for token in pattern], ensure_ascii=False)

"""The rows of a codebook table to the codebook they mean, with every fault named at its row and column."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from harken.codebook.checking import (
    Complaint,
    complaints_about_code,
    complaints_about_family,
    complaints_about_whole,
)
from harken.codebook.faults import Fault, sort_faults
from harken.codebook.table import COLUMNS, DEFAULT_LANGUAGE, FURTHER_COLUMNS, read_lines_cell
from harken.errors import near_match, quoted
from harken.model import Code, Codebook, Family

CODE_COLUMNS = (
    "include", "exclude", "examples", "keywords", "questions", "patterns", "hotkey", "value", "retired",
)  # fmt: skip
FAMILY_COLUMNS = ("exclusive", "scale")
TRUTH = {"": False, "false": False, "no": False, "0": False, "true": True, "yes": True, "1": True}


class TableRow(NamedTuple):
    """A row of the file: its number as a spreadsheet counts, and its cells as text."""

    number: int
    cells: tuple[str, ...]


class _Record(NamedTuple):
    number: int
    path: str
    values: dict[str, str]


def codebook_from_rows(headings: Sequence[str], rows: Sequence[TableRow]) -> tuple[Codebook, list[Fault]]:
    """The codebook that a table describes, and every fault in it; no row is wider than the headings.

    Rows may stand in any order: a code's place among its siblings is the order of their rows. Families may be
    left out altogether, each then bearing its key as label; if one has a row, all need one.
    """
    reader = _TableReader([heading.strip().casefold() for heading in headings])
    codebook = reader.codebook([row for row in rows if any(cell.strip() for cell in row.cells)])
    return codebook, sort_faults(reader.faults)


def _fault(number: int, message: str, column: int = 1, column_name: str = "") -> Fault:
    return Fault(line=number, column=column, column_name=column_name, message=message, is_row=True)


class _TableReader:
    """Reads the records, then builds the tree from their paths."""

    def __init__(self, headings: Sequence[str]) -> None:
        self.headings = headings
        self.faults: list[Fault] = []
        self.records: dict[str, _Record] = {}
        self.children: dict[str, list[str]] = {"": []}
        self.own: dict[str, tuple[_Record, str]] = {}

    def codebook(self, rows: Sequence[TableRow]) -> Codebook:
        self.check_headings()
        if "path" not in self.headings:
            return Codebook()
        for row in rows:
            self.take_row(row)
        self.check_parents()
        families = tuple(self.family(key) for key in self.children[""])
        own = {column: value for column, (_, value) in self.own.items()}
        codebook = Codebook(
            title=own.get("codebook_title", ""),
            language=own.get("codebook_language", DEFAULT_LANGUAGE),
            families=families,
        )
        for complaint in complaints_about_whole(codebook):
            if not complaint.path:
                column = f"codebook_{complaint.field}"
                self.fault(self.own[column][0], column, complaint.message)
            else:
                field = "path" if complaint.field == "key" else complaint.field
                self.fault(self.records[complaint.path], field, complaint.message)
        return codebook

    def check_headings(self) -> None:
        known = COLUMNS + FURTHER_COLUMNS
        for column, heading in enumerate(self.headings, start=1):
            if heading not in known:
                expected = near_match(heading, known) or f" Known: {', '.join(known)}."
                message = f"unknown column {quoted(heading)}.{expected} Rename or remove it."
                self.faults.append(_fault(1, message, column))
        if "path" not in self.headings:
            self.faults.append(_fault(1, "no column 'path': it holds each code's family.key"))

    def take_row(self, row: TableRow) -> None:
        values = dict(zip(self.headings, row.cells, strict=False))
        record = _Record(row.number, values.get("path", "").strip(), values)
        self.take_codebook_values(record)
        if not record.path:
            if any(values.get(column, "").strip() for column in (*COLUMNS, *CODE_COLUMNS, *FAMILY_COLUMNS)):
                self.fault(record, "path", "the path is blank: write family.key")
        elif record.path in self.records:
            first = self.records[record.path].number
            self.fault(record, "path", f"{quoted(record.path)} stands twice, first in row {first}: keep one")
        else:
            self.records[record.path] = record
            parent = record.path.rpartition(".")[0]
            self.children.setdefault(parent, []).append(record.path)

    def take_codebook_values(self, record: _Record) -> None:
        for column in ("codebook_title", "codebook_language"):
            value = record.values.get(column, "").strip()
            if not value:
                continue
            if self.own.setdefault(column, (record, value))[1] != value:
                first = quoted(self.own[column][1])
                self.fault(record, column, f"{quoted(value)}, but a row above says {first}: keep one")

    def check_parents(self) -> None:
        """Name each path whose parent has no row, and make up families where the table lists none."""
        has_families = any("." not in path for path in self.records)
        for path, record in list(self.records.items()):
            parent, _, key = path.rpartition(".")
            if not parent or parent in self.records:
                continue
            if key and "." not in parent and not has_families:
                if parent not in self.children[""]:
                    self.children[""].append(parent)
                continue
            message = f"{quoted(path)} has no parent: add a row with the path {quoted(parent)}"
            self.fault(record, "path", message)

    def family(self, path: str) -> Family:
        record = self.records.get(path)
        codes = tuple(self.code(child) for child in self.children.get(path, ()))
        if record is None:
            family = Family(key=path, label=path, codes=codes)
            first = self.records[self.children[path][0]]
            for complaint in complaints_about_family(family):
                self.complain(first, complaint)
            return family
        values = record.values
        for column in CODE_COLUMNS:
            if value := values.get(column, "").strip():
                what = f"{quoted(path)} is a family, which has no {column} ({quoted(value)})"
                message = f"{what}; a code's path is family.key"
                self.fault(record, column, message)
        family = Family(
            key=path,
            label=values.get("label", "").strip() or path,
            definition=values.get("definition", ""),
            exclusive=self.truth(record, "exclusive"),
            scale=values.get("scale", "").strip().casefold() or "nominal",
            codes=codes,
        )
        for complaint in complaints_about_family(family):
            self.complain(record, complaint)
        return family

    def code(self, path: str) -> Code:
        record = self.records[path]
        values = record.values
        for column in FAMILY_COLUMNS:
            if value := values.get(column, "").strip():
                message = (
                    f"{quoted(path)} is a code, and {column} ({quoted(value)}) is for families: move it there"
                )
                self.fault(record, column, message)
        key = path.rpartition(".")[2]
        code = Code(
            key=key,
            label=values.get("label", "").strip() or key,
            definition=values.get("definition", ""),
            include=values.get("include", ""),
            exclude=values.get("exclude", ""),
            examples=read_lines_cell(values.get("examples", "")),
            keywords=read_lines_cell(values.get("keywords", "")),
            questions=read_lines_cell(values.get("questions", "")),
            patterns=self.patterns(record),
            hotkey=values.get("hotkey", "").strip(),
            value=self.number(record, "value"),
            is_retired=self.truth(record, "retired"),
        )
        for complaint in complaints_about_code(code):
            self.complain(record, complaint)
        return replace(code, codes=tuple(self.code(child) for child in self.children.get(path, ())))

    def patterns(self, record: _Record) -> tuple[tuple[dict[str, Any], ...], ...]:
        found = []
        for line in read_lines_cell(record.values.get("patterns", "")):
            try:
                pattern = json.loads(line)
            except (ValueError, RecursionError):
                pattern = None
            if isinstance(pattern, list) and all(isinstance(token, dict) for token in pattern):
                found.append(tuple(pattern))
            else:
                example = '[{"LEMMA": "see"}, {"LOWER": "myself"}]'
                self.fault(
                    record, "patterns", f"{quoted(line)} is no pattern, written as JSON like {example}"
                )
        return tuple(found)

    def number(self, record: _Record, column: str) -> float | None:
        cell = record.values.get(column, "").strip()
        try:
            return float(cell) if cell else None
        except ValueError:
            self.fault(record, column, f"{quoted(cell)} is not a number, such as 2 or 1.5")
            return None

    def truth(self, record: _Record, column: str) -> bool:
        cell = record.values.get(column, "").strip()
        if cell.casefold() not in TRUTH:
            self.fault(record, column, f"{quoted(cell)} must be true, false or blank")
        return TRUTH.get(cell.casefold(), False)

    def complain(self, record: _Record, complaint: Complaint) -> None:
        self.fault(record, "path" if complaint.field == "key" else complaint.field, complaint.message)

    def fault(self, record: _Record, column: str, message: str) -> None:
        place = self.headings.index(column) + 1 if column in self.headings else 1
        self.faults.append(_fault(record.number, message, place, column if column in self.headings else ""))

"""A workbook filled in as a spreadsheet program would: cells of its sheets changed in the file itself."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ET.register_namespace("", _MAIN)
ET.register_namespace("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")


class FilledIn:
    """The XLSX file at `path`, open for changes to one of its sheets (the first unless another is named)."""

    def __init__(self, path: Path, *, sheet: int = 1) -> None:
        self.path = path
        self.part = f"xl/worksheets/sheet{sheet}.xml"
        with zipfile.ZipFile(path) as archive:
            self.members = {name: archive.read(name) for name in archive.namelist()}
        self.root = ET.fromstring(self.members[self.part])
        self.data = self._find("sheetData")
        strings = ET.fromstring(self.members["xl/sharedStrings.xml"])
        texts = ["".join(t.text or "" for t in si.iter(f"{{{_MAIN}}}t")) for si in strings]
        cells = self.data[0]
        self.letter = {
            texts[int(cell[0].text or "0")]: re.sub(r"\d", "", cell.get("r", "")) for cell in cells
        }

    def _find(self, tag: str) -> ET.Element:
        found = self.root.find(f"{{{_MAIN}}}{tag}")
        assert found is not None
        return found

    def put(self, row: int, column: str, text: str) -> FilledIn:
        """Write a text into a cell, named by its row and its column's heading."""
        cell = self._cell(row, self.letter[column])
        for child in list(cell):
            cell.remove(child)
        cell.set("t", "inlineStr")
        inline = ET.SubElement(ET.SubElement(cell, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t")
        inline.text = text
        return self

    def put_formula(self, row: int, column: str, formula: str, value: str) -> FilledIn:
        cell = self._cell(row, self.letter[column])
        for child in list(cell):
            cell.remove(child)
        cell.set("t", "str")
        ET.SubElement(cell, f"{{{_MAIN}}}f").text = formula
        ET.SubElement(cell, f"{{{_MAIN}}}v").text = value
        return self

    def add_column(self, heading: str, text: str, *, letter: str = "ZZ") -> FilledIn:
        """A column that was not there, with a text in row 2."""
        self.letter[heading] = letter
        for row in (1, 2):
            ET.SubElement(self._row(row), f"{{{_MAIN}}}c", {"r": f"{letter}{row}"})
        return self.put(1, heading, heading).put(2, heading, text)

    def put_far(self, letter: str, row: int, text: str) -> FilledIn:
        """A text in a row below all others."""
        last = ET.SubElement(self.data, f"{{{_MAIN}}}row", {"r": str(row)})
        cell = ET.SubElement(last, f"{{{_MAIN}}}c", {"r": f"{letter}{row}", "t": "inlineStr"})
        ET.SubElement(ET.SubElement(cell, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t").text = text
        return self

    def hide(self, row: int) -> FilledIn:
        self._row(row).set("hidden", "1")
        return self

    def remove(self, row: int) -> FilledIn:
        self.data.remove(self._row(row))
        return self

    def merge(self, first: str, last: str, row: int) -> FilledIn:
        ranges = ET.Element(f"{{{_MAIN}}}mergeCells")
        place = f"{self.letter[first]}{row}:{self.letter[last]}{row}"
        ET.SubElement(ranges, f"{{{_MAIN}}}mergeCell", {"ref": place})
        self.root.insert(list(self.root).index(self.data) + 1, ranges)
        return self

    def _row(self, number: int) -> ET.Element:
        return next(row for row in self.data if row.get("r") == str(number))

    def _cell(self, number: int, letter: str) -> ET.Element:
        return next(cell for cell in self._row(number) if cell.get("r") == f"{letter}{number}")

    def save(self) -> Path:
        self.members[self.part] = ET.tostring(self.root, xml_declaration=True, encoding="UTF-8")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, body in self.members.items():
                archive.writestr(name, body)
        self.path.write_bytes(packed.getvalue())
        return self.path


def fill(path: Path, change: Callable[[FilledIn], object], *, sheet: int = 1) -> Path:
    """Open the workbook, change it and save it."""
    workbook = FilledIn(path, sheet=sheet)
    change(workbook)
    return workbook.save()

"""Reads one sheet of a returned coding workbook and collects what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from harken.errors import listed, quoted
from harken.exporters.office_text import office_text
from harken.importers.coding_workbook import FilledSheet
from harken.importers.coding_workbook_marks import cell_name
from harken.model import Codebook, DecisionState, ResponseKey
from harken.services.round_trip import layout
from harken.services.round_trip.layout import Filled

_KEY_HEADINGS = (layout.PARTICIPANT, layout.QUESTION, layout.OCCASION, layout.ANSWER)
_OPEN_HEADINGS = (layout.DECISION, layout.UNSURE, layout.MEMO)
_MOST_ROWS = 12
_STATES = {
    layout.CODED: DecisionState.CODED,
    layout.NO_CODE: DecisionState.CODED,
    layout.UNCODABLE: DecisionState.UNCODABLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What the hidden sheet says: whose workbook it is, and what each row was when it was made."""

    project: str
    round: str
    coder: str
    rows: Mapping[ResponseKey, tuple[str, str]]
    """Check and mark of what was decided, see `layout`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedRow:
    """One row of the workbook; `filled` is None where it says nothing."""

    key: ResponseKey
    filled: Filled | None
    memo: str
    """As the cell has it."""
    sheet: str
    row: int


class SheetReader:
    """Reads one sheet's rows and collects what is wrong with them."""

    def __init__(self, name: str, sheet: FilledSheet, origin: Origin, codebook: Codebook) -> None:
        self.name = name
        self.table = sheet.table
        self.marks = sheet.marks
        self._header_row, self._columns = sheet.header_row, sheet.columns
        self.origin = origin
        self.codebook = codebook
        self.faults: list[str] = []
        self._at = {heading: at for at, heading in enumerate(self.table.headers)}
        self._code_headings = [
            heading for heading in self.table.headers if heading.startswith("code ") and heading[5:].isdigit()
        ]

    @property
    def _own_headings(self) -> tuple[str, ...]:
        return (*_KEY_HEADINGS, *_OPEN_HEADINGS, *self._code_headings)

    def rows(self) -> list[ReturnedRow]:
        missing = [heading for heading in (*_KEY_HEADINGS, *_OPEN_HEADINGS) if heading not in self._at]
        if missing:
            self.faults.append(
                f"Sheet {self.name!r}: column {listed(missing)} is missing. Put its heading back into row 1."
            )
            return []
        self._refuse_formulas_and_merged_cells()
        read = (
            self._row(number, cells)
            for number, cells in zip(self.table.row_numbers, self.table.rows, strict=True)
        )
        return [row for row in read if row is not None]

    def remarks(self) -> Iterator[str]:
        """Hidden rows, and columns that are not ours."""
        hidden = sorted(self.marks.hidden_rows & set(self.table.row_numbers))
        if hidden:
            more = f" and {len(hidden) - _MOST_ROWS} more" if len(hidden) > _MOST_ROWS else ""
            some = ", ".join(map(str, hidden[:_MOST_ROWS])) + more
            yield f"Sheet {self.name!r}: hidden rows were read like the others: {some}."
        own = {*self._own_headings, *(one for one in self._at if one.startswith(layout.SURVEY))}
        extra = [heading for heading in self._at if heading not in own]
        if extra:
            yield f"Sheet {self.name!r}: columns that are none of Harken's were not read: {listed(extra)}."

    # -- harm ----------------------------------------------------------------------------------------

    def _refuse_formulas_and_merged_cells(self) -> None:
        own = {self._columns[heading] for heading in self._own_headings}
        first = self._header_row + 1
        formulas = [place for place in self.marks.formulas if place[0] >= first and place[1] in own]
        merged = [
            (top, left)
            for top, left, bottom, right in self.marks.merged
            if bottom >= first and own & set(range(left, right + 1))
        ]
        for what, places, way_out in (
            ("a formula", formulas, "Write what it says in its stead."),
            ("merged cells", merged, "Split them, and fill in each row."),
        ):
            if places:
                named = listed((cell_name(*place) for place in places), most=5)
                self.faults.append(f"Sheet {self.name!r}: {what} at {named}. {way_out}")

    def _cell(self, cells: Sequence[str], heading: str) -> str:
        return cells[self._at[heading]]

    def _fault(self, number: int, heading: str, words: str) -> None:
        where = f"Sheet {self.name!r}, row {number}" + (f", column {heading!r}" if heading else "")
        self.faults.append(f"{where}: {words}")

    # -- rows ----------------------------------------------------------------------------------------

    def _row(self, number: int, cells: Sequence[str]) -> ReturnedRow | None:
        named = tuple(office_text(self._cell(cells, heading)) for heading in _KEY_HEADINGS[:3])
        key = self._keys.get(named) or self._keys.get(tuple(map(layout.compared, named)))
        if key is None:
            if any(self._cell(cells, heading).strip() for heading in (*_KEY_HEADINGS, *self._code_headings)):
                participant = self._cell(cells, layout.PARTICIPANT)
                self._fault(
                    number,
                    layout.PARTICIPANT,
                    f"no row of this workbook was that of {quoted(participant)}. Put the id, the question "
                    "and the occasion back as they were.",
                )
            return None
        check = layout.check_of(self.origin.project, key, self._cell(cells, layout.ANSWER))
        if check != self.origin.rows[key][0]:
            self._fault(
                number,
                layout.ANSWER,
                f"the answer of {key.participant!r} is not the one that was exported: the text was changed, "
                "or ids were moved. Put it back, or export again.",
            )
            return None
        memo = self._cell(cells, layout.MEMO)
        return ReturnedRow(
            key=key, filled=self._filled(number, cells, key), memo=memo, sheet=self.name, row=number
        )

    @cached_property
    def _keys(self) -> Mapping[tuple[str, ...], ResponseKey]:
        """The rows' keys by their cells, as these are and as they are compared."""
        loose = {tuple(map(layout.compared, key)): key for key in self.origin.rows}
        return {**loose, **{tuple(key): key for key in self.origin.rows}}

    def _filled(self, number: int, cells: Sequence[str], key: ResponseKey) -> Filled | None:
        codes = self._codes(number, cells, key)
        word = self._cell(cells, layout.DECISION).strip().casefold()
        unsure = self._cell(cells, layout.UNSURE).strip().casefold()
        memo = layout.compared(self._cell(cells, layout.MEMO))
        if word and word not in _STATES:
            self._fault(
                number,
                layout.DECISION,
                f"{quoted(word)} is no decision. Write {', '.join(_STATES)}, or nothing.",
            )
        elif codes and word in (layout.NO_CODE, layout.UNCODABLE):
            self._fault(
                number,
                layout.DECISION,
                f"{word!r} stands beside {listed(sorted(codes))}. Take the codes away, or the decision.",
            )
        elif word == layout.CODED and not codes and not self._has_code_text(cells):
            self._fault(
                number,
                layout.DECISION,
                f"{word!r}, but no code is filled in. Choose a code, or write {layout.NO_CODE!r}.",
            )
        if unsure not in ("", layout.YES, "no"):
            self._fault(
                number,
                layout.UNSURE,
                f"{quoted(unsure)} is neither {layout.YES} nor blank. Write {layout.YES}.",
            )
        if not codes and not word:
            if memo or unsure == layout.YES:
                heading = layout.MEMO if memo else layout.UNSURE
                self._fault(
                    number,
                    heading,
                    f"is filled in, but {key.participant!r} is not decided. Fill in a code or a decision.",
                )
            return None
        return Filled(
            state=_STATES.get(word, DecisionState.CODED),
            codes=frozenset(codes),
            is_unsure=unsure == layout.YES,
            memo=memo,
        )

    def _has_code_text(self, cells: Sequence[str]) -> bool:
        return any(self._cell(cells, heading).strip() for heading in self._code_headings)

    def _codes(self, number: int, cells: Sequence[str], key: ResponseKey) -> dict[str, str]:
        """Paths of the codes filled in, each with the column it stands in."""
        found: dict[str, str] = {}
        for heading in self._code_headings:
            words = " ".join(self._cell(cells, heading).split())
            if not words:
                continue
            path = self._paths.get(words.casefold())
            if path is None:
                self._fault(number, heading, f"{quoted(words)} is no code.{self._near(words)}")
            elif self._may_be_applied(number, heading, path, found, key):
                found.setdefault(path, heading)
        return found

    def _may_be_applied(
        self, number: int, heading: str, path: str, found: Mapping[str, str], key: ResponseKey
    ) -> bool:
        entry = self.codebook.entries[path]
        if not entry.applies_to(key.question):
            self._fault(
                number,
                heading,
                f"{path!r} is limited to {', '.join(sorted(entry.questions))}, and this answers "
                f"{key.question!r}. Choose another code.",
            )
            return False
        for other in found:
            family = self.codebook.entries[other].family
            if family.exclusive and family is entry.family and other != path:
                self._fault(
                    number, heading, f"{other!r} and {path!r} exclude each other. Keep one of the two."
                )
                return False
        return True

    @cached_property
    def _paths(self) -> Mapping[str, str]:
        """Paths of codes by what a cell may call them, case folded: name in the list, path, unique label."""
        entries = self.codebook.entries
        names = layout.code_names(entries.values())
        return {
            **{path.casefold(): path for path in entries},
            **{" ".join(name.split()).casefold(): path for path, name in names.items()},
        }

    def _near(self, words: str) -> str:
        near = get_close_matches(words.casefold(), self._paths, n=3, cutoff=0.6)
        paths = dict.fromkeys(self._paths[one] for one in near)
        return f" Did you mean {listed(paths)}?" if paths else f" The sheet {layout.CODES_SHEET!r} lists all."

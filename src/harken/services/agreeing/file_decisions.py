"""From the lines of a file of codings to one decision for each coder and unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from harken.errors import HarkenError, listed, near_match, quoted
from harken.importers.codings import utc_time
from harken.importers.rating_files import RatedCell, RatedUnit, RatingFile, RatingLayout

Decided = Mapping[tuple[RatedUnit, str], "FileDecision"]
_NOTHING = "no code (blank)"


class FileDecision(NamedTuple):
    """What one coder decided on one unit, and the last line that says so."""

    codes: tuple[str, ...]
    is_uncodable: bool
    at: str
    row: int


def decisions_in(
    file: RatingFile,
    *,
    rounds: Sequence[str] = (),
    questions: Sequence[str] = (),
    coders: Sequence[str] = (),
    is_single: bool = False,
    pool: bool = False,
) -> Decided:
    """One decision for each coder and unit in scope; lines that contradict each other are an error.

    With `is_single` a decision has one code. With `pool` a unit is the same in all rounds, and of a coder's
    decisions on it the latest counts.
    """
    kept = (
        [cell for cell in file.cells if not coders or cell.coder in frozenset(coders)]
        if coders
        else file.cells
    )
    if rounds:
        _refuse_absent(
            file, "round", rounds, (cell.unit.round for cell in file.cells), is_there=file.has_rounds
        )
        kept = [cell for cell in kept if cell.unit.round in rounds]
    if questions:
        _refuse_absent(
            file, "question", questions, (c.unit.question for c in file.cells), is_there=file.has_questions
        )
        kept = [cell for cell in kept if cell.unit.question in questions]
    decided = _gathered(file, kept, is_single=is_single)
    return _latest(file, decided) if pool else decided


def _refuse_absent(
    file: RatingFile, what: str, named: Iterable[str], there: Iterable[str], *, is_there: bool
) -> None:
    if not is_there:
        raise HarkenError(f"{file.place()} has no column {what!r}. Leave out --{what}, or add the column.")
    known = tuple(dict.fromkeys(there))
    for name in named:
        if name not in known:
            raise HarkenError(
                f"{file.place()}: no {what} {quoted(name)}.{near_match(name, known)}"
                f" {what.capitalize()}s in the file: {listed(known)}."
            )


def _gathered(
    file: RatingFile, cells: Iterable[RatedCell], *, is_single: bool
) -> dict[tuple[RatedUnit, str], FileDecision]:
    adds = file.layout is RatingLayout.LONG and not is_single
    decided: dict[tuple[RatedUnit, str], FileDecision] = {}
    for cell in cells:
        key = (cell.unit, cell.coder)
        before = decided.get(key)
        if before is None:
            decided[key] = FileDecision(cell.codes, cell.is_uncodable, cell.at, cell.row)
            continue
        codes = before.codes
        if cell.is_uncodable == before.is_uncodable:
            if set(codes) == set(cell.codes):
                if cell.at > before.at:
                    decided[key] = before._replace(at=cell.at)
                continue
            if adds and codes and cell.codes:
                if cell.codes[0] not in codes:
                    at = max(before.at, cell.at)
                    decided[key] = FileDecision((*codes, *cell.codes), False, at, cell.row)
                continue
        raise _contradiction(file, cell, before)
    return decided


def _contradiction(file: RatingFile, cell: RatedCell, before: FileDecision) -> HarkenError:
    # The code that came last stands in the row that `before` names.
    first = _words(
        before.codes[-1:] if file.layout is RatingLayout.LONG else before.codes, before.is_uncodable
    )
    return HarkenError(
        f"{file.place(cell.row, cell.column)}: coder {quoted(cell.coder)} decided {unit_name(cell.unit)} as"
        f" {_words(cell.codes, cell.is_uncodable)} here and as {first} in row {before.row}. Keep one of them."
    )


def _words(codes: tuple[str, ...], is_uncodable: bool) -> str:
    return "uncodable" if is_uncodable else "; ".join(map(quoted, codes)) or _NOTHING


def unit_name(unit: RatedUnit) -> str:
    """A unit as errors name it."""
    said = [quoted(part) for part in (unit.unit, unit.participant, unit.question, unit.occasion) if part]
    return "unit " + ", ".join(said) + (f" (round {quoted(unit.round)})" if unit.round else "")


def _latest(file: RatingFile, decided: Decided) -> Decided:
    """Each coder's latest decision on a unit over the rounds."""
    pooled: dict[tuple[RatedUnit, str], FileDecision] = {}
    for (unit, coder), one in decided.items():
        key = (unit._replace(round=""), coder)
        other = pooled.get(key)
        if other is None or _is_later(file, one, other, coder=coder, unit=unit):
            pooled[key] = one
    return pooled


def _is_later(
    file: RatingFile, one: FileDecision, other: FileDecision, *, coder: str, unit: RatedUnit
) -> bool:
    if one.is_uncodable == other.is_uncodable and set(one.codes) == set(other.codes):
        return False
    at, before = (_time(file, decision) for decision in (one, other))
    if not at or not before or at == before:
        raise HarkenError(
            f"{file.place(one.row)}: coder {quoted(coder)} decided {unit_name(unit)} as"
            f" {_words(one.codes, one.is_uncodable)} and in row {other.row}, in another round, as"
            f" {_words(other.codes, other.is_uncodable)}, and column 'at' does not say which is later."
            " Fill it in, or choose one round with --round."
        )
    return at > before


def _time(file: RatingFile, decision: FileDecision) -> str:
    text = decision.at.strip()
    try:
        return utc_time(text) if text else ""
    except (ValueError, OverflowError) as error:
        raise HarkenError(
            f"{file.place(decision.row, 'at')}: {quoted(text)} is no time. Write it as 2026-01-31T09:30:00Z."
        ) from error

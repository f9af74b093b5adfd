"""From the lines of a file of codings to one decision for each coder and unit."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from harken.errors import HarkenError, listed, near_match, quoted
from harken.importers.codings import utc_time
from harken.importers.rated_lines import RatedUnit, RatingFile, RatingLayout, Said
from harken.model import CONSENSUS
from harken.stats.ratings import BoolArray

_NOTHING = "no code (blank)"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FileDecisions:
    """One decision for each coder and unit: the numbers of its unit, coder and words, and its last line."""

    file: RatingFile
    units: tuple[RatedUnit, ...]
    said: tuple[Said, ...]
    rounds: tuple[str, ...]
    """Where they were taken, also where `units` are the same in all of them."""
    unit_of: array[int]
    coder_of: array[int]
    said_of: array[int]
    line_of: array[int]
    n_adjudicated_left_out: int = 0
    """Decisions of the adjudicated layer in scope."""
    n_units_undecided: int = 0
    """Units in scope that nobody decided."""
    n_undecided_by: Mapping[str, int] = field(default_factory=dict)
    """Units in scope that each coder who could have decided them did not."""

    def words_with_lines(self) -> Iterator[tuple[Said, int]]:
        """Each distinct thing said in these decisions, with a line that says so."""
        first: dict[int, int] = {}
        for said, line in zip(self.said_of, self.line_of, strict=True):
            first.setdefault(said, line)
        return ((self.said[said], line) for said, line in first.items())


def decisions_in(
    file: RatingFile,
    *,
    rounds: Sequence[str] = (),
    questions: Sequence[str] = (),
    coders: Sequence[str] = (),
    is_single: bool = False,
    pool: bool = False,
) -> FileDecisions:
    """One decision for each coder and unit in scope; lines that contradict each other are an error.

    The adjudicated layer is no coder, and left out unless `coders` names it.
    With `is_single` a decision has one code. With `pool` a unit is the same in all rounds, and of a coder's
    decisions on it the latest counts.
    """
    kept = np.ones(len(file.unit_of), dtype=np.bool_)
    unit_of, coder_of = np.asarray(file.unit_of), np.asarray(file.coder_of)
    if coders:
        kept &= np.array([coder in coders for coder in file.coders], dtype=np.bool_)[coder_of]
    is_asked = np.ones(len(file.units), dtype=np.bool_)
    for what, named, of, is_there in (
        ("round", rounds, [unit.round for unit in file.units], file.has_rounds),
        ("question", questions, [unit.question for unit in file.units], file.has_questions),
    ):
        if named:
            _refuse_absent(file, what, named, of, is_there=is_there)
            is_asked &= np.array([value in named for value in of], dtype=np.bool_)
    kept &= is_asked[unit_of]
    adjudicated = np.zeros_like(kept)
    if not coders:
        adjudicated = kept & np.array([coder == CONSENSUS for coder in file.coders], dtype=np.bool_)[coder_of]
    found = replace(
        _gathered(file, np.flatnonzero(kept & ~adjudicated).tolist(), is_single=is_single),
        n_adjudicated_left_out=len(np.unique(unit_of[adjudicated])),
    )
    found = _with_undecided(found, is_asked)
    return _latest(found) if pool else found


def _with_undecided(found: FileDecisions, is_asked: BoolArray) -> FileDecisions:
    """Count what coders left undecided of the units that were asked for."""
    file, n_asked = found.file, int(is_asked.sum())
    n_decided = np.bincount(np.asarray(found.coder_of, dtype=np.int64), minlength=len(file.coders)).tolist()
    return replace(
        found,
        n_units_undecided=n_asked - len(set(found.unit_of)),
        n_undecided_by={
            coder: n_asked - n
            for coder, n in zip(file.coders, n_decided, strict=True)
            if coder in file.known_coders
        },
    )


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


def _gathered(file: RatingFile, lines: Iterable[int], *, is_single: bool) -> FileDecisions:
    n_coders = max(len(file.coders), 1)
    adds = file.layout is RatingLayout.LONG and not is_single
    said, numbers = list(file.said), {one: number for number, one in enumerate(file.said)}
    together: dict[tuple[int, int], int | None] = {}
    held: dict[int, int] = {}
    last: dict[int, int] = {}
    unit_of, coder_of, said_of = file.unit_of, file.coder_of, file.said_of
    for line in lines:
        cell, now = unit_of[line] * n_coders + coder_of[line], said_of[line]
        before = held.setdefault(cell, now)
        if before == now:
            last.setdefault(cell, line)
            continue
        both = (before, now)
        if both not in together:
            joined = _joined(said[before], said[now], adds=adds)
            if joined is not None and joined not in numbers:
                numbers[joined] = len(said)
                said.append(joined)
            together[both] = None if joined is None else numbers[joined]
        result = together[both]
        if result is None:
            raise _contradiction(file, line, last[cell])
        if result != before:
            held[cell], last[cell] = result, line
    in_rounds = [file.units[unit].round for unit in dict.fromkeys(cell // n_coders for cell in held)]
    return FileDecisions(
        file=file,
        units=file.units,
        rounds=tuple(dict.fromkeys(in_rounds)) if file.has_rounds else (),
        said=tuple(said),
        unit_of=array("q", [cell // n_coders for cell in held]),
        coder_of=array("q", [cell % n_coders for cell in held]),
        said_of=array("q", held.values()),
        line_of=array("q", last.values()),
    )


def _joined(before: Said, now: Said, *, adds: bool) -> Said | None:
    """What two lines on one unit by one coder say together; None where they contradict each other."""
    if before.is_uncodable != now.is_uncodable:
        return None
    if set(now.codes) == set(before.codes):
        return before
    if adds and before.codes and now.codes:
        return Said(tuple(sorted({*before.codes, *now.codes})))
    return None


def _contradiction(file: RatingFile, line: int, before: int) -> HarkenError:
    unit, coder = file.units[file.unit_of[line]], file.coders[file.coder_of[line]]
    now, then = file.said[file.said_of[line]], file.said[file.said_of[before]]
    return HarkenError(
        f"{file.place(line)}: coder {quoted(coder)} decided {unit_name(unit)} as {_words(now)} here and as"
        f" {_words(then)} in row {file.rows[before]}. Keep one of them."
    )


def _words(said: Said) -> str:
    return "uncodable" if said.is_uncodable else "; ".join(map(quoted, said.codes)) or _NOTHING


def unit_name(unit: RatedUnit) -> str:
    """A unit as errors name it."""
    said = [quoted(part) for part in (unit.unit, unit.participant, unit.question, unit.occasion) if part]
    return "unit " + ", ".join(said) + (f" (round {quoted(unit.round)})" if unit.round else "")


def _latest(found: FileDecisions) -> FileDecisions:
    """Each coder's latest decision on a unit over the rounds."""
    numbers: dict[RatedUnit, int] = {}
    pooled = [numbers.setdefault(unit._replace(round=""), len(numbers)) for unit in found.units]
    later = _later(found)
    kept: dict[tuple[int, int], int] = {}
    for at, (unit, coder) in enumerate(zip(found.unit_of, found.coder_of, strict=True)):
        key = (pooled[unit], coder)
        before = kept.get(key)
        kept[key] = at if before is None else later(before, at)
    return replace(
        found,
        units=tuple(numbers),
        unit_of=array("q", [unit for unit, _ in kept]),
        coder_of=array("q", [coder for _, coder in kept]),
        said_of=array("q", [found.said_of[at] for at in kept.values()]),
        line_of=array("q", [found.line_of[at] for at in kept.values()]),
    )


def _later(found: FileDecisions) -> Callable[[int, int], int]:
    """Which of two decisions was made later; where both say the same, the first will do."""
    file = found.file

    def later(one: int, other: int) -> int:
        if found.said_of[one] == found.said_of[other]:
            return one
        first, second = _time(file, found.line_of[one]), _time(file, found.line_of[other])
        if not first or not second or first == second:
            line, before = found.line_of[other], found.line_of[one]
            coder, unit = file.coders[found.coder_of[other]], file.units[found.unit_of[other]]
            now, then = found.said[found.said_of[other]], found.said[found.said_of[one]]
            raise HarkenError(
                f"{file.place(line)}: coder {quoted(coder)} decided {unit_name(unit)} as {_words(now)} and,"
                f" in row {file.rows[before]} and another round, as {_words(then)}, and column 'at' does not"
                " say which is later. Fill it in, or choose one round with --round."
            )
        return one if first > second else other

    return later


def _time(file: RatingFile, line: int) -> str:
    text = file.times[line].strip() if file.times is not None else ""
    try:
        return utc_time(text) if text else ""
    except (ValueError, OverflowError) as error:
        raise HarkenError(
            f"{file.place(line, 'at')}: {quoted(text)} is no time. Write it as 2026-01-31T09:30:00Z."
        ) from error

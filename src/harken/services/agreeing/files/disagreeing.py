"""Units of a file that coders decided differently, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress

from harken.importers.rated_lines import RatedUnit, Said
from harken.model import ResponseKey
from harken.services.agreeing.disagreements.finding import Disagreed
from harken.services.agreeing.files.decisions import FileDecisions
from harken.services.agreeing.files.units import rate_file, units_of_file
from harken.services.agreeing.files.variable import FileVariable
from harken.services.agreeing.rating.rated import UNCODABLE
from harken.stats.ratings import units_in_disagreement


def disagreements_in(
    found: FileDecisions, *, coders: Sequence[str], variable: FileVariable | None
) -> Iterator[Disagreed]:
    """Units that coders decided differently; that one is uncodable differs from no code applying."""

    def decided(said: Said) -> tuple[str, ...] | None:
        if variable is not None:
            return variable.category(said)
        return (UNCODABLE,) if said.is_uncodable else said.codes

    sets = rate_file(found, coders=coders, codes=(), set_of=decided)
    units = units_of_file(sets)
    place = {unit: at for at, unit in enumerate(found.units)}
    blank = None if variable is None else variable.blank
    names = [
        tuple(code for code in compress(sets.codes, members) if code != blank) for members in sets.members
    ]
    for row in sorted(units_in_disagreement(sets), key=lambda row: place[units[row]]):
        unit = units[row]
        yield Disagreed(
            key=_key(unit),
            text="",
            round=unit.round,
            codes={coder: names[id] for coder, id in zip(coders, sets.set_ids[row], strict=True) if id >= 0},
            named={column: said for column, said in unit._asdict().items() if said},
        )


def _key(unit: RatedUnit) -> ResponseKey:
    """The unit as a response: a `unit` alone is a participant, beside one it is an occasion."""
    return ResponseKey(
        unit.participant or unit.unit,
        unit.question,
        unit.occasion or (unit.unit if unit.participant else ""),
    )

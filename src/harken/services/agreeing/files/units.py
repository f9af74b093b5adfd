"""Decisions of a file of codings as a table of units by coders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import numpy as np

from harken.importers.rated_lines import RatedUnit, Said
from harken.services.agreeing.files.decisions import FileDecisions
from harken.stats.ratings import MISSING, SetRatings

SetOf = Callable[[Said], tuple[str, ...] | None]


def rate_file(
    found: FileDecisions, *, coders: Sequence[str], codes: Sequence[str], set_of: SetOf
) -> SetRatings:
    """The units in scope by `coders`, in that order.

    `set_of` says what a decision is, or None that it is missing. `codes` come first and in this order, those
    met only in the decisions follow, sorted.
    """
    said_of = np.asarray(found.said_of, dtype=np.int64)
    there, said_of = np.unique(said_of, return_inverse=True)
    sets: dict[frozenset[str], int] = {}
    applied = [set_of(found.said[said]) for said in there]
    number_of = np.array(
        [MISSING if one is None else sets.setdefault(frozenset(one), len(sets)) for one in applied],
        dtype=np.int32,
    )
    kept, unit_of = np.unique(np.asarray(found.unit_of, dtype=np.int64), return_inverse=True)
    units = [found.units[unit] for unit in kept]
    persons: dict[tuple[str, ...], int] = {}
    participants = np.array([persons.setdefault(unit.person, len(persons)) for unit in units], dtype=np.int64)
    order = np.argsort(participants, kind="stable")
    place = np.empty(len(units), dtype=np.int64)
    place[order] = np.arange(len(units))
    who, coder_of = np.unique(np.asarray(found.coder_of, dtype=np.int64), return_inverse=True)
    columns = np.array([coders.index(found.file.coders[coder]) for coder in who], dtype=np.int64)
    set_ids = np.full((len(units), len(coders)), MISSING, dtype=np.int32)
    set_ids[place[unit_of], columns[coder_of]] = number_of[said_of]
    all_codes = tuple(dict.fromkeys((*codes, *sorted(set().union(*sets)))))
    number = {code: at for at, code in enumerate(all_codes)}
    members = np.zeros((len(sets), len(all_codes)), dtype=np.bool_)
    for held, row in sets.items():
        members[row, [number[code] for code in held]] = True
    return SetRatings(
        coders=tuple(coders),
        codes=all_codes,
        units=tuple(units[at] for at in order),
        participants=participants[order],
        members=members,
        set_ids=set_ids,
    )


def units_of_file(sets: SetRatings) -> tuple[RatedUnit, ...]:
    """The units of `rate_file`."""
    return cast("tuple[RatedUnit, ...]", sets.units)

"""Who rated what: a table of units by coders, for one variable and for whole sets of codes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from harken.errors import HarkenError

IntArray = NDArray[np.integer[Any]]
BoolArray = NDArray[np.bool_]

Unit = TypeVar("Unit", bound=Hashable)

MISSING = -1
"""In place of a rating: this coder has not decided this unit."""
NO_CATEGORY = "(none)"
"""The category of an exclusive family's unit to which none of its codes was applied."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RatingMatrix:
    """Ratings of one variable, one category for each coder and unit.

    `ratings` has the shape units x coders and holds indices into `categories`, -1 where the coder has not
    decided the unit. `participants` numbers the participant of every unit. `categories` are those declared;
    where none are declared, those that occur.
    """

    coders: tuple[str, ...]
    categories: tuple[str, ...]
    participants: IntArray
    ratings: IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SetRatings:
    """Ratings that are whole sets of codes; the empty set is a rating, "no code applies".

    Each distinct set stands once in `members` (sets x codes); `set_ids` (units x coders) holds its row, -1
    where the coder has not decided the unit. Units of one participant stand side by side.
    """

    coders: tuple[str, ...]
    codes: tuple[str, ...]
    units: tuple[Hashable, ...]
    participants: IntArray
    members: BoolArray
    set_ids: IntArray


def collect_set_ratings(
    decisions: Iterable[tuple[Unit, str, Collection[str]]],
    *,
    coders: Sequence[str] = (),
    codes: Sequence[str] = (),
    participant_of: Callable[[Unit], Hashable] | None = None,
) -> SetRatings:
    """The table of `decisions`, each a unit, its coder and the codes applied (in any order, repeats are one).

    Parameters
    ----------
    decisions
        What coders decided; a unit and a coder without a decision are missing, an empty set is a decision.
    coders, codes
        Come first and in this order; those met only in the decisions follow, sorted.
    participant_of
        Gives the participant of a unit; without it every unit is a participant of its own.

    Returns
    -------
    SetRatings
        Units by coders.

    Raises
    ------
    HarkenError
        Where one coder has two decisions on one unit.

    Examples
    --------
    >>> sets = collect_set_ratings([("u1", "ann", ["x", "y"]), ("u1", "bob", ["x"]), ("u2", "ann", [])])
    >>> sets.coders, sets.codes, sets.units
    (('ann', 'bob'), ('x', 'y'), ('u1', 'u2'))
    >>> sets.set_ids.tolist()
    [[0, 1], [2, -1]]
    """
    rows: dict[Unit, int] = {}
    set_rows: dict[frozenset[str], int] = {}
    coder_rows: dict[str, int] = {}
    unit_of, coder_of, set_of = [], [], []
    for unit, coder, applied in decisions:
        unit_of.append(rows.setdefault(unit, len(rows)))
        coder_of.append(coder_rows.setdefault(coder, len(coder_rows)))
        set_of.append(set_rows.setdefault(frozenset(applied), len(set_rows)))
    all_coders = tuple(dict.fromkeys((*coders, *sorted(coder_rows))))
    all_codes = tuple(dict.fromkeys((*codes, *sorted(set().union(*set_rows)))))

    column = {coder: index for index, coder in enumerate(all_coders)}
    columns = np.array([column[coder] for coder in coder_rows], dtype=np.int64)
    units = tuple(rows)
    numbers: dict[Hashable, int] = {}
    participants = np.array(
        [
            numbers.setdefault(participant_of(unit) if participant_of else unit, len(numbers))
            for unit in units
        ],
        dtype=np.int64,
    )
    order = np.argsort(participants, kind="stable")
    place = np.empty(len(units), dtype=np.int64)
    place[order] = np.arange(len(units))

    set_ids = np.full((len(units), len(all_coders)), MISSING, dtype=np.int32)
    if unit_of:
        cells = place[unit_of] * len(all_coders) + columns[coder_of]
        _refuse_repeats(cells, units=[units[index] for index in order], coders=all_coders)
        set_ids.ravel()[cells] = set_of
    number = {code: index for index, code in enumerate(all_codes)}
    members = np.zeros((len(set_rows), len(all_codes)), dtype=np.bool_)
    for applied, row in set_rows.items():
        members[row, [number[code] for code in applied]] = True
    return SetRatings(
        coders=all_coders,
        codes=all_codes,
        units=tuple(units[index] for index in order),
        participants=participants[order],
        members=members,
        set_ids=set_ids,
    )


def _refuse_repeats(cells: IntArray, *, units: Sequence[Hashable], coders: Sequence[str]) -> None:
    ordered = np.sort(cells)
    repeated = ordered[1:][ordered[1:] == ordered[:-1]]
    if repeated.size:
        unit, coder = divmod(int(repeated[0]), len(coders))
        raise HarkenError(f"Coder {coders[coder]!r} has two decisions on {units[unit]!r}. Keep one.")


def select_coders(sets: SetRatings, coders: Sequence[str]) -> SetRatings:
    """The same units with the decisions of `coders` alone, in that order.

    Examples
    --------
    >>> sets = collect_set_ratings([("u1", "ann", ["x"]), ("u1", "bob", ["y"]), ("u1", "cy", ["x"])])
    >>> select_coders(sets, ["cy", "ann"]).set_ids.tolist()
    [[0, 0]]
    """
    columns = [sets.coders.index(coder) for coder in coders]
    return replace(sets, coders=tuple(coders), set_ids=sets.set_ids[:, columns])


def select_units(sets: SetRatings, units: BoolArray) -> SetRatings:
    """The units where `units` is true, as for one question or group.

    Examples
    --------
    >>> sets = collect_set_ratings([(1, "ann", ["x"]), (2, "ann", ["y"])])
    >>> select_units(sets, np.array([False, True])).units
    (2,)
    """
    return replace(
        sets,
        units=tuple(compress(sets.units, units)),
        participants=sets.participants[units],
        set_ids=sets.set_ids[units],
    )


def code_ratings(sets: SetRatings, codes: Collection[str], *, units: BoolArray | None = None) -> RatingMatrix:
    """Whether a set holds any of `codes` (a code with its descendants): 1 or 0, both always declared.

    Parameters
    ----------
    sets
        Whole sets of codes.
    codes
        Any one of these will do.
    units
        Where true, the code may be applied; other units are left out. By default all.

    Returns
    -------
    RatingMatrix
        For `measure_code_agreement`.

    Examples
    --------
    >>> sets = collect_set_ratings([("u1", "ann", ["x", "y"]), ("u1", "bob", ["x"]), ("u2", "ann", [])])
    >>> code_ratings(sets, ["y"]).ratings.tolist()
    [[1, 0], [0, -1]]
    """
    wanted = [index for index, code in enumerate(sets.codes) if code in frozenset(codes)]
    held = sets.members[:, wanted].any(axis=1)
    # The last entry serves the index -1, a missing decision.
    lookup = np.append(held.astype(np.int8), np.int8(MISSING))
    chosen = slice(None) if units is None else units
    return RatingMatrix(
        coders=sets.coders,
        categories=("0", "1"),
        participants=sets.participants[chosen],
        ratings=lookup[sets.set_ids[chosen]],
    )


def family_ratings(
    sets: SetRatings, codes: Sequence[str], *, is_none_a_category: bool = True, units: BoolArray | None = None
) -> RatingMatrix:
    """An exclusive family as one nominal variable whose categories are its `codes`.

    Parameters
    ----------
    sets
        Whole sets of codes, with one at most of the family's.
    codes
        The family's codes, all of them categories whether or not they occur.
    is_none_a_category
        Whether a set without any of them is the category "(none)", which is one only where it occurs;
        otherwise, as on ordered scales, such a rating is missing.
    units
        Where true, codes of the family may be applied; other units are left out. By default all.

    Returns
    -------
    RatingMatrix
        For `measure_variable_agreement`.

    Raises
    ------
    HarkenError
        Where a set holds two codes of the family.

    Examples
    --------
    >>> sets = collect_set_ratings([("u1", "ann", ["good"]), ("u1", "bob", []), ("u2", "ann", ["bad"])])
    >>> valence = family_ratings(sets, ["good", "bad"])
    >>> valence.categories, valence.ratings.tolist()
    (('good', 'bad', '(none)'), [[0, 2], [1, -1]])
    """
    place = {code: index for index, code in enumerate(sets.codes)}
    held = np.zeros((len(sets.members), len(codes)), dtype=np.bool_)
    for index, code in enumerate(codes):
        if code in place:
            held[:, index] = sets.members[:, place[code]]
    chosen = slice(None) if units is None else units
    set_ids = sets.set_ids[chosen]
    used = np.zeros(len(held) + 1, dtype=np.bool_)
    used[set_ids] = True
    used = used[:-1]
    _refuse_two_codes(held & used[:, None], codes)

    has_none = is_none_a_category and bool((used & ~held.any(axis=1)).any())
    without = len(codes) if has_none else MISSING
    category = np.where(held.any(axis=1), held.argmax(axis=1) if codes else without, without)
    lookup = np.append(category, MISSING).astype(np.int32)
    return RatingMatrix(
        coders=sets.coders,
        categories=(*codes, NO_CATEGORY) if has_none else tuple(codes),
        participants=sets.participants[chosen],
        ratings=lookup[set_ids],
    )


def _refuse_two_codes(held: BoolArray, codes: Sequence[str]) -> None:
    rows = np.flatnonzero(held.sum(axis=1) > 1)
    if rows.size:
        both = ", ".join(code for code, has in zip(codes, held[rows[0]], strict=True) if has)
        raise HarkenError(
            f"The codes {both} exclude each other, yet one decision has them all. Keep one of them."
        )


def units_in_disagreement(sets: SetRatings) -> IntArray:
    """Rows of the units where two coders decided on different sets, ascending.

    Examples
    --------
    >>> decisions = [(1, "ann", ["x"]), (1, "bob", ["x"]), (2, "ann", []), (2, "bob", ["x"])]
    >>> sets = collect_set_ratings(decisions)
    >>> units_in_disagreement(sets).tolist()
    [1]
    """
    ids = sets.set_ids.astype(np.int64)
    highest = ids.max(axis=1, initial=MISSING)
    lowest = np.where(ids == MISSING, np.iinfo(np.int64).max, ids).min(axis=1, initial=np.iinfo(np.int64).max)
    return np.flatnonzero((highest != MISSING) & (highest != lowest))

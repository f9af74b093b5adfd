"""Coders compared with themselves: what they decided, and what they decided again without looking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median

import numpy as np

from harken.errors import HarkenError
from harken.model import Round, RoundKind
from harken.services.agreeing.rating.rated import RatedUnits, rate
from harken.services.agreeing.rating.rows import DecisionRows
from harken.services.agreeing.result import Stability
from harken.stats.ratings import IntArray
from harken.storage import study
from harken.storage.store import Store

FIRST, REPEAT = "first", "repeat"
FORGETTING_DAYS = 14
"""Sooner than this a coder may remember what they decided."""
_DAY = 86_400


def rounds_repeated(store: Store, named: Sequence[str]) -> tuple[str, ...]:
    """The rounds in which decisions are repeated and those whose decisions are; by default every round.

    Raises where none of them is a repeat round.
    """
    known = study.rounds(store)
    chosen = [study.round_named(store, name) for name in dict.fromkeys(named)] or list(known)
    if not any(_repeats(one) for one in chosen):
        where = f"Round {', '.join(one.name for one in chosen)} repeats" if named else "No round here repeats"
        raise HarkenError(
            f"{where} decisions, so there is no stability to measure. Give coders answers again that they "
            f"decided {FORGETTING_DAYS} days ago or earlier, in a round of kind 'repeat'."
        )
    if all(_repeats(one) for one in chosen):
        chosen = [*(one for one in known if not _repeats(one)), *chosen]
    return tuple(one.name for one in chosen)


def _repeats(round: Round) -> bool:
    return round.kind is RoundKind.REPEAT


def rate_repeated(store: Store, rows: DecisionRows, *, codes: Sequence[str]) -> tuple[RatedUnits, Stability]:
    """Each decision of a repeat round beside the same coder's latest one before it in another round.

    The two stand as the coders "first" and "repeat"; a unit is one response and one coder.
    """
    repeat_rounds = {one.name for one in study.rounds(store) if _repeats(one)}
    pairs = _pairs(rows, [name in repeat_rounds for name in rows.rounds])
    first, repeat = (np.array([pair[n] for pair in pairs], dtype=np.int64) for n in (0, 1))
    both = rows.select(np.concatenate([first, repeat]))
    # A pair is a unit of its own, as if it were a round of its own on the response.
    number = np.arange(len(pairs), dtype=np.int32)
    paired = replace(
        both,
        round=np.concatenate([number, number]),
        rounds=tuple(str(n) for n in number.tolist()),
        coder=np.repeat(np.array([0, 1], dtype=np.int32), len(pairs)),
        coders=(FIRST, REPEAT),
    )
    rated = rate(paired, coders=(FIRST, REPEAT), codes=codes)
    stability = _stability(rows, first, repeat)
    named = replace(paired, round=both.round, rounds=rows.rounds, coder=both.coder, coders=rows.coders)
    round = named.round[rated.row[:, 1]] if len(pairs) else rated.round
    return replace(rated, rows=named, round=round), stability


def _pairs(rows: DecisionRows, repeats: Sequence[bool]) -> list[tuple[int, int]]:
    """Rows of an earlier decision and of its repetition, by response, coder and time."""
    of_place: dict[tuple[int, int], list[int]] = {}
    for row, place in enumerate(zip(rows.response.tolist(), rows.coder.tolist(), strict=True)):
        of_place.setdefault(place, []).append(row)
    pairs = []
    for decided in of_place.values():
        # Of decisions at one time, as in one file, the repeated one is the later.
        ordered = sorted(
            decided,
            key=lambda row: (rows.at[row], repeats[int(rows.round[row])], int(rows.journal_order[row])),
        )
        pairs += [(before, row) for before, row in pairwise(ordered) if repeats[int(rows.round[row])]]
    return pairs


def _stability(rows: DecisionRows, first: IntArray, repeat: IntArray) -> Stability:
    is_timed = rows.is_timed[first] & rows.is_timed[repeat]
    days = [
        (_moment(rows.at[later]) - _moment(rows.at[earlier])).total_seconds() / _DAY
        for earlier, later in zip(first[is_timed].tolist(), repeat[is_timed].tolist(), strict=True)
    ]
    return Stability(
        coders=tuple(rows.coders[place] for place in np.unique(rows.coder[repeat]).tolist()),
        median_days=median(days) if days else None,
        n_units_too_soon=sum(apart < FORGETTING_DAYS for apart in days),
        n_units_without_time=int((~is_timed).sum()),
    )


def _moment(at: str) -> datetime:
    moment = datetime.fromisoformat(at)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

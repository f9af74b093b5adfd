"""Pace and estimated finish: one's own, and the study's where that tells nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import add

from harken.services.standing.result import CoderWork, Forecast
from harken.stats.pace import NO_PACE, Pace, finish_day, measure_pace
from harken.storage import standing
from harken.storage.store import Store

FEWEST_OTHERS = 2
"""Colleagues with a pace; with fewer, who knows their own could tell a colleague's from that of all."""


class _Times:
    """When one coder decided, and which of these decisions were an answer's first in its round."""

    def __init__(self) -> None:
        self.at: list[float] = []
        self.are_new: list[bool] = []
        self._seen: set[tuple[str, int]] = set()

    def add(self, round: str, response_id: int, at: str) -> None:
        self.at.append(datetime.fromisoformat(at).timestamp())
        self.are_new.append((round, response_id) not in self._seen)
        self._seen.add((round, response_id))

    @property
    def of_new(self) -> list[float]:
        return [at for at, is_new in zip(self.at, self.are_new, strict=True) if is_new]


def forecasts(
    store: Store, work: Sequence[CoderWork], *, viewer: str, now: float, longest_gap: float
) -> tuple[Forecast, Forecast | None]:
    """The viewer's forecast, and the study's; None for the latter where it would tell on a colleague."""
    times: dict[str, _Times] = {}
    for act in standing.acts(store):
        times.setdefault(act.coder, _Times()).add(act.round, act.response_id, act.at)
    paces = {
        coder: measure_pace(found.at, found.are_new, longest_gap=longest_gap)
        for coder, found in times.items()
    }
    own = _forecast(
        paces.get(viewer, NO_PACE),
        times[viewer].of_new if viewer in times else [],
        sum(one.n_left for one in work if one.coder == viewer),
        now,
    )
    others = [pace for coder, pace in paces.items() if coder != viewer]
    if others and sum(pace.per_hour is not None for pace in others) < FEWEST_OTHERS:
        return own, None
    everybody = [at for found in times.values() for at in found.of_new]
    pooled = reduce(add, paces.values(), NO_PACE)
    return own, _forecast(pooled, everybody, sum(one.n_left for one in work), now)


def _forecast(pace: Pace, times_of_new: Sequence[float], n_left: int, now: float) -> Forecast:
    return Forecast(
        n_left=n_left,
        n_timed=pace.n_timed,
        active_hours=pace.active_seconds / 3600,
        per_hour=pace.per_hour,
        hours_left=n_left / pace.per_hour if pace.per_hour else None,
        finish=finish_day(times_of_new, n_left, now=now),
    )

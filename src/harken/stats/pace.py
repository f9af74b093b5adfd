"""How fast somebody decides, from when they decided; and when the rest will be done at that pace."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_GAP = 300.0
"""Seconds between two decisions above which the coder is taken to have paused."""
SHORTEST_GAP = 0.3
"""Seconds below which nobody can have read an answer: the decisions were made as a batch."""
FEWEST_TIMED = 10
"""Answers below which a pace says nothing."""
DAYS_LOOKED_BACK = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Answers decided while their coders were at work, and the time that took."""

    n_timed: int
    """Answers decided for the first time, after a gap that was neither a pause nor a batch's."""
    active_seconds: float
    """All such gaps, those before a revision too."""

    @property
    def per_hour(self) -> float | None:
        """Answers an active hour; None for fewer than `FEWEST_TIMED` answers."""
        if self.n_timed < FEWEST_TIMED or self.active_seconds <= 0:
            return None
        return 3600 * self.n_timed / self.active_seconds

    def __add__(self, other: Pace) -> Pace:
        return Pace(
            n_timed=self.n_timed + other.n_timed, active_seconds=self.active_seconds + other.active_seconds
        )


NO_PACE = Pace(n_timed=0, active_seconds=0.0)


def measure_pace(
    times: Sequence[float], are_new: Sequence[bool], *, longest_gap: float = LONGEST_GAP
) -> Pace:
    """The pace of one coder from the times of their decisions, in seconds and ascending.

    `are_new` says which of them decided an answer for the first time. A gap longer than `longest_gap` is a
    pause: it counts nowhere, and neither does the decision after it, for nobody knows how long that took.
    """
    n_timed, active = 0, 0.0
    for before, now, is_new in zip(times, times[1:], are_new[1:], strict=False):
        gap = now - before
        if SHORTEST_GAP <= gap <= longest_gap:
            active += gap
            n_timed += is_new
    return Pace(n_timed=n_timed, active_seconds=active)


def finish_day(times_of_new: Sequence[float], n_left: int, *, now: float) -> date | None:
    """The day (UTC) on which nothing is left if answers are decided as often as in the last days.

    The mean of a calendar day, from the first decision within the last `DAYS_LOOKED_BACK` days up to today;
    None where there is none.
    """
    today = datetime.fromtimestamp(now, UTC).date()
    days = [datetime.fromtimestamp(time, UTC).date() for time in times_of_new]
    recent = [day for day in days if timedelta(0) <= today - day < timedelta(days=DAYS_LOOKED_BACK)]
    if n_left <= 0 or not recent:
        return today if n_left <= 0 else None
    n_days = (today - min(recent)).days + 1
    ahead = math.ceil(n_left * n_days / len(recent))
    # A pace of years ahead says no day.
    return None if ahead > 3650 else today + timedelta(days=ahead)

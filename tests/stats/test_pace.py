"""Pace from the times of decisions: pauses, batches, revisions, and the day on which nothing is left."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies

from harken.stats.pace import Pace, finish_day, measure_pace

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC).timestamp()
DAY = 86_400


def test_a_steady_coder_has_the_pace_of_the_gaps() -> None:
    pace = measure_pace([30.0 * place for place in range(13)], [True] * 13)
    assert (pace, pace.per_hour) == (Pace(n_timed=12, active_seconds=360.0), 120.0)


def test_a_pause_counts_neither_as_time_nor_as_an_answer() -> None:
    times = [0.0, 60.0, 60.0 + 301, 60.0 + 361]
    assert measure_pace(times, [True] * 4) == Pace(n_timed=2, active_seconds=120.0)


def test_a_gap_of_just_the_longest_is_no_pause() -> None:
    assert measure_pace([0.0, 300.0], [True] * 2) == Pace(n_timed=1, active_seconds=300.0)


def test_what_was_decided_as_a_batch_is_left_out() -> None:
    assert measure_pace([0.0, 0.1, 0.2, 10.2], [True] * 4) == Pace(n_timed=1, active_seconds=10.0)


def test_a_revision_takes_time_and_is_no_further_answer() -> None:
    assert measure_pace([0.0, 10.0, 20.0], [True, False, True]) == Pace(n_timed=1, active_seconds=20.0)


@pytest.mark.parametrize("n", [0, 1, 10])
def test_too_few_answers_have_no_pace(n: int) -> None:
    assert measure_pace([30.0 * place for place in range(n)], [True] * n).per_hour is None


def test_the_day_follows_from_the_answers_a_calendar_day() -> None:
    times = [NOON - DAY, NOON - DAY + 60, NOON, NOON + 60]
    assert finish_day(times, 5, now=NOON + 60) == date(2026, 3, 13)


def test_what_lies_further_back_than_two_weeks_tells_no_day() -> None:
    assert finish_day([NOON - 14 * DAY], 5, now=NOON) is None
    assert finish_day([NOON - 13 * DAY], 1, now=NOON) == date(2026, 3, 24)


def test_nothing_left_is_done_today_and_a_life_of_work_says_no_day() -> None:
    assert finish_day([], 0, now=NOON) == date(2026, 3, 10)
    assert finish_day([NOON], 10_000_000, now=NOON) is None


@given(strategies.lists(strategies.floats(0, 1e6), max_size=60), strategies.floats(1, 1e3))
def test_active_time_is_never_more_than_the_time_between_first_and_last(
    times: list[float], longest_gap: float
) -> None:
    times.sort()
    pace = measure_pace(times, [True] * len(times), longest_gap=longest_gap)
    whole = times[-1] - times[0] if times else 0.0
    assert 0 <= pace.active_seconds <= whole + 1e-6
    assert pace.n_timed <= max(len(times) - 1, 0)

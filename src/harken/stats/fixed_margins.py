"""Tables with the margins of the one observed: how many are no more probable, counted or drawn.

A table's weight is the product of one over the factorials of its cells, which is what its probability is
proportional to where rows and columns are independent. Source: Freeman and Halton (1951).
"""

from __future__ import annotations

from math import exp, log1p, sqrt

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

N_DRAWS = 99_999
TIE = log1p(1e-7)
"""Tables whose probabilities differ by no more than this are equally probable."""
_MOST_PARTS = 2_000_000
"""Half tables held at one time; with more, tables are drawn."""
_MOST_STATES = 100_000


def exact_p(table: IntArray) -> float | None:
    """The probability of the tables that are no more probable than this; None where they are too many.

    The columns are dealt into two halves. All ways to fill each half are listed once and matched by the row
    sums that they leave to each other, so that tables are never listed one by one.
    """
    rows = table.sum(axis=1)
    # The sums of all rows but one say the last: the longest row is left out of what is listed.
    order = np.argsort(rows, kind="stable")
    table, rows = table[order], rows[order]
    halves = _halves(table)
    radix = np.concatenate(([1], np.cumprod(rows[:-2] + 1))).astype(np.int64)
    if float(np.prod(rows[:-1] + 1.0)) > 2.0**62:
        return None
    if len(rows) == 2 and any(_n_fillings(half, int(rows[0])) > _MOST_PARTS for half in halves):
        return None
    listed = [_fillings(half, rows[:-1], radix) for half in halves]
    if listed[0] is None or listed[1] is None:
        return None
    (states, logs), (other_states, other_logs) = listed[0], listed[1]
    wanted = int((rows[:-1] * radix).sum()) - other_states
    seen = _log_weight(table)
    return _matched(states, logs, wanted, other_logs, seen)


def drawn_p(table: IntArray, *, seed: int, n_draws: int = N_DRAWS) -> tuple[float, float]:
    """The same probability from tables drawn at random, and its standard error."""
    rng = np.random.default_rng(seed)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    log_factorials = _log_factorials(np.arange(int(rows.max()) + 1))
    weights = np.zeros(n_draws)
    left = [np.full(n_draws, total) for total in rows]
    n_left = int(rows.sum())
    for column in columns[:-1]:
        open_cells = np.full(n_draws, column)
        room = np.full(n_draws, n_left)
        for row in range(len(rows) - 1):
            room -= left[row]
            drawn = rng.hypergeometric(left[row], room, open_cells)
            left[row] -= drawn
            open_cells -= drawn
            weights -= log_factorials[drawn]
        left[-1] -= open_cells
        weights -= log_factorials[open_cells]
        n_left -= int(column)
    for cells in left:
        weights -= log_factorials[cells]
    n_extreme = int((weights <= _log_weight(table) + TIE).sum())
    p = (n_extreme + 1) / (n_draws + 1)
    return p, sqrt(p * (1 - p) / n_draws)


def _halves(table: IntArray) -> tuple[IntArray, IntArray]:
    """The columns in two halves that can be filled in about as many ways."""
    sizes = table.sum(axis=0)
    ways = np.log1p(sizes)
    chosen: tuple[list[int], list[int]] = ([], [])
    room = [0.0, 0.0]
    for place in np.argsort(-sizes, kind="stable"):
        smaller = 0 if room[0] <= room[1] else 1
        chosen[smaller].append(int(place))
        room[smaller] += float(ways[place])
    return table[:, chosen[0]], table[:, chosen[1]]


def _fillings(half: IntArray, room: IntArray, radix: IntArray) -> tuple[IntArray, FloatArray] | None:
    """Every way to fill these columns: which row sums it uses, as one number, and its weight."""
    used = np.zeros((1, len(room)), dtype=np.int64)
    logs = np.zeros(1)
    for column in half.T:
        ways = _column_fillings(int(column.sum()), room)
        if ways is None or len(ways) * len(used) > 4 * _MOST_PARTS:
            return None
        last = column.sum() - ways.sum(axis=1)
        weights = -_log_factorials(ways).sum(axis=1) - _log_factorials(last)
        new = (used[:, None, :] + ways[None, :, :]).reshape(-1, len(room))
        fits = (new <= room).all(axis=1)
        used = new[fits]
        logs = (logs[:, None] + weights[None, :]).ravel()[fits]
        if len(used) > _MOST_PARTS:
            return None
    return used @ radix, logs


def _n_fillings(half: IntArray, room: int) -> float:
    """In how many ways these columns can be filled where there are two rows, told without listing them."""
    ways = np.ones(1)
    for size in half.sum(axis=0):
        ways = np.convolve(ways, np.ones(int(min(size, room)) + 1))[: room + 1]
    return float(ways.sum())


def _column_fillings(total: int, room: IntArray) -> IntArray | None:
    """The cells of a column but its last one, which takes what is left of its total."""
    ways = np.zeros((1, 0), dtype=np.int64)
    left = np.array([total])
    for most in room:
        upper = np.minimum(left, most) + 1
        if int(upper.sum()) > _MOST_PARTS:
            return None
        repeated = np.repeat(np.arange(len(ways)), upper)
        starts = np.repeat(np.cumsum(upper) - upper, upper)
        cells = np.arange(len(repeated)) - starts
        ways = np.column_stack((ways[repeated], cells))
        left = left[repeated] - cells
    return ways


def _matched(
    states: IntArray, logs: FloatArray, wanted: IntArray, other_logs: FloatArray, seen: float
) -> float | None:
    """The mass of matching halves no more probable together than `seen`, of the mass of all that match."""
    states, logs, starts, ends = _sorted_blocks(states, logs)
    wanted, other_logs, other_starts, other_ends = _sorted_blocks(wanted, other_logs)
    if max(len(starts), len(other_starts)) > _MOST_STATES:
        return None
    _, here, there = np.intersect1d(
        states[starts], wanted[other_starts], assume_unique=True, return_indices=True
    )
    tops = logs[ends[here] - 1] + other_logs[other_ends[there] - 1]
    highest = tops.max()
    less = whole = 0.0
    for place, other_place, top in zip(here, there, tops, strict=True):
        block = logs[starts[place] : ends[place]]
        other = other_logs[other_starts[other_place] : other_ends[other_place]]
        # Weights are had against the largest, so that none that matters is too small for a float.
        mass = np.exp(block - block[-1])
        sums = np.concatenate(([0.0], np.cumsum(np.exp(other - other[-1]))))
        n_below = np.searchsorted(other, seen + TIE - block, side="right")
        of_all = exp(top - highest)
        less += of_all * float(mass @ sums[n_below])
        whole += of_all * float(mass.sum()) * float(sums[-1])
    return min(1.0, less / whole)


def _sorted_blocks(states: IntArray, logs: FloatArray) -> tuple[IntArray, FloatArray, IntArray, IntArray]:
    """Sorted by state, then by weight; and where the block of each state begins and ends."""
    order = np.lexsort((logs, states))
    states, logs = states[order], logs[order]
    starts = np.flatnonzero(np.concatenate(([True], states[1:] != states[:-1])))
    return states, logs, starts, np.append(starts[1:], len(states))


def _log_weight(table: IntArray) -> float:
    return -float(_log_factorials(table).sum())


def _log_factorials(counts: IntArray) -> FloatArray:
    from scipy.special import gammaln

    found: FloatArray = gammaln(counts + 1.0)
    return found

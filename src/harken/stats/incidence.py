"""How many codes fewer units would have shown, and how many codes there may be beyond those seen.

Incidence data: for each unit (a person, an answer) the codes it has. Sources: Colwell, Mao and Chang (2004)
and Colwell et al. (2012) for rarefaction; Chao (1987) for the number of codes; Chao and Jost (2012) for
coverage. What the R package vegan calls `specaccum(method = "exact")` and `specpool` is computed here alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, sqrt

from harken.stats.estimate import Estimate, Undefined
from harken.stats.proportions import normal_quantile

MOST_POINTS = 200
"""Units up to which a rarefaction curve has a point for each; a longer one is thinned out evenly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RarefactionPoint:
    """Codes to be expected in `n` of the units, drawn in any order."""

    n: int
    expected: float
    sd: float
    """Spread over the orders in which these very units could have come; 0 for all of them."""
    low: float | None
    high: float | None
    """Limits for other units of the same kind; None where there are fewer than two units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Richness:
    """Codes that were seen, and the lower bound of how many there are to be seen."""

    observed: int
    once: int
    """Codes on one unit alone."""
    twice: int
    chao2: Estimate


def code_frequencies(units: Iterable[Iterable[Hashable]]) -> dict[Hashable, int]:
    """On how many units each code is."""
    return dict(Counter(code for codes in units for code in set(codes)))


def rarefaction(
    units: Sequence[Iterable[Hashable]], *, level: float = 0.95, at: Sequence[int] | None = None
) -> list[RarefactionPoint]:
    """Expected codes in n of the N units, exactly: Σ 1 - C(N - f, n) / C(N, n), f units with a code.

    `sd` is the exact spread over the orders of these units. The limits are normal with Colwell's
    unconditional variance Σ (1 - a)² - S(n)² / S, a = C(N - f, n) / C(N, n), where S is Chao2: what other
    units of the same kind would give.

    Parameters
    ----------
    units
        The codes of each unit, as a person.
    level
        Confidence level of the limits.
    at
        Numbers of units to give a point for; else every one, of long studies some.

    Returns
    -------
    list of RarefactionPoint
        From few units to all.

    Examples
    --------
    >>> [round(point.expected, 4) for point in rarefaction([{"cost", "time"}, {"cost"}, {"trust"}])]
    [1.3333, 2.3333, 3.0]
    """
    sets = [frozenset(codes) for codes in units]
    n_units = len(sets)
    if n_units == 0:
        return []
    frequencies = code_frequencies(sets)
    # Summed in one order, whatever the codes are called: sums of fractions depend on it in their last digit.
    counts = dict(sorted(Counter(frequencies.values()).items()))
    pairs = dict(sorted(_unions(sets, frequencies).items()))
    pool = richness(sets, level=level).chao2.value
    reach = normal_quantile(level)
    points = []
    for n in at or _places(n_units):
        missing = {f: _share_without(n_units, f, n) for f in {*counts, *pairs}}
        expected = sum(times * (1 - missing[f]) for f, times in counts.items())
        absent = sum(times * missing[f] for f, times in counts.items())
        both_absent = sum(times * missing[f] for f, times in pairs.items())
        # Var of the number of absent codes: sum over ordered pairs, a code with itself included.
        variance = absent + 2 * both_absent - absent**2
        low = high = None
        if n_units > 1 and pool:
            seen = sum(times * (1 - missing[f]) ** 2 for f, times in counts.items())
            error = reach * sqrt(max(seen - expected**2 / pool, 0.0))
            low, high = max(expected - error, 0.0), expected + error
        points.append(
            RarefactionPoint(n=n, expected=expected, sd=sqrt(max(variance, 0.0)), low=low, high=high)
        )
    return points


def richness(units: Sequence[Iterable[Hashable]], *, level: float = 0.95) -> Richness:
    """Observed codes and Chao2, a lower bound of their number, with log-normal limits.

    S + A Q1² / (2 Q2), A = (N - 1)/N, Q1 and Q2 codes on one and on two units; with Q2 = 0 it is
    S + A Q1 (Q1 - 1) / 2. Without codes that stand on one unit alone it is S, and there is no interval.

    Examples
    --------
    >>> found = richness([{"cost", "time"}, {"cost"}, {"trust"}])
    >>> (found.observed, found.once, round(found.chao2.value, 4))
    (3, 2, 4.3333)
    """
    frequencies = code_frequencies(units)
    n, observed = len(units), len(frequencies)
    once = sum(1 for f in frequencies.values() if f == 1)
    twice = sum(1 for f in frequencies.values() if f == 2)
    if n == 0:
        none = Estimate(value=None, undefined=Undefined.NO_RATINGS, level=level)
        return Richness(observed=0, once=0, twice=0, chao2=none)
    scale = (n - 1) / n
    if twice:
        ratio = once / twice
        unseen = scale * once**2 / (2 * twice)
        variance = twice * (scale / 2 * ratio**2 + scale**2 * ratio**3 + scale**2 / 4 * ratio**4)
    else:
        unseen = scale * once * (once - 1) / 2
        total = observed + unseen
        variance = (
            scale * once * (once - 1) / 2
            + scale**2 * once * (2 * once - 1) ** 2 / 4
            - (scale**2 * once**4 / (4 * total) if total else 0.0)
        )
    variance = max(variance, 0.0)
    low = high = None
    if unseen > 0:
        factor = exp(normal_quantile(level) * sqrt(log(1 + variance / unseen**2)))
        low, high = observed + unseen / factor, observed + unseen * factor
    return Richness(
        observed=observed,
        once=once,
        twice=twice,
        chao2=Estimate(
            value=observed + unseen,
            se=sqrt(variance),
            low=low,
            high=high,
            level=level,
            method="chao2",
        ),
    )


def sample_coverage(units: Sequence[Iterable[Hashable]]) -> float | None:
    """The share of all mentions, of codes seen and unseen, that falls on codes that were seen.

    1 - Q1/U (N - 1) Q1 / ((N - 1) Q1 + 2 Q2), U the codes on all units summed (Chao and Jost 2012); with
    Q2 = 0 the last factor is (N - 1)(Q1 - 1) / ((N - 1)(Q1 - 1) + 2). None where no unit has a code.

    Examples
    --------
    >>> round(sample_coverage([{"cost", "time"}, {"cost"}, {"trust"}]), 4)
    0.6667
    """
    frequencies = code_frequencies(units)
    n, mentions = len(units), sum(frequencies.values())
    if not mentions:
        return None
    once = sum(1 for f in frequencies.values() if f == 1)
    twice = sum(1 for f in frequencies.values() if f == 2)
    if twice == 0:
        reach = (n - 1) * max(once - 1, 0)
        return 1 - once / mentions * reach / (reach + 2)
    return 1 - once / mentions * (n - 1) * once / ((n - 1) * once + 2 * twice)


def _share_without(n_units: int, f: int, n: int) -> float:
    """C(N - f, n) / C(N, n): how often n of N units miss a code that f of them have."""
    if n > n_units - f:
        return 0.0
    return exp(
        lgamma(n_units - f + 1) + lgamma(n_units - n + 1) - lgamma(n_units - f - n + 1) - lgamma(n_units + 1)
    )


def _unions(sets: Sequence[frozenset[Hashable]], frequencies: dict[Hashable, int]) -> Counter[int]:
    """For every two codes the number of units with either: how many pairs have which number."""
    bits = {code: bytearray(len(sets) // 8 + 1) for code in frequencies}
    for at, codes in enumerate(sets):
        for code in codes:
            bits[code][at // 8] |= 1 << at % 8
    every = [int.from_bytes(one) for one in bits.values()]
    return Counter((mask | other).bit_count() for at, mask in enumerate(every) for other in every[at + 1 :])


def round_numbers(n_units: int) -> list[int]:
    """Numbers of units that a table of a curve has room for: 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30 …"""
    series = [1, 2, 3, 4, 5, 6, 8]
    scale = 10
    while scale <= n_units:
        series += [scale * part // 2 for part in (2, 3, 4, 6, 8, 10, 15)]
        scale *= 10
    return [n for n in series if n <= n_units]


def _places(n_units: int) -> list[int]:
    if n_units <= MOST_POINTS:
        return list(range(1, n_units + 1))
    spread = {round(at * (n_units - 1) / (MOST_POINTS - 1)) + 1 for at in range(MOST_POINTS)}
    return sorted({*spread, *round_numbers(n_units)})

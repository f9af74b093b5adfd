"""Each coder of three or more against the others: who agrees less, and who uses a code more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from harken.stats.coefficients import krippendorff_alpha, ratio, total_categories
from harken.stats.estimate import Estimate, Undefined, explain_undefined
from harken.stats.figures import Variable, read_variable
from harken.stats.intervals.linearised import krippendorff_alpha_se, with_linearised_interval
from harken.stats.intervals.resampling import as_share
from harken.stats.pairwise import mean_of_defined, pair_kappas
from harken.stats.patterns import FloatArray, RatingPatterns, coder_classes
from harken.stats.ratings import MISSING, BoolArray, IntArray, RatingMatrix
from harken.stats.uncertainty import Uncertainty


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderAgainstRest:
    """One coder against the others on a yes/no variable, over the units that they and another decided."""

    coder: str
    n_units: int
    percent_agreement: Estimate
    """Mean over units of the share of the others who agree with the coder."""
    mean_kappa: Estimate
    """Mean of the defined Cohen kappas with each other coder."""
    n_undefined_kappas: int
    """Left out of that mean."""
    own_prevalence: float | None
    """Share of the units to which the coder applied the code."""
    others_prevalence: float | None
    """Mean over the same units of the share of the others who applied it."""
    alpha_without: Estimate
    """Krippendorff's alpha of the others alone."""


def measure_against_rest(
    ratings: RatingMatrix, *, uncertainty: Uncertainty | None = None
) -> tuple[CoderAgainstRest, ...]:
    """Each coder against the others, on a yes/no variable.

    Parameters
    ----------
    ratings
        A table of units by coders; category 1 is yes, 0 no.
    uncertainty
        How intervals are made; by default 2,000 bootstrap samples of participants.

    Returns
    -------
    tuple of CoderAgainstRest
        In the order of the coders. Empty for fewer than three: two coders' figures are those of their pair.

    Notes
    -----
    Descriptive: the coder whose leaving out raises alpha most is the one to talk to, not one to drop. The
    analytic method gives limits to alpha alone.

    Examples
    --------
    >>> ratings = RatingMatrix(
    ...     coders=("ann", "bob", "eve"),
    ...     categories=("0", "1"),
    ...     participants=np.arange(4),
    ...     ratings=np.array([[1, 1, 0], [0, 0, 0], [1, 1, 1], [0, 0, 1]]),
    ... )
    >>> [(one.coder, one.percent_agreement.value) for one in measure_against_rest(ratings)]
    [('ann', 0.75), ('bob', 0.75), ('eve', 0.5)]
    """
    variable = read_variable(ratings, uncertainty)
    patterns = variable.patterns
    coders = range(len(patterns.coders))
    if len(coders) < 3:
        return ()
    shared = [_is_shared(patterns, coder) for coder in coders]
    agreeing = [_share_of_others(patterns, coder, patterns.patterns[:, [coder]]) for coder in coders]
    without = [_counts_without(patterns, coder) for coder in coders]
    with_coder = [
        [place for place, pair in enumerate(combinations(coders, 2)) if coder in pair] for coder in coders
    ]

    def figures(weights: FloatArray) -> dict[str, FloatArray]:
        kappas = pair_kappas(patterns, weights)
        found = {}
        for coder in coders:
            found[f"percent {coder}"] = ratio(weights @ agreeing[coder], weights @ shared[coder])
            found[f"kappa {coder}"] = mean_of_defined(kappas[..., with_coder[coder]])
            found[f"alpha {coder}"] = krippendorff_alpha(total_categories(without[coder], weights))
        return found

    samples = variable.sample(coder_classes(patterns), figures)
    counts = patterns.counts.astype(np.float64)
    points, kappas = figures(counts), pair_kappas(patterns, counts)
    found = []
    for coder in coders:
        n_units = int(counts @ shared[coder])
        alpha = _alpha_without(variable, without[coder], points[f"alpha {coder}"])
        found.append(
            CoderAgainstRest(
                coder=patterns.coders[coder],
                n_units=n_units,
                percent_agreement=as_share(
                    samples.estimate(
                        f"percent {coder}", _point(variable, points[f"percent {coder}"], n_units)
                    )
                ),
                mean_kappa=samples.estimate(
                    f"kappa {coder}", _point(variable, points[f"kappa {coder}"], n_units)
                ),
                n_undefined_kappas=int(np.isnan(kappas[with_coder[coder]]).sum()),
                own_prevalence=_prevalence(counts, shared[coder], patterns.patterns[:, coder] == 1),
                others_prevalence=_prevalence(
                    counts, shared[coder], _share_of_others(patterns, coder, np.array([[1]]))
                ),
                alpha_without=samples.estimate(
                    f"alpha {coder}",
                    alpha,
                    _linearised(without[coder], patterns.counts),
                ),
            )
        )
    return tuple(found)


def _linearised(held: IntArray, counts: IntArray) -> Callable[[Estimate], Estimate]:
    """Gives alpha of the ratings `held` its closed-form limits."""
    n_pairable = int(counts[held.sum(axis=1) >= 2].sum())
    return lambda alpha: with_linearised_interval(alpha, krippendorff_alpha_se(held, counts), n_pairable)


def _is_shared(patterns: RatingPatterns, coder: int) -> BoolArray:
    """Patterns that this coder and another rated."""
    return np.asarray((patterns.patterns[:, coder] != MISSING) & (patterns.n_ratings >= 2))


def _share_of_others(patterns: RatingPatterns, coder: int, category: IntArray) -> FloatArray:
    """For each shared pattern the share of the others' ratings that are `category`, 0 for other patterns."""
    others = np.delete(patterns.patterns, coder, axis=1)
    chose = ((others == category) & (others != MISSING)).sum(axis=1)
    share = ratio(chose, (others != MISSING).sum(axis=1), undefined=0.0)
    return np.where(_is_shared(patterns, coder), share, 0.0)


def _counts_without(patterns: RatingPatterns, coder: int) -> IntArray:
    """How many of the others chose each category: patterns x categories."""
    others = np.delete(patterns.patterns, coder, axis=1)
    return np.asarray((others[:, :, None] == np.arange(patterns.n_categories)).sum(axis=1))


def _prevalence(counts: FloatArray, is_shared: BoolArray, share: FloatArray | BoolArray) -> float | None:
    n_units = float(counts @ is_shared)
    return float(counts @ (share * is_shared)) / n_units if n_units else None


def _point(variable: Variable, value: FloatArray, n_units: int) -> Estimate:
    return variable.point(value, is_overlapping=n_units > 0)


def _alpha_without(variable: Variable, held: IntArray, value: FloatArray) -> Estimate:
    level = variable.uncertainty.level
    if not np.isnan(value):
        return Estimate(value=float(value), level=level)
    m, counts = held.sum(axis=1), variable.patterns.counts
    reason: Undefined = explain_undefined(
        n_coders=len(variable.patterns.coders) - 1,
        n_units_rated=int(counts[m > 0].sum()),
        n_units_pairable=int(counts[m > 1].sum()),
    )
    return Estimate(value=None, undefined=reason, level=level)

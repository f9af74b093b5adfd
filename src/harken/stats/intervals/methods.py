"""From samples of participants to the limits of each figure, by the method that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from harken.stats.estimate import Estimate
from harken.stats.intervals.resampling import (
    ParticipantProfiles,
    draw_profiles,
    left_out_blocks,
    with_jackknife_interval,
    with_percentile_interval,
)
from harken.stats.minimum import BelowMinimum, share_below, tail_below
from harken.stats.patterns import FloatArray
from harken.stats.ratings import IntArray
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod

Figures = Callable[[FloatArray], Mapping[str, FloatArray]]
"""Named figures of weights (..., classes of units); each an array over the leading axes, nan if undefined."""

_DRAWING = (UncertaintyMethod.BOOTSTRAP, UncertaintyMethod.BCA)
_LEAVING_OUT = (UncertaintyMethod.JACKKNIFE, UncertaintyMethod.BCA)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Samples:
    """Each figure over bootstrap samples, and without one participant of each profile, where needed.

    `replicates` is empty where the method draws no samples, `left_out` where it leaves nobody out; `sizes`
    tells how many participants each value left out stands for.
    """

    uncertainty: Uncertainty
    replicates: Mapping[str, FloatArray]
    left_out: Mapping[str, FloatArray]
    sizes: IntArray

    def estimate(
        self, name: str, point: Estimate, closed_form: Callable[[Estimate], Estimate] | None = None
    ) -> Estimate:
        """`point` with the interval of the figure `name`.

        `closed_form` gives the analytic one; without it that method leaves se, low and high empty.
        """
        level = self.uncertainty.level
        match self.uncertainty.method:
            case UncertaintyMethod.BOOTSTRAP:
                return with_percentile_interval(point, self.replicates[name], level=level)
            case UncertaintyMethod.BCA:
                return with_bca_interval(
                    point, self.replicates[name], self.left_out[name], self.sizes, level=level
                )
            case UncertaintyMethod.JACKKNIFE:
                return with_jackknife_interval(point, self.left_out[name], self.sizes, level=level)
            case UncertaintyMethod.ANALYTIC:
                point = replace(point, level=level, method=UncertaintyMethod.ANALYTIC.value)
                return closed_form(point) if closed_form else point

    def below(self, name: str, alpha: Estimate, minimum: float, *, n_units: int) -> BelowMinimum:
        """How probable it is that the figure `name`, estimated as `alpha`, lies below `minimum`.

        From the replicates where samples were drawn, else by t: with the participants' degrees of freedom or,
        where the SE is a closed form over `n_units`, with those of the units.
        """
        if name in self.replicates:
            return share_below(minimum, alpha, self.replicates[name])
        if name in self.left_out:
            n_units = int(self.sizes[~np.isnan(self.left_out[name])].sum())
        return tail_below(minimum, alpha, df=n_units - 1)


def sample_figures(profiles: ParticipantProfiles, figures: Figures, uncertainty: Uncertainty) -> Samples:
    """The figures over samples of the participants in `profiles`, as far as the method needs them."""
    drawn = (
        (draws @ profiles.classes for draws in draw_profiles(profiles.sizes, uncertainty))
        if uncertainty.method in _DRAWING
        else None
    )
    left = left_out_blocks(profiles) if uncertainty.method in _LEAVING_OUT else None
    nothing = np.empty((0, profiles.classes.shape[1]))
    return Samples(
        uncertainty=uncertainty,
        replicates=collect_figures(figures, drawn, nothing),
        left_out=collect_figures(figures, left, nothing),
        sizes=profiles.sizes,
    )


def collect_figures(
    figures: Figures, blocks: Iterable[FloatArray] | None, nothing: FloatArray
) -> dict[str, FloatArray]:
    """The figures over all `blocks` of weights; of `nothing` where there is no block, none without blocks."""
    if blocks is None:
        return {}
    parts = [figures(block) for block in blocks] or [figures(nothing)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def with_bca_interval(
    estimate: Estimate, replicates: FloatArray, left_out: FloatArray, sizes: IntArray, *, level: float
) -> Estimate:
    """`estimate` with the bias-corrected and accelerated interval of its bootstrap `replicates`.

    Parameters
    ----------
    estimate
        The point estimate.
    replicates
        The figure over bootstrap samples of participants; undefined ones (nan) are left out and counted.
    left_out, sizes
        The figure without one participant of each profile, and how many participants have the profile.
    level
        Confidence level.

    Returns
    -------
    Estimate
        With the SE of the replicates. Without limits where bias or acceleration cannot be had: fewer than two
        defined replicates, all of them on one side of the value, or a figure that no participant moves though
        samples do. Where every replicate equals the value, so do both limits.

    Notes
    -----
    Bias z0 is the normal quantile of the share of replicates below the value, those equal to it counted half.
    Acceleration is the sum of cubes of d over 6 (sum of squares of d)^1.5, d = mean of the values left out
    less each of them.

    References
    ----------
    Efron (1987), Better bootstrap confidence intervals, Journal of the American Statistical Association 82.
    """
    defined = replicates[~np.isnan(replicates)]
    estimate = replace(
        estimate,
        level=level,
        method=UncertaintyMethod.BCA.value,
        n_undefined_replicates=len(replicates) - len(defined),
    )
    if estimate.value is None or len(defined) < 2:
        return estimate
    value = estimate.value
    estimate = replace(estimate, se=float(np.std(defined, ddof=1)))
    # Rounding makes values differ that are equal by their counts.
    equal = np.isclose(defined, value, rtol=0, atol=1e-12)
    if equal.all():
        return replace(estimate, low=value, high=value)
    below = float(((defined < value) & ~equal).mean() + equal.mean() / 2)
    acceleration = _acceleration(left_out, sizes)
    if acceleration is None or not 0 < below < 1:
        return estimate
    bias = float(special.ndtri(below))
    shifted = bias + special.ndtri(np.array([(1 - level) / 2, (1 + level) / 2]))
    slack = 1 - acceleration * shifted
    if (slack <= 0).any():
        return estimate
    low, high = np.quantile(defined, special.ndtr(bias + shifted / slack))
    return replace(estimate, low=float(low), high=float(high))


def _acceleration(left_out: FloatArray, sizes: IntArray) -> float | None:
    defined = ~np.isnan(left_out)
    values, weights = left_out[defined], sizes[defined]
    if weights.sum() < 2:
        return None
    apart = float(weights @ values) / float(weights.sum()) - values
    squares = float(weights @ apart**2)
    return float(weights @ apart**3) / (6 * squares**1.5) if squares > 1e-24 else None

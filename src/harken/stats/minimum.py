"""How probable it is that alpha lies below the least that would do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from harken.stats.estimate import Estimate
from harken.stats.patterns import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class BelowMinimum:
    """The probability that Krippendorff's alpha lies below `minimum`; None where nothing tells it."""

    minimum: float
    probability: float | None


def share_below(minimum: float, alpha: Estimate, replicates: FloatArray) -> BelowMinimum:
    """The share of alpha's defined bootstrap `replicates` below `minimum` (Hayes and Krippendorff 2007).

    None where alpha has no value or fewer than two replicates do.
    """
    defined = replicates[~np.isnan(replicates)]
    if alpha.value is None or len(defined) < 2:
        return BelowMinimum(minimum=minimum, probability=None)
    return BelowMinimum(minimum=minimum, probability=float((defined < minimum).mean()))


def tail_below(minimum: float, alpha: Estimate, *, df: int) -> BelowMinimum:
    """The probability below `minimum` of a t distribution with `df` around alpha, as wide as its SE.

    None where alpha has no value or no SE; with an SE of 0 the value alone decides.
    """
    if alpha.value is None or alpha.se is None or df < 1:
        return BelowMinimum(minimum=minimum, probability=None)
    if alpha.se == 0:
        return BelowMinimum(minimum=minimum, probability=float(alpha.value < minimum))
    return BelowMinimum(
        minimum=minimum, probability=float(special.stdtr(df, (minimum - alpha.value) / alpha.se))
    )

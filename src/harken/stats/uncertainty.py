"""How intervals are made: by which method, with how many replicates, at which level."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class UncertaintyMethod(StrEnum):
    """Where the limits of an agreement figure come from."""

    BOOTSTRAP = "bootstrap"
    """Percentiles over resampled participants (Efron and Tibshirani 1993)."""
    BCA = "bca"
    """The same replicates, corrected for bias and acceleration (Efron 1987)."""
    ANALYTIC = "analytic"
    """Closed-form standard errors: Fleiss, Cohen and Everitt (1969) for kappa, else Gwet (2014)."""
    JACKKNIFE = "jackknife"
    """Leaving out one participant at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """The method of intervals, number of bootstrap replicates, seed, and confidence level.

    `minimum` is the alpha below which reliability would not do, whose probability is given too; None is the
    tentative limit of the bands in use.
    """

    method: UncertaintyMethod = UncertaintyMethod.BOOTSTRAP
    replicates: int = 2000
    seed: int = 1
    level: float = 0.95
    minimum: float | None = None

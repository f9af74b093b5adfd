"""How many double-coded units an aim takes, and what a number of them allows, before anybody codes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from harken.errors import HarkenError
from harken.stats.verdicts import DEFAULT_BANDS, count_units_needed

DEFAULT_TARGETS = (DEFAULT_BANDS.tentative, DEFAULT_BANDS.reliable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What double-coding is to show: alpha of at least each target, and an interval of some width."""

    targets: tuple[float, ...] = DEFAULT_TARGETS
    p: float = 0.05
    """One-sided: how often a code below a target may seem to reach it."""
    width: float | None = None
    """The whole width of the interval, upper limit less lower limit; None where none is asked for."""
    assumed_alpha: float = 0.8
    """The agreement at which the interval is to have that width."""
    level: float = 0.95
    """The confidence level of that interval."""
    expected_positives: float = DEFAULT_BANDS.expected_positives
    """Below so many expected uses a code has too few to be judged at all."""

    def __post_init__(self) -> None:
        if not self.targets:
            raise HarkenError("No target to plan for. Give one, as in --target-alpha 0.8.")
        _check("A target for alpha", *self.targets)
        _check("p, the risk of a wrong claim,", self.p)
        _check("The alpha assumed for an interval", self.assumed_alpha)
        _check("A confidence level", self.level)
        if self.width is not None:
            _check("The width of an interval of alpha", self.width)
        if not self.expected_positives > 0:
            raise HarkenError(f"Expected uses are more than 0, as in 10; got {self.expected_positives:g}.")


def checked_prevalence(value: float) -> float:
    """The prevalence, if it is one that can be planned for."""
    _check("A prevalence", value)
    return value


def _check(what: str, *values: float) -> None:
    for value in values:
        if not 0 < value < 1:
            hint = f" Write {value:g} % as {value / 100:g}." if 1 < value < 100 else ""
            raise HarkenError(f"{what} lies between 0 and 1; got {value:g}.{hint}")


def alpha_variance(prevalence: float, alpha: float) -> float:
    """Variance of alpha over units, for two coders who apply a yes/no code equally often: SE = sqrt(it / n).

    (1 - a) [(1 - a)(1 - 2a) + a(2 - a) / (2 pi (1 - pi))], by the delta method from the multinomial of the
    2 x 2 with cells pi^2 + a s, s(1 - a) twice, (1 - pi)^2 + a s, where s = pi (1 - pi). It is the limit of
    Gwet's linearised variance; alpha, Scott's pi and Fleiss' kappa are one there.
    """
    spread = prevalence * (1 - prevalence)
    return (1 - alpha) * ((1 - alpha) * (1 - 2 * alpha) + alpha * (2 - alpha) / (2 * spread))


def count_units_for_target(prevalence: float, target: float, aim: Aim) -> int:
    """Units with which a code of this prevalence could be shown to reach `target`, and not fewer than can
    be judged at all.
    """
    needed = count_units_needed(prevalence, alpha=target, p=aim.p)
    return max(needed or 0, count_units_for_uses(prevalence, aim))


def count_units_for_uses(prevalence: float, aim: Aim) -> int:
    """Units among which a code of this prevalence has the fewest expected uses that can be judged."""
    # Rounded, since 10 / .1 is 100 whatever the quotient says in binary.
    return math.ceil(round(aim.expected_positives / prevalence, 9))


def count_units_for_width(prevalence: float, aim: Aim) -> int | None:
    """Units with which the interval of alpha is expected to be no wider than aimed at; None without a width.

    N = 4 z^2 V / width^2, V of `alpha_variance` at the assumed alpha; not fewer than can be judged at all.
    """
    if aim.width is None:
        return None
    z = NormalDist().inv_cdf((1 + aim.level) / 2)
    needed = math.ceil(4 * z * z * alpha_variance(prevalence, aim.assumed_alpha) / aim.width**2)
    return max(needed, count_units_for_uses(prevalence, aim))


def find_rarest_prevalence(n_units: int, target: float, aim: Aim) -> float | None:
    """The rarest code that `n_units` could show to reach `target`; None where they are too few for any.

    The formula of `count_units_needed`, solved for pi. Codes used in more than 1 - pi of all units are out
    of reach as well: where nearly everything has a code, its absence is what is rare.
    """
    z = NormalDist().inv_cdf(1 - aim.p)
    spread = (1 + target) * (3 - target) / (4 * (1 - target) * (n_units / (2 * z * z) + target))
    if spread > 0.25:
        return None
    by_formula = (1 - math.sqrt(1 - 4 * spread)) / 2
    rarest = max(by_formula, aim.expected_positives / n_units)
    return rarest if rarest <= 1 - by_formula else None

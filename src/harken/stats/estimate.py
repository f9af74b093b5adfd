"""What a statistic returns: a value with its interval, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Undefined(StrEnum):
    """Why a statistic has no value."""

    ONE_CATEGORY = "one_category"
    NO_OVERLAP = "no_overlap"
    ONE_CODER = "one_coder"
    NO_RATINGS = "no_ratings"
    TOO_FEW_UNITS = "too_few_units"
    UNBOUNDED = "unbounded"
    """The value or a limit is infinite, as an odds ratio where one group has nobody without the theme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A statistic's value, or `undefined` and why; limits and SE are None where it has no form for them."""

    value: float | None
    undefined: Undefined | None = None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    method: str | None = None
    n_undefined_replicates: int | None = None


def explain_undefined(*, n_coders: int, n_units_rated: int, n_units_pairable: int) -> Undefined:
    """Why an agreement coefficient has no value; where pairs exist, their ratings show one category only."""
    if n_units_rated == 0:
        return Undefined.NO_RATINGS
    if n_coders < 2:
        return Undefined.ONE_CODER
    return Undefined.ONE_CATEGORY if n_units_pairable else Undefined.NO_OVERLAP

"""What an agreement figure lets one say about a code, and how many units would settle it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from scipy import special

from harken.stats.estimate import Estimate


class Verdict(StrEnum):
    """A code's agreement in one word."""

    RELIABLE = "reliable"
    TENTATIVE = "tentative"
    UNRELIABLE = "unreliable"
    TOO_FEW = "too_few"
    """Too few expected positive units for an interval that holds its level."""
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Where verdicts part: Krippendorff's customary limits, held against the lower limit of the interval."""

    reliable: float = 0.800
    tentative: float = 0.667
    expected_positives: float = 10.0


DEFAULT_BANDS = Bands()


def judge_alpha(
    alpha: Estimate, *, prevalence: float | None, n_units_pairable: int, bands: Bands = DEFAULT_BANDS
) -> Verdict:
    """The verdict on `alpha`: by its lower limit, unless it is undefined or the units are too few.

    Too few: prevalence x pairable units below ten (coverage of every interval falls to 66-92 % there), or no
    interval at all, as with one participant.
    """
    if alpha.value is None or prevalence is None:
        return Verdict.UNDEFINED
    # Rounded, since .1 x 100 units is ten positives whatever the product says in binary.
    if round(prevalence * n_units_pairable, 9) < bands.expected_positives or alpha.low is None:
        return Verdict.TOO_FEW
    if alpha.low >= bands.reliable:
        return Verdict.RELIABLE
    return Verdict.TENTATIVE if alpha.low >= bands.tentative else Verdict.UNRELIABLE


def count_units_needed(prevalence: float | None, *, alpha: float = 0.667, p: float = 0.05) -> int | None:
    """Units that two coders need to show agreement of at least `alpha` for a code of this prevalence.

    Parameters
    ----------
    prevalence
        Share of positive ratings, pi; None where it is unknown.
    alpha
        What agreement is to reach, a.
    p
        The one-sided error that is risked.

    Returns
    -------
    int or None
        None where the prevalence is unknown, 0 or 1: no number would do.

    Notes
    -----
    N = 2 z^2 [(1 + a)(3 - a) / (4 (1 - a) pi (1 - pi)) - a], rounded up, z one-sided at `p` (1.645 at .05).

    References
    ----------
    The sample size that Krippendorff gives after Bloch and Kraemer (1989).

    Examples
    --------
    >>> count_units_needed(0.10), count_units_needed(0.10, alpha=0.8)
    (172, 294)
    """
    if prevalence is None or not 0 < prevalence < 1:
        return None
    z = float(special.ndtri(1 - p))
    spread = prevalence * (1 - prevalence)
    return math.ceil(2 * z * z * ((1 + alpha) * (3 - alpha) / (4 * (1 - alpha) * spread) - alpha))

"""Two groups with the number of people who have the theme held fixed: Fisher's tests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from harken.stats.two_groups import as_counts

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

TIE = 1e-7
"""Tables whose probabilities differ by no more than this share are equally probable."""
_NOTHING = -800.0
"""A logarithm of a probability below which it is none at all."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Margins:
    """The tables that have the same margins as the one observed, by how many of group 1 have the theme.

    `steps` are these numbers minus the one observed, `logs` the logarithms of the tables' weights at the
    odds ratio exp(`tilt`), the largest of them 0; tables too rare to matter are left out.
    """

    observed: int
    lowest: int
    highest: int
    steps: FloatArray
    logs: FloatArray
    tilt: float

    def weights(self, log_odds: float = 0.0) -> FloatArray:
        """The tables' probabilities where the odds ratio is exp(`log_odds`)."""
        logs = self.logs + self.steps * (log_odds - self.tilt)
        weights: FloatArray = np.exp(logs - logs.max())
        weights /= weights.sum()
        return weights


def margins_of(n1: int, base1: int, n2: int, base2: int, *, tilt: float = 0.0) -> Margins:
    """All tables with these margins, weighted at the odds ratio exp(`tilt`).

    Each weight is had from its neighbour's, so that no large logarithms cancel.
    """
    n = n1 + n2
    lowest, highest = max(0, n - base2), min(n, base1)
    k = np.arange(lowest, highest, dtype=np.float64)
    logs = np.zeros(highest - lowest + 1)
    ratios = ((n - k) / (k + 1)) * ((base1 - k) / (base2 - n + k + 1))
    np.cumsum(np.log(ratios) + tilt, out=logs[1:])
    logs -= logs.max()
    steps = np.arange(lowest, highest + 1, dtype=np.float64) - n1
    kept = (logs > _NOTHING) | (steps == 0)
    return Margins(observed=n1, lowest=lowest, highest=highest, steps=steps[kept], logs=logs[kept], tilt=tilt)


def fisher_exact(n1: int, base1: int, n2: int, base2: int) -> float:
    """Fisher's two-sided p: the tables with these margins that are no more probable than the one observed.

    Without variation there is but one table, and p is 1. Source: Fisher (1935), as R's `fisher.test` has it.

    Parameters
    ----------
    n1, base1, n2, base2
        People with the theme, and all people, of both groups.

    Returns
    -------
    float
        The probability, where both groups have the same share.

    Examples
    --------
    The lady tasting tea:

    >>> round(fisher_exact(3, 4, 1, 4), 4)
    0.4857
    """
    less, tied = _no_more_probable(*as_counts(n1, base1, n2, base2))
    return min(1.0, less + tied)


def fisher_midp(n1: int, base1: int, n2: int, base2: int) -> float:
    """Fisher's two-sided p that counts tables as probable as the one observed by half.

    The exact test is far too careful where counts are small; its mid-p comes closer to what it promises.
    Source: Lancaster (1961); Hirji, Tan and Elashoff (1991).

    Parameters
    ----------
    n1, base1, n2, base2
        People with the theme, and all people, of both groups.

    Returns
    -------
    float
        The mid-p value.

    Examples
    --------
    >>> round(fisher_midp(3, 4, 1, 4), 4)
    0.2571
    """
    less, tied = _no_more_probable(*as_counts(n1, base1, n2, base2))
    return min(1.0, less + tied / 2)


def _no_more_probable(n1: int, base1: int, n2: int, base2: int) -> tuple[float, float]:
    """The mass of the tables less probable than the one observed, and of those as probable."""
    margins = margins_of(n1, base1, n2, base2)
    weights = margins.weights()
    logs = margins.logs - margins.logs[margins.steps == 0]
    return _mass(weights, logs < -TIE), _mass(weights, np.abs(logs) <= TIE)


def _mass(weights: FloatArray, chosen: BoolArray) -> float:
    return float(weights[chosen].sum())

"""Agreement of every two coders on one variable."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from harken.stats.estimate import Estimate
from harken.stats.figures import estimate_pair, read_variable
from harken.stats.ratings import RatingMatrix
from harken.stats.uncertainty import Uncertainty


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAgreement:
    """Agreement of two coders on one variable over the units both decided."""

    coders: tuple[str, str]
    n_units: int
    percent_agreement: Estimate
    cohen_kappa: Estimate
    scott_pi: Estimate


def measure_all_pairs(
    ratings: RatingMatrix, *, uncertainty: Uncertainty | None = None
) -> tuple[PairAgreement, ...]:
    """Agreement of every pair of coders on one variable, in the order of the coders.

    Parameters
    ----------
    ratings
        A table of units by coders.
    uncertainty
        How intervals are made; by default 2,000 bootstrap samples of participants.

    Returns
    -------
    tuple of PairAgreement
        A coder without a rating has 0 units in each of its pairs.

    References
    ----------
    Cohen (1960), A coefficient of agreement for nominal scales. Scott (1955), Reliability of content
    analysis. Fleiss, Cohen and Everitt (1969), Large sample standard errors of kappa and weighted kappa.

    Examples
    --------
    >>> import numpy as np
    >>> from harken.stats.ratings import RatingMatrix
    >>> ratings = RatingMatrix(
    ...     coders=("ann", "bob", "eve"),
    ...     categories=("no", "yes"),
    ...     participants=np.arange(4),
    ...     ratings=np.array([[1, 1, -1], [0, 0, -1], [1, 0, 1], [0, 0, 0]]),
    ... )
    >>> [(pair.coders, pair.n_units, pair.cohen_kappa.value) for pair in measure_all_pairs(ratings)]
    [(('ann', 'bob'), 4, 0.5), (('ann', 'eve'), 2, 1.0), (('bob', 'eve'), 2, 0.0)]
    """
    variable = read_variable(ratings, uncertainty)
    coders = variable.patterns.coders
    pairs = []
    for first, second in combinations(range(len(coders)), 2):
        found = estimate_pair(variable, first, second)
        pairs.append(
            PairAgreement(
                coders=(coders[first], coders[second]),
                n_units=found.n_units,
                percent_agreement=found.percent_agreement,
                cohen_kappa=found.cohen_kappa,
                scott_pi=found.scott_pi,
            )
        )
    return tuple(pairs)

"""How much a shared subset weighs in the distance between two sets."""

from __future__ import annotations

import numpy as np
from scipy import special

from harken.stats.patterns import FloatArray
from harken.stats.ratings import IntArray
from harken.stats.sets.distances import SetMetric


def subset_weights(metric: SetMetric, sizes: IntArray, cardinal: int) -> FloatArray:
    """g(a, b, s) for every two of `sizes` and subsets of `cardinal` s, so that d = sum_s C(i, s) g(a, b, s).

    g is the s-th difference at i = 0 of the distance as a function of i = |A and B|. With c = a + b the share
    i/u = c/(c - i) - 1 has the differences c / ((c - s) C(c, s)) for s >= 1, in closed form, as differences
    taken one by one would lose digits. What MASI and exact make of nested and equal sets concerns the largest
    possible i alone and so adds to one difference only. Zero where s is above a or b.
    """
    a, b = np.meshgrid(np.asarray(sizes, dtype=np.float64), sizes, indexing="ij")
    c, fewest = a + b, np.minimum(a, b)
    likeness = np.zeros_like(c)
    if metric is SetMetric.DICE and cardinal == 1:
        likeness = 2 / np.maximum(c, 1)
    if metric in (SetMetric.JACCARD, SetMetric.MASI) and cardinal > 0:
        # Where c <= s, the subset does not fit and the result is discarded.
        likeness = c / (np.maximum(c - cardinal, 1) * np.maximum(special.comb(c, cardinal), 1))
    at_most = fewest == cardinal
    if metric is SetMetric.EXACT:
        likeness = np.where(at_most & (a == b), 1.0, 0.0)
    if metric is SetMetric.MASI:
        share = fewest / np.maximum(c - fewest, 1)
        likeness = likeness / 3 + at_most * share * np.where(a == b, 2 / 3, 1 / 3)
    distance = (1.0 if cardinal == 0 else 0.0) - likeness
    # Two empty sets are equal.
    return np.where((cardinal <= fewest) & (c > 0), distance, 0.0)

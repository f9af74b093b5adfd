"""Closed-form standard errors of coefficients that know who gave a rating: Conger's and Light's kappa.

Units are taken as independent, as in `linearised`.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from harken.stats.intervals.linearised import spread_of_mean, unit_agreement
from harken.stats.pairwise import cohen_kappa, conger_kappa, pair_table
from harken.stats.patterns import RatingPatterns, pair_classes
from harken.stats.ratings import MISSING


def conger_kappa_se(patterns: RatingPatterns) -> float | None:
    """SE of Conger's kappa over rated units, None below two or where kappa is undefined.

    Gwet's linearisation, as his irrCAC has it: of a unit's part in chance agreement, each coder's rating
    counts by how much more the others use its category, over the share of units that the coder rated.
    """
    w = patterns.counts.astype(np.float64)
    kappa = float(conger_kappa(patterns, w))
    if np.isnan(kappa):
        return None
    chosen = (patterns.patterns[:, :, None] == np.arange(patterns.n_categories)).astype(np.float64)
    by_coder = np.tensordot(w, chosen, axes=1)
    n_rated_by = by_coder.sum(axis=1)
    share = by_coder / n_rated_by[:, None]
    n, n_coders = float(w.sum()), len(patterns.coders)
    others = share.sum(axis=0) - share
    n_orders = n_coders * (n_coders - 1)
    chance = float((share * others).sum()) / n_orders
    rated = (patterns.patterns != MISSING).astype(np.float64)
    excess = (rated - n_rated_by / n)[:, :, None] * share
    parts = (chosen - excess) * (n / n_rated_by)[:, None]
    unit_chance = (parts * others).sum(axis=(1, 2)) / n_orders
    agreeing, pairable, _ = unit_agreement(patterns.category_counts, patterns.counts)
    values = pairable * (agreeing - chance) / (1 - chance)
    return spread_of_mean(values - 2 * (1 - kappa) * (unit_chance - chance) / (1 - chance), w)


def light_kappa_se(patterns: RatingPatterns) -> float | None:
    """Large-sample SE of Light's kappa by the delta method, None where no pair's kappa is defined.

    The influence of a unit on the mean of the defined kappas is the mean of its influences on them; on the
    kappa of a pair it is ((agreeing - po) (1 - pe) - (1 - po) (crossed - 2 pe)) / (1 - pe)^2 over the share
    of units that the pair has in common, crossed being how much either coder uses the other's category. With
    two coders the variance is that of Fleiss, Cohen and Everitt (1969). None if a pair has fewer than two
    units.
    """
    w = patterns.counts.astype(np.float64)
    n = float(w.sum())
    influences = []
    for first, second in combinations(range(len(patterns.coders)), 2):
        classes = pair_classes(patterns, first, second)
        table = pair_table(classes, classes.counts, n_categories=patterns.n_categories)
        if np.isnan(cohen_kappa(table)):
            continue
        common = float(table.sum())
        if common < 2:
            return None
        p = table / common
        one, other = p.sum(axis=1), p.sum(axis=0)
        observed, chance = float(np.trace(p)), float(one @ other)
        apart = np.eye(len(p)) - observed
        crossed = other[:, None] + one[None, :] - 2 * chance
        of_cell = (apart * (1 - chance) - (1 - observed) * crossed) / (1 - chance) ** 2
        rows = patterns.patterns[:, [first, second]]
        both = (rows != MISSING).all(axis=1)
        influences.append(np.where(both, of_cell[rows[:, 0], rows[:, 1]], 0.0) * n / common)
    if not influences:
        return None
    mean = np.mean(influences, axis=0)
    return float(np.sqrt(w @ mean**2)) / n

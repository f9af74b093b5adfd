"""Agreement on one variable: a code (applied or not), or an exclusive family as a nominal variable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from harken.stats.coefficients import (
    BINARY_COEFFICIENTS,
    COEFFICIENTS,
    Coefficient,
    fleiss_kappa,
    total_categories,
)
from harken.stats.estimate import Estimate, explain_undefined
from harken.stats.pairwise import (
    cohen_kappa,
    conger_kappa,
    estimate_from_table,
    light_kappa,
    listwise_weights,
    pair_table,
    scott_pi,
    table_agreement,
)
from harken.stats.patterns import (
    FloatArray,
    PatternClasses,
    RatingPatterns,
    category_classes,
    classify_units,
    find_patterns,
    pair_classes,
)
from harken.stats.ratings import MISSING, RatingMatrix
from harken.stats.resampling import (
    bootstrap_weights,
    find_profiles,
    with_percentile_interval,
)
from harken.stats.uncertainty import Uncertainty
from harken.stats.verdicts import DEFAULT_BANDS, Bands, Verdict, count_units_needed, judge_alpha


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossTable:
    """How two coders used a code over the units both decided."""

    both: int
    only_first: int
    only_second: int
    neither: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableAgreement:
    """Agreement of all coders on one variable, with participant bootstrap intervals where a method is named.

    `n_positive` (positive ratings over all rated units), `prevalence` (their share in the pairable ratings),
    `table` (two coders only), positive and negative agreement belong to yes/no variables and are None
    otherwise; `cohen_kappa` is None unless there are two coders.
    """

    n_units_rated: int
    n_units_pairable: int
    n_positive: int | None
    prevalence: float | None
    table: CrossTable | None
    percent_agreement: Estimate
    percent_agreement_pair_pooled: Estimate
    cohen_kappa: Estimate | None
    light_kappa: Estimate
    fleiss_kappa: Estimate
    fleiss_kappa_listwise: Estimate
    conger_kappa: Estimate
    krippendorff_alpha: Estimate
    gwet_ac1: Estimate
    brennan_prediger: Estimate
    positive_agreement: Estimate | None
    negative_agreement: Estimate | None
    verdict: Verdict
    n_needed: int | None
    """Units with which a code of this prevalence could be judged; None where no number would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAgreement:
    """Agreement of two coders on one variable over the units both decided."""

    coders: tuple[str, str]
    n_units: int
    percent_agreement: Estimate
    cohen_kappa: Estimate
    scott_pi: Estimate


def measure_code_agreement(
    ratings: RatingMatrix, *, uncertainty: Uncertainty | None = None, bands: Bands = DEFAULT_BANDS
) -> VariableAgreement:
    """Agreement on a yes/no variable: category 1 is yes, 0 no, both declared.

    The verdict is "too few" where prevalence x pairable units is below ten.
    """
    patterns = find_patterns(ratings)
    totals = total_categories(patterns.category_counts, patterns.counts)
    n_pairable = float(totals.ratings.sum())
    prevalence = float(totals.ratings[1]) / n_pairable if n_pairable else None
    return _measure(
        patterns,
        {**COEFFICIENTS, **BINARY_COEFFICIENTS},
        uncertainty=uncertainty or Uncertainty(),
        bands=bands,
        n_positive=int(patterns.counts @ patterns.category_counts[:, 1]),
        prevalence=prevalence,
        rarity=prevalence,
    )


def measure_variable_agreement(
    ratings: RatingMatrix, *, uncertainty: Uncertainty | None = None, bands: Bands = DEFAULT_BANDS
) -> VariableAgreement:
    """Agreement on a nominal variable with any number of categories.

    What prevalence is to the verdict on a code, the share of ratings outside the commonest category is here.
    """
    patterns = find_patterns(ratings)
    totals = total_categories(patterns.category_counts, patterns.counts)
    n = float(totals.ratings.sum())
    return _measure(
        patterns,
        COEFFICIENTS,
        uncertainty=uncertainty or Uncertainty(),
        bands=bands,
        n_positive=None,
        prevalence=None,
        rarity=1 - float(totals.ratings.max()) / n if n else None,
    )


def _measure(
    patterns: RatingPatterns,
    coefficients: Mapping[str, Coefficient],
    *,
    uncertainty: Uncertainty,
    bands: Bands,
    n_positive: int | None,
    prevalence: float | None,
    rarity: float | None,
) -> VariableAgreement:
    classes = category_classes(patterns)
    replicates = total_categories(classes.rows, _draw(patterns, classes, uncertainty))
    totals = total_categories(classes.rows, classes.counts)
    level = uncertainty.level
    estimates = {
        name: with_percentile_interval(
            _point(coefficient(totals), patterns, level=level), coefficient(replicates), level=level
        )
        for name, coefficient in coefficients.items()
    }
    complete = total_categories(patterns.category_counts, listwise_weights(patterns))
    light = light_kappa(patterns).value
    pair = (
        measure_pair_agreement(patterns, 0, 1, uncertainty=uncertainty) if len(patterns.coders) == 2 else None
    )
    alpha = estimates["krippendorff_alpha"]
    return VariableAgreement(
        n_units_rated=patterns.n_units_rated,
        n_units_pairable=patterns.n_units_pairable,
        n_positive=n_positive,
        prevalence=prevalence,
        table=_cross_table(patterns) if pair and n_positive is not None else None,
        percent_agreement=estimates["percent_agreement"],
        percent_agreement_pair_pooled=estimates["percent_agreement_pair_pooled"],
        cohen_kappa=pair.cohen_kappa if pair else None,
        light_kappa=_point(np.asarray(np.nan if light is None else light), patterns, level=level),
        fleiss_kappa=estimates["fleiss_kappa"],
        fleiss_kappa_listwise=_point(
            fleiss_kappa(complete), patterns, level=level, is_overlapping=bool(complete.n_rated > 0)
        ),
        conger_kappa=_point(
            conger_kappa(patterns, patterns.counts),
            patterns,
            level=level,
            is_overlapping=bool((patterns.patterns != MISSING).any(axis=0).all()),
        ),
        krippendorff_alpha=alpha,
        gwet_ac1=estimates["gwet_ac1"],
        brennan_prediger=estimates["brennan_prediger"],
        positive_agreement=estimates.get("positive_agreement"),
        negative_agreement=estimates.get("negative_agreement"),
        verdict=judge_alpha(
            alpha, prevalence=rarity, n_units_pairable=patterns.n_units_pairable, bands=bands
        ),
        n_needed=count_units_needed(rarity, alpha=bands.tentative),
    )


def measure_pair_agreement(
    patterns: RatingPatterns, first: int, second: int, *, uncertainty: Uncertainty | None = None
) -> PairAgreement:
    """Agreement of the coders in columns `first` and `second`, with participant bootstrap intervals."""
    options = uncertainty or Uncertainty()
    classes = pair_classes(patterns, first, second)
    table = pair_table(classes, classes.counts, n_categories=patterns.n_categories)
    replicates = pair_table(classes, _draw(patterns, classes, options), n_categories=patterns.n_categories)
    estimates = [
        with_percentile_interval(
            estimate_from_table(figure(table), table, level=options.level),
            figure(replicates),
            level=options.level,
        )
        for figure in (table_agreement, cohen_kappa, scott_pi)
    ]
    return PairAgreement(
        coders=(patterns.coders[first], patterns.coders[second]),
        n_units=int(table.sum()),
        percent_agreement=estimates[0],
        cohen_kappa=estimates[1],
        scott_pi=estimates[2],
    )


def measure_all_pairs(
    ratings: RatingMatrix, *, uncertainty: Uncertainty | None = None
) -> tuple[PairAgreement, ...]:
    """Agreement of every pair of coders, in the order of the coders; a coder without a rating has 0 units."""
    patterns = find_patterns(ratings)
    return tuple(
        measure_pair_agreement(patterns, first, second, uncertainty=uncertainty)
        for first, second in combinations(range(len(patterns.coders)), 2)
    )


def _draw(patterns: RatingPatterns, classes: PatternClasses, uncertainty: Uncertainty) -> FloatArray:
    units = classify_units(patterns, classes)
    return bootstrap_weights(find_profiles(patterns.participants, units, classes.is_pairable), uncertainty)


def _point(
    value: FloatArray, patterns: RatingPatterns, *, level: float, is_overlapping: bool = True
) -> Estimate:
    """The estimate of `value`, or why there is none: first of all, coders that do not overlap."""
    if not np.isnan(value):
        return Estimate(value=float(value), level=level)
    reason = explain_undefined(
        n_coders=len(patterns.coders),
        n_units_rated=patterns.n_units_rated,
        n_units_pairable=patterns.n_units_pairable if is_overlapping else 0,
    )
    return Estimate(value=None, undefined=reason, level=level)


def _cross_table(patterns: RatingPatterns) -> CrossTable:
    classes = pair_classes(patterns, 0, 1)
    (neither, only_second), (only_first, both) = pair_table(classes, classes.counts, n_categories=2).astype(
        int
    )
    return CrossTable(
        both=int(both), only_first=int(only_first), only_second=int(only_second), neither=int(neither)
    )

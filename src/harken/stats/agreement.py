"""Agreement on one variable: a code (applied or not), or an exclusive family as a nominal variable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harken.stats.coefficients import BINARY_COEFFICIENTS, COEFFICIENTS, total_categories
from harken.stats.estimate import Estimate
from harken.stats.figures import (
    CategoryEstimates,
    Variable,
    estimate_by_category,
    estimate_coder_kappas,
    estimate_fleiss_listwise,
    estimate_pair,
    read_variable,
)
from harken.stats.minimum import BelowMinimum
from harken.stats.ordered import estimate_ordered
from harken.stats.pairwise import pair_table
from harken.stats.patterns import RatingPatterns, pair_classes
from harken.stats.ratings import RatingMatrix
from harken.stats.scaled_alpha import Scale
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
    """Agreement of all coders on one variable, each figure with an interval by the method it names.

    `n_positive` (positive ratings over all rated units), `prevalence` (their share in the pairable ratings),
    positive and negative agreement belong to yes/no variables and are None otherwise; so do `table`,
    `prevalence_index` and `bias_index`, which need two coders as `cohen_kappa` does. What an ordered scale
    adds is None without one.
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
    n_undefined_kappas: int
    """Pairs of coders left out of `light_kappa`, as Cohen's kappa has no value for them."""
    fleiss_kappa: Estimate
    fleiss_kappa_listwise: Estimate
    conger_kappa: Estimate
    krippendorff_alpha: Estimate
    gwet_ac1: Estimate
    brennan_prediger: Estimate
    positive_agreement: Estimate | None
    negative_agreement: Estimate | None
    krippendorff_alpha_ordinal: Estimate | None = None
    krippendorff_alpha_interval: Estimate | None = None
    krippendorff_alpha_ratio: Estimate | None = None
    gwet_ac2: Estimate | None = None
    prevalence_index: float | None
    """|both - neither| over the units of two coders (Byrt, Bishop and Carlin 1993)."""
    bias_index: float | None
    """|only first - only second| over the units of two coders (the same)."""
    below_minimum: BelowMinimum
    """How probable it is that the alpha of `judged_by` lies below the least that would do."""
    verdict: Verdict
    judged_by: str = "krippendorff_alpha"
    """The alpha that the verdict is on: that of the scale, where there is one."""
    n_needed: int | None
    """Units with which a code of this prevalence could show that alpha is high enough; None where no number
    would do."""

    @property
    def judged_alpha(self) -> Estimate:
        """The alpha that the verdict is on."""
        alpha: Estimate = getattr(self, self.judged_by)
        return alpha


def measure_code_agreement(
    ratings: RatingMatrix, *, uncertainty: Uncertainty | None = None, bands: Bands = DEFAULT_BANDS
) -> VariableAgreement:
    """Agreement of any number of coders on a yes/no variable, such as a code applied or not.

    Parameters
    ----------
    ratings
        A table of units by coders; category 1 is yes, 0 no, both always declared.
    uncertainty
        How intervals are made; by default 2,000 bootstrap samples of participants.
    bands
        Where verdicts part.

    Returns
    -------
    VariableAgreement
        Every coefficient with its interval, or the reason why it is undefined.

    Notes
    -----
    The verdict is "too few" where prevalence x pairable units is below ten, since no interval holds its level
    there. Samples are of the participants with a pairable unit; for Fleiss, AC1 and Conger, which units rated
    once move, of everyone with a rating. Closed-form errors (method "analytic") take units as independent:
    with several units a participant choose a method that resamples participants.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability. Gwet (2014), Handbook of Inter-Rater
    Reliability, 4th ed.

    Examples
    --------
    >>> from harken.stats.ratings import code_ratings, collect_set_ratings
    >>> decisions = [(1, "ann", ["fear"]), (1, "bob", ["fear"]), (2, "ann", []), (2, "bob", ["fear"]),
    ...              (3, "ann", []), (3, "bob", []), (4, "ann", ["fear"])]
    >>> found = measure_code_agreement(code_ratings(collect_set_ratings(decisions), ["fear"]))
    >>> found.n_units_rated, found.n_units_pairable, found.table
    (4, 3, CrossTable(both=1, only_first=0, only_second=1, neither=1))
    >>> round(found.krippendorff_alpha.value, 3), found.verdict.value
    (0.444, 'too_few')
    """
    variable = read_variable(ratings, uncertainty)
    patterns = variable.patterns
    totals = total_categories(patterns.category_counts, patterns.counts)
    n_pairable = float(totals.ratings.sum())
    prevalence = float(totals.ratings[1]) / n_pairable if n_pairable else None
    table = _cross_table(patterns) if len(patterns.coders) == 2 else None
    n_units = table.both + table.only_first + table.only_second + table.neither if table else 0
    return replace(
        _measure(
            variable,
            estimate_by_category(variable, {**COEFFICIENTS, **BINARY_COEFFICIENTS}),
            bands=bands,
            rarity=prevalence,
        ),
        n_positive=int(patterns.counts @ patterns.category_counts[:, 1]),
        prevalence=prevalence,
        table=table,
        prevalence_index=abs(table.both - table.neither) / n_units if table and n_units else None,
        bias_index=abs(table.only_first - table.only_second) / n_units if table and n_units else None,
    )


def measure_variable_agreement(
    ratings: RatingMatrix,
    *,
    uncertainty: Uncertainty | None = None,
    bands: Bands = DEFAULT_BANDS,
    scale: Scale | None = None,
    values: Sequence[float] | None = None,
) -> VariableAgreement:
    """Agreement of any number of coders on one variable with any number of categories.

    Parameters
    ----------
    ratings
        A table of units by coders.
    uncertainty
        How intervals are made; by default 2,000 bootstrap samples of participants.
    bands
        Where verdicts part.
    scale
        What the distance between two categories is made of, if they have an order.
    values
        The number of each category, in their order in `ratings`; by default 1, 2, 3, ... On an ordinal scale
        only their order counts.

    Returns
    -------
    VariableAgreement
        Every coefficient with its interval, or the reason why it is undefined. `krippendorff_alpha` is the
        nominal one also with a scale.

    Notes
    -----
    What prevalence is to the verdict on a code, the share of ratings outside the commonest category is here.
    With a scale the verdict is on the scale's own alpha, as is the probability of its lying below a minimum.
    Samples are of the participants with a pairable unit; for Fleiss, AC1, AC2 and Conger, which units rated
    once move, of everyone with a rating. Closed-form errors (method "analytic") take units as independent;
    the ordinal alpha has none.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability. Gwet (2014), Handbook of Inter-Rater
    Reliability, 4th ed., chapter 4 on weights.

    Examples
    --------
    >>> import numpy as np
    >>> from harken.stats.ratings import RatingMatrix
    >>> ratings = RatingMatrix(
    ...     coders=("ann", "bob"),
    ...     categories=("low", "middle", "high"),
    ...     participants=np.arange(6),
    ...     ratings=np.array([[0, 0], [1, 1], [2, 2], [0, 1], [1, 2], [2, 2]]),
    ... )
    >>> found = measure_variable_agreement(ratings, scale=Scale.ORDINAL)
    >>> round(found.krippendorff_alpha.value, 3), round(found.krippendorff_alpha_ordinal.value, 3)
    (0.532, 0.764)
    """
    variable = read_variable(ratings, uncertainty)
    totals = total_categories(variable.patterns.category_counts, variable.patterns.counts)
    n = float(totals.ratings.sum())
    rarity = 1 - float(totals.ratings.max()) / n if n else None
    nominal = _measure(variable, estimate_by_category(variable, COEFFICIENTS), bands=bands, rarity=rarity)
    if scale is None:
        return nominal
    ordered = estimate_ordered(variable, scale, values, minimum=nominal.below_minimum.minimum)
    found = replace(
        nominal,
        krippendorff_alpha_ordinal=ordered.krippendorff_alpha_ordinal,
        krippendorff_alpha_interval=ordered.krippendorff_alpha_interval,
        krippendorff_alpha_ratio=ordered.krippendorff_alpha_ratio,
        gwet_ac2=ordered.gwet_ac2,
        below_minimum=ordered.below_minimum,
        judged_by=f"krippendorff_alpha_{scale}",
    )
    return replace(
        found,
        verdict=judge_alpha(
            found.judged_alpha, prevalence=rarity, n_units_pairable=found.n_units_pairable, bands=bands
        ),
    )


def _measure(
    variable: Variable, by_category: CategoryEstimates, *, bands: Bands, rarity: float | None
) -> VariableAgreement:
    patterns, estimates = variable.patterns, by_category.estimates
    kappas = estimate_coder_kappas(variable)
    alpha = estimates["krippendorff_alpha"]
    minimum = variable.uncertainty.minimum
    return VariableAgreement(
        n_units_rated=patterns.n_units_rated,
        n_units_pairable=patterns.n_units_pairable,
        n_positive=None,
        prevalence=None,
        table=None,
        percent_agreement=estimates["percent_agreement"],
        percent_agreement_pair_pooled=estimates["percent_agreement_pair_pooled"],
        cohen_kappa=estimate_pair(variable, 0, 1).cohen_kappa if len(patterns.coders) == 2 else None,
        light_kappa=kappas.light_kappa,
        n_undefined_kappas=kappas.n_undefined_kappas,
        fleiss_kappa=estimates["fleiss_kappa"],
        fleiss_kappa_listwise=estimate_fleiss_listwise(variable, estimates["fleiss_kappa"]),
        conger_kappa=kappas.conger_kappa,
        krippendorff_alpha=alpha,
        gwet_ac1=estimates["gwet_ac1"],
        brennan_prediger=estimates["brennan_prediger"],
        positive_agreement=estimates.get("positive_agreement"),
        negative_agreement=estimates.get("negative_agreement"),
        prevalence_index=None,
        bias_index=None,
        below_minimum=by_category.samples.below(
            "krippendorff_alpha",
            alpha,
            bands.tentative if minimum is None else minimum,
            n_units=patterns.n_units_pairable,
        ),
        verdict=judge_alpha(
            alpha, prevalence=rarity, n_units_pairable=patterns.n_units_pairable, bands=bands
        ),
        n_needed=count_units_needed(rarity, alpha=bands.tentative),
    )


def _cross_table(patterns: RatingPatterns) -> CrossTable:
    classes = pair_classes(patterns, 0, 1)
    (neither, only_second), (only_first, both) = pair_table(classes, classes.counts, n_categories=2).astype(
        int
    )
    return CrossTable(
        both=int(both), only_first=int(only_first), only_second=int(only_second), neither=int(neither)
    )

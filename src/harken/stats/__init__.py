"""Statistics as pure functions: agreement of coders, and shares of people and how groups differ in them.

A table of labels becomes ratings by `collect_ratings`, sets of codes by `collect_set_ratings`; `measure_…`
gives every coefficient, each an `Estimate` with its interval, or `undefined` and why. Shares are compared by
counts and bases: `difference_limits`, `conditional_odds_ratio`, `group_test`. Nothing here knows SQL, files
or screens.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harken.stats.agreement import VariableAgreement, measure_code_agreement, measure_variable_agreement
    from harken.stats.association import bias_corrected_v, cramers_v, group_test, table_cramers_v, table_test
    from harken.stats.cooccurrence import Overlap, jaccard, lift, overlap_test, phi
    from harken.stats.differences import DifferenceMethod, difference_limits
    from harken.stats.estimate import Estimate, Undefined
    from harken.stats.fisher import fisher_exact, fisher_midp
    from harken.stats.incidence import RarefactionPoint, Richness, rarefaction, richness, sample_coverage
    from harken.stats.labels import collect_ratings
    from harken.stats.multiplicity import benjamini_hochberg, holm
    from harken.stats.odds_ratios import OddsRatioMethod, conditional_odds_ratio
    from harken.stats.pair_agreement import PairAgreement, measure_all_pairs
    from harken.stats.proportions import IntervalMethod, clopper_pearson, wilson
    from harken.stats.ratings import (
        RatingMatrix,
        SetRatings,
        code_ratings,
        collect_set_ratings,
        family_ratings,
        select_coders,
        select_units,
        units_in_disagreement,
    )
    from harken.stats.saturation import BaseRunThreshold, base_run_threshold, new_codes
    from harken.stats.scaled_alpha import Scale
    from harken.stats.sets.agreement import SetAgreement, measure_set_agreement
    from harken.stats.stratified import mantel_haenszel_difference
    from harken.stats.two_groups import TestResult, two_group_test
    from harken.stats.uncertainty import Uncertainty, UncertaintyMethod
    from harken.stats.verdicts import Bands, Verdict, count_units_needed
    from harken.stats.weighted import weighted_difference, weighted_proportion

__all__ = [
    "Bands",
    "BaseRunThreshold",
    "DifferenceMethod",
    "Estimate",
    "IntervalMethod",
    "OddsRatioMethod",
    "Overlap",
    "PairAgreement",
    "RarefactionPoint",
    "RatingMatrix",
    "Richness",
    "Scale",
    "SetAgreement",
    "SetRatings",
    "TestResult",
    "Uncertainty",
    "UncertaintyMethod",
    "Undefined",
    "VariableAgreement",
    "Verdict",
    "base_run_threshold",
    "benjamini_hochberg",
    "bias_corrected_v",
    "clopper_pearson",
    "code_ratings",
    "collect_ratings",
    "collect_set_ratings",
    "conditional_odds_ratio",
    "count_units_needed",
    "cramers_v",
    "difference_limits",
    "family_ratings",
    "fisher_exact",
    "fisher_midp",
    "group_test",
    "holm",
    "jaccard",
    "lift",
    "mantel_haenszel_difference",
    "measure_all_pairs",
    "measure_code_agreement",
    "measure_set_agreement",
    "measure_variable_agreement",
    "new_codes",
    "overlap_test",
    "phi",
    "rarefaction",
    "richness",
    "sample_coverage",
    "select_coders",
    "select_units",
    "table_cramers_v",
    "table_test",
    "two_group_test",
    "units_in_disagreement",
    "weighted_difference",
    "weighted_proportion",
    "wilson",
]

_MODULES = {
    "agreement": ("VariableAgreement", "measure_code_agreement", "measure_variable_agreement"),
    "estimate": ("Estimate", "Undefined"),
    "labels": ("collect_ratings",),
    "pair_agreement": ("PairAgreement", "measure_all_pairs"),
    "ratings": (
        *("RatingMatrix", "SetRatings", "code_ratings", "collect_set_ratings", "family_ratings"),
        *("select_coders", "select_units", "units_in_disagreement"),
    ),
    "scaled_alpha": ("Scale",),
    "sets.agreement": ("SetAgreement", "measure_set_agreement"),
    "uncertainty": ("Uncertainty", "UncertaintyMethod"),
    "verdicts": ("Bands", "Verdict", "count_units_needed"),
    "association": ("bias_corrected_v", "cramers_v", "group_test", "table_cramers_v", "table_test"),
    "differences": ("DifferenceMethod", "difference_limits"),
    "fisher": ("fisher_exact", "fisher_midp"),
    "multiplicity": ("benjamini_hochberg", "holm"),
    "odds_ratios": ("OddsRatioMethod", "conditional_odds_ratio"),
    "proportions": ("IntervalMethod", "clopper_pearson", "wilson"),
    "cooccurrence": ("Overlap", "jaccard", "lift", "overlap_test", "phi"),
    "incidence": ("RarefactionPoint", "Richness", "rarefaction", "richness", "sample_coverage"),
    "saturation": ("BaseRunThreshold", "base_run_threshold", "new_codes"),
    "stratified": ("mantel_haenszel_difference",),
    "weighted": ("weighted_difference", "weighted_proportion"),
    "two_groups": ("TestResult", "two_group_test"),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    # Loaded when asked for: every import of one statistic passes through this package.
    if name in _MODULE_OF:
        return getattr(import_module(f"harken.stats.{_MODULE_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

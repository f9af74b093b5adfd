"""Every shared textbook case of agreement, through the Python functions, held against its expected values."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from harken.stats.agreement import measure_all_pairs, measure_code_agreement, measure_variable_agreement
from harken.stats.coefficients import krippendorff_alpha, total_categories
from harken.stats.linearised import (
    brennan_prediger_se,
    fleiss_kappa_se,
    gwet_ac1_se,
    krippendorff_alpha_se,
    percent_agreement_se,
    with_linearised_interval,
)
from harken.stats.pairwise import estimate_cohen_kappa, pair_table
from harken.stats.patterns import category_classes, classify_units, find_patterns, pair_classes
from harken.stats.ratings import (
    RatingMatrix,
    SetRatings,
    code_ratings,
    collect_set_ratings,
    family_ratings,
)
from harken.stats.resampling import find_profiles, leave_out_weights, with_jackknife_interval
from harken.stats.scaled_alpha import Scale, count_coincidences, scaled_alpha
from harken.stats.set_agreement import make_set_alpha, measure_set_agreement
from harken.stats.set_distances import SetMetric
from harken.stats.set_units import fold_units
from harken.stats.uncertainty import Uncertainty

SHARED = os.environ.get("HARKEN_SHARED")
CASES = sorted(Path(SHARED, "oracles", "agreement").glob("*.json")) if SHARED else []
NOT_REPORTED = {"fleiss_kappa_z_h0", "mvalpha_nominal_kc2016", "pair_distances"}
QUICK = Uncertainty(replicates=200)

pytestmark = pytest.mark.skipif(not CASES, reason="HARKEN_SHARED names no folder with cases")

Tree = dict[str, Any]


def _read(case: Tree) -> SetRatings:
    def as_codes(rating: Any) -> list[str]:
        return [str(code) for code in rating] if case["kind"] == "set" else [str(rating)]

    decisions = [
        (unit, coder, as_codes(rating))
        for coder, by_unit in case["ratings"].items()
        for unit, rating in by_unit.items()
        if rating is not None
    ]
    declared = case.get("codes") if case["kind"] == "set" else case.get("categories")
    return collect_set_ratings(
        decisions, coders=list(case["ratings"]), codes=[str(code) for code in declared or []]
    )


def _measure_variable(ratings: RatingMatrix, *, is_code: bool, scale: str = "nominal") -> Tree:
    agreement = (measure_code_agreement if is_code else measure_variable_agreement)(
        ratings, uncertainty=QUICK
    )
    patterns = find_patterns(ratings)
    counts, weights = patterns.category_counts, patterns.counts
    found: Tree = {
        "n_units_rated": agreement.n_units_rated,
        "n_units_pairable": agreement.n_units_pairable,
        "krippendorff_alpha_nominal": agreement.krippendorff_alpha.value,
        "light_kappa": agreement.light_kappa.value,
        "fleiss_kappa_listwise": agreement.fleiss_kappa_listwise.value,
        "conger_kappa": agreement.conger_kappa.value,
        "percent_agreement_pair_pooled": agreement.percent_agreement_pair_pooled.value,
    }
    if is_code:
        assert agreement.positive_agreement is not None
        assert agreement.negative_agreement is not None
        found["n_positive"] = agreement.n_positive
        found["positive_agreement"] = agreement.positive_agreement.value
        found["negative_agreement"] = agreement.negative_agreement.value
    for name, se in (
        ("percent_agreement", percent_agreement_se),
        ("fleiss_kappa", fleiss_kappa_se),
        ("gwet_ac1", gwet_ac1_se),
        ("brennan_prediger", brennan_prediger_se),
    ):
        estimate = with_linearised_interval(
            getattr(agreement, name), se(counts, weights), agreement.n_units_rated
        )
        found |= {name: estimate.value, f"{name}_se": se(counts, weights)}
        found[f"{name}_ci95"] = [estimate.low, estimate.high]
    se_alpha = krippendorff_alpha_se(counts, weights)
    alpha = with_linearised_interval(agreement.krippendorff_alpha, se_alpha, agreement.n_units_pairable)
    found |= {"krippendorff_alpha_se_gwet": se_alpha, "krippendorff_alpha_ci95_gwet": [alpha.low, alpha.high]}
    found["krippendorff_alpha_jackknife_se"] = _jackknife_se(ratings)
    if scale == "interval":
        found |= _measure_scaled(ratings)
    return found


def _jackknife_se(ratings: RatingMatrix) -> float | None:
    patterns = find_patterns(ratings)
    classes = category_classes(patterns)
    units = classify_units(patterns, classes)
    profiles = find_profiles(patterns.participants, units, classes.is_pairable)
    left_out = krippendorff_alpha(total_categories(classes.rows, leave_out_weights(profiles)))
    point = measure_variable_agreement(ratings, uncertainty=QUICK).krippendorff_alpha
    return with_jackknife_interval(point, left_out, profiles.sizes, level=0.95).se


def _measure_scaled(ratings: RatingMatrix) -> Tree:
    order = np.argsort([float(category) for category in ratings.categories])
    patterns = find_patterns(ratings)
    coincidences = count_coincidences(patterns.category_counts[:, order], patterns.counts)
    values = np.sort([float(category) for category in ratings.categories])
    return {
        f"krippendorff_alpha_{scale}": float(scaled_alpha(coincidences, scale, values=values))
        for scale in Scale
    }


def _measure_pairs(ratings: RatingMatrix) -> Tree:
    patterns = find_patterns(ratings)
    found = {}
    columns = combinations(range(len(ratings.coders)), 2)
    for (first, second), pair in zip(columns, measure_all_pairs(ratings, uncertainty=QUICK), strict=True):
        classes = pair_classes(patterns, first, second)
        table = pair_table(classes, classes.counts, n_categories=patterns.n_categories)
        kappa = estimate_cohen_kappa(table)
        found["|".join(pair.coders)] = {
            "n_units": pair.n_units,
            "percent_agreement": pair.percent_agreement.value,
            "cohen_kappa": pair.cohen_kappa.value,
            "scott_pi": pair.scott_pi.value,
            "cohen_kappa_ase": kappa.se,
            "cohen_kappa_ci95": [kappa.low, kappa.high],
        }
    return found


def _measure_sets(sets: SetRatings) -> Tree:
    agreement = measure_set_agreement(sets, uncertainty=QUICK)
    folded = fold_units(sets)
    found: Tree = {
        "n_units_rated": agreement.n_units_rated,
        "n_units_pairable": agreement.n_units_pairable,
        "percent_agreement_exact_set": agreement.percent_exact.value,
    }
    for metric in SetMetric:
        disagreement = make_set_alpha(folded, metric).disagreement()
        found[f"alpha_{metric}"] = getattr(agreement, f"alpha_{metric}").value
        found[f"observed_disagreement_{metric}"] = disagreement.observed
        found[f"expected_disagreement_{metric}"] = disagreement.expected
    return found


def _measure_case(case: Tree) -> Tree:
    sets = _read(case)
    if case["kind"] == "set":
        tables = {code: code_ratings(sets, [code]) for code in case["codes"]}
        return {
            "overall": _measure_sets(sets),
            "per_code": {code: _measure_variable(table, is_code=True) for code, table in tables.items()},
            "per_code_pairs": {code: _measure_pairs(table) for code, table in tables.items()},
        }
    ratings = family_ratings(sets, sets.codes)
    overall = _measure_variable(ratings, is_code=False, scale=case["scale"])
    return {"overall": overall, "pairs": _measure_pairs(ratings)}


def _leaves(expected: Tree, found: Tree, path: str = "") -> Iterator[tuple[str, Tree, Any]]:
    for key, leaf in expected.items():
        if key in NOT_REPORTED:
            continue
        if "by" in leaf:
            yield f"{path}/{key}", leaf, found[key]
        else:
            yield from _leaves(leaf, found[key], f"{path}/{key}")


def _as_limits(value: Any) -> list[float] | None:
    values = value if isinstance(value, list) else [value]
    if any(one is None for one in values):
        return None
    return [min(1.0, max(-1.0, one)) for one in values] if len(values) == 2 else values


def _is_met(leaf: Tree, value: Any) -> bool:
    expected, found = _as_limits(leaf["value"]), _as_limits(value)
    if expected is None or found is None:
        return found is None and (expected is None or bool(leaf.get("null_ok")))
    tolerance = leaf.get("tol", 1e-6)
    return all(
        math.isclose(one, other, rel_tol=0, abs_tol=tolerance)
        for one, other in zip(expected, found, strict=True)
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_expected_value_of_the_case_is_met(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    leaves = list(_leaves(case["expected"], _measure_case(case)))
    failed = {name: (leaf["value"], value) for name, leaf, value in leaves if not _is_met(leaf, value)}
    assert leaves
    assert failed == {}

"""Every shared textbook case of agreement, through the Python functions, held against its expected values."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from harken.stats.agreement import measure_code_agreement, measure_variable_agreement
from harken.stats.estimate import Estimate
from harken.stats.pair_agreement import measure_all_pairs
from harken.stats.ratings import (
    RatingMatrix,
    SetRatings,
    code_ratings,
    collect_set_ratings,
    family_ratings,
)
from harken.stats.scaled_alpha import Scale
from harken.stats.sets.agreement import measure_set_agreement
from harken.stats.sets.distances import SetMetric
from harken.stats.sets.figures import read_figures
from harken.stats.sets.units import fold_units
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod

SHARED = os.environ.get("HARKEN_SHARED")
CASES = sorted(Path(SHARED, "oracles", "agreement").glob("*.json")) if SHARED else []
NOT_REPORTED = {"fleiss_kappa_z_h0", "mvalpha_nominal_kc2016", "pair_distances"}
ANALYTIC = Uncertainty(method=UncertaintyMethod.ANALYTIC)
LEFT_OUT = Uncertainty(method=UncertaintyMethod.JACKKNIFE)

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
    if is_code:
        agreement, jackknife = (
            measure_code_agreement(ratings, uncertainty=how) for how in (ANALYTIC, LEFT_OUT)
        )
    else:
        ordered: Tree = {}
        if scale == "interval":
            ordered = {"scale": Scale.INTERVAL, "values": [float(name) for name in ratings.categories]}
        agreement, jackknife = (
            measure_variable_agreement(ratings, uncertainty=how, **ordered) for how in (ANALYTIC, LEFT_OUT)
        )
    alpha = agreement.krippendorff_alpha
    found: Tree = {
        "n_units_rated": agreement.n_units_rated,
        "n_units_pairable": agreement.n_units_pairable,
        "n_positive": agreement.n_positive,
        "krippendorff_alpha_nominal": alpha.value,
        "krippendorff_alpha_se_gwet": alpha.se,
        "krippendorff_alpha_ci95_gwet": [alpha.low, alpha.high],
        "krippendorff_alpha_jackknife_se": jackknife.krippendorff_alpha.se,
    }
    for field in fields(agreement):
        estimate = getattr(agreement, field.name)
        if isinstance(estimate, Estimate):
            found |= {field.name: estimate.value, f"{field.name}_se": estimate.se}
            found[f"{field.name}_ci95"] = [estimate.low, estimate.high]
    return found


def _measure_pairs(ratings: RatingMatrix) -> Tree:
    return {
        "|".join(pair.coders): {
            "n_units": pair.n_units,
            "percent_agreement": pair.percent_agreement.value,
            "cohen_kappa": pair.cohen_kappa.value,
            "scott_pi": pair.scott_pi.value,
            "cohen_kappa_ase": pair.cohen_kappa.se,
            "cohen_kappa_ci95": [pair.cohen_kappa.low, pair.cohen_kappa.high],
        }
        for pair in measure_all_pairs(ratings, uncertainty=ANALYTIC)
    }


def _measure_sets(sets: SetRatings) -> Tree:
    agreement = measure_set_agreement(sets, uncertainty=LEFT_OUT)
    figures = read_figures(fold_units(sets))
    found: Tree = {
        "n_units_rated": agreement.n_units_rated,
        "n_units_pairable": agreement.n_units_pairable,
        "percent_agreement_exact_set": agreement.percent_exact.value,
    }
    for metric in SetMetric:
        disagreement = figures.disagreement(metric)
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

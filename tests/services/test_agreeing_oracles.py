"""The shared textbook cases of agreement, each made into a project and measured from its decisions."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from study_builder import decision

from harken.model import Code, Codebook, Family
from harken.services.agreeing import measure_agreement
from harken.services.agreeing.yardstick import Yardstick
from harken.services.studies import add_coders
from harken.stats.uncertainty import Uncertainty
from harken.storage.store import Store

SHARED = os.environ.get("HARKEN_SHARED")
CASES = sorted(Path(SHARED, "oracles", "agreement").glob("*.json")) if SHARED else []
ALIASES = {
    "krippendorff_alpha_nominal": "krippendorff_alpha",
    "percent_agreement_exact_set": "percent_exact",
}
OF_THE_SERVICE = {
    *("n_units_rated", "n_units_pairable", "n_positive", "percent_agreement", "cohen_kappa", "scott_pi"),
    *("percent_agreement_pair_pooled", "light_kappa", "fleiss_kappa", "fleiss_kappa_listwise"),
    *("conger_kappa", "krippendorff_alpha", "gwet_ac1", "brennan_prediger", "positive_agreement"),
    *("negative_agreement", "alpha_masi", "alpha_jaccard", "alpha_dice", "alpha_exact", "percent_exact"),
    "n_units",
}
"""Keys of the JSON; standard errors and intervals by other methods are held in the tests of the functions."""
FAMILY = "codings"

pytestmark = pytest.mark.skipif(not CASES, reason="HARKEN_SHARED names no folder with cases")

Tree = dict[str, Any]


def _labels(case: Tree) -> dict[str, str]:
    """A code's key for each label of the case, in the order in which labels were declared or occur."""
    declared = case.get("codes") if case["kind"] == "set" else case.get("categories")
    ratings = [rating for of_coder in case["ratings"].values() for rating in of_coder.values()]
    held = [
        label
        for rating in ratings
        if rating is not None
        for label in (rating if case["kind"] == "set" else [rating])
    ]
    labels = dict.fromkeys(str(label) for label in [*(declared or []), *sorted(map(str, held))])
    return {label: f"c{number}" for number, label in enumerate(labels)}


def _project(study: Callable[..., Store], case: Tree) -> Store:
    labels = _labels(case)
    codes = tuple(Code(key=key, label=label) for label, key in labels.items())
    family = Family(key=FAMILY, label="Codings", codes=codes)
    units = dict.fromkeys(unit for of_coder in case["ratings"].values() for unit in of_coder)
    store = study(
        people=list(units),
        answers=[(unit, "q", "text") for unit in units],
        codebook=Codebook(families=(replace(family, exclusive=case["kind"] == "single"),)),
        decisions=[
            decision(
                coder,
                unit,
                "q",
                *(
                    f"{FAMILY}.{labels[str(label)]}"
                    for label in dict.fromkeys(rating if case["kind"] == "set" else [rating])
                ),
            )
            for coder, of_coder in case["ratings"].items()
            for unit, rating in of_coder.items()
            if rating is not None
        ],
    )
    add_coders(store, case["ratings"], actor="lead")  # those who decided nothing
    return store


def _found(study: Callable[..., Store], case: Tree) -> Tree:
    agreement = measure_agreement(
        _project(study, case),
        coders=list(case["ratings"]),
        yardstick=Yardstick(uncertainty=Uncertainty(replicates=2)),
    )
    data = agreement.as_json()
    label_of = {f"{FAMILY}.{key}": label for label, key in _labels(case).items()}
    pairs = {"|".join(pair["coders"]): pair for pair in data["pairs"]}
    if case["kind"] == "single":
        (family,) = data["families"]
        return {
            "overall": family,
            "pairs": {name: pair["families"][0] for name, pair in pairs.items()},
        }
    return {
        "overall": data["sets"],
        "per_code": {label_of[code["code"]]: code for code in data["codes"]},
        "per_code_pairs": {
            label: {
                name: next(code for code in pair["codes"] if label_of[code["code"]] == label)
                for name, pair in pairs.items()
            }
            for label in label_of.values()
        },
    }


def _leaves(expected: Tree, found: Tree, place: str = "") -> Iterator[tuple[str, Tree, Any]]:
    for key, leaf in expected.items():
        name = ALIASES.get(key, key)
        if not isinstance(leaf, Mapping):
            continue  # a list of single distances, which no project shows
        if "by" not in leaf:
            yield from _leaves(leaf, found[name], f"{place}/{key}")
        elif name in OF_THE_SERVICE:
            value = found[name]
            yield f"{place}/{key}", leaf, value["value"] if isinstance(value, Mapping) else value


def _is_met(leaf: Tree, value: float | None) -> bool:
    if leaf["value"] is None or value is None:
        return value is None and (leaf["value"] is None or bool(leaf.get("null_ok")))
    return math.isclose(leaf["value"], value, rel_tol=0, abs_tol=leaf.get("tol", 1e-6))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_value_of_the_case_comes_out_of_a_project(study, path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    leaves = list(_leaves(case["expected"], _found(study, case)))
    assert leaves
    failed = {name: (leaf["value"], value) for name, leaf, value in leaves if not _is_met(leaf, value)}
    assert failed == {}

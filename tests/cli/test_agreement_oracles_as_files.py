"""The shared textbook cases of agreement, each written into a file and measured without a project."""

from __future__ import annotations

import csv
import json
import math
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from command_line import Harken

SHARED = os.environ.get("HARKEN_SHARED")
CASES = sorted(Path(SHARED, "oracles", "agreement").glob("*.json")) if SHARED else []
ALIASES = {
    "krippendorff_alpha_nominal": ("analytic", "krippendorff_alpha", "value"),
    "krippendorff_alpha_se_gwet": ("analytic", "krippendorff_alpha", "se"),
    "krippendorff_alpha_ci95_gwet": ("analytic", "krippendorff_alpha", "limits"),
    "krippendorff_alpha_jackknife_se": ("jackknife", "krippendorff_alpha", "se"),
    "percent_agreement_exact_set": ("analytic", "percent_exact", "value"),
}
PARTS = {"se": "se", "ase": "se", "ci95": "limits"}
NOT_REPORTED = ("observed_disagreement_", "expected_disagreement_", "fleiss_kappa_z_h0")

pytestmark = pytest.mark.skipif(not CASES, reason="HARKEN_SHARED names no folder with cases")

Tree = dict[str, Any]


def _write(case: Tree, path: Path, layout: str) -> None:
    is_set = case["kind"] == "set"
    with path.open("w", encoding="utf-8", newline="") as stream:
        write = csv.writer(stream).writerow
        if layout == "wide":
            write(["unit", *case["coders"]])
            for unit in case["units"]:
                ratings = [case["ratings"][coder].get(unit) for coder in case["coders"]]
                write([unit, *(_cell(rating, is_set=is_set) for rating in ratings)])
            return
        write(["unit", "coder", "code"])
        for coder, of_coder in case["ratings"].items():
            for unit, rating in of_coder.items():
                if rating is not None:
                    for code in (rating or [""]) if is_set else [rating]:
                        write([unit, coder, code])


def _cell(rating: Any, *, is_set: bool) -> str:
    if rating is None:
        return ""
    return (";".join(rating) or "(none)") if is_set else str(rating)


def _measured(harken: Harken, case: Tree, layout: str, method: str) -> Tree:
    path = Path(f"{layout}.csv")
    _write(case, path, layout)
    declared = case.get("codes") if case["kind"] == "set" else case.get("categories")
    options = [word for coder in case["coders"] for word in ("--coder", coder)]
    options += [word for code in declared or () for word in ("--code", str(code))]
    if case["kind"] == "single":
        options += ["--scale", "interval"] if case["scale"] == "interval" else ["--exclusive"]
    made = harken(
        *("agreement", "--codings", path, "--format", "json", "--method", method, "--replicates", "2"),
        *options,
    )
    assert (made.code, made.err) == (0, "")
    document: Tree = json.loads(made.out)
    document["disagreements"].sort(key=lambda item: item["participant"])
    return document


def _tree(document: Tree, kind: str) -> Tree:
    """The document as the cases are laid out."""
    pairs = {"|".join(pair["coders"]): pair for pair in document["pairs"]}
    if kind == "single":
        (family,) = document["families"]
        return {"overall": family, "pairs": {name: pair["families"][0] for name, pair in pairs.items()}}
    return {
        "overall": document["sets"],
        "pairs": {name: pair["sets"] for name, pair in pairs.items()},
        "per_code": {code["code"]: code for code in document["codes"]},
        "per_code_pairs": {
            code["code"]: {name: pair["codes"][at] for name, pair in pairs.items()}
            for at, code in enumerate(document["codes"])
        },
    }


def _leaves(expected: Tree, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Tree]]:
    for key, leaf in expected.items():
        if isinstance(leaf, Mapping):
            if "by" in leaf:
                yield (*place, key), leaf
            else:
                yield from _leaves(leaf, (*place, key))


def _value(trees: Mapping[str, Tree], place: tuple[str, ...]) -> Any:
    *groups, key = place
    stem, _, part = key.rpartition("_")
    method, name, part = ALIASES.get(
        key, ("analytic", stem, PARTS[part]) if part in PARTS else ("analytic", key, "value")
    )
    found = trees[method]
    for group in (*groups, name):
        found = found[group]
    if not isinstance(found, Mapping):
        return found
    return [found["low"], found["high"]] if part == "limits" else found[part]


def _is_met(leaf: Tree, value: Any) -> bool:
    wanted = leaf["value"]
    if wanted is None or value in (None, [None, None]):
        return value in (None, [None, None]) and (wanted is None or bool(leaf.get("null_ok")))
    tolerance = leaf.get("tol", 1e-6)
    if isinstance(wanted, list):
        # The cases clip intervals to what a coefficient can be.
        clipped = [[max(-1.0, min(1.0, limit)) for limit in limits] for limits in (wanted, value)]
        return all(math.isclose(*ends, rel_tol=0, abs_tol=tolerance) for ends in zip(*clipped, strict=True))
    return math.isclose(wanted, value, rel_tol=0, abs_tol=tolerance)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_value_of_the_case_comes_out_of_a_file(harken: Harken, path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    trees = {
        method: _tree(_measured(harken, case, "long", method), case["kind"])
        for method in ("analytic", "jackknife")
    }
    leaves = {
        place: leaf for place, leaf in _leaves(case["expected"]) if not place[-1].startswith(NOT_REPORTED)
    }
    assert leaves
    found = {place: _value(trees, place) for place in leaves}
    failed = {
        place: (leaves[place], found[place]) for place in leaves if not _is_met(leaves[place], found[place])
    }
    assert failed == {}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_column_a_coder_says_the_same_as_a_row_a_code(harken: Harken, path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    wide, long = (_measured(harken, case, layout, "analytic") for layout in ("wide", "long"))
    # A blank cell of a wide file is remarked on; a long file has no row there.
    del wide["remarks"], long["remarks"]
    assert wide == long

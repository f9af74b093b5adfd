"""Every figure over ratings that are ready to be compared, wherever they came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from harken.services.agreeing.result import AgainstRest, CodableFigures, Figures, PairFigures, Scope
from harken.services.agreeing.yardstick import Yardstick
from harken.stats.against_rest import measure_against_rest
from harken.stats.agreement import (
    PairAgreement,
    VariableAgreement,
    measure_all_pairs,
    measure_code_agreement,
    measure_variable_agreement,
)
from harken.stats.ratings import RatingMatrix, SetRatings, select_coders
from harken.stats.scaled_alpha import Scale
from harken.stats.segments import SegmentAgreement
from harken.stats.set_agreement import measure_set_agreement
from harken.stats.uncertainty import Uncertainty


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyScale:
    """That the categories of a family have an order, and what numbers they stand for (None: 1, 2, 3, …)."""

    scale: Scale
    values: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compared:
    """Ratings by coders on each code, exclusive family and whole set; None where there is no such view."""

    coders: tuple[str, ...]
    codes: Mapping[str, RatingMatrix]
    families: Mapping[str, RatingMatrix]
    sets: SetRatings | None
    codability: RatingMatrix | None
    scales: Mapping[str, FamilyScale] = field(default_factory=dict)
    """Of the families that are not nominal."""


def measure_figures(
    compared: Compared,
    *,
    scope: Scope,
    by: Yardstick,
    codable_only: Compared | None = None,
    segments: tuple[SegmentAgreement, ...] = (),
) -> Figures:
    """Agreement on everything that was compared, over all coders and for each pair of them.

    `codable_only` is the same without units that anybody called uncodable, where there are such units.
    """
    how, bands = by.uncertainty, by.bands
    codability = compared.codability
    pairs = tuple(_pairs(compared, how))
    return Figures(
        scope=scope,
        codes={
            path: measure_code_agreement(matrix, uncertainty=how, bands=bands)
            for path, matrix in compared.codes.items()
        },
        families={
            key: _measure_family(matrix, compared.scales.get(key), by)
            for key, matrix in compared.families.items()
        },
        sets=None if compared.sets is None else measure_set_agreement(compared.sets, uncertainty=how),
        codability=(
            None if codability is None else measure_code_agreement(codability, uncertainty=how, bands=bands)
        ),
        pairs=pairs,
        against_rest=tuple(_against_rest(compared, pairs, how)),
        without_uncodable=None if codable_only is None else _measure_codable(codable_only, by),
        segments=segments,
    )


def _measure_codable(compared: Compared, by: Yardstick) -> CodableFigures:
    sets = None if compared.sets is None else measure_set_agreement(compared.sets, uncertainty=by.uncertainty)
    return CodableFigures(
        n_units_rated=sets.n_units_rated if sets else 0,
        n_units_pairable=sets.n_units_pairable if sets else 0,
        codes={
            path: measure_code_agreement(matrix, uncertainty=by.uncertainty, bands=by.bands)
            for path, matrix in compared.codes.items()
        },
        sets=sets,
    )


def _against_rest(
    compared: Compared, pairs: Sequence[PairFigures], how: Uncertainty
) -> Iterable[AgainstRest]:
    """Each coder of three or more against the others."""
    if len(compared.coders) < 3:
        return
    of_code = {path: measure_against_rest(matrix, uncertainty=how) for path, matrix in compared.codes.items()}
    for place, coder in enumerate(compared.coders):
        others = tuple(one for one in compared.coders if one != coder)
        alpha = None
        if compared.sets is not None:
            # What is left of three is a pair, which is measured already.
            both = next((pair.sets for pair in pairs if pair.coders == others), None)
            sets = both or measure_set_agreement(select_coders(compared.sets, others), uncertainty=how)
            alpha = sets.alpha_masi
        yield AgainstRest(
            coder=coder,
            codes={path: found[place] for path, found in of_code.items()},
            alpha_masi_without=alpha,
        )


def _measure_family(matrix: RatingMatrix, scale: FamilyScale | None, by: Yardstick) -> VariableAgreement:
    return measure_variable_agreement(
        matrix,
        uncertainty=by.uncertainty,
        bands=by.bands,
        scale=None if scale is None else scale.scale,
        values=None if scale is None else scale.values,
    )


def _pairs(compared: Compared, how: Uncertainty) -> Iterable[PairFigures]:
    of_code = _by_pair(compared.codes, how)
    of_family = _by_pair(compared.families, how)
    for pair in combinations(compared.coders, 2):
        sets = compared.sets
        both = None if sets is None else measure_set_agreement(select_coders(sets, pair), uncertainty=how)
        codes = {path: found[pair] for path, found in of_code.items()}
        families = {key: found[pair] for key, found in of_family.items()}
        shared = [one.n_units for one in (*families.values(), *codes.values())]
        yield PairFigures(
            coders=pair,
            n_units=max(shared, default=0) if both is None else both.n_units_pairable,
            codes=codes,
            families=families,
            sets=both,
        )


def _by_pair(
    variables: Mapping[str, RatingMatrix], how: Uncertainty
) -> dict[str, dict[tuple[str, str], PairAgreement]]:
    return {
        key: {pair.coders: pair for pair in measure_all_pairs(matrix, uncertainty=how)}
        for key, matrix in variables.items()
    }

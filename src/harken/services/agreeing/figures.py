"""Every figure over ratings that are ready to be compared, wherever they came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from harken.services.agreeing.measures import Measures
from harken.services.agreeing.result import AgainstRest, CodableFigures, Figures, PairFigures, Scope
from harken.services.agreeing.yardstick import Yardstick
from harken.stats.agreement import VariableAgreement
from harken.stats.ratings import RatingMatrix, SetRatings, select_coders
from harken.stats.scaled_alpha import Scale
from harken.stats.segments.agreement import SegmentAgreement


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
    measures: Measures | None = None,
) -> Figures:
    """Agreement on everything that was compared, over all coders and for each pair of them.

    `codable_only` is the same without units that anybody called uncodable, where there are such units.
    `measures` are those of other parts of the same study, so that nothing is measured twice.
    """
    measures = measures or Measures(by)
    pairs = tuple(_pairs(compared, measures))
    return Figures(
        scope=scope,
        codes={path: measures.code(matrix) for path, matrix in compared.codes.items()},
        families={
            key: _measure_family(matrix, compared.scales.get(key), measures)
            for key, matrix in compared.families.items()
        },
        sets=None if compared.sets is None else measures.sets(compared.sets),
        codability=None if compared.codability is None else measures.code(compared.codability),
        pairs=pairs,
        against_rest=tuple(_against_rest(compared, measures)),
        without_uncodable=None if codable_only is None else _measure_codable(codable_only, measures),
        segments=segments,
    )


def _measure_family(matrix: RatingMatrix, scale: FamilyScale | None, measures: Measures) -> VariableAgreement:
    return measures.family(matrix) if scale is None else measures.family(matrix, scale.scale, scale.values)


def _measure_codable(compared: Compared, measures: Measures) -> CodableFigures:
    sets = None if compared.sets is None else measures.sets(compared.sets)
    return CodableFigures(
        n_units_rated=sets.n_units_rated if sets else 0,
        n_units_pairable=sets.n_units_pairable if sets else 0,
        codes={path: measures.code(matrix) for path, matrix in compared.codes.items()},
        sets=sets,
    )


def _against_rest(compared: Compared, measures: Measures) -> Iterable[AgainstRest]:
    """Each coder of three or more against the others."""
    if len(compared.coders) < 3:
        return
    of_code = {path: measures.against_rest(matrix) for path, matrix in compared.codes.items()}
    for place, coder in enumerate(compared.coders):
        others = [one for one in compared.coders if one != coder]
        sets = compared.sets
        yield AgainstRest(
            coder=coder,
            codes={path: found[place] for path, found in of_code.items()},
            alpha_masi_without=(
                None if sets is None else measures.sets(select_coders(sets, others)).alpha_masi
            ),
        )


def _pairs(compared: Compared, measures: Measures) -> Iterable[PairFigures]:
    of_code = {path: measures.pairs(matrix) for path, matrix in compared.codes.items()}
    of_family = {key: measures.pairs(matrix) for key, matrix in compared.families.items()}
    for pair in combinations(compared.coders, 2):
        sets = compared.sets
        both = None if sets is None else measures.sets(select_coders(sets, pair))
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

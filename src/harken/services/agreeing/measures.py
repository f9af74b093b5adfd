"""The figures of variables and sets; those of ratings that were measured already are given again.

Parts of a study often hold the same ratings: a code that one question alone may have is the same variable in
the whole and in that question's slice, and two coders are their only pair.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np

from harken.services.agreeing.yardstick import Yardstick
from harken.stats.against_rest import CoderAgainstRest, measure_against_rest
from harken.stats.agreement import VariableAgreement, measure_code_agreement, measure_variable_agreement
from harken.stats.pair_agreement import PairAgreement, measure_all_pairs
from harken.stats.ratings import RatingMatrix, SetRatings
from harken.stats.scaled_alpha import Scale
from harken.stats.sets.agreement import SetAgreement, measure_set_agreement

Found = TypeVar("Found")


class Measures:
    """Measures by one yardstick; `progress` hears the share done of as many measures as `expect` says."""

    def __init__(self, by: Yardstick, *, progress: Callable[[float], None] | None = None) -> None:
        self._by = by
        self._known: dict[bytes, object] = {}
        self._progress = progress
        self._n_asked = 0
        self._n_expected = 1

    def expect(self, n: int) -> None:
        """That about so many measures will be asked for."""
        self._n_expected = max(n, 1)

    def code(self, matrix: RatingMatrix) -> VariableAgreement:
        """Agreement on a yes/no variable."""
        how, bands = self._by.uncertainty, self._by.bands
        return self._once(
            ("code", *_parts(matrix)),
            lambda: measure_code_agreement(matrix, uncertainty=how, bands=bands),
        )

    def family(
        self, matrix: RatingMatrix, scale: Scale | None = None, values: tuple[float, ...] | None = None
    ) -> VariableAgreement:
        """Agreement on a variable with several categories."""
        how, bands = self._by.uncertainty, self._by.bands
        return self._once(
            ("family", scale, values, *_parts(matrix)),
            lambda: measure_variable_agreement(
                matrix, uncertainty=how, bands=bands, scale=scale, values=values
            ),
        )

    def pairs(self, matrix: RatingMatrix) -> dict[tuple[str, str], PairAgreement]:
        """Agreement of each pair of coders."""
        how = self._by.uncertainty
        found = self._once(("pairs", *_parts(matrix)), lambda: measure_all_pairs(matrix, uncertainty=how))
        return {pair.coders: pair for pair in found}

    def against_rest(self, matrix: RatingMatrix) -> tuple[CoderAgainstRest, ...]:
        """Each coder of three or more against the others."""
        how = self._by.uncertainty
        return self._once(("rest", *_parts(matrix)), lambda: measure_against_rest(matrix, uncertainty=how))

    def sets(self, sets: SetRatings) -> SetAgreement:
        """Agreement on whole sets."""
        how, bands = self._by.uncertainty, self._by.bands
        # Who the coders are makes no difference here, and sets that nobody has make none.
        parts = ("sets", sets.codes, sets.participants, sets.set_ids, sets.members)
        return self._once(parts, lambda: measure_set_agreement(sets, uncertainty=how, bands=bands))

    def _once(self, parts: tuple[object, ...], measure: Callable[[], Found]) -> Found:
        key = _digest(parts)
        if key not in self._known:
            self._known[key] = measure()
        self._n_asked += 1
        if self._progress is not None:
            self._progress(min(self._n_asked / self._n_expected, 1.0))
        return cast("Found", self._known[key])


def _parts(matrix: RatingMatrix) -> tuple[object, ...]:
    return matrix.coders, matrix.categories, matrix.participants, matrix.ratings


def _digest(parts: tuple[object, ...]) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        if isinstance(part, np.ndarray):
            digest.update(repr((part.dtype.str, part.shape)).encode())
            digest.update(np.ascontiguousarray(part).data)
        else:
            digest.update(repr(part).encode())
    return digest.digest()

"""Agreement on where in a text a code applies: alpha of unitizing, and plain overlap beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from harken.stats.coefficients import ratio
from harken.stats.estimate import Estimate, explain_undefined
from harken.stats.intervals.resampling import as_share
from harken.stats.patterns import FloatArray
from harken.stats.ratings import BoolArray
from harken.stats.segments.intervals import with_interval
from harken.stats.segments.sums import (
    Segment,
    SegmentedResponses,
    Sums,
    place_segments,
    sum_by_participant,
)
from harken.stats.uncertainty import Uncertainty


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentAgreement:
    """How far coders agree on the places of one code, over the responses that two or more decided."""

    code: str
    n_responses_rated: int
    """Responses that at least one coder decided."""
    n_responses: int
    """Those that two or more decided: the ones compared."""
    n_responses_segmented: int
    """Compared responses in which anybody applied the code."""
    n_characters: int
    """Characters of the compared responses, each counted once."""
    n_segments: Mapping[str, int]
    """Segments of each coder in the compared responses, overlapping ones joined."""
    u_alpha: Estimate
    """Krippendorff's alpha of unitizing, segment against gap; a character weighs the same everywhere."""
    u_alpha_equal_responses: Estimate
    """The same where a response weighs the same, however long it is."""
    percent_characters: Estimate
    """Share of characters on which coders agree, segment or gap; not corrected for chance."""
    overlap: Estimate
    """Characters that both coders marked by those that either did (Jaccard), not corrected for chance."""


def measure_segment_agreement(
    code: str,
    responses: SegmentedResponses,
    segments: Mapping[tuple[int, int], Sequence[Segment]],
    *,
    among: BoolArray | None = None,
    uncertainty: Uncertainty | None = None,
) -> SegmentAgreement:
    """How far coders agree on the places of a code.

    Parameters
    ----------
    code
        The code's name, for the result.
    responses
        What was decided by whom.
    segments
        The segments of this code, by (row, column) of `responses.decided`. A coder's segments that overlap
        count once. One over the whole response is a segment like others.
    among
        Which responses count; None for all.
    uncertainty
        How intervals are made. There is no closed form; for `analytic`, and for the bootstrap where there are
        very many participants, the exact jackknife stands in, and the estimates say so.

    Notes
    -----
    Alpha of unitizing for one value against gaps. Observed coincidences are lengths of intersections: with
    m coders of a response, each ordered pair of them adds its intersections by m - 1. Expected ones come from
    all pairs of characters marked by anybody anywhere, save those of a segment with itself and of a gap's
    character with itself: with l1 characters in segments, l0 in gaps, l = l0 + l1, and S the squared lengths
    of the segments, De = l l0 l1 / (l^2 - S - l0), Do = coincidences of segment and gap, alpha = 1 - Do / De.
    Responses are laid end to end; no segment spans two, and coders' segments meet within a response alone.

    Undefined where no two coders decided a response, and where the compared responses hold only gaps or
    only segments. Overlap is the mean over responses in which anybody applied the code, in each the mean over
    the pairs of coders of whom one did.

    References
    ----------
    Krippendorff, Mathet, Bouvry and Widlöcher (2016), Quality & Quantity 50; Krippendorff (2019), Content
    Analysis, 4th ed., section 12.6.

    Examples
    --------
    >>> both = SegmentedResponses(
    ...     coders=("ann", "bob"),
    ...     participants=np.array([0]),
    ...     lengths=np.array([40]),
    ...     decided=np.array([[True, True]]),
    ... )
    >>> marked = {(0, 0): [(0, 10), (20, 30)], (0, 1): [(2, 12), (20, 24)]}
    >>> found = measure_segment_agreement("theme.pain", both, marked)
    >>> round(found.u_alpha.value, 3), found.percent_characters.value
    (0.517, 0.75)
    """
    how = uncertainty or Uncertainty()
    counts = np.ones(len(responses.lengths), dtype=np.bool_) if among is None else among
    n_coders = responses.decided.sum(axis=1)
    counts = counts & (responses.lengths > 0)
    compared = counts & (n_coders >= 2)
    held = place_segments(segments, decided=responses.decided, compared=compared)
    sums = sum_by_participant(responses, held, compared=compared)
    n_rated = int((counts & (n_coders > 0)).sum())
    reason = explain_undefined(
        n_coders=len(responses.coders), n_units_rated=n_rated, n_units_pairable=int(compared.sum())
    )
    points = {
        name: Estimate(value=None, undefined=reason, level=how.level)
        if np.isnan(value)
        else Estimate(value=float(value), level=how.level)
        for name, value in _figures(sums.sum(axis=0)).items()
    }
    return SegmentAgreement(
        code=code,
        n_responses_rated=n_rated,
        n_responses=int(compared.sum()),
        n_responses_segmented=len(held),
        n_characters=int(responses.lengths[compared].sum()),
        n_segments={
            coder: sum(len(given.get(column, ())) for given in held.values())
            for column, coder in enumerate(responses.coders)
        },
        **{
            name: as_share(found) if name in _SHARES else found
            for name, found in with_interval(points, _figures, sums, how).items()
        },
    )


_SHARES = ("percent_characters", "overlap")


def _figures(totals: FloatArray) -> dict[str, FloatArray]:
    """Every figure of totals (..., sums), by the field of the result."""
    sums = Sums(*np.moveaxis(totals, -1, 0))
    return {
        "u_alpha": _u_alpha(sums),
        "u_alpha_equal_responses": _u_alpha_equal_responses(sums),
        "percent_characters": np.asarray(1 - 2 * ratio(sums.apart, sums.gaps + sums.coded)),
        "overlap": ratio(sums.overlap, np.round(sums.segmented)),
    }


def _u_alpha(sums: Sums[FloatArray]) -> FloatArray:
    # A gap's character is a unit of its own, so squares of gaps are their lengths.
    return _alpha(sums.gaps, sums.coded, sums.squares + sums.gaps, sums.apart)


def _u_alpha_equal_responses(sums: Sums[FloatArray]) -> FloatArray:
    squares = sums.weighted_squares + sums.weighted_gap_squares
    return _alpha(sums.weighted_gaps, sums.weighted_coded, squares, sums.weighted_apart)


def _alpha(gaps: FloatArray, coded: FloatArray, squares: FloatArray, apart: FloatArray) -> FloatArray:
    length = gaps + coded
    # What rounding leaves of nothing is nothing.
    nothing = np.minimum(gaps, coded) <= 1e-12 * length
    expected = ratio(length * gaps * coded, length**2 - squares)
    return np.asarray(1 - ratio(apart, np.where(nothing, 0.0, expected)))

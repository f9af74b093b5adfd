"""What an ordered scale adds to a variable: alphas with the distances of the scale, and AC2."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from harken.errors import HarkenError
from harken.stats.estimate import Estimate
from harken.stats.figures import Variable
from harken.stats.intervals.linearised import gwet_ac1_se, krippendorff_alpha_se, with_linearised_interval
from harken.stats.minimum import BelowMinimum
from harken.stats.patterns import FloatArray, category_classes
from harken.stats.scaled_alpha import Scale, count_coincidences, gwet_ac2, scale_likeness, scaled_alpha


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedAgreement:
    """Alphas by the distances of a scale, and AC2; None where the scale does not have that one."""

    krippendorff_alpha_ordinal: Estimate
    krippendorff_alpha_interval: Estimate | None
    krippendorff_alpha_ratio: Estimate | None
    gwet_ac2: Estimate
    below_minimum: BelowMinimum
    """How probable it is that the alpha of the scale itself lies below the least that would do."""


def estimate_ordered(
    variable: Variable, scale: Scale, values: Sequence[float] | None = None, *, minimum: float
) -> OrderedAgreement:
    """The alphas that `scale` allows and AC2 by its weights, categories taking `values` or 1, 2, 3, ...

    The ordinal alpha belongs to every scale, the interval alpha to interval and ratio scales, the ratio alpha
    to both where no value is negative. The ordinal alpha has no closed-form SE, as its distances are made of
    the data.
    """
    patterns = variable.patterns
    numbers: FloatArray = np.array(
        range(1, patterns.n_categories + 1) if values is None else values, dtype=np.float64
    )
    if len(numbers) != patterns.n_categories:
        raise HarkenError(f"{len(numbers)} values for {patterns.n_categories} categories. Give one each.")
    if scale is Scale.RATIO and (numbers < 0).any():
        raise HarkenError(
            f"A ratio scale has no negative value, yet here is {numbers.min():g}. Take an interval scale."
        )
    order = np.argsort(numbers, kind="stable")
    numbers = numbers[order]
    classes = category_classes(patterns)
    rows = classes.rows[:, order]
    likeness = scale_likeness(scale, numbers)
    alphas = _alphas_of(scale, numbers)

    def alpha_figures(weights: FloatArray) -> dict[str, FloatArray]:
        coincidences = count_coincidences(rows, weights)
        return {one.value: scaled_alpha(coincidences, one, values=numbers) for one in alphas}

    def ac2_figure(weights: FloatArray) -> dict[str, FloatArray]:
        return {"ac2": gwet_ac2(rows, weights, likeness)}

    def alpha_form(one: Scale) -> Callable[[Estimate], Estimate]:
        se = krippendorff_alpha_se(rows, classes.counts, scale_likeness(one, numbers))
        return lambda point: with_linearised_interval(point, se, patterns.n_units_pairable)

    of_pairable, of_rated = variable.sample_both(classes, alpha_figures, ac2_figure)
    counts = classes.counts.astype(np.float64)
    points = {
        name: variable.point(value) for name, value in {**alpha_figures(counts), **ac2_figure(counts)}.items()
    }
    found = {
        one: of_pairable.estimate(
            one.value, points[one.value], None if one is Scale.ORDINAL else alpha_form(one)
        )
        for one in alphas
    }
    return OrderedAgreement(
        krippendorff_alpha_ordinal=found[Scale.ORDINAL],
        krippendorff_alpha_interval=found.get(Scale.INTERVAL),
        krippendorff_alpha_ratio=found.get(Scale.RATIO),
        gwet_ac2=of_rated.estimate(
            "ac2",
            points["ac2"],
            lambda point: with_linearised_interval(
                point, gwet_ac1_se(rows, classes.counts, likeness), patterns.n_units_rated
            ),
        ),
        below_minimum=of_pairable.below(
            scale.value, found[scale], minimum, n_units=patterns.n_units_pairable
        ),
    )


def _alphas_of(scale: Scale, values: FloatArray) -> tuple[Scale, ...]:
    if scale is Scale.ORDINAL:
        return (Scale.ORDINAL,)
    if (values < 0).any():
        return (Scale.ORDINAL, Scale.INTERVAL)
    return (Scale.ORDINAL, Scale.INTERVAL, Scale.RATIO)

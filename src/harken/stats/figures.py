"""The figures of one variable, each with its interval: those by categories, by coders, and of one pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from harken.stats.coefficients import OF_ALL_RATED, SHARES, Coefficient, fleiss_kappa, total_categories
from harken.stats.estimate import Estimate, explain_undefined
from harken.stats.intervals.linearised import (
    PAIRABLE_FORMS,
    RATED_FORMS,
    ClosedForm,
    fleiss_kappa_se,
    percent_agreement_se,
    with_linearised_interval,
)
from harken.stats.intervals.linearised_coders import conger_kappa_se, light_kappa_se
from harken.stats.intervals.methods import Figures, Samples, sample_figures
from harken.stats.intervals.resampling import (
    ParticipantProfiles,
    as_share,
    find_profiles,
    merge_profiles,
    profiles_of_counts,
)
from harken.stats.pairwise import (
    cohen_kappa,
    cohen_kappa_se,
    conger_kappa,
    estimate_from_table,
    mean_of_defined,
    pair_kappas,
    pair_table,
    scott_pi,
    table_agreement,
    with_normal_interval,
)
from harken.stats.patterns import (
    FloatArray,
    PatternClasses,
    RatingPatterns,
    category_classes,
    coder_classes,
    complete_classes,
    find_patterns,
    pair_classes,
)
from harken.stats.ratings import MISSING, RatingMatrix
from harken.stats.uncertainty import Uncertainty


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Variable:
    """One variable's distinct patterns, and how the participants hold them (`people`)."""

    patterns: RatingPatterns
    people: ParticipantProfiles
    uncertainty: Uncertainty

    def sample(self, classes: PatternClasses, figures: Figures) -> Samples:
        """The figures of `classes` over samples of the participants who have a pairable unit among them."""
        people = merge_profiles(self.people, classes.class_of, classes.is_pairable)
        return sample_figures(people, figures, self.uncertainty)

    def sample_both(
        self, classes: PatternClasses, of_pairable: Figures, of_rated: Figures
    ) -> tuple[Samples, Samples]:
        """Figures that singly rated units do not move as by `sample`, and those that they do move.

        The latter are had over samples of everyone with a rating, so that a replicate is an estimate of what
        the value itself estimates. Where everyone has a pairable unit, both are had over the same samples.
        """
        people = merge_profiles(self.people, classes.class_of, classes.is_pairable)
        if people.n_participants == self.people.n_participants:
            samples = sample_figures(
                people, lambda weights: {**of_pairable(weights), **of_rated(weights)}, self.uncertainty
            )
            return samples, samples
        everyone = merge_profiles(self.people, classes.class_of, np.ones_like(classes.is_pairable))
        return (
            sample_figures(people, of_pairable, self.uncertainty),
            sample_figures(everyone, of_rated, self.uncertainty),
        )

    def point(self, value: FloatArray, *, is_overlapping: bool = True) -> Estimate:
        """The estimate of `value`, or why there is none: first of all, coders that do not overlap."""
        if not np.isnan(value):
            return Estimate(value=float(value), level=self.uncertainty.level)
        reason = explain_undefined(
            n_coders=len(self.patterns.coders),
            n_units_rated=self.patterns.n_units_rated,
            n_units_pairable=self.patterns.n_units_pairable if is_overlapping else 0,
        )
        return Estimate(value=None, undefined=reason, level=self.uncertainty.level)


def read_variable(ratings: RatingMatrix, uncertainty: Uncertainty | None = None) -> Variable:
    """The variable of `ratings`: the one pass over units; all else follows from their counts."""
    patterns = find_patterns(ratings)
    participants, every = patterns.participants, np.ones(len(patterns.counts), dtype=np.bool_)
    if (participants[1:] > participants[:-1]).all():
        # Nobody has two units, so that the counts say it all.
        people = profiles_of_counts(patterns.counts, every)
    else:
        people = find_profiles(participants, patterns.unit_patterns, every)
    return Variable(patterns=patterns, people=people, uncertainty=uncertainty or Uncertainty())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CategoryEstimates:
    """Coefficients that do not ask who gave a rating, by name, and the samples behind alpha."""

    estimates: Mapping[str, Estimate]
    samples: Samples


def estimate_by_category(variable: Variable, coefficients: Mapping[str, Coefficient]) -> CategoryEstimates:
    """The `coefficients` of the counts of ratings in each category."""
    classes = category_classes(variable.patterns)

    def figures_of(named: Mapping[str, Coefficient]) -> Figures:
        def figures(weights: FloatArray) -> dict[str, FloatArray]:
            totals = total_categories(classes.rows, weights)
            return {name: coefficient(totals) for name, coefficient in named.items()}

        return figures

    of_pairable, of_rated = variable.sample_both(
        classes,
        figures_of({name: one for name, one in coefficients.items() if name not in OF_ALL_RATED}),
        figures_of({name: one for name, one in coefficients.items() if name in OF_ALL_RATED}),
    )
    estimates = {}
    for name, value in figures_of(coefficients)(classes.counts.astype(np.float64)).items():
        samples = of_rated if name in OF_ALL_RATED else of_pairable
        found = samples.estimate(name, variable.point(value), _closed_form(name, variable, classes))
        estimates[name] = as_share(found) if name in SHARES else found
    return CategoryEstimates(estimates=estimates, samples=of_pairable)


def _closed_form(
    name: str, variable: Variable, classes: PatternClasses
) -> Callable[[Estimate], Estimate] | None:
    if name in RATED_FORMS:
        form, n_units = RATED_FORMS[name], variable.patterns.n_units_rated
    elif name in PAIRABLE_FORMS:
        form, n_units = PAIRABLE_FORMS[name], variable.patterns.n_units_pairable
    else:
        return None
    return lambda point: with_linearised_interval(point, form(classes.rows, classes.counts), n_units)


def estimate_fleiss_listwise(variable: Variable, fleiss: Estimate) -> Estimate:
    """Fleiss' kappa over the units that every coder rated: that of all units, `fleiss`, if none lacks one."""
    classes = complete_classes(variable.patterns)
    n_complete = int(classes.counts.sum())
    if n_complete == variable.patterns.n_units_rated > 0:
        return fleiss

    def figures(weights: FloatArray) -> dict[str, FloatArray]:
        return {"fleiss_kappa": fleiss_kappa(total_categories(classes.rows, weights))}

    samples = variable.sample(classes, figures)
    point = variable.point(
        figures(classes.counts.astype(np.float64))["fleiss_kappa"], is_overlapping=n_complete > 0
    )
    return samples.estimate(
        "fleiss_kappa",
        point,
        lambda point: with_linearised_interval(
            point, fleiss_kappa_se(classes.rows, classes.counts), n_complete
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderKappas:
    """Kappas of all coders together that ask who gave a rating."""

    light_kappa: Estimate
    n_undefined_kappas: int
    """Pairs of coders left out of Light's."""
    conger_kappa: Estimate


def estimate_coder_kappas(variable: Variable) -> CoderKappas:
    """Light's and Conger's kappa. Their samples, unlike those of the others, depend on the coders' order."""
    patterns = variable.patterns

    of_pairable, of_rated = variable.sample_both(
        coder_classes(patterns),
        lambda weights: {"light": mean_of_defined(pair_kappas(patterns, weights))},
        lambda weights: {"conger": conger_kappa(patterns, weights)},
    )
    kappas = pair_kappas(patterns, patterns.counts)
    has_each_coder = bool((patterns.patterns != MISSING).any(axis=0).all())
    return CoderKappas(
        light_kappa=of_pairable.estimate(
            "light",
            variable.point(mean_of_defined(kappas)),
            lambda point: with_normal_interval(point, light_kappa_se(patterns)),
        ),
        n_undefined_kappas=int(np.isnan(kappas).sum()),
        conger_kappa=of_rated.estimate(
            "conger",
            variable.point(conger_kappa(patterns, patterns.counts), is_overlapping=has_each_coder),
            lambda point: with_linearised_interval(point, conger_kappa_se(patterns), patterns.n_units_rated),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PairEstimates:
    """Two coders over the units both rated."""

    n_units: int
    percent_agreement: Estimate
    cohen_kappa: Estimate
    scott_pi: Estimate


def estimate_pair(variable: Variable, first: int, second: int) -> PairEstimates:
    """Agreement of the coders in columns `first` and `second`."""
    patterns = variable.patterns
    classes = pair_classes(patterns, first, second)
    q, n_units = patterns.n_categories, int(classes.counts.sum())
    table = pair_table(classes, classes.counts, n_categories=q)
    named = {"percent": table_agreement, "cohen": cohen_kappa, "scott": scott_pi}

    def figures(weights: FloatArray) -> dict[str, FloatArray]:
        tables = pair_table(classes, weights, n_categories=q)
        return {name: figure(tables) for name, figure in named.items()}

    samples = variable.sample(classes, figures)
    chosen = np.asarray((classes.rows[:, :, None] == np.arange(q)).sum(axis=1))

    def linearised(form: ClosedForm) -> Callable[[Estimate], Estimate]:
        return lambda point: with_linearised_interval(point, form(chosen, classes.counts), n_units)

    def point(name: str) -> Estimate:
        return estimate_from_table(named[name](table), table, level=variable.uncertainty.level)

    return PairEstimates(
        n_units=n_units,
        percent_agreement=as_share(
            samples.estimate("percent", point("percent"), linearised(percent_agreement_se))
        ),
        cohen_kappa=samples.estimate(
            "cohen", point("cohen"), lambda estimate: with_normal_interval(estimate, cohen_kappa_se(table))
        ),
        scott_pi=samples.estimate("scott", point("scott"), linearised(fleiss_kappa_se)),
    )

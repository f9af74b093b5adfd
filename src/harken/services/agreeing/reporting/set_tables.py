"""Tables of whole sets of codes, and of what uncodable responses do to the figures."""

from __future__ import annotations

from collections.abc import Iterator

from harken.errors import many
from harken.model import Codebook
from harken.report import Cell, Column, Table, text
from harken.services.agreeing.reporting.wording import figure, label, limits, percent, percent_interval
from harken.services.agreeing.result import Figures
from harken.stats.agreement import VariableAgreement
from harken.stats.estimate import Estimate
from harken.stats.sets.agreement import SetAgreement
from harken.stats.uncertainty import UncertaintyMethod

_DISTANCES = {
    "alpha, MASI distance": "alpha_masi",
    "alpha, Jaccard distance": "alpha_jaccard",
    "alpha, Dice distance": "alpha_dice",
    "alpha, exact match": "alpha_exact",
}


def set_table(
    sets: SetAgreement,
    codability: VariableAgreement | None,
    *,
    n_coders: int,
    method: UncertaintyMethod,
    is_of_more: bool = False,
) -> Table:
    """Whole sets of codes, and whether an answer can be coded at all.

    `is_of_more`: the report is of some codes, while sets stay those of every code.
    """
    equal = sets.percent_exact
    whole = "% of responses with equal sets" if n_coders == 2 else "mean % of pairs with equal sets"
    rows: list[tuple[Cell, ...]] = [
        *(_row(name, getattr(sets, field)) for name, field in _DISTANCES.items()),
        (text(whole), percent(equal), percent_interval(equal)),
    ]
    notes = [
        f"Over the {many(sets.n_units_pairable, 'response')} compared. MASI, Jaccard and "
        "Dice give part of the credit to sets that overlap, exact match none; the percentage is not "
        "corrected for chance."
    ]
    if is_of_more:
        notes.append("Sets are those of every code, not only of those named with --code.")
    if sets.alpha_masi.method == UncertaintyMethod.JACKKNIFE and method is not UncertaintyMethod.JACKKNIFE:
        notes.append(
            f"The intervals of these alphas are by the jackknife over participants, not {method.value}."
        )
    if codability is not None:
        rows += _codability(codability)
        notes += _on_codability(codability)
    return Table(
        title="Whole sets of codes",
        columns=(
            Column(heading="figure"),
            Column(heading="value", align="right"),
            Column(heading="interval", align="right"),
        ),
        rows=tuple(rows),
        notes=tuple(notes),
    )


def _row(name: str, estimate: Estimate) -> tuple[Cell, ...]:
    return text(name), figure(estimate), limits(estimate)


def _codability(found: VariableAgreement) -> Iterator[tuple[Cell, ...]]:
    if not _has_uncodable(found):
        return
    agreed = found.percent_agreement
    yield text("codability: % agree"), percent(agreed), percent_interval(agreed)
    yield _row("codability: alpha", found.krippendorff_alpha)
    yield _row("codability: AC1", found.gwet_ac1)
    if found.negative_agreement is not None:
        yield _row("codability: agreement on “uncodable”", found.negative_agreement)


def _on_codability(found: VariableAgreement) -> Iterator[str]:
    if not _has_uncodable(found):
        yield "Nobody called any of them uncodable."


def _has_uncodable(found: VariableAgreement) -> bool:
    """Whether anybody called one of the compared responses uncodable."""
    return found.prevalence is not None and found.prevalence < 1


def uncodable_table(figures: Figures, codebook: Codebook | None) -> Table | None:
    """Alpha with and without responses that anybody called uncodable; None where nobody did."""
    other = figures.without_uncodable
    if other is None:
        return None
    rows = [
        (label(path, codebook), figures.codes[path].krippendorff_alpha, found.krippendorff_alpha)
        for path, found in other.codes.items()
        if figures.codes[path].n_positive
    ]
    if figures.sets is not None and other.sets is not None:
        rows.append((text("whole sets, MASI"), figures.sets.alpha_masi, other.sets.alpha_masi))
    left = figures.scope.n_units_pairable - other.n_units_pairable
    return Table(
        title="Without responses that somebody called uncodable",
        short_title="Without uncodable",
        columns=(
            Column(heading="code"),
            Column(heading="alpha", group="with them", align="right"),
            Column(heading="interval", group="with them", align="right"),
            Column(heading="alpha", group="without", align="right"),
            Column(heading="interval", group="without", align="right"),
        ),
        rows=tuple(
            (name, figure(alpha), limits(alpha), figure(without), limits(without))
            for name, alpha, without in rows
        ),
        notes=(
            f"{many(left, 'response is', 'responses are')} left out. In every other table an uncodable "
            "response counts as one to which no code applies.",
        ),
    )

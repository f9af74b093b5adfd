"""Which tables of agreement stand on the page, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from harken.model import Codebook
from harken.report import Report, Table
from harken.services.agreeing.reporting.cautions import caution_table
from harken.services.agreeing.reporting.coder_tables import (
    pair_matrix,
    pair_table,
    rest_by_code_table,
    rest_table,
)
from harken.services.agreeing.reporting.disagreement_table import disagreement_table
from harken.services.agreeing.reporting.facts import facts_table
from harken.services.agreeing.reporting.heading import heading_notes, no_second_coder, title_of
from harken.services.agreeing.reporting.plot import alpha_plots
from harken.services.agreeing.reporting.segment_table import segment_table
from harken.services.agreeing.reporting.set_tables import set_table, uncodable_table
from harken.services.agreeing.reporting.slice_tables import comparison_table, slice_table
from harken.services.agreeing.reporting.variable_tables import (
    code_table,
    coefficient_table,
    family_table,
    interval_table,
)
from harken.services.agreeing.result import Agreement, Figures, Slice, SliceKind


def agreement_report(
    result: Agreement,
    codebook: Codebook | None,
    *,
    title: str,
    is_full: bool = False,
    with_disagreements: bool = False,
) -> Report:
    """The report of `harken agreement`: the whole scope and, in short, what is kept apart.

    `is_full` adds every coefficient, pairs by code, each part in full and the facts for a paper;
    `with_disagreements` the answers that coders decided differently.
    """
    heading = title_of(result, study=title)
    if len(result.whole.scope.coders) < 2:
        return Report(title=heading, notes=(no_second_coder(result), *result.remarks))
    tables = [*_whole(result, codebook, is_full=is_full), *_parts(result, codebook, is_full=is_full)]
    if with_disagreements:
        tables.append(disagreement_table(result))
    if is_full:
        tables.append(facts_table(result))
    return Report(
        title=heading,
        notes=tuple(heading_notes(result, is_full=is_full)),
        tables=tuple(tables),
        figures=tuple(alpha_plots(result.whole, result.slices, by=result.yardstick)),
    )


def _whole(result: Agreement, codebook: Codebook | None, *, is_full: bool) -> Iterator[Table]:
    whole, yardstick = result.whole, result.yardstick
    has_minimum = yardstick.uncertainty.minimum is not None
    if whole.codes:
        yield code_table(
            whole, codebook, heading="Agreement per code", is_full=is_full, has_minimum=has_minimum
        )
    if whole.families:
        yield family_table(whole, has_minimum=has_minimum)
    if whole.sets is not None:
        yield set_table(
            whole.sets,
            whole.codability,
            n_coders=len(whole.scope.coders),
            method=yardstick.uncertainty.method,
            is_of_more=bool(whole.scope.codes_named),
        )
    cautions = caution_table(whole, codebook, bands=yardstick.bands)
    if cautions is not None:
        yield cautions
    if whole.segments:
        yield segment_table(whole, codebook)
    if len(whole.pairs) > 1:
        yield pair_matrix(whole)
    if whole.against_rest and whole.codes:
        yield rest_table(whole)
    if is_full:
        yield from _details(whole, codebook)


def _details(whole: Figures, codebook: Codebook | None) -> Iterator[Table]:
    yield coefficient_table(whole, codebook)
    yield interval_table(whole, codebook)
    # The kappa of two coders stands among the coefficients, that of one variable with the pairs.
    if len(whole.pairs) > 1 and len(whole.codes or whole.families) > 1:
        yield pair_table(whole, codebook)
    if whole.against_rest and whole.codes:
        yield rest_by_code_table(whole, codebook)
    without = uncodable_table(whole, codebook)
    if without is not None:
        yield without


def _parts(result: Agreement, codebook: Codebook | None, *, is_full: bool) -> Iterator[Table]:
    for (kind, by), found in groupby(result.slices, key=lambda part: (part.kind, part.by)):
        # A coder who repeated nothing has no stability.
        parts = [part for part in found if kind is not SliceKind.CODER or part.figures.scope.n_units_pairable]
        if not parts:
            continue
        yield slice_table(kind, by, parts)
        applied = [path for path, code in result.whole.codes.items() if code.n_positive]
        beside = (
            comparison_table(by, parts, codebook, paths=applied) if kind is not SliceKind.QUESTION else None
        )
        if beside is not None:
            yield beside
        if is_full:
            for part in parts:
                yield from _part(part, result.whole, codebook)


def _part(part: Slice, whole: Figures, codebook: Codebook | None) -> Iterator[Table]:
    """The figures of a part that are not those of the whole, as are those of codes of one question."""
    figures, name = part.figures, f"{part.by} {part.value}"
    if not figures.scope.n_units_pairable:
        return
    own = replace(
        figures,
        codes={path: found for path, found in figures.codes.items() if found != whole.codes.get(path)},
        families={key: found for key, found in figures.families.items() if found != whole.families.get(key)},
    )
    if own.codes:
        yield code_table(
            own,
            codebook,
            heading=f"Agreement per code, {name}",
            short_heading=f"Codes, {part.value}",
            is_full=True,
            n_told=len(figures.codes) - len(own.codes),
        )
    # Where there are no codes, the table of the parts has said it.
    if own.families and whole.codes:
        yield family_table(
            own, heading=f"Exclusive families, {name}", short_heading=f"Families, {part.value}"
        )

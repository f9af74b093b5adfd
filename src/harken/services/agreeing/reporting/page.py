"""Which tables of agreement stand on the page, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from harken.model import Codebook
from harken.report import Report, Table
from harken.services.agreeing.disagreements.report import disagreement_table
from harken.services.agreeing.reporting.cautions import caution_table
from harken.services.agreeing.reporting.coder_tables import (
    pair_matrix,
    pair_table,
    rest_by_code_table,
    rest_table,
)
from harken.services.agreeing.reporting.methods import facts_table, short_facts
from harken.services.agreeing.reporting.plot import alpha_plot
from harken.services.agreeing.reporting.segment_table import segment_table
from harken.services.agreeing.reporting.slice_tables import comparison_table, slice_table
from harken.services.agreeing.reporting.variable_tables import (
    code_table,
    coefficient_table,
    family_table,
    set_table,
    uncodable_table,
)
from harken.services.agreeing.result import Agreement, Figures, SliceKind


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
    heading = f"{title}: agreement between coders"
    if len(result.whole.scope.coders) < 2:
        return Report(title=heading, notes=(_one_coder(result),))
    tables = [*_whole(result, codebook, is_full=is_full), *_parts(result, codebook, is_full=is_full)]
    if with_disagreements:
        tables.append(disagreement_table(result))
    if is_full:
        tables.append(facts_table(result))
    plot = alpha_plot(result.whole, bands=result.yardstick.bands)
    return Report(
        title=heading,
        notes=(*short_facts(result), *_more(is_full=is_full)),
        tables=tuple(tables),
        figures=(plot,) if plot is not None else (),
    )


def _one_coder(result: Agreement) -> str:
    names = result.whole.scope.coders
    who = f"only {names[0]} has" if names else "nobody has"
    if result.circumstances is None:
        return f"In this file {who} decided anything, so there is no agreement to measure."
    return (
        f"In round {', '.join(result.whole.scope.rounds)} {who} decided anything, so there is no agreement "
        "to measure. A second coder decides some of the same answers: `harken coders add NAME`, then "
        "`harken code --as NAME`."
    )


def _more(*, is_full: bool) -> Iterator[str]:
    if not is_full:
        yield "Every coefficient, each part in full, and the facts and the paragraph for a paper: --all."


def _whole(result: Agreement, codebook: Codebook | None, *, is_full: bool) -> Iterator[Table]:
    whole, bands = result.whole, result.yardstick.bands
    if whole.codes:
        yield code_table(whole, codebook, heading="Agreement per code", bands=bands, is_full=is_full)
    if whole.families:
        yield family_table(whole)
    if whole.sets is not None:
        yield set_table(whole.sets, whole.codability)
    cautions = caution_table(whole, codebook, bands=bands, is_full=is_full)
    if cautions is not None:
        yield cautions
    if whole.segments:
        yield segment_table(whole, codebook)
    if len(whole.pairs) > 1:
        yield pair_matrix(whole)
    if whole.against_rest:
        yield rest_table(whole)
    if is_full:
        yield from _details(whole, codebook)


def _details(whole: Figures, codebook: Codebook | None) -> Iterator[Table]:
    yield coefficient_table(whole, codebook)
    if whole.pairs:
        yield pair_table(whole, codebook)
    if whole.against_rest and whole.codes:
        yield rest_by_code_table(whole, codebook)
    without = uncodable_table(whole, codebook)
    if without is not None:
        yield without


def _parts(result: Agreement, codebook: Codebook | None, *, is_full: bool) -> Iterator[Table]:
    bands = result.yardstick.bands
    for (kind, by), found in groupby(result.slices, key=lambda part: (part.kind, part.by)):
        parts = list(found)
        yield slice_table(kind, by, parts)
        applied = [path for path, code in result.whole.codes.items() if code.n_positive]
        beside = (
            comparison_table(by, parts, codebook, paths=applied) if kind is not SliceKind.QUESTION else None
        )
        if beside is not None:
            yield beside
        if is_full:
            for part in parts:
                own = _without_repeats(part.figures, result.whole)
                if own.codes:
                    heading = f"Agreement per code, {by} {part.value}"
                    yield code_table(own, codebook, heading=heading, bands=bands, is_full=True)
                if own.families:
                    yield family_table(own, heading=f"Exclusive families, {by} {part.value}")


def _without_repeats(part: Figures, whole: Figures) -> Figures:
    """The figures of a part that are not those of the whole, as are those of codes of one question."""
    return replace(
        part,
        codes={path: found for path, found in part.codes.items() if found != whole.codes.get(path)},
        families={key: found for key, found in part.families.items() if found != whole.families.get(key)},
    )

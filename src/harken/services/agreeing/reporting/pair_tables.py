"""Tables of pairs of coders: a short one over everything, and one for each code."""

from __future__ import annotations

from statistics import median

from harken.model import Codebook
from harken.report import Cell, Column, Table, count, decimal, interval, text
from harken.services.agreeing.reporting.wording import figure, label, percent
from harken.services.agreeing.result import Figures, PairFigures


def pair_matrix(figures: Figures) -> Table:
    """Each pair of coders in a line: whole sets, and the middle of its kappas over codes."""
    has_sets = figures.sets is not None
    columns = [
        Column(heading="coders"),
        Column(heading="n", align="right"),
    ]
    if has_sets:
        columns += [
            Column(heading="% equal sets", align="right"),
            Column(heading="alpha, MASI", align="right"),
            Column(heading="interval", align="right"),
        ]
    columns += [
        Column(heading="median kappa", align="right"),
        Column(heading="of", align="right"),
    ]
    return Table(
        title="Pairs of coders",
        columns=tuple(columns),
        rows=tuple(_pair(pair) for pair in figures.pairs),
        notes=("Median of Cohen's kappa over the codes for which the pair's kappa is defined.",),
    )


def _pair(pair: PairFigures) -> tuple[Cell, ...]:
    kappas = [
        one.cohen_kappa.value
        for one in (*pair.codes.values(), *pair.families.values())
        if one.cohen_kappa.value is not None
    ]
    cells = [text(" – ".join(pair.coders)), count(pair.n_units)]
    if pair.sets is not None:
        alpha = pair.sets.alpha_masi
        cells += [percent(pair.sets.percent_exact), figure(alpha), interval(alpha.low, alpha.high, 2)]
    return (*cells, decimal(median(kappas) if kappas else None, 2, undefined="–"), count(len(kappas)))


def pair_table(figures: Figures, codebook: Codebook | None) -> Table:
    """Cohen's kappa of each pair, per code and exclusive family."""
    columns = [Column(heading="code" if figures.codes else "family")]
    for pair in figures.pairs:
        both = " – ".join(pair.coders)
        columns += [
            Column(heading="n", group=both, align="right"),
            Column(heading="kappa", group=both, align="right"),
            Column(heading="interval", group=both, align="right"),
        ]
    rows: list[tuple[Cell, ...]] = []
    names = {
        **{path: label(path, codebook) for path, found in figures.codes.items() if found.n_positive},
        **{key: text(key) for key in figures.families},
    }
    for key, name in names.items():
        cells = [name]
        for pair in figures.pairs:
            one = pair.codes[key] if key in pair.codes else pair.families[key]
            cells += [
                count(one.n_units),
                figure(one.cohen_kappa),
                interval(one.cohen_kappa.low, one.cohen_kappa.high, 2),
            ]
        rows.append(tuple(cells))
    return Table(
        title="Cohen's kappa of each pair of coders",
        short_title="Kappa of pairs",
        columns=tuple(columns),
        rows=tuple(rows),
    )

"""Tables of coders: each pair, in short and by code, and each coder against the rest."""

from __future__ import annotations

from statistics import median

from harken.model import Codebook
from harken.report import Cell, Column, Table, count, decimal, interval, text
from harken.services.agreeing.reporting.wording import figure, label, percent
from harken.services.agreeing.result import AgainstRest, Figures, PairFigures
from harken.stats.against_rest import CoderAgainstRest


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


NOTABLE_RATIO = 1.5
"""A coder uses a code notably more than the others from this ratio on, or less by its inverse,"""
NOTABLE_UNITS = 5
"""if it makes at least so many units."""


def rest_table(figures: Figures) -> Table:
    """Each coder of three or more against the others: what would change without them, what they use more."""
    has_sets = figures.sets is not None
    columns = [Column(heading="coder"), Column(heading="median % agree", align="right")]
    if has_sets:
        columns += [
            Column(heading="alpha, MASI", group="others alone", align="right"),
            Column(heading="interval", group="others alone", align="right"),
        ]
    return Table(
        title="Each coder against the rest",
        short_title="Against the rest",
        columns=(*columns, Column(heading="uses more"), Column(heading="uses less")),
        rows=tuple(_against_rest(one, has_sets=has_sets) for one in figures.against_rest),
        notes=(
            "Median over codes of the share of the others who agree. Used more or less: by half or more than "
            f"the others on the same responses, and by {NOTABLE_UNITS} of them at least. A coder without "
            "whom agreement is better is the one to talk to, not one to drop.",
        ),
    )


def _against_rest(one: AgainstRest, *, has_sets: bool) -> tuple[Cell, ...]:
    shares = [
        100 * found.percent_agreement.value
        for found in one.codes.values()
        if found.percent_agreement.value is not None
    ]
    cells = [text(one.coder), decimal(median(shares) if shares else None, 1, undefined="–")]
    alpha = one.alpha_masi_without
    if has_sets and alpha is not None:
        cells += [figure(alpha), interval(alpha.low, alpha.high, 2)]
    return (
        *cells,
        text(", ".join(path for path, found in one.codes.items() if _leaning(found) > 0) or "–"),
        text(", ".join(path for path, found in one.codes.items() if _leaning(found) < 0) or "–"),
    )


def _leaning(found: CoderAgainstRest) -> int:
    """1 where the coder applies the code notably more often than the others, -1 less, else 0."""
    own, others = found.own_prevalence, found.others_prevalence
    if own is None or others is None or abs(own - others) * found.n_units < NOTABLE_UNITS:
        return 0
    if own >= NOTABLE_RATIO * others:
        return 1
    return -1 if others >= NOTABLE_RATIO * own else 0


def rest_by_code_table(figures: Figures, codebook: Codebook | None) -> Table:
    """Each code with each coder's agreement with the others, use, and alpha without them."""
    columns = [Column(heading="code")]
    for one in figures.against_rest:
        columns += [
            Column(heading=heading, group=one.coder, align="right")
            for heading in ("% agree", "own use", "others' use", "alpha without")
        ]
    rows: list[tuple[Cell, ...]] = []
    for path, code in figures.codes.items():
        if not code.n_positive:
            continue
        cells = [label(path, codebook)]
        for one in figures.against_rest:
            found = one.codes[path]
            cells += [
                percent(found.percent_agreement),
                decimal(found.own_prevalence, 2, undefined="–"),
                decimal(found.others_prevalence, 2, undefined="–"),
                figure(found.alpha_without),
            ]
        rows.append(tuple(cells))
    return Table(
        title="Each coder against the rest, by code",
        short_title="Rest by code",
        columns=tuple(columns),
        rows=tuple(rows),
    )

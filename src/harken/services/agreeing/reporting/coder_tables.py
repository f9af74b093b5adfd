"""Tables of coders: each pair, in short and by code, and each coder against the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from harken.model import Codebook
from harken.report import Cell, Column, Table, count, decimal, text
from harken.services.agreeing.reporting.wording import figure, label, limits, percent, prevalence
from harken.services.agreeing.result import AgainstRest, Figures, PairFigures
from harken.stats.against_rest import CoderAgainstRest
from harken.stats.estimate import Estimate
from harken.stats.pair_agreement import PairAgreement

_ABREAST = 3
"""Up to so many coders or pairs stand beside each other; more stand in lines of their own."""


def pair_matrix(figures: Figures) -> Table:
    """Each pair of coders in a line: whole sets, and its kappas over codes; or the kappa, of one variable."""
    variables = len(figures.codes or figures.families)
    columns = [Column(heading="coders"), Column(heading="n", align="right")]
    if figures.sets is not None:
        columns += [
            Column(heading=heading, group="whole sets", align="right")
            for heading in ("% equal", "alpha, MASI", "interval")
        ]
    if variables == 1:
        headings = ("% agree", "Cohen's kappa", "interval")
        columns += [Column(heading=heading, align="right") for heading in headings]
        notes: tuple[str, ...] = ()
    else:
        what = "codes" if figures.codes else "families"
        columns += [
            Column(heading=heading, group=f"kappa over {what}", align="right")
            for heading in ("lowest", "median", "defined")
        ]
        notes = (
            f"Kappa is Cohen's; lowest and median are over the {what} for which the pair's kappa is defined, "
            f"how many these are stands beside. Rare {what} are among them.",
        )
    return Table(
        title="Pairs of coders",
        columns=tuple(columns),
        rows=tuple(_pair(pair) for pair in figures.pairs),
        notes=notes,
    )


def _pair(pair: PairFigures) -> tuple[Cell, ...]:
    cells = [text(_both(pair)), count(pair.n_units)]
    if pair.sets is not None:
        alpha = pair.sets.alpha_masi
        cells += [percent(pair.sets.percent_exact), figure(alpha), limits(alpha)]
    variables = list((pair.codes or pair.families).values())
    if len(variables) == 1:
        kappa = variables[0].cohen_kappa
        return (*cells, percent(variables[0].percent_agreement), figure(kappa), limits(kappa))
    kappas = _values(one.cohen_kappa for one in variables)
    return (
        *cells,
        decimal(min(kappas, default=None), 2, undefined="–"),
        _median(kappas, 2),
        count(len(kappas)),
    )


def _both(pair: PairFigures) -> str:
    return " – ".join(pair.coders)


def _values(estimates: Iterable[Estimate]) -> list[float]:
    return [one.value for one in estimates if one.value is not None]


def _median(values: Sequence[float], places: int) -> Cell:
    return decimal(median(values) if values else None, places, undefined="–")


def pair_table(figures: Figures, codebook: Codebook | None) -> Table:
    """Cohen's kappa of each pair, per code and exclusive family."""
    heading = "code" if figures.codes else "family"
    names = {
        **{path: label(path, codebook) for path, found in figures.codes.items() if found.n_positive},
        **{key: text(key) for key in figures.families},
    }
    if len(figures.pairs) > _ABREAST:
        columns = [Column(heading=heading), Column(heading="coders"), *_kappa_columns()]
        rows = [
            (name, text(_both(pair)), *_kappa(_of(pair, key)))
            for key, name in names.items()
            for pair in figures.pairs
        ]
    else:
        columns = [Column(heading=heading)]
        for pair in figures.pairs:
            columns += _kappa_columns(_both(pair))
        rows = [
            (name, *(cell for pair in figures.pairs for cell in _kappa(_of(pair, key))))
            for key, name in names.items()
        ]
    return Table(
        title="Cohen's kappa of each pair of coders",
        short_title="Kappa of pairs",
        columns=tuple(columns),
        rows=tuple(rows),
    )


def _kappa_columns(group: str = "") -> list[Column]:
    return [Column(heading=heading, group=group, align="right") for heading in ("n", "kappa", "interval")]


def _of(pair: PairFigures, key: str) -> PairAgreement:
    return pair.codes[key] if key in pair.codes else pair.families[key]


def _kappa(one: PairAgreement) -> tuple[Cell, ...]:
    return count(one.n_units), figure(one.cohen_kappa), limits(one.cohen_kappa)


NOTABLE_RATIO = 1.5
"""A coder uses a code notably more than the others from this ratio on, or less by its inverse,"""
NOTABLE_UNITS = 5
"""if it makes at least so many units."""


def rest_table(figures: Figures) -> Table:
    """Each coder of three or more against the others: what would change without them, what they use more."""
    has_sets = figures.sets is not None
    columns = [
        Column(heading="coder"),
        Column(heading="% agree", group="median over codes", align="right"),
        Column(heading="kappa", group="median over codes", align="right"),
    ]
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
            "Medians over the codes of the share of the others who agree with the coder, and of the mean of "
            "Cohen's kappa with each of them. Used more or less: by half or more than the others on the same "
            f"responses, and by {NOTABLE_UNITS} responses at least. A coder without whom agreement is better "
            "is the one to talk to, not one to drop.",
        ),
    )


def _against_rest(one: AgainstRest, *, has_sets: bool) -> tuple[Cell, ...]:
    found = one.codes.values()
    shares = [100 * share for share in _values(code.percent_agreement for code in found)]
    cells = [text(one.coder), _median(shares, 1), _median(_values(code.mean_kappa for code in found), 2)]
    alpha = one.alpha_masi_without
    if has_sets and alpha is not None:
        cells += [figure(alpha), limits(alpha)]
    return (*cells, _leaning(one.codes, 1), _leaning(one.codes, -1))


def _leaning(codes: Mapping[str, CoderAgainstRest], way: int) -> Cell:
    return text(", ".join(path for path, found in codes.items() if _lean(found) == way) or "–")


def _lean(found: CoderAgainstRest) -> int:
    """1 where the coder applies the code notably more often than the others, -1 less, else 0."""
    own, others = found.own_prevalence, found.others_prevalence
    if own is None or others is None or abs(own - others) * found.n_units < NOTABLE_UNITS:
        return 0
    if own >= NOTABLE_RATIO * others:
        return 1
    return -1 if others >= NOTABLE_RATIO * own else 0


def rest_by_code_table(figures: Figures, codebook: Codebook | None) -> Table:
    """Each code with each coder's agreement with the others, use, and alpha without them."""
    applied = [path for path, code in figures.codes.items() if code.n_positive]
    if len(figures.against_rest) > _ABREAST:
        columns = [Column(heading="code"), Column(heading="coder"), *_rest_columns()]
        rows = [
            (label(path, codebook), text(one.coder), *_rest(one.codes[path]))
            for path in applied
            for one in figures.against_rest
        ]
    else:
        columns = [Column(heading="code")]
        for one in figures.against_rest:
            columns += _rest_columns(one.coder)
        rows = [
            (
                label(path, codebook),
                *(cell for one in figures.against_rest for cell in _rest(one.codes[path])),
            )
            for path in applied
        ]
    return Table(
        title="Each coder against the rest, by code",
        short_title="Rest by code",
        columns=tuple(columns),
        rows=tuple(rows),
    )


def _rest_columns(group: str = "") -> list[Column]:
    headings = ("n", "% agree", "mean kappa", "own use", "others' use", "alpha without")
    return [Column(heading=heading, group=group, align="right") for heading in headings]


def _rest(found: CoderAgainstRest) -> tuple[Cell, ...]:
    return (
        count(found.n_units),
        percent(found.percent_agreement),
        figure(found.mean_kappa),
        prevalence(found.own_prevalence),
        prevalence(found.others_prevalence),
        figure(found.alpha_without),
    )

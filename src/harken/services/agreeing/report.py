"""Agreement as tables: the short view that a reviewer reads first, and pairs of coders below it."""

from __future__ import annotations

from harken.model import Codebook
from harken.report import DASH, EMPTY, Cell, Column, Report, Table, count, decimal, interval, text
from harken.services.agreeing.disagreement_report import disagreement_table
from harken.services.agreeing.result import Agreement, Figures
from harken.stats.agreement import VariableAgreement
from harken.stats.estimate import Estimate, Undefined
from harken.stats.set_agreement import SetAgreement
from harken.stats.verdicts import Verdict

_WORDS = {
    Verdict.RELIABLE: "reliable",
    Verdict.TENTATIVE: "tentative",
    Verdict.UNRELIABLE: "unreliable",
    Verdict.TOO_FEW: "too few to judge",
    Verdict.UNDEFINED: "undefined",
}
_COEFFICIENTS = {
    "alpha": "krippendorff_alpha",
    "Cohen": "cohen_kappa",
    "Light": "light_kappa",
    "Fleiss": "fleiss_kappa",
    "Fleiss listwise": "fleiss_kappa_listwise",
    "Conger": "conger_kappa",
    "AC1": "gwet_ac1",
    "Brennan–Prediger": "brennan_prediger",
    "agree": "percent_agreement",
    "agree, pooled": "percent_agreement_pair_pooled",
    "pos. agr.": "positive_agreement",
    "neg. agr.": "negative_agreement",
}
"""Headings of the full view, with the fields they show."""
_WHY = {
    Undefined.ONE_CATEGORY: "no variation",
    Undefined.NO_OVERLAP: "no overlap",
    Undefined.ONE_CODER: "one coder",
    Undefined.NO_RATINGS: "no decisions",
    Undefined.TOO_FEW_UNITS: "too few units",
}


def agreement_report(
    result: Agreement,
    codebook: Codebook,
    *,
    title: str,
    is_full: bool = False,
    with_disagreements: bool = False,
) -> Report:
    """The report of `harken agreement`: the whole scope and the groups asked for.

    `is_full` adds every coefficient and each question; `with_disagreements` the answers that coders decided
    differently.
    """
    if len(result.whole.scope.coders) < 2:
        return Report(title=f"{title}: agreement between coders", notes=(_one_coder(result),))
    tables = _tables(result.whole, codebook, heading="Agreement per code")
    if is_full:
        tables.append(_coefficient_table(result.whole, codebook))
    for part in result.slices:
        if is_full or part.is_group:
            tables += _tables(part.figures, codebook, heading=f"{part.by}: {part.value}", with_pairs=False)
    if with_disagreements:
        tables.append(disagreement_table(result))
    return Report(title=f"{title}: agreement between coders", notes=_notes(result), tables=tuple(tables))


def _one_coder(result: Agreement) -> str:
    names = result.whole.scope.coders
    who = f"only {names[0]} has" if names else "nobody has"
    return (
        f"In round {', '.join(result.whole.scope.rounds)} {who} decided anything, so there is no agreement "
        "to measure. A second coder decides some of the same answers: `harken coders add NAME`, then "
        "`harken code --as NAME`."
    )


def _notes(result: Agreement) -> tuple[str, ...]:
    scope, options = result.whole.scope, result.yardstick.uncertainty
    bands = result.yardstick.bands
    kept = ("Answers of excluded people are kept (--with-excluded).",) if scope.with_excluded else ()
    return (
        *kept,
        f"Coders: {', '.join(scope.coders) or 'none'}. Rounds: {', '.join(scope.rounds)}. "
        f"Responses decided by at least one coder: {scope.n_units_rated}; by two or more, which alone "
        f"are compared: {scope.n_units_pairable}; decided differently: "
        f"{len(result.disagreements) + result.n_blind_disagreements}.",
        f"Intervals: {options.level:.0%} percentile bootstrap over participants, {options.replicates:,} "
        f"replicates, seed {options.seed}.",
        "Verdict by the lower limit of Krippendorff's alpha against his customary limits "
        f"{_short(bands.reliable)} (reliable) and {_short(bands.tentative)} (tentative); too few to judge "
        f"where prevalence × responses < {bands.expected_positives:.0f}. Needed: double-coded responses "
        f"with which a code of this prevalence could be shown to reach {_short(bands.tentative)}.",
        "A code counts as applied where it or a code below it is in the coder's set. Uncodable responses "
        "count as sets without codes; whether a response is codable at all is a variable of its own.",
    )


def _short(value: float) -> str:
    return f"{value:.3f}".lstrip("0")


def _tables(figures: Figures, codebook: Codebook, *, heading: str, with_pairs: bool = True) -> list[Table]:
    tables = [_code_table(figures, codebook, heading)]
    if figures.sets is not None:
        tables.append(_set_table(figures.sets, figures.codability))
    if figures.families:
        tables.append(_family_table(figures))
    if with_pairs and figures.pairs:
        tables.append(_pair_table(figures, codebook))
    return tables


def _columns(coders: tuple[str, ...], *, first: str) -> tuple[Column, ...]:
    columns = [
        Column(heading=first),
        Column(heading="n", align="right"),
        Column(heading="prev.", align="right", is_detail=True),
    ]
    if len(coders) == 2:
        columns += [
            Column(heading=heading, group="2 × 2", align="right", is_detail=True)
            for heading in ("both", coders[0], coders[1], "neither")
        ]
    return (
        *columns,
        Column(heading="% agree", align="right"),
        Column(heading="alpha", align="right"),
        Column(heading="interval", align="right"),
        Column(heading="pos. agr.", align="right", is_detail=True),
        Column(heading="AC1", align="right", is_detail=True),
        Column(heading="verdict"),
        Column(heading="needed", align="right", is_detail=True),
    )


def _row(name: Cell, found: VariableAgreement, *, n_coders: int) -> tuple[Cell, ...]:
    cells = [name, count(found.n_units_pairable), decimal(found.prevalence, 2, undefined="–")]
    if n_coders == 2:
        table = found.table
        cells += (
            [count(table.both), count(table.only_first), count(table.only_second), count(table.neither)]
            if table
            else [EMPTY] * 4
        )
    alpha = found.krippendorff_alpha
    return (
        *cells,
        _percent(found.percent_agreement),
        _figure(alpha),
        interval(alpha.low, alpha.high, 2),
        EMPTY if found.positive_agreement is None else _figure(found.positive_agreement),
        _figure(found.gwet_ac1),
        text(_WORDS[found.verdict]),
        count(found.n_needed),
    )


def _figure(estimate: Estimate, places: int = 2) -> Cell:
    why = _WHY[estimate.undefined] if estimate.undefined else "–"
    return decimal(estimate.value, places, undefined=why)


def _percent(estimate: Estimate) -> Cell:
    if estimate.value is None:
        return _figure(estimate)
    return Cell(f"{100 * estimate.value:.1f}", 100 * estimate.value)


def _label(path: str, codebook: Codebook) -> Cell:
    entry = codebook.entries[path]
    return Cell(f"{'  ' * entry.depth}{path}", path)


def _code_table(figures: Figures, codebook: Codebook, heading: str) -> Table:
    used = {path: found for path, found in figures.codes.items() if found.n_positive}
    n_unused = len(figures.codes) - len(used)
    were = "1 code was" if n_unused == 1 else f"{n_unused} codes were"
    coders = figures.scope.coders
    return Table(
        title=heading,
        columns=_columns(coders, first="code"),
        rows=tuple(_row(_label(path, codebook), found, n_coders=len(coders)) for path, found in used.items()),
        notes=(f"{were} applied by nobody here; there is nothing to agree on.",) if n_unused else (),
    )


def _family_table(figures: Figures) -> Table:
    coders = figures.scope.coders
    return Table(
        title="Exclusive families, each as one variable",
        columns=_columns(coders, first="family"),
        rows=tuple(_row(text(key), found, n_coders=len(coders)) for key, found in figures.families.items()),
    )


def _set_table(sets: SetAgreement, codability: VariableAgreement | None) -> Table:
    named = {
        "alpha, MASI distance": sets.alpha_masi,
        "alpha, Jaccard distance": sets.alpha_jaccard,
        "alpha, exact match": sets.alpha_exact,
        "share of pairs with equal sets": sets.percent_exact,
    }
    if codability is not None:
        named["codability, alpha"] = codability.krippendorff_alpha
    return Table(
        title="Whole sets of codes",
        columns=(
            Column(heading="figure"),
            Column(heading="value", align="right"),
            Column(heading="interval", align="right"),
        ),
        rows=tuple(
            (text(name), _figure(found), interval(found.low, found.high, 2)) for name, found in named.items()
        ),
        notes=(f"Over {sets.n_units_pairable} responses that two or more coders decided.",),
    )


def _coefficient_table(figures: Figures, codebook: Codebook) -> Table:
    return Table(
        title="Every coefficient per code",
        columns=(
            Column(heading="code"),
            *(Column(heading=heading, align="right") for heading in _COEFFICIENTS),
        ),
        rows=tuple(
            (
                _label(path, codebook),
                *(_coefficient(getattr(found, name)) for name in _COEFFICIENTS.values()),
            )
            for path, found in figures.codes.items()
            if found.n_positive
        ),
    )


def _coefficient(estimate: Estimate | None) -> Cell:
    return DASH if estimate is None else _figure(estimate)


def _pair_table(figures: Figures, codebook: Codebook) -> Table:
    columns = [Column(heading="code")]
    for pair in figures.pairs:
        name = " – ".join(pair.coders)
        columns += [
            Column(heading="n", group=name, align="right"),
            Column(heading="kappa", group=name, align="right"),
            Column(heading="interval", group=name, align="right"),
        ]
    rows = []
    for path, found in figures.codes.items():
        if not found.n_positive:
            continue
        cells = [_label(path, codebook)]
        for pair in figures.pairs:
            one = pair.codes[path]
            cells += [
                count(one.n_units),
                _figure(one.cohen_kappa),
                interval(one.cohen_kappa.low, one.cohen_kappa.high, 2),
            ]
        rows.append(tuple(cells))
    return Table(title="Cohen's kappa of each pair of coders", columns=tuple(columns), rows=tuple(rows))

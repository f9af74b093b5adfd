"""Tables of codes, exclusive families and whole sets: the figures to be read side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from harken.errors import many
from harken.model import Codebook
from harken.report import DASH, EMPTY, Cell, Column, Table, count, decimal, interval, text
from harken.services.agreeing.reporting.cautions import perfect_notes
from harken.services.agreeing.reporting.wording import VERDICTS, figure, label, percent, short
from harken.services.agreeing.result import Figures
from harken.stats.agreement import VariableAgreement
from harken.stats.set_agreement import SetAgreement
from harken.stats.verdicts import Bands, Verdict

LONG = 30
"""With more codes than this, those too few to judge stand in the full view alone."""
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


def code_table(
    figures: Figures, codebook: Codebook | None, *, heading: str, bands: Bands, is_full: bool
) -> Table:
    """Each code with the figures that judge it, and how many codes got which verdict."""
    applied = {path: found for path, found in figures.codes.items() if found.n_positive}
    notes = [_verdicts(figures.codes)] if len(figures.codes) > 1 else []
    shown = applied if is_full else short_list(applied)
    n_unused = len(figures.codes) - len(applied)
    if n_unused:
        were = many(n_unused, "code was", "codes were")
        notes.append(f"{were} applied by nobody here; there is nothing to agree on.")
    if len(shown) < len(applied):
        notes.append(f"Left to the full view (--all): {_left_out(applied, shown)}.")
    coders = figures.scope.coders
    return Table(
        title=heading,
        columns=_columns(coders, first="code"),
        rows=tuple(_row(label(path, codebook), found, n_coders=len(coders)) for path, found in shown.items()),
        notes=(*notes, *perfect_notes(shown, bands=bands)),
    )


def short_list(applied: Mapping[str, VariableAgreement]) -> Mapping[str, VariableAgreement]:
    """The applied codes with variation; where these are many, those of them that can be judged."""
    varied = {path: found for path, found in applied.items() if found.verdict is not Verdict.UNDEFINED}
    if len(varied) <= LONG:
        return varied
    judged = {path: found for path, found in varied.items() if found.verdict is not Verdict.TOO_FEW}
    return judged or varied


def _left_out(applied: Mapping[str, VariableAgreement], shown: Mapping[str, VariableAgreement]) -> str:
    left = Counter(found.verdict for path, found in applied.items() if path not in shown)
    parts = {
        Verdict.TOO_FEW: many(left[Verdict.TOO_FEW], "code too rare to judge", "codes too rare to judge"),
        Verdict.UNDEFINED: many(left[Verdict.UNDEFINED], "undefined one", "undefined ones"),
    }
    return " and ".join(words for verdict, words in parts.items() if left[verdict])


def _verdicts(codes: Mapping[str, VariableAgreement]) -> str:
    n = Counter(found.verdict for found in codes.values())
    said = ", ".join(f"{n[verdict]} {words}" for verdict, words in VERDICTS.items() if n[verdict])
    return f"Of {len(codes)} codes: {said}."


def family_table(figures: Figures, *, heading: str = "Exclusive families, each as one variable") -> Table:
    """Exclusive families, each as one variable."""
    coders = figures.scope.coders
    return Table(
        title=heading,
        short_title="Families",
        columns=_columns(coders, first="family", is_code=False),
        rows=tuple(
            _row(text(key), found, n_coders=len(coders), is_code=False)
            for key, found in figures.families.items()
        ),
        notes=tuple(_scaled(figures.families)),
    )


def _scaled(families: Mapping[str, VariableAgreement]) -> Iterator[str]:
    for key, found in families.items():
        said = [
            f"{words} {figure(estimate).text} {interval(estimate.low, estimate.high, 2).text}"
            for words, estimate in (
                ("ordinal alpha", found.krippendorff_alpha_ordinal),
                ("interval alpha", found.krippendorff_alpha_interval),
                ("ratio alpha", found.krippendorff_alpha_ratio),
                ("AC2", found.gwet_ac2),
            )
            if estimate is not None
        ]
        if said:
            yield f"{key} is an ordered scale: {', '.join(said)}. The alpha in the table is the nominal one."


def set_table(sets: SetAgreement, codability: VariableAgreement | None) -> Table:
    """Whole sets of codes, and whether an answer can be coded at all."""
    named = {
        "alpha, MASI distance": sets.alpha_masi,
        "alpha, Jaccard distance": sets.alpha_jaccard,
        "alpha, Dice distance": sets.alpha_dice,
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
            (text(name), figure(found), interval(found.low, found.high, 2)) for name, found in named.items()
        ),
        notes=(
            f"Over {many(sets.n_units_pairable, 'response', 'responses')} that two or more coders decided. "
            "MASI and Jaccard give part of the credit to sets that overlap, exact match none.",
        ),
    )


def coefficient_table(figures: Figures, codebook: Codebook | None) -> Table:
    """Every coefficient of every code that somebody applied."""
    applied = {path: found for path, found in figures.codes.items() if found.n_positive}
    rows: Sequence[tuple[Cell, VariableAgreement]] = [
        *((label(path, codebook), found) for path, found in applied.items()),
        *((text(key), found) for key, found in figures.families.items()),
    ]
    minimum = rows[0][1].below_minimum.minimum if rows else 0.0
    return Table(
        title="Every coefficient",
        columns=(
            Column(heading="code" if applied else "family"),
            *(Column(heading=heading, align="right") for heading in _COEFFICIENTS),
            Column(heading=f"P(alpha < {short(minimum)})", align="right"),
            Column(heading="prevalence index", align="right"),
            Column(heading="bias index", align="right"),
        ),
        rows=tuple(
            (
                name,
                *(figure(getattr(found, field)) for field in _COEFFICIENTS.values()),
                decimal(found.below_minimum.probability, 3, undefined="–"),
                decimal(found.prevalence_index, 2, undefined="–"),
                decimal(found.bias_index, 2, undefined="–"),
            )
            for name, found in rows
        ),
        notes=(
            *(("For a yes/no code Brennan–Prediger is what others call PABAK.",) if applied else ()),
            f"P(alpha < {short(minimum)}): how probable it is that alpha lies below this minimum.",
        ),
    )


def _columns(coders: tuple[str, ...], *, first: str, is_code: bool = True) -> tuple[Column, ...]:
    columns = [Column(heading=first), Column(heading="n", align="right")]
    if is_code:
        columns.append(Column(heading="prev.", align="right", is_detail=True))
        if len(coders) == 2:
            columns += [
                Column(heading=heading, group="2 × 2", align="right", is_detail=True)
                for heading in ("both", f"{coders[0]} only", f"{coders[1]} only", "neither")
            ]
    columns += [
        Column(heading="% agree", align="right"),
        Column(heading="alpha", align="right"),
        Column(heading="interval", align="right"),
    ]
    if is_code:
        columns.append(Column(heading="pos. agr.", align="right", is_detail=True))
    return (
        *columns,
        Column(heading="AC1", align="right", is_detail=True),
        Column(heading="verdict"),
        Column(heading="needed", align="right", is_detail=True),
    )


def _row(name: Cell, found: VariableAgreement, *, n_coders: int, is_code: bool = True) -> tuple[Cell, ...]:
    cells = [name, count(found.n_units_pairable)]
    if is_code:
        cells.append(decimal(found.prevalence, 2, undefined="–"))
        if n_coders == 2:
            table = found.table
            cells += (
                [count(table.both), count(table.only_first), count(table.only_second), count(table.neither)]
                if table
                else [EMPTY] * 4
            )
    alpha = found.krippendorff_alpha
    cells += [percent(found.percent_agreement), figure(alpha), interval(alpha.low, alpha.high, 2)]
    if is_code:
        cells.append(DASH if found.positive_agreement is None else figure(found.positive_agreement))
    return (*cells, figure(found.gwet_ac1), text(VERDICTS[found.verdict]), count(found.n_needed))


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
            (
                name,
                figure(alpha),
                interval(alpha.low, alpha.high, 2),
                figure(without),
                interval(without.low, without.high, 2),
            )
            for name, alpha, without in rows
        ),
        notes=(
            f"{many(left, 'response', 'responses')} fewer are compared. In every other table an uncodable "
            "response counts as one to which no code applies.",
        ),
    )

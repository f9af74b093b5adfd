"""Tables of codes, exclusive families and whole sets: the figures to be read side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from harken.errors import listed, many
from harken.model import Codebook
from harken.report import DASH, EMPTY, Cell, Column, Table, count, decimal, interval, text
from harken.services.agreeing.reporting.wording import CAUTIONS, VERDICTS, figure, label, percent
from harken.services.agreeing.result import Figures
from harken.stats.agreement import VariableAgreement
from harken.stats.cautions import Caution, bound_perfect_alpha, find_cautions
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
        notes=(*notes, *_perfect(shown, bands)),
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


def _perfect(shown: Mapping[str, VariableAgreement], bands: Bands) -> Iterator[str]:
    bounds = {
        path: bound_perfect_alpha(found, level=found.krippendorff_alpha.level).value
        for path, found in shown.items()
        if Caution.NO_SPREAD in find_cautions(found, bands=bands) and found.verdict is not Verdict.TOO_FEW
    }
    least = [bound for bound in bounds.values() if bound is not None]
    if least:
        have = many(len(bounds), "code judged here has", "codes judged here have")
        yield (
            f"{have} no disagreement at all ({listed(bounds, most=6)}), so resampling shows no spread. By an "
            "exact bound on the share of disagreement alpha may still be as low as "
            f"{decimal(min(least), 2).text}."
        )


def family_table(figures: Figures) -> Table:
    """Exclusive families, each as one variable."""
    coders = figures.scope.coders
    return Table(
        title="Exclusive families, each as one variable",
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
    return Table(
        title="Every coefficient",
        columns=(
            Column(heading="code" if applied else "family"),
            *(Column(heading=heading, align="right") for heading in _COEFFICIENTS),
            Column(heading="prevalence index", align="right"),
            Column(heading="bias index", align="right"),
        ),
        rows=tuple(
            (
                name,
                *(figure(getattr(found, field)) for field in _COEFFICIENTS.values()),
                decimal(found.prevalence_index, 2, undefined="–"),
                decimal(found.bias_index, 2, undefined="–"),
            )
            for name, found in rows
        ),
        notes=("For a yes/no code Brennan–Prediger is what others call PABAK.",) if applied else (),
    )


_WHAT = {
    Caution.KAPPA_PARADOX: "Kappa paradox: most responses agree, but on “no”, as the code is rare; alpha and "
    "kappa are low then, and AC1 is high. What says whether the code was found alike is agreement on “yes”.",
    Caution.CODER_BIAS: "Coder bias: one coder applies the code where the other does not far more often than "
    "the other way round, so one of them reads it more widely.",
}


def caution_table(
    figures: Figures, codebook: Codebook | None, *, bands: Bands, is_full: bool
) -> Table | None:
    """Codes whose figures must not be read alone, and why; None where there are none.

    Codes too few to judge, whose verdict says so already, are among them in the full view alone.
    """
    found = [
        (path, code, caution)
        for path, code in figures.codes.items()
        if is_full or code.verdict is not Verdict.TOO_FEW
        for caution in find_cautions(code, bands=bands)
        if caution in _WHAT
    ]
    if not found:
        return None
    return Table(
        title="To be read with care",
        columns=(Column(heading="code"), Column(heading="what"), Column(heading="figures")),
        rows=tuple(
            (label(path, codebook), text(CAUTIONS[caution]), text(_grounds(code, caution, figures)))
            for path, code, caution in found
        ),
        notes=tuple(words for kind, words in _WHAT.items() if any(kind is one for *_, one in found)),
    )


def _grounds(found: VariableAgreement, caution: Caution, figures: Figures) -> str:
    if caution is Caution.CODER_BIAS and found.table is not None:
        first, second = figures.scope.coders
        return f"{found.table.only_first} by {first} alone, {found.table.only_second} by {second} alone"
    return (
        f"prevalence {decimal(found.prevalence, 2).text}, agree {percent(found.percent_agreement).text} %, "
        f"AC1 {figure(found.gwet_ac1).text}, alpha {figure(found.krippendorff_alpha).text}, on “yes” "
        f"{figure(found.positive_agreement).text}"
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

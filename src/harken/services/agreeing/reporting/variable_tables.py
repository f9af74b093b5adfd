"""Tables of codes and exclusive families: the figures to be read side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from harken.errors import many
from harken.model import Codebook
from harken.report import DASH, EMPTY, Cell, Column, Table, count, decimal, text
from harken.services.agreeing.reporting.wording import (
    VERDICTS,
    figure,
    judged_words,
    label,
    lacks_interval,
    limits,
    other_alphas,
    percent,
    prevalence,
    short,
)
from harken.services.agreeing.result import Figures
from harken.stats.agreement import VariableAgreement
from harken.stats.estimate import Estimate
from harken.stats.verdicts import Verdict

LONG = 30
"""With more codes than this, those too few to judge stand in the full view alone."""
_COEFFICIENTS = {
    "alpha": "krippendorff_alpha",
    "ordinal alpha": "krippendorff_alpha_ordinal",
    "interval alpha": "krippendorff_alpha_interval",
    "ratio alpha": "krippendorff_alpha_ratio",
    "Cohen": "cohen_kappa",
    "Light": "light_kappa",
    "Fleiss": "fleiss_kappa",
    "Fleiss listwise": "fleiss_kappa_listwise",
    "Conger": "conger_kappa",
    "AC1": "gwet_ac1",
    "AC2": "gwet_ac2",
    "Brennan–Prediger": "brennan_prediger",
    "agree": "percent_agreement",
    "agree, pooled": "percent_agreement_pair_pooled",
    "pos. agr.": "positive_agreement",
    "neg. agr.": "negative_agreement",
}
"""Headings of the full view, with the fields they show; those that nothing here has are left out."""


def code_table(
    figures: Figures,
    codebook: Codebook | None,
    *,
    heading: str,
    is_full: bool,
    short_heading: str = "",
    n_told: int = 0,
    has_minimum: bool = False,
) -> Table:
    """Each code with the figures that judge it, and how many codes got which verdict.

    `n_told` more codes of the same scope stand, with the same figures, in another table. `has_minimum`: how
    probable alpha below a minimum is was asked for.
    """
    applied = {path: found for path, found in figures.codes.items() if found.n_positive}
    notes = [_verdicts(figures.codes)] if len(figures.codes) > 1 else []
    shown = applied if is_full else short_list(applied)
    n_unused = len(figures.codes) - len(applied)
    if n_unused:
        were = many(n_unused, "code was", "codes were")
        notes.append(f"{were} applied by nobody here; there is nothing to agree on.")
    if len(shown) < len(applied):
        notes.append(f"Left to the full view (--all): {_left_out(applied, shown)}.")
    if n_told:
        notes.append(f"Left to the table over everything: {many(n_told, 'code')} with the same figures here.")
    coders = figures.scope.coders
    below = _below(shown.values()) if has_minimum else ""
    return Table(
        title=heading,
        short_title=short_heading,
        columns=_columns(coders, first="code", below=below),
        rows=tuple(
            _row(label(path, codebook), found, n_coders=len(coders), has_minimum=has_minimum)
            for path, found in shown.items()
        ),
        notes=tuple(notes),
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


def family_table(
    figures: Figures, *, heading: str = "", short_heading: str = "Families", has_minimum: bool = False
) -> Table:
    """Exclusive families, each as one variable."""
    coders = figures.scope.coders
    what = (
        "Exclusive families, each as one variable" if figures.codes else "Agreement on one value a response"
    )
    return Table(
        title=heading or what,
        short_title=short_heading,
        columns=_columns(
            coders,
            first="family",
            is_code=False,
            below=_below(figures.families.values()) if has_minimum else "",
        ),
        rows=tuple(
            _row(text(key), found, n_coders=len(coders), is_code=False, has_minimum=has_minimum)
            for key, found in figures.families.items()
        ),
        notes=tuple(_scaled(figures.families)),
    )


def _scaled(families: Mapping[str, VariableAgreement]) -> Iterator[str]:
    for key, found in families.items():
        beside = other_alphas(found)
        if beside:
            without = "; it has no interval by this method" if lacks_interval(found) else ""
            yield (
                f"{key} is an ordered scale: its alpha and verdict are by {judged_words(found)}{without}. "
                f"Beside it: {', '.join(beside)}."
            )


def coefficient_table(figures: Figures, codebook: Codebook | None) -> Table:
    """Every coefficient of every code that somebody applied."""
    rows = _named(figures, codebook)
    below = _below([found for _, found in rows])
    shown = _coefficients_of(rows)
    has_indices = any(found.prevalence_index is not None for _, found in rows)
    indices = ("prevalence index", "bias index") if has_indices else ()
    notes = [f"{below}: how probable it is that alpha lies below this minimum."]
    if figures.codes:
        notes.insert(0, "For a yes/no code Brennan–Prediger is what others call PABAK.")
    left_out = [f"{found.n_undefined_kappas} for {name.text}" for name, found in rows if _is_partial(found)]
    if left_out:
        notes.append(
            "Light's kappa is the mean over the pairs of coders that have a kappa. "
            f"Left out of it: {', '.join(left_out)}."
        )
    return Table(
        title="Every coefficient",
        columns=(
            _first(figures),
            *(Column(heading=heading, align="right") for heading in (*shown, below, *indices)),
        ),
        rows=tuple(
            (
                name,
                *(figure(_estimate(found, field)) for field in shown.values()),
                decimal(found.below_minimum.probability, 3, undefined="–"),
                *(
                    decimal(index, 2, undefined="–")
                    for index in (found.prevalence_index, found.bias_index)[: len(indices)]
                ),
            )
            for name, found in rows
        ),
        notes=tuple(notes),
    )


def _is_partial(found: VariableAgreement) -> bool:
    """Whether Light's kappa is the mean of some pairs' kappas, as others have none."""
    return found.light_kappa.value is not None and found.n_undefined_kappas > 0


def interval_table(figures: Figures, codebook: Codebook | None) -> Table:
    """The limits of every coefficient of every code that somebody applied."""
    rows = _named(figures, codebook)
    shown = _coefficients_of(rows)
    return Table(
        title="Intervals of every coefficient",
        short_title="Every interval",
        columns=(_first(figures), *(Column(heading=heading, align="right") for heading in shown)),
        rows=tuple(
            (name, *(_limits(_estimate(found, field)) for field in shown.values())) for name, found in rows
        ),
    )


def _coefficients_of(rows: Sequence[tuple[Cell, VariableAgreement]]) -> Mapping[str, str]:
    return {
        heading: field
        for heading, field in _COEFFICIENTS.items()
        if any(_estimate(found, field) is not None for _, found in rows)
    }


def _first(figures: Figures) -> Column:
    return Column(heading="code" if figures.codes else "family")


def _named(figures: Figures, codebook: Codebook | None) -> list[tuple[Cell, VariableAgreement]]:
    return [
        *((label(path, codebook), found) for path, found in figures.codes.items() if found.n_positive),
        *((text(key), found) for key, found in figures.families.items()),
    ]


def _estimate(found: VariableAgreement, field: str) -> Estimate | None:
    estimate: Estimate | None = getattr(found, field)
    return estimate


def _limits(estimate: Estimate | None) -> Cell:
    return DASH if estimate is None else limits(estimate)


def _below(found: Iterable[VariableAgreement]) -> str:
    """The heading of how probable it is that alpha lies below the minimum."""
    minimum = next((one.below_minimum.minimum for one in found), 0.0)
    return f"P(alpha < {short(minimum)})"


def _columns(
    coders: tuple[str, ...], *, first: str, is_code: bool = True, below: str = ""
) -> tuple[Column, ...]:
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
    if below:
        columns.append(Column(heading=below, align="right"))
    if is_code:
        columns.append(Column(heading="pos. agr.", align="right", is_detail=True))
    return (
        *columns,
        Column(heading="AC1", align="right", is_detail=True),
        Column(heading="verdict"),
        Column(heading="needed", align="right", is_detail=True),
    )


def _row(
    name: Cell,
    found: VariableAgreement,
    *,
    n_coders: int,
    is_code: bool = True,
    has_minimum: bool = False,
) -> tuple[Cell, ...]:
    cells = [name, count(found.n_units_pairable)]
    if is_code:
        cells.append(prevalence(found.prevalence))
        if n_coders == 2:
            table = found.table
            cells += (
                [count(table.both), count(table.only_first), count(table.only_second), count(table.neither)]
                if table
                else [EMPTY] * 4
            )
    alpha = found.judged_alpha
    cells += [percent(found.percent_agreement), figure(alpha), limits(alpha)]
    if has_minimum:
        cells.append(decimal(found.below_minimum.probability, 3, undefined="–"))
    if is_code:
        cells.append(figure(found.positive_agreement))
    return (*cells, figure(found.gwet_ac1), text(VERDICTS[found.verdict]), count(found.n_needed))

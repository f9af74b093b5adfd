"""What a reader is warned of: codes whose figures must not be read alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harken.errors import listed, many
from harken.model import Codebook
from harken.report import Column, Table, decimal, text
from harken.services.agreeing.reporting.wording import CAUTIONS, figure, label, percent
from harken.services.agreeing.result import Figures
from harken.stats.agreement import VariableAgreement
from harken.stats.cautions import Caution, bound_perfect_alpha, find_cautions
from harken.stats.verdicts import Bands, Verdict

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


def perfect_notes(shown: Mapping[str, VariableAgreement], *, bands: Bands) -> Iterator[str]:
    """A sentence where judged codes show no disagreement at all."""
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

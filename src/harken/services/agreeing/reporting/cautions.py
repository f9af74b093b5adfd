"""What a reader is warned of: codes whose figures must not be read alone."""

from __future__ import annotations

from harken.errors import many
from harken.model import Codebook
from harken.report import Column, Table, decimal, text
from harken.services.agreeing.reporting.wording import CAUTIONS, figure, label, percent, prevalence
from harken.services.agreeing.result import Figures
from harken.stats.agreement import VariableAgreement
from harken.stats.cautions import Caution, bound_perfect_alpha, find_cautions
from harken.stats.verdicts import Bands, Verdict

_WHAT = {
    Caution.KAPPA_PARADOX: "Kappa paradox (Feinstein and Cicchetti 1990): most decisions agree, but as one "
    "answer is far commoner than the other, chance alone would make them agree nearly as often; alpha and "
    "kappa are low then, and AC1 is high. Whether coders find the rare one alike is what agreement on it "
    "says: on “yes” for a rare code, on “no” for one that is nearly always applied.",
    Caution.CODER_BIAS: "Coder bias: where the two part, far more often one coder applied the code than the "
    "other (exact sign test at .05, each code by itself: of many codes without bias one in twenty would "
    "stand here), so one may read it more widely.",
    Caution.NO_SPREAD: "No disagreement at all: resampling then shows no spread, which is not certainty. The "
    "exact bound on the share of disagreement (Clopper and Pearson 1934) says how low alpha may still be.",
    Caution.FEW_NEGATIVES: "Few without the code: nearly every response has it, and alpha rests on the few "
    "that have not. Its interval then holds its level as little as that of a rare code, so the verdict is "
    "not to be relied on.",
}


def caution_table(figures: Figures, codebook: Codebook | None, *, bands: Bands) -> Table | None:
    """Judged codes whose figures must not be read alone, and why; None where there are none.

    Codes too few to judge are not among them: their verdict says so already.
    """
    variables = [
        *((label(path, codebook), found) for path, found in figures.codes.items()),
        *((text(key), found) for key, found in figures.families.items()),
    ]
    rows = [
        (name, found, caution)
        for name, found in variables
        for caution in find_cautions(found, bands=bands)
        if found.verdict is not Verdict.TOO_FEW
    ]
    if not rows:
        return None
    return Table(
        title="To be read with care",
        columns=(
            Column(heading="code" if figures.codes else "family"),
            Column(heading="what"),
            Column(heading="figures"),
        ),
        rows=tuple(
            (name, text(CAUTIONS[caution]), text(_grounds(found, caution, figures)))
            for name, found, caution in rows
        ),
        notes=tuple(words for kind, words in _WHAT.items() if any(kind is one for *_, one in rows)),
    )


def _grounds(found: VariableAgreement, caution: Caution, figures: Figures) -> str:
    if caution is Caution.CODER_BIAS and found.table is not None:
        first, second = figures.scope.coders
        return f"{found.table.only_first} by {first} alone, {found.table.only_second} by {second} alone"
    if caution is Caution.NO_SPREAD:
        least = bound_perfect_alpha(found, level=found.krippendorff_alpha.level).value
        said = many(found.n_units_pairable, "response")
        return said if least is None else f"{said}; alpha may be as low as {decimal(least, 2).text}"
    if caution is Caution.FEW_NEGATIVES and found.prevalence is not None:
        n_without = decimal((1 - found.prevalence) * found.n_units_pairable, 1).text
        return f"{n_without} of {many(found.n_units_pairable, 'response')} expected without it"
    said = (
        f"agree {percent(found.percent_agreement).text} %, AC1 {figure(found.gwet_ac1).text}, "
        f"alpha {figure(found.krippendorff_alpha).text}"
    )
    if found.prevalence is None:
        return said
    rare, on_rare = (
        ("yes", found.positive_agreement) if found.prevalence <= 0.5 else ("no", found.negative_agreement)
    )
    return f"prevalence {prevalence(found.prevalence).text}, {said}, on “{rare}” {figure(on_rare).text}"

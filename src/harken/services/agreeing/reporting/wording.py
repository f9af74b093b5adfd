"""Words and cells for figures of agreement, one and the same in every table of them."""

from __future__ import annotations

from harken.model import Codebook
from harken.report import Cell, decimal
from harken.stats.cautions import Caution
from harken.stats.estimate import Estimate, Undefined
from harken.stats.verdicts import DEFAULT_BANDS, Bands, Verdict

VERDICTS = {
    Verdict.RELIABLE: "reliable",
    Verdict.TENTATIVE: "tentative",
    Verdict.UNRELIABLE: "unreliable",
    Verdict.TOO_FEW: "too few to judge",
    Verdict.UNDEFINED: "undefined",
}
_WHY = {
    Undefined.ONE_CATEGORY: "no variation",
    Undefined.NO_OVERLAP: "no overlap",
    Undefined.ONE_CODER: "one coder",
    Undefined.NO_RATINGS: "no decisions",
    Undefined.TOO_FEW_UNITS: "too few units",
}
CAUTIONS = {
    Caution.KAPPA_PARADOX: "kappa paradox",
    Caution.CODER_BIAS: "coder bias",
    Caution.NO_SPREAD: "no disagreement at all",
}


def figure(estimate: Estimate | None, places: int = 2) -> Cell:
    """A coefficient, or why there is none; a dash where it does not apply."""
    if estimate is None:
        return Cell("–", None)
    why = _WHY[estimate.undefined] if estimate.undefined else "–"
    return decimal(estimate.value, places, undefined=why)


def percent(estimate: Estimate) -> Cell:
    """A share as a percentage with one decimal, or why there is none."""
    if estimate.value is None:
        return figure(estimate)
    return Cell(f"{100 * estimate.value:.1f}", 100 * estimate.value)


def label(path: str, codebook: Codebook | None) -> Cell:
    """A code's path, set in by its depth."""
    entry = codebook.entries.get(path) if codebook is not None else None
    if entry is None:
        return Cell(path, path)
    retired = " (retired)" if entry.code.is_retired else ""
    return Cell(f"{'  ' * entry.depth}{path}{retired}", path)


def short(value: float) -> str:
    """A limit as papers print it, without the zero: .667."""
    printed = f"{value:.3f}"
    return printed[1:] if printed.startswith("0") else printed


def owner_of(bands: Bands) -> str:
    """Whose the limits of the verdicts are."""
    is_customary = (bands.reliable, bands.tentative) == (DEFAULT_BANDS.reliable, DEFAULT_BANDS.tentative)
    return "Krippendorff's customary limits" if is_customary else "this study's own limits"

"""Words and cells for figures of agreement, one and the same in every table of them."""

from __future__ import annotations

from harken.errors import many
from harken.model import Codebook
from harken.report import Cell, decimal, interval, percentage, visible
from harken.stats.agreement import VariableAgreement
from harken.stats.cautions import Caution
from harken.stats.estimate import Estimate, Undefined
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod
from harken.stats.verdicts import Verdict

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
    Caution.FEW_NEGATIVES: "few without the code",
}


_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
_ALPHAS = {
    "krippendorff_alpha": "nominal alpha",
    "krippendorff_alpha_ordinal": "ordinal alpha",
    "krippendorff_alpha_interval": "interval alpha",
    "krippendorff_alpha_ratio": "ratio alpha",
}
_METHODS = {
    UncertaintyMethod.BOOTSTRAP: "percentile bootstrap intervals",
    UncertaintyMethod.BCA: "bias-corrected and accelerated (BCa) bootstrap intervals",
    UncertaintyMethod.ANALYTIC: "closed-form intervals (Gwet's linearisation; Fleiss, Cohen and Everitt for "
    "Cohen's kappa), which take responses as independent of each other",
    UncertaintyMethod.JACKKNIFE: "jackknife intervals",
}


def interval_words(how: Uncertainty) -> str:
    """How the intervals were made, as in "95 % percentile bootstrap intervals over participants"."""
    words = f"{100 * how.level:g} % {_METHODS[how.method]}"
    if how.method is UncertaintyMethod.ANALYTIC:
        return words
    words += " over participants"
    if how.method is UncertaintyMethod.JACKKNIFE:
        return words
    return f"{words} ({many(how.replicates, 'replicate')}, seed {how.seed})"


def number_of(n: int, one: str, several: str = "") -> str:
    """A number and what it counts at the start of a sentence: Two coders."""
    return f"{_NUMBERS[n] if n < len(_NUMBERS) else n} {one if n == 1 else several or one + 's'}"


def percent_of(n: int, base: int) -> str:
    """A share in percent with one decimal, never a false 0 or 100."""
    return f"{percentage(n, base)} %"


def days(number: float) -> str:
    """A stretch of time, to the day or the tenth of one."""
    if number < 1:
        return "less than a day"
    printed = f"{number:.1f}".removesuffix(".0")
    return f"{printed} {'day' if printed == '1' else 'days'}"


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


def prevalence(value: float | None) -> Cell:
    """A share with three decimals, never a false 0 or 1: with two, codes on either side of ten look alike."""
    if value is not None and (0 < value < 0.0005 or 0.9995 <= value < 1):
        return Cell("<0.001" if value < 0.5 else ">0.999", value)
    return decimal(value, 3, undefined="–")


def percent_interval(estimate: Estimate) -> Cell:
    """The limits of a share in percent."""
    if estimate.low is None or estimate.high is None:
        return interval(None, None)
    return interval(100 * estimate.low, 100 * estimate.high, 1)


def limits(estimate: Estimate) -> Cell:
    """The limits of a coefficient."""
    return interval(estimate.low, estimate.high, 2)


def with_limits(estimate: Estimate) -> str:
    """A coefficient in a sentence, its limits behind it where it has any: 0.71 [0.60, 0.80]."""
    has_limits = estimate.low is not None and estimate.high is not None
    return f"{figure(estimate).text} {limits(estimate).text}" if has_limits else figure(estimate).text


def label(path: str, codebook: Codebook | None) -> Cell:
    """A code's path, set in by its depth."""
    entry = codebook.entries.get(path) if codebook is not None else None
    if entry is None:
        return Cell(visible(path), path)
    retired = " (retired)" if entry.code.is_retired else ""
    return Cell(f"{'  ' * entry.depth}{path}{retired}", path)


def judged_words(found: VariableAgreement) -> str:
    """What the alpha that the verdict is on is called: alpha, or on a scale as in "ordinal alpha"."""
    return "alpha" if found.judged_by == "krippendorff_alpha" else _ALPHAS[found.judged_by]


def other_alphas(found: VariableAgreement) -> list[str]:
    """What an ordered scale has beside the alpha that it is judged by, with limits; nothing without one."""
    if found.gwet_ac2 is None:
        return []
    beside = {name: words for name, words in _ALPHAS.items() if name != found.judged_by}
    return [
        f"{words} {with_limits(getattr(found, name))}"
        for name, words in {**beside, "gwet_ac2": "AC2"}.items()
        if getattr(found, name) is not None
    ]


def lacks_interval(found: VariableAgreement) -> bool:
    """Whether a variable cannot be judged for want of an interval: one participant, one replicate."""
    return found.verdict is Verdict.TOO_FEW and found.judged_alpha.low is None


def short(value: float) -> str:
    """A limit as papers print it, without the zero: .667."""
    printed = f"{value:.3f}"
    return printed[1:] if printed.startswith("0") else printed

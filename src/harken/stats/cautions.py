"""What a reader of an agreement figure has to be warned of, beside its verdict."""

from __future__ import annotations

from enum import StrEnum
from math import comb

from harken.stats.agreement import CrossTable, VariableAgreement
from harken.stats.estimate import Estimate
from harken.stats.verdicts import DEFAULT_BANDS, Bands

HIGH_AGREEMENT = 0.8
"""From this percent agreement on, a low alpha is a matter of prevalence."""
WIDE_GAP = 0.2
"""AC1 above alpha by at least so much."""
SIGN_LEVEL = 0.05
"""Two-sided level of the exact sign test for coder bias."""


class Caution(StrEnum):
    """Why a figure must not be read alone."""

    KAPPA_PARADOX = "kappa_paradox"
    """Most units agree, yet alpha is low, as one category is rare (Feinstein and Cicchetti 1990)."""
    CODER_BIAS = "coder_bias"
    """One of two coders uses the code more often than chance lets them differ."""
    NO_SPREAD = "no_spread"
    """No pair disagrees: resampling shows no spread, which is not the same as certainty."""
    FEW_NEGATIVES = "few_negatives"
    """So nearly everything has the code that too few units without it are expected for a sound interval."""


def find_cautions(found: VariableAgreement, *, bands: Bands = DEFAULT_BANDS) -> tuple[Caution, ...]:
    """The cautions that go with the figures of one variable.

    Kappa paradox: percent agreement at least .8, alpha below the tentative limit, AC1 above alpha by at least
    .2. Coder bias (two coders, yes/no): exact two-sided sign test of the units that only one of them coded,
    at .05. No spread: every pair agrees. Few negatives (yes/no): enough units with the code are expected for
    a verdict, but fewer than that without it; alpha is the same with yes and no exchanged, and its interval
    then holds its level as little as with few positives.
    """
    return tuple(
        caution
        for caution, holds in (
            (Caution.KAPPA_PARADOX, _is_paradox(found, bands)),
            (Caution.CODER_BIAS, found.table is not None and _is_biased(found.table)),
            (Caution.NO_SPREAD, _is_perfect(found)),
            (Caution.FEW_NEGATIVES, _has_few_negatives(found, bands)),
        )
        if holds
    )


def _is_paradox(found: VariableAgreement, bands: Bands) -> bool:
    alpha, agreed, ac1 = found.krippendorff_alpha.value, found.percent_agreement.value, found.gwet_ac1.value
    if alpha is None or agreed is None or ac1 is None:
        return False
    return agreed >= HIGH_AGREEMENT and alpha < bands.tentative and ac1 - alpha >= WIDE_GAP


def _has_few_negatives(found: VariableAgreement, bands: Bands) -> bool:
    prevalence, n, fewest = found.prevalence, found.n_units_pairable, bands.expected_positives
    if prevalence is None or found.krippendorff_alpha.value is None:
        return False
    # Rounded, as the verdict's product is.
    return round((1 - prevalence) * n, 9) < fewest <= round(prevalence * n, 9)


def _is_biased(table: CrossTable) -> bool:
    return sign_test(table.only_first, table.only_second) < SIGN_LEVEL


def sign_test(first: int, second: int) -> float:
    """Exact two-sided p of a split into `first` and `second` where each is as likely; 1 for none."""
    n = first + second
    tail = sum(comb(n, k) for k in range(min(first, second) + 1))
    return float(min(1, 2 * tail / 2**n))


def _is_perfect(found: VariableAgreement) -> bool:
    return found.krippendorff_alpha.value is not None and found.percent_agreement.value == 1


def bound_perfect_alpha(found: VariableAgreement, *, level: float = 0.95) -> Estimate:
    """The least alpha that a sample without any disagreement leaves room for.

    With no disagreement in n units, at most 1 - ((1 - level) / 2)^(1/n) of all units are decided differently
    (Clopper and Pearson 1934); alpha = 1 - Do/De with this as Do, and De from the prevalence observed. Units
    are taken as independent. Only for yes/no variables of which every pair agrees.
    """
    prevalence, n = found.prevalence, found.n_units_pairable
    if not _is_perfect(found) or prevalence is None:
        return Estimate(value=None, level=level, method="clopper-pearson")
    most = 1 - float(((1 - level) / 2) ** (1 / n))
    chance = 2 * prevalence * (1 - prevalence)
    return Estimate(value=max(-1.0, 1 - most / chance), level=level, method="clopper-pearson")

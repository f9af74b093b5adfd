"""What a reader is warned of beside a verdict."""

from __future__ import annotations

import pytest
from scipy import stats

from harken.stats import measure_code_agreement
from harken.stats.cautions import Caution, bound_perfect_alpha, find_cautions, sign_test
from harken.stats.ratings import code_ratings, collect_set_ratings
from harken.stats.uncertainty import Uncertainty
from harken.stats.verdicts import Bands, Verdict

FEW = Uncertainty(replicates=50)


def measured(both: int, only_first: int, only_second: int, neither: int):
    cells = [(1, 1)] * both + [(1, 0)] * only_first + [(0, 1)] * only_second + [(0, 0)] * neither
    decisions = [
        (unit, coder, ("x",) if held else ())
        for unit, pair in enumerate(cells)
        for coder, held in zip(("ann", "ben"), pair, strict=True)
    ]
    sets = collect_set_ratings(decisions, coders=("ann", "ben"), codes=("x",))
    return measure_code_agreement(code_ratings(sets, ("x",)), uncertainty=FEW)


def test_high_agreement_with_a_low_alpha_is_called_the_paradox() -> None:
    # Feinstein and Cicchetti (1990): 85 % agree, kappa .32.
    assert find_cautions(measured(80, 10, 5, 5)) == (Caution.KAPPA_PARADOX,)


def test_balanced_use_with_the_same_agreement_is_no_paradox() -> None:
    assert find_cautions(measured(45, 7, 8, 40)) == ()


def test_the_paradox_ends_where_the_studys_own_limit_is_reached() -> None:
    found = measured(80, 10, 5, 5)
    assert Caution.KAPPA_PARADOX not in find_cautions(found, bands=Bands(tentative=0.3, reliable=0.5))


def test_a_code_that_one_coder_applies_far_more_often_is_called_biased() -> None:
    assert Caution.CODER_BIAS in find_cautions(measured(20, 1, 9, 70))
    assert Caution.CODER_BIAS not in find_cautions(measured(20, 4, 6, 70))


@pytest.mark.parametrize(("first", "second"), [(0, 0), (1, 0), (0, 5), (3, 9), (9, 3), (20, 20), (400, 450)])
def test_the_sign_test_is_the_exact_binomial_one(first: int, second: int) -> None:
    expected = stats.binomtest(first, first + second).pvalue if first + second else 1.0
    assert sign_test(first, second) == pytest.approx(expected, rel=1e-9)


def test_a_code_that_nearly_everything_has_rests_on_the_few_without_it() -> None:
    # Alpha is that of (3, 1, 1, 95), a code too rare for a verdict.
    found = measured(95, 1, 1, 3)
    assert found.verdict is Verdict.UNRELIABLE
    assert find_cautions(found) == (Caution.FEW_NEGATIVES,)
    assert find_cautions(measured(3, 1, 1, 95)) == ()
    assert Caution.FEW_NEGATIVES not in find_cautions(measured(89, 1, 1, 9))
    assert Caution.FEW_NEGATIVES not in find_cautions(measured(4, 1, 1, 4))


def test_no_disagreement_is_no_certainty() -> None:
    found = measured(12, 0, 0, 35)
    assert Caution.NO_SPREAD in find_cautions(found)
    # 1 - .025^(1/47) = .0755 may be decided differently; chance disagreement is 2 (12/47) (35/47) = .3803.
    assert bound_perfect_alpha(found).value == pytest.approx(1 - 0.0755 / 0.3803, abs=1e-3)


def test_the_bound_of_perfect_agreement_nears_one_as_answers_grow() -> None:
    small, large = (bound_perfect_alpha(measured(n, 0, 0, n)).value for n in (10, 1000))
    assert small is not None
    assert large is not None
    assert small < 0.7 < 0.99 < large < 1


def test_there_is_no_bound_where_somebody_disagrees_or_nothing_varies() -> None:
    assert bound_perfect_alpha(measured(12, 1, 0, 35)).value is None
    assert bound_perfect_alpha(measured(0, 0, 0, 35)).value is None
    assert find_cautions(measured(0, 0, 0, 35)) == ()

"""Adjusted p-values beside tests that are hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harken.services.shares.comparing import GroupTest
from harken.stats.multiplicity import benjamini_hochberg, holm


def readjusted(
    shown: Sequence[GroupTest | None], before: Sequence[GroupTest | None]
) -> list[GroupTest | None]:
    """The tests of one family that are shown, adjusted without telling anything of those that are not.

    A hidden test stays in its family as p = 1, so that what is shown is an upper limit of the adjusted p.
    """
    if all(test is not None or was is None for test, was in zip(shown, before, strict=True)):
        return list(shown)
    ps = [test.p if test else 1.0 if was else None for test, was in zip(shown, before, strict=True)]
    return [
        replace(test, p_holm=p_holm, p_bh=p_bh) if test else None
        for test, p_holm, p_bh in zip(shown, holm(ps), benjamini_hochberg(ps), strict=True)
    ]

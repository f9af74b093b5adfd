"""Whose the limits of the verdicts are, in words: custom's, the study's own, or given for one run."""

from __future__ import annotations

from harken.services.agreeing.reporting.wording import short
from harken.services.agreeing.yardstick import StudyBands, Yardstick
from harken.stats.verdicts import DEFAULT_BANDS, Bands

_SHOWN_BY_SIMULATION = DEFAULT_BANDS.expected_positives
"""Expected positives below which intervals were found not to hold their level."""


def owner_of(by: Yardstick) -> str:
    """Whose the two limits are, as in "this study's own limits (set by ada on 2026-03-01)"."""
    usual = _limits(by.usual_bands)
    if _limits(by.bands) != usual:
        whose = "Krippendorff's customary" if usual == _limits(DEFAULT_BANDS) else "the study's own"
        return f"limits given for this run (not {whose} {short(usual[0])} and {short(usual[1])})"
    if usual == _limits(DEFAULT_BANDS) or by.study is None:
        return "Krippendorff's customary limits"
    return f"this study's own limits ({set_words(by.study)})"


def set_words(study: StudyBands) -> str:
    """By whom limits were set and on which day."""
    return f"set by {study.by} on {study.at[:10]}"


def fewest_of(by: Yardstick) -> str:
    """The number of expected positives that a verdict takes, and whether for this run alone."""
    fewest, usual = by.bands.expected_positives, by.usual_bands.expected_positives
    return f"{fewest:g}" if fewest == usual else f"{fewest:g} (given for this run, not {usual:g})"


def why_fewest(by: Yardstick) -> str:
    """What simulations say of the number of expected positives that a verdict takes; nothing above theirs."""
    fewest = by.bands.expected_positives
    if fewest == _SHOWN_BY_SIMULATION:
        return ", where intervals do not hold their level"
    if fewest < _SHOWN_BY_SIMULATION:
        return f"; simulations found intervals not to hold their level below {_SHOWN_BY_SIMULATION:g}"
    return ""


def _limits(bands: Bands) -> tuple[float, float]:
    return bands.reliable, bands.tentative

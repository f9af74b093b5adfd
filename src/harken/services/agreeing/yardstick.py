"""By what agreement is judged, and making it from the words and numbers that a person gives."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from harken.errors import HarkenError, near_match, quoted
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod
from harken.stats.verdicts import DEFAULT_BANDS, Bands


class BandsOrigin(StrEnum):
    """Where the limits of verdicts come from."""

    CUSTOMARY = "customary"
    STUDY = "study"
    """Set in the project."""
    RUN = "run"
    """Given for one measurement: limits that can be chosen with the figures in view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyBands:
    """The limits that were set in a project, by whom and when."""

    bands: Bands
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """By what agreement is judged: how intervals are made, and where verdicts part."""

    uncertainty: Uncertainty = field(default_factory=Uncertainty)
    bands: Bands = DEFAULT_BANDS
    study: StudyBands | None = None
    """What was set in the project; None where nothing was, or where there is none."""

    @property
    def usual_bands(self) -> Bands:
        """The limits that hold where none are given."""
        return DEFAULT_BANDS if self.study is None else self.study.bands

    @property
    def origin(self) -> BandsOrigin:
        """Where `bands` come from."""
        if self.bands != self.usual_bands:
            return BandsOrigin.RUN
        return BandsOrigin.CUSTOMARY if self.bands == DEFAULT_BANDS else BandsOrigin.STUDY

    def thresholds(self) -> dict[str, Any]:
        """The limits in a document, with where they come from."""
        is_set = self.study is not None and self.origin is BandsOrigin.STUDY
        return {
            **asdict(self.bands),
            "origin": self.origin.value,
            "set_by": self.study.by if self.study and is_set else None,
            "set_at": self.study.at if self.study and is_set else None,
        }


def make_uncertainty(
    *,
    method: str = "bootstrap",
    replicates: int = 2000,
    seed: int = 1,
    level: float = 0.95,
    minimum: float | None = None,
) -> Uncertainty:
    """Raises where a number makes no sense or the method is unknown."""
    known = [one.value for one in UncertaintyMethod]
    if method not in known:
        raise HarkenError(
            f"No method {quoted(method)} for intervals.{near_match(method, known)} Known: {', '.join(known)}."
        )
    if not 0 < level < 1:
        raise HarkenError(f"A level lies between 0 and 1, as in 0.95; got {level:g}.")
    if minimum is not None and not 0 < minimum < 1:
        raise HarkenError(f"The minimum of alpha lies between 0 and 1, as in 0.667; got {minimum:g}.")
    if replicates < 1:
        raise HarkenError(f"Intervals need one replicate at least, better 2000; got {replicates}.")
    if seed < 0:
        raise HarkenError(f"A seed is 0 or a whole number above; got {seed}.")
    return Uncertainty(
        method=UncertaintyMethod(method), replicates=replicates, seed=seed, level=level, minimum=minimum
    )


def checked_bands(
    bands: Bands,
    *,
    tentative: float | None = None,
    reliable: float | None = None,
    expected_positives: float | None = None,
) -> Bands:
    """`bands` with the limits given in place of theirs. Raises where they make no sense."""
    given = {
        name: value
        for name, value in (
            ("tentative", tentative),
            ("reliable", reliable),
            ("expected_positives", expected_positives),
        )
        if value is not None
    }
    wanted = replace(bands, **given)
    for name, value in (("tentative", wanted.tentative), ("reliable", wanted.reliable)):
        if not 0 < value < 1:
            raise HarkenError(f"The {name} limit of alpha lies between 0 and 1, as in 0.667; got {value:g}.")
    if wanted.tentative > wanted.reliable:
        raise HarkenError(
            f"The tentative limit {wanted.tentative:g} lies above the reliable one {wanted.reliable:g}. "
            "Give both, the lower as --tentative."
        )
    if not wanted.expected_positives >= 0:
        raise HarkenError(
            f"The number of expected positive responses is at least 0; got {wanted.expected_positives:g}."
        )
    return wanted

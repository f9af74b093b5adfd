"""By what agreement is judged."""

from __future__ import annotations

from dataclasses import dataclass, field

from harken.stats.uncertainty import Uncertainty
from harken.stats.verdicts import DEFAULT_BANDS, Bands


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """By what agreement is judged: how intervals are made, and where verdicts part."""

    uncertainty: Uncertainty = field(default_factory=Uncertainty)
    bands: Bands = DEFAULT_BANDS

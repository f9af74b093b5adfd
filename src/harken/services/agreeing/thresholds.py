"""The study's own limits of agreement verdicts: a setting of the project, changed as an event."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from harken.report import Column, Report, Table, text
from harken.services.agreeing.reporting.wording import owner_of, short
from harken.services.agreeing.yardstick import checked_bands
from harken.stats.verdicts import DEFAULT_BANDS, Bands
from harken.storage import study
from harken.storage.store import Store

_SETTING = "agreement_thresholds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The limits that verdicts of this project are held against."""

    bands: Bands

    def as_json(self) -> dict[str, Any]:
        """The document of `harken agreement thresholds --format json`."""
        return {**asdict(self.bands), "is_customary": self.bands == DEFAULT_BANDS}


def stored_bands(store: Store) -> Bands:
    """The limits set in the project, else Krippendorff's customary ones."""
    stored = study.settings(store).get(_SETTING)
    return Bands(**json.loads(stored)) if stored else DEFAULT_BANDS


def set_bands(
    store: Store,
    *,
    actor: str,
    tentative: float | None = None,
    reliable: float | None = None,
    expected_positives: float | None = None,
) -> Bands:
    """Hold this project's verdicts against other limits from now on; those not given stay."""
    with store.action(actor) as action:
        wanted = checked_bands(
            stored_bands(store),
            tentative=tentative,
            reliable=reliable,
            expected_positives=expected_positives,
        )
        if wanted != stored_bands(store):
            action.append("settings.changed", {_SETTING: json.dumps(asdict(wanted), sort_keys=True)})
    return wanted


def thresholds_report(found: Thresholds) -> Report:
    """The limits, in words."""
    bands = found.bands
    return Report(
        title="Limits of agreement verdicts",
        notes=(f"These are {owner_of(bands)}, held against the lower limit of alpha's interval.",),
        tables=(
            Table(
                title="Verdicts",
                columns=(Column(heading="verdict"), Column(heading="where")),
                rows=(
                    (text("reliable"), text(f"lower limit of alpha at least {short(bands.reliable)}")),
                    (text("tentative"), text(f"lower limit of alpha at least {short(bands.tentative)}")),
                    (text("unreliable"), text("lower limit of alpha below that")),
                    (
                        text("too few to judge"),
                        text(f"prevalence × double-coded responses below {bands.expected_positives:g}"),
                    ),
                    (text("undefined"), text("alpha has no value: no variation, no overlap")),
                ),
            ),
        ),
    )

"""The study's own limits of agreement verdicts: a setting of the project, changed as an event."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from harken.report import Cell, Column, Report, Table, text
from harken.services.agreeing.reporting.limit_words import owner_of
from harken.services.agreeing.reporting.wording import short
from harken.services.agreeing.yardstick import StudyBands, Yardstick, checked_bands
from harken.stats.verdicts import DEFAULT_BANDS, Bands
from harken.storage import journal
from harken.storage.store import Store

_SETTING = "agreement_thresholds"
_LIMITS = {"reliable": "reliable", "tentative": "tentative", "expected_positives": "expected positives"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The limits that verdicts of this project are held against, and how they came about."""

    history: tuple[StudyBands, ...]
    """Every time that limits were set, the oldest first; empty where custom's stand."""
    before: Bands | None = None
    """Where they were to be set just now, the limits that stood until then."""

    @property
    def study(self) -> StudyBands | None:
        """What was set last."""
        return self.history[-1] if self.history else None

    @property
    def bands(self) -> Bands:
        """The limits as they stand."""
        return DEFAULT_BANDS if self.study is None else self.study.bands

    def as_json(self) -> dict[str, Any]:
        """The document of `harken agreement thresholds --format json`."""
        return {
            **asdict(self.bands),
            "is_customary": self.bands == DEFAULT_BANDS,
            "history": [{"at": one.at, "by": one.by, **asdict(one.bands)} for one in self.history],
        }


def read_thresholds(store: Store) -> Thresholds:
    """The limits set in the project, else Krippendorff's customary ones, with every change of them."""
    return Thresholds(history=tuple(_history(store)))


def set_thresholds(
    store: Store,
    *,
    actor: str,
    tentative: float | None = None,
    reliable: float | None = None,
    expected_positives: float | None = None,
) -> Thresholds:
    """Hold this project's verdicts against other limits from now on; those not given stay."""
    with store.action(actor) as action:
        before = read_thresholds(store).bands
        wanted = checked_bands(
            before, tentative=tentative, reliable=reliable, expected_positives=expected_positives
        )
        if wanted != before:
            action.append("settings.changed", {_SETTING: json.dumps(asdict(wanted), sort_keys=True)})
    return Thresholds(history=tuple(_history(store)), before=before)


def _history(store: Store) -> Iterator[StudyBands]:
    for event in journal.events_of(store.connection, ["settings.changed"]):
        if _SETTING in event.payload:
            yield StudyBands(bands=Bands(**json.loads(event.payload[_SETTING])), by=event.actor, at=event.at)


# -- the report --------------------------------------------------------------------------------------


def thresholds_report(found: Thresholds) -> Report:
    """The limits, in words, and every change of them."""
    tables = [_verdicts(found.bands)]
    if found.history:
        tables.append(_changes(found))
    return Report(title="Limits of agreement verdicts", notes=tuple(_notes(found)), tables=tuple(tables))


def _notes(found: Thresholds) -> Iterator[str]:
    if found.before is not None:
        changed = ", ".join(
            f"{words} {_printed(name, found.before)} → {_printed(name, found.bands)}"
            for name, words in _LIMITS.items()
            if getattr(found.before, name) != getattr(found.bands, name)
        )
        yield f"Changed: {changed}." if changed else "Nothing changed: the project had these limits already."
    whose = owner_of(Yardstick(bands=found.bands, study=found.study))
    yield f"These are {whose}, held against the lower limit of alpha's interval."


def _verdicts(bands: Bands) -> Table:
    return Table(
        title="Verdicts",
        columns=(Column(heading="verdict"), Column(heading="where")),
        rows=(
            (text("reliable"), text(f"lower limit of alpha at least {short(bands.reliable)}")),
            (text("tentative"), text(f"lower limit of alpha at least {short(bands.tentative)}")),
            (text("unreliable"), text("lower limit of alpha below that")),
            (
                text("too few to judge"),
                text(
                    f"prevalence × double-coded responses below {bands.expected_positives:g}, or no interval"
                ),
            ),
            (text("undefined"), text("alpha has no value: no variation, no overlap")),
        ),
    )


def _changes(found: Thresholds) -> Table:
    """Each time limits were set, so that a reader can hold it against the time of the decisions."""
    return Table(
        title="How they came about",
        columns=(
            Column(heading="when (UTC)"),
            Column(heading="by"),
            *(Column(heading=words, align="right") for words in _LIMITS.values()),
        ),
        rows=(
            (text("at first"), text("–"), *_cells(DEFAULT_BANDS)),
            *(
                (text(one.at[:16].replace("T", " ")), text(one.by), *_cells(one.bands))
                for one in found.history
            ),
        ),
        notes=("When decisions were made stands in the facts of `harken agreement --all`.",),
    )


def _cells(bands: Bands) -> Iterator[Cell]:
    return (text(_printed(name, bands)) for name in _LIMITS)


def _printed(name: str, bands: Bands) -> str:
    value: float = getattr(bands, name)
    return f"{value:g}" if name == "expected_positives" else short(value)

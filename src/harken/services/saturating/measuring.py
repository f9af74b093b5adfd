"""Putting people, or answers, in the order in which they were coded, and looking for what was new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from harken.errors import Choice, HarkenError
from harken.model import NONE_STATED
from harken.services.counting.loading import load_sheet
from harken.services.counting.rows import Row
from harken.services.counting.sheet import Sheet
from harken.services.counting.upkeep import bring_up_to_date
from harken.services.saturating.result import FirstUse, OrderPoint, Saturation
from harken.stats.incidence import code_frequencies, rarefaction, richness, sample_coverage
from harken.stats.saturation import base_run_threshold, new_codes
from harken.storage import study
from harken.storage.codebooks import stored_codebook
from harken.storage.codebooks.making import Making, codebook_making
from harken.storage.coding.first_decisions import FirstDecision, first_decisions
from harken.storage.store import Store
from harken.storage.tables import Order

BASES = (4, 5, 6)
RUNS = (2, 3)
THRESHOLDS = (0.05, 0.0)
"""What Guest, Namey and Chen (2020) tried."""


class CountedUnit(Choice):
    """What brings codes, one after the other."""

    PERSON = "person"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A unit with the codes it has, and when it was coded."""

    order: Order
    codes: frozenset[str]


def measure_saturation(
    store: Store,
    *,
    questions: Sequence[str] = (),
    families: Sequence[str] = (),
    unit: CountedUnit = CountedUnit.PERSON,
    basis: str = "default",
    with_excluded: bool = False,
    where: Sequence[tuple[str, str]] = (),
    level: float = 0.95,
    bases: Sequence[int] = BASES,
    runs: Sequence[int] = RUNS,
    thresholds: Sequence[float] = THRESHOLDS,
) -> Saturation:
    """New codes by the order of coding, rarefaction, Chao2, coverage, and bases, runs and thresholds.

    Codes are counted as applied, without those above them; codes that say there is none are left out. A
    person comes where the last of their answers in scope was first decided. `families` keeps the codes of
    these. Raises `HarkenError` for a question, family, column or coder that the project lacks.
    """
    _refuse_odd_rules(bases, runs, thresholds)
    bring_up_to_date(store)
    with store.snapshot():
        stored = stored_codebook(store)
        for key in families:
            stored.codebook.family(key)
        sheet = load_sheet(store, questions=questions, basis=basis, with_excluded=with_excluded, where=where)
        decided = first_decisions(store)
        making = codebook_making(store)
        settings = study.settings(store)
    rows = _own_codes(sheet, families)
    places = _places(sheet, decided)
    seen = (
        _answers(sheet, rows, places)
        if CountedUnit(unit) is CountedUnit.ANSWER
        else _people(sheet, rows, places)
    )
    units = [one.codes for one in sorted(seen, key=lambda one: one.order)]
    new = new_codes(units)
    uses = _first_uses(units, rows, {path: making.of(id) for path, id in stored.ids.items()}, making)
    return Saturation(
        title=settings.get("title", ""),
        unit=CountedUnit(unit).value,
        basis=basis,
        questions=tuple(dict.fromkeys(one.question.name for one in sheet.units)),
        families=tuple(families),
        level=level,
        with_excluded=with_excluded,
        where=tuple(where),
        n_units=len(units),
        n_undecided=sum(one.n_undecided for one in sheet.answers),
        n_from_file=sum(one.is_from_file for one in places.values()),
        order=tuple(
            OrderPoint(n=at, n_new=n_new, n_codes=n_codes)
            for at, (n_new, n_codes) in enumerate(zip(new, accumulate(new), strict=True), 1)
        ),
        codes=uses,
        n_unused=len(rows) - len(uses),
        rarefaction=tuple(rarefaction(units, level=level)),
        richness=richness(units, level=level),
        coverage=sample_coverage(units),
        accounts=tuple(
            base_run_threshold(new, base=base, run=run, threshold=threshold)
            for threshold in thresholds
            for base in bases
            for run in runs
        ),
        n_before=sum(use.is_from_before is True for use in uses),
        n_during=sum(use.is_from_before is False for use in uses),
        is_making_known=making.is_known,
    )


def _refuse_odd_rules(bases: Sequence[int], runs: Sequence[int], thresholds: Sequence[float]) -> None:
    for what, numbers in (("A base", bases), ("A run", runs)):
        for number in numbers:
            if number < 1:
                raise HarkenError(f"{what} has 1 unit or more; got {number}.")
    for share in thresholds:
        if not 0 <= share < 1:
            raise HarkenError(f"A threshold is a share from 0 to below 1, as in 0.05; got {share:g}.")


def _own_codes(sheet: Sheet, families: Sequence[str]) -> list[Row]:
    """A row for each code by itself, without what is below it."""
    return [
        replace(row, members=1 << bit, questions=entry.questions)
        for bit, (row, entry) in enumerate(zip(sheet.rows.themes, sheet.rows.entries, strict=True))
        if entry.code.key != NONE_STATED and (not families or row.family in families)
    ]


def _places(sheet: Sheet, decided: Sequence[FirstDecision]) -> dict[tuple[int, int], FirstDecision]:
    """First decisions on the answers in scope, by place of the person and number of the unit."""
    number = {(one.question.id, one.occasion): at for at, one in enumerate(sheet.units)}
    place = sheet.people.place
    return {
        (place[one.participant_id], number[one.question_id, one.occasion]): one
        for one in decided
        if one.participant_id in place and (one.question_id, one.occasion) in number
    }


def _people(sheet: Sheet, rows: Sequence[Row], places: dict[tuple[int, int], FirstDecision]) -> list[_Seen]:
    latest: dict[int, Order] = {}
    for (place, _), one in places.items():
        latest[place] = max(latest.get(place, one.order), one.order)
    codes = _codes(sheet, rows, range(len(sheet.units)))
    return [_Seen(order=latest[place], codes=found) for place, found in codes.items() if place in latest]


def _answers(sheet: Sheet, rows: Sequence[Row], places: dict[tuple[int, int], FirstDecision]) -> list[_Seen]:
    return [
        _Seen(order=places[place, at].order, codes=found)
        for at in range(len(sheet.units))
        for place, found in _codes(sheet, rows, [at]).items()
        if (place, at) in places
    ]


def _codes(sheet: Sheet, rows: Sequence[Row], units: Sequence[int]) -> dict[int, frozenset[str]]:
    """The codes of each person whose answers to these units are coded, by place."""
    scope = sheet.over(units)
    found: dict[int, set[str]] = {int(place): set() for place in scope.coded.nonzero()[0]}
    for row in rows:
        for place in scope.mentioning(row).nonzero()[0]:
            found[int(place)].add(row.code)
    return {place: frozenset(codes) for place, codes in found.items()}


def _first_uses(
    units: Sequence[frozenset[str]],
    rows: Sequence[Row],
    made_at: dict[str, tuple[str, bool]],
    making: Making,
) -> tuple[FirstUse, ...]:
    first: dict[str, int] = {}
    for at, codes in enumerate(units, 1):
        for code in codes:
            first.setdefault(code, at)
    frequency = code_frequencies(units)
    uses = []
    for row in rows:
        if row.code not in first:
            continue
        moment, is_before = made_at.get(row.code, ("", False))
        uses.append(
            FirstUse(
                code=row.code,
                label=row.label,
                first=first[row.code],
                n_units=frequency[row.code],
                made_at=moment,
                is_from_before=is_before if making.is_known and moment else None,
            )
        )
    return tuple(sorted(uses, key=lambda use: use.first))

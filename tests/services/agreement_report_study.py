"""Small studies whose agreement reports are read in tests, and what is read of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from study_builder import codebook, decision

from harken.model import Decision, Round
from harken.report import Report, Table
from harken.services.agreeing import Agreement, Yardstick, agreement_report, measure_agreement
from harken.services.codebooks import current_codebook
from harken.stats.uncertainty import Uncertainty
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import decide
from harken.storage.store import Store

Build = Callable[..., Store]
COST, TIME, HELP = "benefit.cost", "benefit.time", "need.help"
QUICK = Yardstick(uncertainty=Uncertainty(replicates=50))

Ratings = Mapping[str, str]
"""For each coder a letter an answer: c, t, h for a code, b for cost and time, u uncodable, - nothing, space
undecided."""
_CODES = {"c": (COST,), "t": (TIME,), "h": (HELP,), "b": (COST, TIME), "-": (), "u": ()}


def decisions_of(ratings: Ratings, *, question: str = "q", **more: Any) -> list[Decision]:
    return [
        decision(coder, f"p{number}", question, *_CODES[letter], uncodable=letter == "u", **more)
        for coder, letters in ratings.items()
        for number, letter in enumerate(letters)
        if letter != " "
    ]


def build(
    study: Build, ratings: Ratings, *, is_at_screen: bool = False, more: Iterable[Decision] = (), **parts: Any
) -> Store:
    """One answer a participant. At a screen each decision is an event of its own, else all come in a file."""
    names = [f"p{number}" for number in range(max(map(len, ratings.values())))]
    return study(
        people=parts.pop("people", names),
        answers=parts.pop("answers", [(name, "q", f"answer of {name}") for name in names]),
        codebook=parts.pop("book", codebook(COST, TIME, HELP)),
        decisions=[*decisions_of(ratings), *more],
        one_by_one=is_at_screen,
        **parts,
    )


def decide_now(store: Store, decisions: Iterable[Decision]) -> None:
    for one in decisions:
        with store.action(one.coder) as action:
            decide(action, stored_codebook(store), one)


def measured(store: Store, *, by_yardstick: Yardstick = QUICK, **options: Any) -> Agreement:
    return measure_agreement(store, yardstick=by_yardstick, **options)


def report_of(store: Store, *, is_full: bool = False, **options: Any) -> Report:
    result = measured(store, **options)
    return agreement_report(result, current_codebook(store), title="A study", is_full=is_full)


def table(report: Report, title: str) -> Table:
    (found,) = (one for one in report.tables if one.title == title)
    return found


def cells(found: Table) -> list[list[str]]:
    """Headings (under their group), then rows."""
    headings = [f"{one.group}: {one.heading}" if one.group else one.heading for one in found.columns]
    return [headings, *([cell.text for cell in row] for row in found.rows)]


def titles(report: Report) -> list[str]:
    return [one.title for one in report.tables]


BLIND = Round(name="main", is_blind=True)

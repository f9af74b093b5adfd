"""Going to an answer by what one knows of it: whose it is, or its number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from harken.model import ResponseKey
from harken.services.coding.work import WorkState


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAnswer:
    """A place in the queue that a search came up with."""

    position: int
    key: ResponseKey
    state: WorkState


def places_of(participants: Iterable[str], wanted: str) -> list[int]:
    """Places in an order of answers that a text, case folded, may mean; the likeliest come first.

    These are the answers of the participant so called, the one with this number, counted from 1, and those
    of participants whose names begin so or hold it.
    """
    ranked: list[tuple[int, int]] = []
    for place, participant in enumerate(participants):
        name = participant.casefold()
        if wanted == name:
            ranked.append((0, place))
        elif wanted == str(place + 1):
            ranked.append((1, place))
        elif wanted in name:
            ranked.append((2 if name.startswith(wanted) else 3, place))
    return [place for _, place in sorted(ranked)]

"""What reports on answers say of their filter, of who looked, and of what is left out."""

from __future__ import annotations

from collections.abc import Iterator

from harken.services.browsing.filters import AnswerFilter, AnswerSort
from harken.services.browsing.result import Look

_NAMES = {
    "text": "search",
    "codes": "code",
    "without_codes": "without code",
    "families": "family",
    "without_families": "without family",
    "coders": "coder",
    "rounds": "round",
    "questions": "question",
    "participants": "participant",
    "occasions": "occasion",
    "where": "where",
    "states": "state",
    "memo": "memo",
    "shortest": "words at least",
    "longest": "words at most",
}
"""Fields of a filter, as reports and the list of parts call them."""


def part_words(filter: AnswerFilter, name: str) -> str:
    """One field of a filter with its values, as in `code wait or staff`."""
    value = getattr(filter, name)
    if name == "where":
        value = tuple(f"{column}={one or '(missing)'}" for column, one in value)
    if isinstance(value, tuple):
        return f"{_NAMES[name]} {' or '.join(str(one) for one in value)}"
    return f"{_NAMES[name]} {value}"


def filter_words(filter: AnswerFilter) -> str:
    """The whole filter; empty for one that lets everything through."""
    words = "; ".join(part_words(filter, name) for name in filter.parts)
    return (
        words if filter.sort is AnswerSort.FILE else f"{words}{'; ' if words else ''}sorted by {filter.sort}"
    )


def look_notes(look: Look) -> Iterator[str]:
    """What every report on answers says of who looked and of what nothing was found for."""
    if look.reader.is_blind:
        yield (
            f"Blind: codes, memos and marks are {look.reader.coder}'s own alone, "
            "since this is a blind round or one of theirs is not done."
        )
    if look.reader.hides_group:
        yield f"A round in which {look.reader.coder} codes hides the groups."
    if look.alone:
        alone = "; ".join(f"{part_words(look.filter, name)}: {n:,}" for name, n in look.alone)
        few = "Nothing else narrows it down." if len(look.alone) == 1 else "Leave out what finds too few."
        yield f"No answer matches all of the filter. Answers that each part alone finds: {alone}. {few}"

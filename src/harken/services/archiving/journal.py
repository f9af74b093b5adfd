"""The journal as lines of JSON that verify against the project hash, without what must not leave."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from harken.storage.archive import JournalLine
from harken.storage.codebooks import CODEBOOK_KINDS
from harken.storage.journal import canonical_json

_WORDED = frozenset(
    {
        *CODEBOOK_KINDS,
        *("project.created", "settings.changed", "survey.imported", "texts.listed"),
        *("participants.excluded", "round.added", "coder.added"),
    }
)
"""Kinds of events whose payload holds words that somebody typed; all others hold ids and hashes alone."""
_NAMELESS = (_WORDED - {"participants.excluded"}) | {"themes.prespecified"}
"""Kinds of events whose payload names no participant. What is not known here is held back."""

REPEATS = "repeats words of answers"
IDENTIFYING = "holds identifying words"
NAMES = "names participants"


def worded_texts(lines: Iterable[JournalLine]) -> Iterator[str]:
    """Every text in the payloads of worded events."""
    for line in lines:
        if line.kind in _WORDED:
            yield from texts_in(json.loads(line.payload))


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_in(one)


def has_examples(payload: Any) -> bool:
    """Whether a change of the codebook holds examples, which are as a rule participants' words."""
    if isinstance(payload, dict):
        return bool(payload.get("examples")) or any(map(has_examples, payload.values()))
    return isinstance(payload, list) and any(map(has_examples, payload))


def archived_journal(
    lines: Iterable[JournalLine], why_withheld: Callable[[JournalLine], str], *, withheld: dict[str, int]
) -> Iterator[bytes]:
    """A line an event; one that is withheld stands as its bare hash. `withheld` counts them by reason."""
    for line in lines:
        why = why_withheld(line)
        if why:
            withheld[why] = withheld.get(why, 0) + 1
            record: dict[str, Any] = {"hash": line.hash, "withheld": why}
        else:
            record = {**line._asdict(), "payload": json.loads(line.payload)}
        yield (canonical_json(record) + "\n").encode()


def is_worded(line: JournalLine) -> bool:
    """Whether the payload holds words that somebody typed."""
    return line.kind in _WORDED


def may_name_people(line: JournalLine) -> bool:
    """Whether the payload names participants, or may."""
    return line.kind not in _NAMELESS

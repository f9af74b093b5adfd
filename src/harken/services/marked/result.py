"""The list of what coders marked, and the JSON of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from harken.model import ResponseKey


class MarkedKind(StrEnum):
    """What can be marked in an answer beside codes."""

    QUOTE = "quote"
    IDENTIFYING = "identifying"
    LINK = "link"
    """The answer refers to another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What one coder marked in one answer."""

    kind: MarkedKind
    key: ResponseKey
    coder: str
    at: str
    groups: tuple[tuple[str, str], ...] = ()
    """Variable and value of who answered; empty where the round hides them."""
    is_excluded: bool = False
    start: int | None = None
    end: int | None = None
    """The place in code points, half-open; None for a link, which is of the whole answer."""
    words: str = ""
    """Of a quote: as it is printed. Of an identifying place: empty, unless its words were asked for."""
    detail: str = ""
    """Of an identifying place: which kind of detail it is."""
    to: ResponseKey | None = None
    """Of a link: the answer that is referred to."""

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            **self.key._asdict(),
            "groups": dict(self.groups),
            "excluded": self.is_excluded,
            "start": self.start,
            "end": self.end,
            "words": self.words,
            "detail": self.detail,
            "to": None if self.to is None else self.to._asdict(),
            "coder": self.coder,
            "at": self.at,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedList:
    """What was marked and may be seen, in the order of the answers' file and of their texts."""

    viewer: str
    is_blind: bool
    """Whether others' quotes and links were left out."""
    n_left_out: int
    """Marks on answers of excluded people."""
    items: tuple[Marked, ...]

    def of(self, kind: MarkedKind) -> tuple[Marked, ...]:
        """Those of one kind."""
        return tuple(item for item in self.items if item.kind is kind)

    def as_json(self) -> Mapping[str, Any]:
        """The document of `harken marks --format json`."""
        return {"marks": [item.as_json() for item in self.items]}

    def to_records(self) -> list[dict[str, Any]]:
        """A flat dictionary a mark; what a link leads to is in `to_participant` and its neighbours."""
        records = []
        for item in self.items:
            record = item.as_json()
            del record["groups"], record["to"]
            to = item.to or ResponseKey("", "")
            target = {f"to_{name}": value for name, value in to._asdict().items()}
            records.append({**record, **target, **dict(item.groups)})
        return records

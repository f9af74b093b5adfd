"""A figure taken apart: the people behind it, their answers, and the decisions and events behind these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from harken.model import ResponseKey
from harken.storage.traces import EventRef


class Standing(StrEnum):
    """What somebody is to the figure."""

    MENTIONED = "mentioned"
    NOT_MENTIONED = "not mentioned"
    NOTHING_TO_CODE = "nothing to code"
    """Decided, and no code at all applies."""
    UNDECIDED = "undecided"
    UNCODABLE = "uncodable"
    NO_ANSWER = "no answer"
    NOT_ASKED = "not asked"
    EXCLUDED = "excluded"
    WITHDRAWN = "withdrawn"


_CODED = frozenset({Standing.MENTIONED, Standing.NOT_MENTIONED, Standing.NOTHING_TO_CODE})
_IN_BASE = {
    "coded": _CODED,
    "eligible": _CODED | {Standing.UNDECIDED, Standing.UNCODABLE, Standing.NO_ANSWER},
    "substantive": _CODED - {Standing.NOTHING_TO_CODE},
}
"""What people in the base can be, by what the base is of."""


class AnswerStanding(StrEnum):
    """What one answer counts as."""

    CODED = "coded"
    UNCODABLE = "uncodable"
    UNDECIDED = "undecided"
    NO_ANSWER = "no answer"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedDecision:
    """One decision on an answer, with whether it counts and by which rule."""

    coder: str
    round: str
    round_kind: str
    at: str
    state: str
    codes: tuple[str, ...]
    has_theme: bool
    counts: bool
    why: str
    event: EventRef
    item: int
    """Its place among the decisions of one event, from 0."""
    codebook: EventRef | None
    """The codebook's latest change when it was decided."""

    def as_json(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "codes": list(self.codes),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedAnswer:
    """One response in scope: its text as printed, what it counts as, and every decision on it."""

    key: ResponseKey
    text: str
    standing: AnswerStanding
    has_theme: bool
    codes: tuple[str, ...]
    """Those that count."""
    decisions: tuple[TracedDecision, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "question": self.key.question,
            "occasion": self.key.occasion,
            "answer": self.text,
            "standing": self.standing.value,
            "has_theme": self.has_theme,
            "codes": list(self.codes),
            "decisions": [one.as_json() for one in self.decisions],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedPerson:
    """Somebody, what they are to the figure and why, with their answers in scope."""

    participant: str
    group: str
    standing: Standing
    in_base: bool
    why: str
    answers: tuple[TracedAnswer, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "participant": self.participant,
            "group": self.group,
            "standing": self.standing.value,
            "in_base": self.in_base,
            "why": self.why,
            "answers": [one.as_json() for one in self.answers],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CellTrace:
    """One cell of a theme table and what is behind it."""

    title: str
    code: str
    label: str
    counted_codes: tuple[str, ...]
    """Paths of the codes that count towards it."""
    by: str | None
    group: str | None
    """None: all groups together."""
    questions: tuple[str, ...]
    """Those in scope to which the theme may be applied."""
    occasions: tuple[str, ...]
    """Those asked for; empty: all."""
    basis: str
    base_of: str
    """coded, eligible or substantive."""
    where: tuple[tuple[str, str], ...]
    with_excluded: bool
    n: int
    base: int
    standings: tuple[tuple[Standing, int], ...]
    """People by what they are to the figure; those who are nothing are left out."""
    people: tuple[TracedPerson, ...]
    """Those who were asked for, in the order of the survey."""
    codebook: EventRef | None
    project_hash: str
    own_decisions_of: str = ""
    """The one coder whose decisions are shown; empty: everybody's."""

    def has_in_base(self, standing: Standing) -> bool:
        """Whether people of this standing are in the base."""
        return standing in _IN_BASE[self.base_of]

    def as_json(self) -> dict[str, Any]:
        """The document of `harken why --format json`."""
        return {
            "title": self.title,
            "code": self.code,
            "label": self.label,
            "counted_codes": list(self.counted_codes),
            "by": self.by,
            "group": self.group,
            "questions": list(self.questions),
            "occasions": list(self.occasions),
            "basis": self.basis,
            "base_of": self.base_of,
            "where": [list(pair) for pair in self.where],
            "with_excluded": self.with_excluded,
            "n": self.n,
            "base": self.base,
            "standings": {standing.value: n for standing, n in self.standings},
            "people": [person.as_json() for person in self.people],
            "codebook": None if self.codebook is None else asdict(self.codebook),
            "project_hash": self.project_hash,
        }

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record for each decision; people and answers without one have a record of their own."""
        return list(self._records())

    def _records(self) -> Iterator[dict[str, Any]]:
        for person in self.people:
            who = {
                "participant": person.participant,
                "group": person.group,
                "standing": person.standing.value,
                "in_base": person.in_base,
            }
            for answer in person.answers or (None,):
                what = {
                    "question": answer.key.question if answer else "",
                    "occasion": answer.key.occasion if answer else "",
                    "answer": answer.text if answer else "",
                    "has_theme": answer.has_theme if answer else False,
                }
                for one in answer.decisions if answer and answer.decisions else (None,):
                    yield {
                        **who,
                        **what,
                        "coder": one.coder if one else "",
                        "round": one.round if one else "",
                        "at": one.at if one else "",
                        "state": one.state if one else "",
                        "codes": ", ".join(one.codes) if one else "",
                        "counts": one.counts if one else False,
                        "why": one.why if one else (answer.standing.value if answer else person.why),
                        "event": one.event.id if one else "",
                        "event_hash": one.event.hash if one else "",
                    }

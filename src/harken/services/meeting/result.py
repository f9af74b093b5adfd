"""What an agenda and a recorded meeting hold, and the JSON of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from harken.model import EVERYONE, Response
from harken.services.agreeing.disagreements.confusions import ConfusionKind
from harken.services.asking.result import Alert, AskedQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting that was held."""

    held_by: str
    at: str
    outcome: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """The meetings in the order in which they were held."""

    items: tuple[Meeting, ...]

    def as_json(self) -> Mapping[str, Any]:
        """The document of `harken meeting list --format json`."""
        return {"meetings": self.to_records()}

    def to_records(self) -> list[dict[str, Any]]:
        return [item.as_json() for item in self.items]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDisagreement:
    """An answer that coders decided differently and that nobody has settled."""

    response: Response
    printed: str
    """The answer as outputs print it, without identifying details."""
    round: str
    codes: Mapping[str, tuple[str, ...]]
    """Paths by coder; `(uncodable)` stands for itself."""

    @property
    def shared(self) -> tuple[str, ...]:
        """What every one of them applied."""
        first, *others = self.codes.values()
        return tuple(code for code in first if all(code in codes for codes in others))

    def said(self) -> tuple[tuple[str, str], ...]:
        """Who applied what, in words: first what all did, then what each did besides."""
        shared = self.shared
        words = [(EVERYONE, ", ".join(shared))] if shared else []
        for coder, codes in self.codes.items():
            own = [code for code in codes if code not in shared]
            words.append((coder, ", ".join(own) or ("nothing else" if shared else "(no code applies)")))
        return tuple(words)

    def as_json(self) -> dict[str, Any]:
        return {
            **self.response.key._asdict(),
            "round": self.round,
            "codes": {coder: list(codes) for coder, codes in self.codes.items()},
            "response": self.printed,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfusedPair:
    """Two codes that stand in each other's place in disagreements on the agenda, or one that was left out."""

    codes: tuple[str, str | None]
    """Paths; None for no other code."""
    kind: ConfusionKind
    n_responses: int
    used: tuple[Mapping[str, int], Mapping[str, int]]
    """Of each of the two: who applied it, how often."""
    definitions: tuple[str, str]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "kind": self.kind.value}


class NewsKind(StrEnum):
    """What became of a code or family."""

    PROPOSED = "proposed"
    """Somebody other than the lead made it."""
    LABEL = "label"
    DEFINITION = "definition"
    INCLUDE = "include"
    EXCLUDE = "exclude"
    RENAMED = "renamed"
    MOVED = "moved"
    MERGED = "merged"
    RETIRED = "retired"
    RESTORED = "restored"
    REMOVED = "removed"

    @property
    def is_wording(self) -> bool:
        return self in (NewsKind.LABEL, NewsKind.DEFINITION, NewsKind.INCLUDE, NewsKind.EXCLUDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookNews:
    """One change of one code or family."""

    kind: NewsKind
    code: str
    """Its path after the change; of one that went away the path before."""
    before: str
    after: str
    """The wordings, or the paths; what a merged one went into."""
    by: str
    why: str
    at: str

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "kind": self.kind.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What there is to talk about since the last meeting, as one coder may see it."""

    title: str
    viewer: str
    since: Meeting | None
    """None where none was held yet."""
    alerts: tuple[Alert, ...]
    disagreements: tuple[OpenDisagreement, ...]
    confusions: tuple[ConfusedPair, ...]
    """Codes confused in two or more of the disagreements, those in most of them first."""
    n_older_disagreements: int
    """Left open since before the last meeting, and not decided anew."""
    n_blind_disagreements: int
    """Left out: on answers that somebody has yet to decide in a blind round."""
    questions: tuple[AskedQuestion, ...]
    n_blind: int
    """Open questions left out: of blind rounds, or on answers that somebody has yet to decide in one."""
    news: tuple[CodebookNews, ...]

    @property
    def proposed(self) -> tuple[CodebookNews, ...]:
        return tuple(one for one in self.news if one.kind is NewsKind.PROPOSED)

    @property
    def wordings(self) -> tuple[CodebookNews, ...]:
        return tuple(one for one in self.news if one.kind.is_wording)

    @property
    def fates(self) -> tuple[CodebookNews, ...]:
        """Codes that were renamed, moved, merged, retired, restored or removed."""
        return tuple(
            one for one in self.news if not one.kind.is_wording and one.kind is not NewsKind.PROPOSED
        )

    @property
    def is_empty(self) -> bool:
        return not (self.alerts or self.disagreements or self.questions or self.news)

    def as_json(self) -> Mapping[str, Any]:
        """The document of `harken meeting --format json`."""
        return {
            "since": None if self.since is None else self.since.as_json(),
            "alerts": [one.as_json() for one in self.alerts],
            "disagreements": [one.as_json() for one in self.disagreements],
            "confusions": [one.as_json() for one in self.confusions],
            "n_older_disagreements": self.n_older_disagreements,
            "n_blind_disagreements": self.n_blind_disagreements,
            "questions": [one.as_json() for one in self.questions],
            "n_blind": self.n_blind,
            "codebook": [one.as_json() for one in self.news],
        }

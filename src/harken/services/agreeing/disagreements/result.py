"""What a list of disagreements holds, and the JSON of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from harken.model import ResponseKey
from harken.services.agreeing.disagreements.confusions import ConfusedCodes


class DisagreementSort(StrEnum):
    """By what disagreements are listed."""

    ANSWER = "answer"
    CODE = "code"
    CONFUSION = "confusion"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedAnswer:
    """A response on which coders decided differently."""

    key: ResponseKey
    text: str
    """As outputs print it, without what tells who somebody is."""
    round: str
    codes: Mapping[str, tuple[str, ...]]
    """Paths by coder; `(uncodable)` stands for itself."""
    parted: Mapping[str, tuple[str, ...]]
    """Codes that some applied and others did not, with who did; one below a code counts as the code, too."""

    @property
    def shared(self) -> tuple[str, ...]:
        """What every one of them applied."""
        first, *others = self.codes.values()
        return tuple(code for code in first if all(code in codes for codes in others))

    @property
    def disputed(self) -> tuple[str, ...]:
        """What some applied and others did not, as they applied it."""
        applied = dict.fromkeys(code for codes in self.codes.values() for code in codes)
        return tuple(sorted(applied.keys() - set(self.shared)))

    def without(self, code: str) -> tuple[str, ...]:
        """Who decided without a code of `parted`."""
        return tuple(coder for coder in self.codes if coder not in self.parted[code])

    def as_json(self) -> dict[str, Any]:
        return {
            **self.key._asdict(),
            "round": self.round,
            "response": self.text,
            "codes": {coder: list(codes) for coder, codes in self.codes.items()},
            "shared": list(self.shared),
            "disputed": list(self.disputed),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedCode:
    """A code and how often coders part on it, with what the codebook says of it."""

    code: str
    label: str
    definition: str
    include: str
    exclude: str
    is_retired: bool
    n_disagreements: int
    n_units_pairable: int
    """Responses that two coders decided, to questions where the code may be applied."""
    applied_by: Mapping[str, int]
    """Who applied it, in how many of the disagreements on it."""

    @property
    def share(self) -> float | None:
        """Of the responses that could be compared; None without any."""
        return self.n_disagreements / self.n_units_pairable if self.n_units_pairable else None

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "label": self.label,
            "definition": self.definition,
            "include": self.include,
            "exclude": self.exclude,
            "retired": self.is_retired,
            "n_disagreements": self.n_disagreements,
            "n_units_pairable": self.n_units_pairable,
            "share": self.share,
            "applied_by": dict(self.applied_by),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreements:
    """Answers that coders decided differently, the codes they part on, and those that they confused."""

    title: str
    rounds: tuple[str, ...]
    coders: tuple[str, ...]
    """Who was compared: those asked for, else everybody who decided something."""
    compares_with: str
    """The one coder who was asked for: others are compared with them alone. Empty otherwise."""
    questions: tuple[str, ...]
    chosen_codes: tuple[str, ...]
    """Paths of the codes that were asked for; empty: all."""
    n_units_pairable: int
    answers: tuple[DisputedAnswer, ...]
    """In the order of the questions and of the file."""
    n_blind_disagreements: int
    """Left out: on answers that who looks has yet to decide in a blind round. No count holds them."""
    codes: tuple[DisputedCode, ...]
    """Codes that coders part on, most often first."""
    confusions: tuple[ConfusedCodes, ...]

    def on_code(self, code: str) -> tuple[DisputedAnswer, ...]:
        """The answers where coders part on a code."""
        return tuple(answer for answer in self.answers if code in answer.parted)

    def as_json(self) -> dict[str, Any]:
        """The document of `harken agreement disagreements --format json`."""
        return {
            "title": self.title,
            "scope": {
                "rounds": list(self.rounds),
                "coders": list(self.coders),
                "compares_with": self.compares_with,
                "questions": list(self.questions),
                "codes": list(self.chosen_codes),
                "n_units_pairable": self.n_units_pairable,
            },
            "n_disagreements": len(self.answers),
            "n_blind_disagreements": self.n_blind_disagreements,
            "disagreements": list(self.as_lines()),
            "codes": [code.as_json() for code in self.codes],
            "confusions": [one.as_json() for one in self.confusions],
        }

    def as_lines(self) -> Iterator[dict[str, Any]]:
        """One object a disagreement."""
        for answer in self.answers:
            yield answer.as_json()

    def to_records(self) -> list[dict[str, Any]]:
        """A record for each disagreement and each coder who decided the answer."""
        return [
            {
                **answer.key._asdict(),
                "round": answer.round,
                "response": answer.text,
                "coder": coder,
                "codes": " ".join(codes),
                "shared": " ".join(answer.shared),
                "alone": " ".join(code for code in codes if code not in answer.shared),
            }
            for answer in self.answers
            for coder, codes in answer.codes.items()
        ]

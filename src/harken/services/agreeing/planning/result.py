"""What planning gives: each code with the answers it takes, and each sample with what it could show."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from harken.stats.planning import Aim


class PrevalenceSource(StrEnum):
    """Where the prevalence of a code comes from."""

    DECISIONS = "decisions"
    """What coders of this project decided."""
    GIVEN = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCode:
    """A code and the double-coded answers it takes; all numbers are None where its prevalence is unknown."""

    code: str
    """Empty where only a prevalence was given."""
    prevalence: float | None
    source: PrevalenceSource | None
    n_decided: int | None
    """Answers that the prevalence rests on; None where it was given."""
    n_answers: int | None
    """Answers to code in scope where the code may be applied; None where they are not known."""
    n_for_uses: int | None = None
    """Below this many it has too few expected uses to be judged."""
    n_for_targets: tuple[int, ...] | None = None
    """With this many it could be shown to reach each target."""
    n_for_width: int | None = None
    """With this many its interval is as narrow as aimed at; None also where no width is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSample:
    """A number of double-coded answers, drawn evenly from all in scope, and what it allows."""

    n_double_coded: int
    codes: tuple[tuple[str, ...], ...]
    """By target: the codes that could be shown to reach it, as `name_of` names them."""
    rarest: tuple[float | None, ...]
    """By target: the rarest prevalence with which a code applicable everywhere could be; None: no code."""
    n_with_uses: int
    """Codes with enough expected uses to be judged at all, whatever the verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPlan:
    """Everything that `harken agreement plan` says."""

    title: str
    """Of the project; empty without one."""
    aim: Aim
    questions: tuple[str, ...]
    rounds: tuple[str, ...]
    """Rounds whose decisions count; empty means every one."""
    n_answers: int | None
    """Answers to code in scope; None where they are not known."""
    n_decided: int
    """Those of them that somebody decided."""
    n_retired: int
    """Retired codes, which are left out."""
    codes: tuple[PlannedCode, ...]
    samples: tuple[PlannedSample, ...]

    def as_json(self) -> dict[str, Any]:
        """The document of `harken agreement plan --format json`."""
        targets = self.aim.targets
        return {
            "aim": {**asdict(self.aim), "targets": list(targets)},
            "scope": {
                "questions": list(self.questions),
                "rounds": list(self.rounds),
                "n_answers": self.n_answers,
                "n_decided": self.n_decided,
                "n_retired": self.n_retired,
            },
            "codes": [
                {
                    **asdict(code),
                    "n_for_targets": [
                        {"target": target, "n": n}
                        for target, n in zip(
                            targets, code.n_for_targets or (None,) * len(targets), strict=True
                        )
                    ],
                }
                for code in self.codes
            ],
            "samples": [
                {
                    "n_double_coded": sample.n_double_coded,
                    "n_codes": len(self.codes),
                    "n_with_uses": sample.n_with_uses,
                    "judged": [
                        {"target": target, "n": len(codes), "codes": list(codes), "rarest": rarest}
                        for target, codes, rarest in zip(targets, sample.codes, sample.rarest, strict=True)
                    ],
                }
                for sample in self.samples
            ],
        }

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record for each code; answers needed for a target stand as `n_for_0.667` and the like."""
        return [
            {
                "code": code.code,
                "prevalence": code.prevalence,
                "source": code.source,
                "n_decided": code.n_decided,
                "n_answers": code.n_answers,
                "n_for_uses": code.n_for_uses,
                **{
                    f"n_for_{target:g}": None if code.n_for_targets is None else code.n_for_targets[place]
                    for place, target in enumerate(self.aim.targets)
                },
                "n_for_width": code.n_for_width,
            }
            for code in self.codes
        ]


def name_of(code: PlannedCode) -> str:
    """The code's path, or what stands for it where only a prevalence was given."""
    return code.code or f"a code of prevalence {code.prevalence:g}"

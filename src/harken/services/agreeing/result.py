"""What the measurement of agreement gives, and the JSON of it that scripts rely on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from harken.model import ResponseKey
from harken.services.agreeing.yardstick import Yardstick
from harken.stats.agreement import CrossTable, PairAgreement, VariableAgreement
from harken.stats.estimate import Estimate
from harken.stats.set_agreement import SetAgreement

QUESTION = "question"
"""What the slices of single questions are `by`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which decisions were compared."""

    coders: tuple[str, ...]
    questions: tuple[str, ...]
    rounds: tuple[str, ...]
    with_excluded: bool
    """Whether the answers of excluded people are among them."""
    n_units_rated: int
    n_units_pairable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFigures:
    """Two coders: each code, each exclusive family, and whole sets."""

    coders: tuple[str, str]
    n_units: int
    codes: Mapping[str, PairAgreement]
    families: Mapping[str, PairAgreement]
    sets: SetAgreement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreed:
    """A response on which coders decided differently; what each of them decided."""

    key: ResponseKey
    text: str
    round: str
    codes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Agreement within one scope: everything, or one question or group of it."""

    scope: Scope
    codes: Mapping[str, VariableAgreement]
    families: Mapping[str, VariableAgreement]
    """Exclusive families, each as one variable."""
    sets: SetAgreement | None
    """None where ratings are one value each."""
    codability: VariableAgreement | None
    """Whether a response can be coded at all, as a yes/no variable; None where nothing tells."""
    pairs: tuple[PairFigures, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "scope": asdict(self.scope),
            "codes": [{"code": code, **asdict(found)} for code, found in self.codes.items()],
            "families": [{"family": key, **asdict(found)} for key, found in self.families.items()],
            "sets": self.sets and asdict(self.sets),
            "codability": self.codability and {"code": "codability", **asdict(self.codability)},
            "pairs": [_pair(pair) for pair in self.pairs],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The figures of one question or group."""

    by: str
    value: str
    figures: Figures
    is_group: bool
    """Whether it is of a group of people; a column may be called "question", too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Everything that `harken agreement` says."""

    whole: Figures
    slices: tuple[Slice, ...]
    disagreements: tuple[Disagreed, ...]
    n_blind_disagreements: int = 0
    """Left out of them: on answers that who looks has yet to decide in a blind round."""
    yardstick: Yardstick

    def as_json(self) -> dict[str, Any]:
        """The document of `harken agreement --format json`."""
        return {
            **self.whole.as_json(),
            "disagreements": [
                {
                    **item.key._asdict(),
                    "round": item.round,
                    "codes": {coder: list(codes) for coder, codes in item.codes.items()},
                }
                for item in self.disagreements
            ],
            "n_blind_disagreements": self.n_blind_disagreements,
            "slices": [
                {"by": part.by, "value": part.value, **part.figures.as_json()} for part in self.slices
            ],
        }

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record for each code and exclusive family, over everything and in each slice.

        Limits stand beside a figure as `NAME_low` and `NAME_high`; why it has none, as `NAME_undefined`.
        """
        parts = [("", "", self.whole), *((part.by, part.value, part.figures) for part in self.slices)]
        return [
            {"by": by, "value": value, "kind": kind, "name": name, **_flat(found)}
            for by, value, figures in parts
            for kind, variables in (("code", figures.codes), ("family", figures.families))
            for name, found in variables.items()
        ]


def _flat(found: VariableAgreement) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for name in found.__dataclass_fields__:
        value = getattr(found, name)
        if isinstance(value, Estimate):
            record[name] = value.value
            record |= {f"{name}_{part}": getattr(value, part) for part in ("low", "high", "undefined")}
        elif isinstance(value, CrossTable):
            record |= asdict(value)
        elif name != "table":
            record[name] = value
    return record


def _pair(pair: PairFigures) -> dict[str, Any]:
    def rows(name: str, found: Mapping[str, PairAgreement]) -> list[dict[str, Any]]:
        return [
            {
                name: key,
                "n_units": one.n_units,
                "cohen_kappa": asdict(one.cohen_kappa),
                "scott_pi": asdict(one.scott_pi),
                "percent_agreement": asdict(one.percent_agreement),
            }
            for key, one in found.items()
        ]

    return {
        "coders": list(pair.coders),
        "n_units": pair.n_units,
        "codes": rows("code", pair.codes),
        "families": rows("family", pair.families),
        "sets": pair.sets and asdict(pair.sets),
    }

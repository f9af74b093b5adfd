"""What the measurement of agreement gives, and the JSON of it that scripts rely on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from harken.services.agreeing.circumstances import Circumstances
from harken.services.agreeing.disagreements.finding import Disagreed
from harken.services.agreeing.yardstick import Yardstick
from harken.stats.against_rest import CoderAgainstRest
from harken.stats.agreement import CrossTable, VariableAgreement
from harken.stats.cautions import find_cautions
from harken.stats.estimate import Estimate
from harken.stats.minimum import BelowMinimum
from harken.stats.pair_agreement import PairAgreement
from harken.stats.segments.agreement import SegmentAgreement
from harken.stats.sets.agreement import SetAgreement
from harken.stats.verdicts import Bands


class SliceKind(StrEnum):
    """What a slice is a part of; in the JSON, `by` of all but groups."""

    QUESTION = "question"
    ROUND = "round"
    GROUP = "group"
    """Of people, by a column of the survey."""
    VERSION = "codebook"
    DISCUSSION = "discussion"
    SUGGESTIONS = "suggestions"
    PERIOD = "period"
    CODER = "coder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """Whose earlier decisions were compared with their repeated ones, and how far apart in time they were."""

    coders: tuple[str, ...]
    median_days: float | None
    """Between the two decisions on a unit; None where there is no unit."""
    n_units_too_soon: int
    """Units repeated before a coder can be thought to have forgotten them."""
    n_units_without_time: int
    """Units whose decisions say no time of their own: they came in with a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which decisions were compared."""

    coders: tuple[str, ...]
    """Where coders are compared with themselves, the earlier and the repeated decision."""
    questions: tuple[str, ...]
    rounds: tuple[str, ...]
    with_excluded: bool
    """Whether the answers of excluded people are among them."""
    n_units_rated: int
    n_units_pairable: int
    pooled: bool = False
    """Whether rounds and versions of the codebook are pooled: a coder's latest decision counts."""
    distinct: bool = False
    """Whether answers with the same text count once."""
    n_repeated_texts: int = 0
    """Units left out as an answer with the same text is there."""
    codes_named: tuple[str, ...] = ()
    """The codes that alone were asked for; sets stay those of every code. Empty: every code."""
    n_units_apart: int = 0
    """Units that two coders decided, but under different meanings of the codes that they could apply."""
    codes_redefined: tuple[str, ...] = ()
    """Codes of which some units were compared under one definition and some under another."""
    n_revised_after_discussion: int = 0
    """Units decided again, or for the first time, after a meeting or adjudication that followed two."""
    n_units_with_suggestions: int = 0
    """Units where a coder was shown a suggestion."""
    rounds_without_times: tuple[str, ...] = ()
    """Rounds that cannot be followed over time: their decisions came in with a file that says no times."""
    n_adjudicated_left_out: int = 0
    """Decisions of the adjudicated layer in a file of codings."""
    stability: Stability | None = None
    """None where coders are compared with one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFigures:
    """Two coders: each code, each exclusive family, and whole sets."""

    coders: tuple[str, str]
    n_units: int
    codes: Mapping[str, PairAgreement]
    families: Mapping[str, PairAgreement]
    sets: SetAgreement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstRest:
    """One coder of three or more against the others: each code, and whole sets without them."""

    coder: str
    codes: Mapping[str, CoderAgainstRest]
    alpha_masi_without: Estimate | None
    """Alpha of whole sets of the others alone; None where there are no sets."""

    def as_json(self) -> dict[str, Any]:
        codes = []
        for path, found in self.codes.items():
            figures = asdict(found)
            del figures["coder"]
            codes.append({"code": path, **figures})
        alpha = self.alpha_masi_without
        return {"coder": self.coder, "alpha_masi_without": alpha and asdict(alpha), "codes": codes}


@dataclass(frozen=True, slots=True, kw_only=True)
class CodableFigures:
    """The figures without units that anybody called uncodable."""

    n_units_rated: int
    n_units_pairable: int
    codes: Mapping[str, VariableAgreement]
    sets: SetAgreement | None

    def as_json(self, *, bands: Bands) -> dict[str, Any]:
        return {
            "n_units_rated": self.n_units_rated,
            "n_units_pairable": self.n_units_pairable,
            "codes": _variables("code", self.codes, bands),
            "sets": self.sets and asdict(self.sets),
        }


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
    against_rest: tuple[AgainstRest, ...] = ()
    """Empty for fewer than three coders."""
    without_uncodable: CodableFigures | None = None
    """None where nobody called a response uncodable."""
    segments: tuple[SegmentAgreement, ...] = ()
    """Codes that were applied to parts of answers."""

    def as_json(self, *, bands: Bands) -> dict[str, Any]:
        """The figures, with the cautions that go with these `bands`."""
        return {
            "scope": asdict(self.scope),
            "codes": _variables("code", self.codes, bands),
            "families": _variables("family", self.families, bands),
            "sets": self.sets and asdict(self.sets),
            "codability": self.codability and {"code": "codability", **_variable(self.codability, bands)},
            "pairs": [_pair(pair) for pair in self.pairs],
            "against_rest": [one.as_json() for one in self.against_rest],
            "without_uncodable": self.without_uncodable and self.without_uncodable.as_json(bands=bands),
            "segments": [asdict(found) for found in self.segments],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The figures of one question, round, group or other part of what was compared."""

    kind: SliceKind
    by: str
    """The column of a group, else the kind."""
    value: str
    since: str = ""
    """The time of its first decision, where time makes the slice."""
    until: str = ""
    """The time of its last decision, where time makes the slice."""
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Everything that `harken agreement` says."""

    whole: Figures
    slices: tuple[Slice, ...]
    disagreements: tuple[Disagreed, ...]
    n_blind_disagreements: int = 0
    """Left out of them: on answers that who looks has yet to decide in a blind round."""
    yardstick: Yardstick
    circumstances: Circumstances | None = None
    """None without a project."""
    remarks: tuple[str, ...] = ()
    """What in a file of codings looks like a slip, and how it was read."""
    has_named_coders: bool = False
    """Whether who asked said which coders to compare."""

    def as_json(self) -> dict[str, Any]:
        """The document of `harken agreement --format json`."""
        # The paragraph is drawn from a result, as the report is.
        from harken.services.agreeing.reporting import methods_paragraph

        bands = self.yardstick.bands
        return {
            **self.whole.as_json(bands=bands),
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
                {
                    "by": part.by,
                    "kind": part.kind,
                    "value": part.value,
                    "since": part.since,
                    "until": part.until,
                    **part.figures.as_json(bands=bands),
                }
                for part in self.slices
            ],
            "thresholds": self.yardstick.thresholds(),
            "methods": methods_paragraph(self),
            "remarks": list(self.remarks),
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


def _variables(what: str, found: Mapping[str, VariableAgreement], bands: Bands) -> list[dict[str, Any]]:
    return [{what: name, **_variable(one, bands)} for name, one in found.items()]


def _variable(found: VariableAgreement, bands: Bands) -> dict[str, Any]:
    return {**asdict(found), "cautions": list(find_cautions(found, bands=bands))}


def _flat(found: VariableAgreement) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for name in found.__dataclass_fields__:
        value = getattr(found, name)
        if isinstance(value, Estimate):
            record[name] = value.value
            record |= {f"{name}_{part}": getattr(value, part) for part in ("low", "high", "undefined")}
        elif isinstance(value, CrossTable):
            record |= asdict(value)
        elif isinstance(value, BelowMinimum):
            record |= {name: value.probability, f"{name}_minimum": value.minimum}
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

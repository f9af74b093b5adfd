"""Who answers: a synthetic person's group, attributes, closed answers and habits of writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from synthesis.chance import Chance

EXPERTS, PATIENTS = "experts", "patients"
CLOSED_ITEMS = ("wants_access", "how_soon", "who_explains", "images_should_be_shared")

_AGES = {
    EXPERTS: (("18-34", 0.24), ("35-49", 0.42), ("50-64", 0.30), ("65-79", 0.04)),
    PATIENTS: (("18-34", 0.15), ("35-49", 0.22), ("50-64", 0.31), ("65-79", 0.25), ("80+", 0.07)),
}
_SETTINGS = {
    EXPERTS: (("hospital", 0.56), ("community", 0.21), ("private practice", 0.14), ("university", 0.09)),
    PATIENTS: (("hospital", 0.61), ("community", 0.24), ("private practice", 0.12), ("", 0.03)),
}
"""Where an expert works; where a patient was last imaged."""
_ACCESS = {
    EXPERTS: (("yes", 0.66), ("unsure", 0.21), ("no", 0.11), ("", 0.02)),
    PATIENTS: (("yes", 0.79), ("unsure", 0.11), ("no", 0.07), ("", 0.03)),
}
_HOW_SOON = {
    EXPERTS: (("at once", 0.16), ("within a week", 0.13), ("with the report", 0.38), ("at the visit", 0.30)),
    PATIENTS: (("at once", 0.39), ("within a week", 0.21), ("with the report", 0.20), ("at the visit", 0.16)),
}
_EXPLAINS = {
    EXPERTS: (("referring clinician", 0.57), ("radiologist", 0.22), ("GP", 0.09), ("anyone trained", 0.12)),
    PATIENTS: (("referring clinician", 0.42), ("radiologist", 0.19), ("GP", 0.27), ("nobody needed", 0.08)),
}
_SHARED = {
    "yes": (("5", 0.52), ("4", 0.33), ("3", 0.10), ("2", 0.03), ("1", 0.02)),
    "unsure": (("5", 0.06), ("4", 0.27), ("3", 0.46), ("2", 0.16), ("1", 0.05)),
    "no": (("5", 0.03), ("4", 0.10), ("3", 0.24), ("2", 0.37), ("1", 0.26)),
}
_WORDINESS = {
    EXPERTS: ((0, 0.50), (1, 0.32), (2, 0.14), (3, 0.04)),
    PATIENTS: ((0, 0.27), (1, 0.24), (2, 0.33), (3, 0.16)),
}
"""0 single words, 1 phrases, 2 clauses, 3 a paragraph."""
_SCANS = ("X-ray", "X-ray", "x-ray", "MRI", "MRI", "scan", "scan", "CT scan", "ultrasound", "mri scan")
_BODY = ("back", "back", "knee", "knee", "shoulder", "hip", "neck", "chest", "foot", "wrist", "spine", "hand")
_BODY_IN_ULTRASOUND = ("shoulder", "kidney", "liver", "stomach", "neck")
_DOCTORS = ("doctor", "doctor", "doctor", "consultant", "GP", "surgeon", "specialist", "doc", "physio")
_YOUNGEST = {"18-34": 18, "35-49": 35, "50-64": 50, "65-79": 65, "80+": 80}


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How someone types, the same in all their answers."""

    wordiness: int
    case: str
    """normal, lower, or caps."""
    typo_rate: float
    """Share of words that go wrong."""
    drops_apostrophes: bool
    curly_quotes: bool
    ends_with_stop: bool
    sloppy_spaces: bool
    abbreviates: bool
    separator: str
    """What stands between the items of a list."""
    emoji: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A synthetic participant."""

    id: str
    turn: int
    """Place in the shuffled order of the group's usable people; negative for the excluded."""
    group: str
    age_band: str
    setting: str
    closed: Mapping[str, str]
    own: Mapping[str, str]
    """Words that stay the same in all answers of this person."""
    habits: Habits

    @property
    def is_excluded(self) -> bool:
        return self.turn < 0

    @property
    def is_older(self) -> bool:
        return self.age_band in ("65-79", "80+")


def draw_person(*, id: str, group: str, turn: int, chance: Chance) -> Person:
    """A person of `group`, drawn from its distributions."""
    age_band = chance.weighted(_AGES[group])
    scan = chance.pick(_SCANS)
    own = {
        "scan": scan,
        "body": chance.pick(_BODY_IN_ULTRASOUND if scan == "ultrasound" else _BODY),
        "doctor": chance.pick(_DOCTORS),
        "age": str(_YOUNGEST[age_band] + chance.below(14)),
    }
    return Person(
        id=id,
        turn=turn,
        group=group,
        age_band=age_band,
        setting=chance.weighted(_SETTINGS[group]),
        closed=_draw_closed(group, chance),
        own=own,
        habits=_draw_habits(group, chance),
    )


def _draw_closed(group: str, chance: Chance) -> dict[str, str]:
    access = chance.weighted(_ACCESS[group])
    how_soon = chance.weighted((*_HOW_SOON[group], ("", 0.04)))
    explains = chance.weighted((*_EXPLAINS[group], ("", 0.04)))
    shared = chance.weighted((*_SHARED[access or "unsure"], ("", 0.02)))
    if access == "no" and chance.happens(0.5):
        how_soon = ""
    return {
        "wants_access": access,
        "how_soon": how_soon,
        "who_explains": explains,
        "images_should_be_shared": shared,
    }


def _draw_habits(group: str, chance: Chance) -> Habits:
    is_expert = group == EXPERTS
    case = chance.weighted((("normal", 0.70 if is_expert else 0.60), ("lower", 0.27), ("caps", 0.03)))
    return Habits(
        wordiness=chance.weighted(_WORDINESS[group]),
        case=case,
        typo_rate=chance.weighted(((0.002, 0.55), (0.012, 0.32), (0.05, 0.13 if not is_expert else 0.05))),
        drops_apostrophes=chance.happens(0.5 if case == "lower" else 0.14),
        curly_quotes=chance.happens(0.15),
        ends_with_stop=chance.happens(0.2 if case == "lower" else 0.5),
        sloppy_spaces=chance.happens(0.05),
        abbreviates=is_expert and chance.happens(0.25),
        separator=chance.weighted(
            (
                (", ", 0.62),
                ("; ", 0.06),
                ("\n", 0.08),
                (" / ", 0.05),
                (",", 0.04),
                (". ", 0.07),
                (" ", 0.03),
                ("bullets", 0.03),
                ("numbers", 0.05 if is_expert else 0.02),
            )
        ),
        emoji=not is_expert and chance.happens(0.03),
    )

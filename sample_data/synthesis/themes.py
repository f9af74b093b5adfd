"""What a person means: whether they answer a question at all, and which codes their answer carries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from synthesis.chance import Chance
from synthesis.people import EXPERTS, PATIENTS, Person


class Kind(StrEnum):
    """What sort of answer it is."""

    THEMES = "themes"
    NONE = "none"
    EMPTY = "empty"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What an answer is to say, before it is worded. `wordiness` as in `Habits`."""

    kind: Kind
    codes: tuple[str, ...]
    wordiness: int


# Chances, not quotas: an answer's codes are drawn, so that no published figure is copied into the data.
_CODES = {
    (EXPERTS, "q_benefits"): (
        ("benefit.understanding", 0.90), ("benefit.engagement", 0.50), ("benefit.adherence", 0.46),
        ("benefit.communication", 0.40), ("benefit.partnership", 0.30), ("benefit.acceptance", 0.26),
        ("benefit.reassurance", 0.25), ("benefit.self_management", 0.20), ("benefit.trust", 0.19),
        ("benefit.control", 0.13), ("benefit.other", 0.10),
    ),
    (PATIENTS, "q_benefits"): (
        ("benefit.understanding", 0.68), ("benefit.reassurance", 0.31), ("benefit.communication", 0.17),
        ("benefit.self_management", 0.17), ("benefit.control", 0.15), ("benefit.acceptance", 0.14),
        ("benefit.trust", 0.13), ("benefit.partnership", 0.11), ("benefit.engagement", 0.11),
        ("benefit.other", 0.11), ("benefit.adherence", 0.08),
    ),
    (EXPERTS, "q_risks"): (
        ("risk.misinterpretation", 0.61), ("risk.anxiety", 0.56), ("risk.confusion", 0.26),
        ("risk.hard_to_interpret", 0.26), ("risk.clinician_time", 0.23), ("risk.other", 0.22),
        ("risk.upset", 0.14),
    ),
    (PATIENTS, "q_risks"): (
        ("risk.anxiety", 0.44), ("risk.hard_to_interpret", 0.30), ("risk.misinterpretation", 0.29),
        ("risk.upset", 0.22), ("risk.confusion", 0.17), ("risk.other", 0.13), ("risk.clinician_time", 0.06),
    ),
    (EXPERTS, "q_requirements"): (
        ("requirement.explanation", 0.72), ("requirement.guidance", 0.44), ("requirement.other", 0.34),
        ("demand.wants_access", 0.10), ("demand.other", 0.10),
    ),
    (PATIENTS, "q_requirements"): (
        ("requirement.explanation", 0.62), ("requirement.guidance", 0.29), ("requirement.other", 0.20),
        ("demand.wants_access", 0.27), ("demand.other", 0.09),
    ),
}  # fmt: skip
_KINDS = {
    (EXPERTS, "q_benefits"): ((Kind.NONE, 0.012), (Kind.EMPTY, 0.012), (Kind.UNCLEAR, 0.008)),
    (PATIENTS, "q_benefits"): ((Kind.NONE, 0.06), (Kind.EMPTY, 0.05), (Kind.UNCLEAR, 0.014)),
    (EXPERTS, "q_risks"): ((Kind.NONE, 0.05), (Kind.EMPTY, 0.01), (Kind.UNCLEAR, 0.008)),
    (PATIENTS, "q_risks"): ((Kind.NONE, 0.25), (Kind.EMPTY, 0.05), (Kind.UNCLEAR, 0.012)),
    (EXPERTS, "q_requirements"): ((Kind.NONE, 0.03), (Kind.EMPTY, 0.02), (Kind.UNCLEAR, 0.01)),
    (PATIENTS, "q_requirements"): ((Kind.NONE, 0.11), (Kind.EMPTY, 0.06), (Kind.UNCLEAR, 0.015)),
}
_SAYS_SOMETHING = {
    (EXPERTS, "q_benefits"): 0.97, (PATIENTS, "q_benefits"): 0.88,
    (EXPERTS, "q_risks"): 0.93, (PATIENTS, "q_risks"): 0.69,
    (EXPERTS, "q_requirements"): 0.94, (PATIENTS, "q_requirements"): 0.81,
}  # fmt: skip
_MENTIONS_BY_WORDINESS = (0.78, 0.95, 1.05, 1.3)
"""People who write more mention more."""
_MOST_CODES = {EXPERTS: (4, 4, 4, 5), PATIENTS: (2, 3, 4, 5)}
_MENTIONED_UNASKED = 0.07
"""How often a longer answer on benefits or risks also says what it would take."""
_NONE_STATED = {
    "q_benefits": ("benefit.none_stated",),
    "q_risks": ("risk.none_stated",),
    "q_requirements": (),
}
_DEMAND_BY_ACCESS = {
    "yes": {"demand.wants_access": 1.2, "demand.other": 0.5},
    "unsure": {"demand.wants_access": 0.2, "demand.other": 2.5},
    "no": {"demand.wants_access": 0.0, "demand.other": 5.0},
}


def draw_meaning(*, person: Person, question: str, chance: Chance) -> Meaning:
    """What this person's answer to `question` is to say."""
    wordiness = person.habits.wordiness
    if chance.happens(0.3):
        wordiness = min(3, max(0, wordiness + chance.pick((-1, 1))))
    kinds = _KINDS[person.group, question]
    kind = chance.weighted((*kinds, (Kind.THEMES, _SAYS_SOMETHING[person.group, question])))
    codes: tuple[str, ...] = ()
    if kind is Kind.NONE:
        codes = _NONE_STATED[question]
    elif kind is Kind.THEMES:
        codes = _draw_codes(person, question, wordiness, chance)
    return Meaning(kind=kind, codes=codes, wordiness=wordiness)


def _draw_codes(person: Person, question: str, wordiness: int, chance: Chance) -> tuple[str, ...]:
    factors = _DEMAND_BY_ACCESS.get(person.closed["wants_access"], {})
    options = [(code, weight * factors.get(code, 1.0)) for code, weight in _CODES[person.group, question]]
    more = _MENTIONS_BY_WORDINESS[wordiness]
    # A code nearly everyone mentions is mentioned whatever the length; the rarer ones need room.
    drawn = [
        code for code, weight in options if chance.happens(min(0.96, weight * (more if weight < 0.8 else 1)))
    ]
    if not drawn:
        drawn = [chance.weighted(options)]
    most = _MOST_CODES[person.group][wordiness]
    kept = drawn[:1] + chance.shuffled(drawn[1:])[: most - 1]
    if question != "q_requirements" and wordiness > 1 and chance.happens(_MENTIONED_UNASKED):
        wanted = ("requirement.explanation", "requirement.explanation", "demand.wants_access")
        kept.append(chance.pick(wanted if factors.get("demand.wants_access", 1) else wanted[:2]))
        return tuple(kept)
    return tuple(kept if chance.happens(0.5) else chance.shuffled(kept))

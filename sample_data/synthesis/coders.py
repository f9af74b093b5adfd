"""How two people code the answers: what they miss, mix up and add, each in their own way."""

from __future__ import annotations

from dataclasses import dataclass

from synthesis.chance import Chance
from synthesis.themes import Kind
from synthesis.writing import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """A synthetic coder. The factors scale the chances below."""

    name: str
    misses: float
    mixes: float
    adds: float


ADA = Coder(name="ada", misses=0.9, mixes=0.9, adds=0.8)
BEN = Coder(name="ben", misses=1.3, mixes=1.3, adds=1.8)
"""Ben joined later, reads more into an answer and knows the codebook less well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticDecision:
    """A coder's decision on an answer."""

    coder: str
    codes: tuple[str, ...]
    is_uncodable: bool = False
    is_unsure: bool = False
    memo: str = ""


_MISS = {
    "benefit.understanding": 0.04, "benefit.communication": 0.10, "benefit.partnership": 0.10,
    "benefit.engagement": 0.12, "benefit.acceptance": 0.10, "benefit.adherence": 0.05,
    "benefit.self_management": 0.09, "benefit.reassurance": 0.07, "benefit.control": 0.12,
    "benefit.trust": 0.06,
    "benefit.none_stated": 0.02, "benefit.other": 0.12, "risk.hard_to_interpret": 0.09,
    "risk.misinterpretation": 0.06, "risk.anxiety": 0.04, "risk.upset": 0.10, "risk.confusion": 0.09,
    "risk.clinician_time": 0.07, "risk.none_stated": 0.02, "risk.other": 0.15, "demand.wants_access": 0.12,
    "demand.other": 0.16, "requirement.explanation": 0.05, "requirement.guidance": 0.12,
    "requirement.other": 0.15,
}  # fmt: skip
_MIXED_UP = {
    "benefit.engagement": ("benefit.partnership", 0.09), "benefit.partnership": ("benefit.engagement", 0.08),
    "benefit.control": ("benefit.partnership", 0.08), "benefit.acceptance": ("benefit.understanding", 0.07),
    "benefit.communication": ("benefit.understanding", 0.05),
    "benefit.adherence": ("benefit.self_management", 0.05),
    "benefit.self_management": ("benefit.adherence", 0.07), "benefit.trust": ("benefit.acceptance", 0.05),
    "benefit.other": ("benefit.control", 0.04), "risk.upset": ("risk.anxiety", 0.16),
    "risk.anxiety": ("risk.upset", 0.05),
    "risk.hard_to_interpret": ("risk.misinterpretation", 0.11),
    "risk.misinterpretation": ("risk.hard_to_interpret", 0.06),
    "risk.confusion": ("risk.hard_to_interpret", 0.08),
    "requirement.guidance": ("requirement.explanation", 0.09),
    "requirement.other": ("requirement.guidance", 0.06),
    "demand.other": ("requirement.other", 0.10), "demand.wants_access": ("requirement.other", 0.04),
}  # fmt: skip
_ADDED = {
    "benefit.understanding": (("benefit.communication", 0.03), ("benefit.engagement", 0.02)),
    "benefit.adherence": (("benefit.self_management", 0.04), ("benefit.engagement", 0.02)),
    "benefit.communication": (("benefit.partnership", 0.03),),
    "benefit.control": (("benefit.engagement", 0.04),),
    "benefit.acceptance": (("benefit.trust", 0.03),),
    "risk.misinterpretation": (("risk.anxiety", 0.03), ("risk.confusion", 0.03)),
    "risk.anxiety": (("risk.upset", 0.03),),
    "risk.hard_to_interpret": (("risk.confusion", 0.04),),
    "requirement.explanation": (("requirement.guidance", 0.05),),
    "requirement.guidance": (("requirement.other", 0.03),),
}
_LEFT_OVER = {"q_benefits": "benefit.other", "q_risks": "risk.other", "q_requirements": "requirement.other"}
_NONE_STATED = {"q_benefits": "benefit.none_stated", "q_risks": "risk.none_stated"}
_MEMOS = (
    "nice quote",
    "two ideas in one sentence, coded both",
    "short but clear I think",
    "do we code what happened to someone else?",
    "ironic?",
    "again the wish to have it explained, see the other answer",
    "wording close to the codebook example",
    "may be worth a code of its own",
)
_MIXED_MEMOS = (
    "{a} or {b}? took {b}",
    "could also be {a}",
    "{b}, but see the definition of {a}",
    "ask: {a} vs {b}",
)


def decide(*, answer: Answer, coder: Coder, chance: Chance) -> SyntheticDecision:
    """What `coder` makes of `answer`, starting from what it truly carries."""
    if answer.kind is Kind.UNCLEAR:
        return SyntheticDecision(
            coder=coder.name, codes=(), is_uncodable=chance.happens(0.7), is_unsure=chance.happens(0.15)
        )
    if not answer.codes:
        return _decide_on_nothing(answer, coder, chance)
    difficulty = _difficulty(answer)
    codes: list[str] = []
    memo = ""
    for code in answer.codes:
        if chance.happens(_MISS[code] * coder.misses * difficulty):
            continue
        other, mixes = _MIXED_UP.get(code, ("", 0.0))
        if chance.happens(mixes * coder.mixes * difficulty):
            codes.append(other)
            if chance.happens(0.3):
                memo = chance.pick(_MIXED_MEMOS).format(a=_key(code), b=_key(other))
        else:
            codes.append(code)
        codes += [
            more for more, adds in _ADDED.get(code, ()) if chance.happens(adds * coder.adds * difficulty)
        ]
    if not codes and chance.happens(0.6):
        codes.append(_LEFT_OVER[answer.question])
    if not memo and chance.happens(0.012):
        memo = chance.pick(_MEMOS)
    return SyntheticDecision(
        coder=coder.name,
        codes=tuple(sorted(dict.fromkeys(codes))),
        is_unsure=chance.happens(0.5 if memo.endswith("?") else 0.015 * difficulty),
        memo=memo,
    )


def _decide_on_nothing(answer: Answer, coder: Coder, chance: Chance) -> SyntheticDecision:
    stated = _NONE_STATED.get(answer.question)
    if stated and chance.happens(0.06 * coder.adds):
        return SyntheticDecision(coder=coder.name, codes=(stated,), is_unsure=chance.happens(0.2))
    return SyntheticDecision(coder=coder.name, codes=(), is_uncodable=chance.happens(0.03))


def _difficulty(answer: Answer) -> float:
    n_words = len(answer.text.split())
    if n_words <= 2:
        return 0.5
    return 0.8 if n_words <= 8 else 1.1 if n_words <= 30 else 1.5


def _key(path: str) -> str:
    return path.rpartition(".")[2]

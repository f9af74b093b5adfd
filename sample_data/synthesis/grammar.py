"""The hand-written phrasings in `phrases/`, read once, and how one of them becomes words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from synthesis.chance import Chance

PHRASES = Path(__file__).parent / "phrases"
QUESTIONS = ("q_benefits", "q_risks", "q_requirements")
FAMILY_OF_QUESTION = {"q_benefits": "benefit", "q_risks": "risk", "q_requirements": "requirement"}
_WHO = {"e": ("experts",), "p": ("patients",), "b": ("experts", "patients")}
_ALTERNATIVES = re.compile(r"\(([^()]*\|[^()]*)\)")
_SLOT = re.compile(r"\{(\w+)\}")
_ARTICLE = re.compile(r"\b([Aa])n? (?=(MRI|mri|X-ray|x-ray|ultrasound)?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeAnswer:
    """An answer written in one piece, with the codes that it carries."""

    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """All phrasings. Phrases are keyed (code, group, form), where form is w, n or s."""

    phrases: Mapping[tuple[str, str, str], tuple[str, ...]]
    filler: Mapping[tuple[str, str, str], tuple[str, ...]]
    """Keyed (kind, group, question)."""
    nothing: Mapping[tuple[str, str], tuple[str, ...]]
    """Keyed (kind, question), kind one of none, empty, unclear."""
    whole: Mapping[tuple[str, str], tuple[WholeAnswer, ...]]
    """Keyed (group, question)."""
    slots: Mapping[str, tuple[str, ...]]

    def expand(self, template: str, *, chance: Chance, own: Mapping[str, str]) -> str:
        """`template` with one of each `(a|b)` drawn and each `{slot}` filled, from `own` where it has it."""
        text = template
        while "|" in text:
            text, n = _ALTERNATIVES.subn(lambda found: chance.pick(found[1].split("|")), text)
            if not n:
                raise ValueError(f"Unbalanced alternatives in {template!r}")
        text = _SLOT.sub(lambda slot: own.get(slot[1]) or chance.pick(self.slots[slot[1]]), text)
        text = _ARTICLE.sub(lambda found: f"{found[1]}n " if found[2] else found[0], text)
        return " ".join(text.split())


@cache
def load_grammar() -> Grammar:
    """The grammar from the files in `phrases/`."""
    phrases: dict[tuple[str, str, str], list[str]] = {}
    for name in ("benefits.txt", "risks.txt", "requirements.txt"):
        for code, line in _sections(name):
            label, text = line.split(": ", 1)
            who, form = label.split()
            for group in _WHO[who]:
                phrases.setdefault((code, group, form), []).append(text)
    filler: dict[tuple[str, str, str], list[str]] = {}
    for _, line in _sections("filler.txt"):
        label, text = line.split(": ", 1)
        kind, who, question = label.split()
        for group in _WHO[who]:
            for each in QUESTIONS if question == "b" else (question,):
                filler.setdefault((kind, group, each), []).append(text)
    nothing: dict[tuple[str, str], list[str]] = {}
    for section, line in _sections("nothing.txt"):
        kind, question = section.split()
        for each in QUESTIONS if question == "b" else (question,):
            nothing.setdefault((kind, each), []).append(line)
    whole: dict[tuple[str, str], list[WholeAnswer]] = {}
    for _, line in _sections("whole.txt"):
        question, who, codes, text = line.split(" | ", 3)
        paths = tuple(_path(key, question) for key in codes.split())
        for group in _WHO[who]:
            answer = WholeAnswer(text=text.replace("\\n", "\n"), codes=paths)
            whole.setdefault((group, question), []).append(answer)
    slots = {}
    for _, line in _sections("slots.txt"):
        name, words = line.split(": ", 1)
        slots[name] = tuple(words.split(" | "))
    return Grammar(
        phrases={key: tuple(texts) for key, texts in phrases.items()},
        filler={key: tuple(texts) for key, texts in filler.items()},
        nothing={key: tuple(texts) for key, texts in nothing.items()},
        whole={key: tuple(answers) for key, answers in whole.items()},
        slots=slots,
    )


def _path(key: str, question: str) -> str:
    if "." in key:
        return key
    return "demand.wants_access" if key == "wants_access" else f"{FAMILY_OF_QUESTION[question]}.{key}"


def _sections(name: str) -> Iterator[tuple[str, str]]:
    """The lines of a phrase file, each with the heading it stands under."""
    section = ""
    for line in (PHRASES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            section = line[3:]
        elif line and not line.startswith("#"):
            yield section, line

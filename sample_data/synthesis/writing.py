"""How a person puts it: words, phrases, clauses or a paragraph out of the grammar, then typed out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from synthesis.chance import Chance
from synthesis.grammar import QUESTIONS, Grammar, WholeAnswer
from synthesis.people import EXPERTS, PATIENTS, Person
from synthesis.spelling import type_out
from synthesis.themes import Kind, Meaning, draw_meaning

_DEALT_OVER = {EXPERTS: 121, PATIENTS: 282}
"""People among whom the whole answers are dealt out once."""
_FIRST_PERSON = ("I ", "I'd", "I'm", "my ", "it ", "it's", "seeing ")
_NO_OPENER = (
    "please", "ask", "tell", "show", "never", "who ", "what ", "when ", "no ", "explain", "say ", "maybe",
    "perhaps",    "personally", "sometimes", "not ", "if ", "Google", "for years", "all this", "to ", "so ",
    "being able",
    "I think", "I wish", "I was", "I did", "I had", "I looked", "a picture", "you need", "someone has",
)  # fmt: skip
_JOINS = {
    False: ((". ", 0.40), (" and ", 0.17), (", and ", 0.08), (", ", 0.09), (". Also ", 0.10),
    (", also ", 0.05),
            (" - ", 0.04), (". Plus ", 0.03), ("... ", 0.02), ("\n", 0.02)),
    True: ((". ", 0.42), ("; ", 0.14), (" and ", 0.14), (", and ", 0.07), (", ", 0.07), (". Also ", 0.08),
           (" - ", 0.03), ("\n", 0.05)),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer as it stands in the survey, with what the generator meant by it."""

    question: str
    text: str
    codes: tuple[str, ...]
    kind: Kind


def write_answer(*, person: Person, question: str, grammar: Grammar, chance: Chance) -> Answer:
    """One person's answer to one question."""
    whole = _whole_answer(person, question, grammar)
    if whole is not None:
        return Answer(question=question, text=whole.text, codes=whole.codes, kind=Kind.THEMES)
    meaning = draw_meaning(person=person, question=question, chance=chance)
    return Answer(
        question=question,
        text=_Writer(person=person, question=question, grammar=grammar, chance=chance).write(meaning),
        codes=meaning.codes,
        kind=meaning.kind,
    )


def _whole_answer(person: Person, question: str, grammar: Grammar) -> WholeAnswer | None:
    """The answer in one piece that falls to this person: in the committed survey each is dealt once."""
    deck = grammar.whole[person.group, question]
    every = _DEALT_OVER[person.group] // len(deck)
    card, is_not_dealt = divmod(person.turn - QUESTIONS.index(question), every)
    return None if is_not_dealt or card < 0 else deck[card % len(deck)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    person: Person
    question: str
    grammar: Grammar
    chance: Chance

    def write(self, meaning: Meaning) -> str:
        if meaning.kind is not Kind.THEMES:
            plain = self._expand(self.chance.pick_early(self.grammar.nothing[meaning.kind, self.question]))
            if meaning.kind is Kind.UNCLEAR or len(plain.split()) < 3:
                return plain
        else:
            match meaning.wordiness:
                case 0:
                    plain = self._items([self._word(code) for code in meaning.codes])
                case 1:
                    plain = self._phrases(meaning.codes)
                case 2:
                    plain = self._clauses(meaning.codes)
                case _:
                    plain = self._paragraph(meaning.codes)
        return type_out(plain, habits=self.person.habits, chance=self.chance)

    def _expand(self, template: str) -> str:
        return self.grammar.expand(template, chance=self.chance, own=self.person.own)

    def _phrase(self, code: str, form: str) -> str:
        """One phrasing of a code; they take turns, so that a striking one does not come up too often."""
        phrasings = self.grammar.phrases[code, self.person.group, form]
        return self._expand(phrasings[(self.person.turn + self.chance.below(4)) % len(phrasings)])

    def _word(self, code: str) -> str:
        return self._expand(self.chance.pick_early(self.grammar.phrases[code, self.person.group, "w"]))

    def _filler(self, kind: str) -> str:
        options = self.grammar.filler.get((kind, self.person.group, self.question), ())
        if not self.person.is_older:
            options = tuple(text for text in options if "{age}" not in text and "used to work" not in text)
        return self._expand(self.chance.pick(options)) if options else ""

    def _items(self, items: list[str]) -> str:
        """Words or phrases side by side, in this person's manner of listing."""
        separator = self.person.habits.separator
        if len(items) == 1:
            return items[0]
        if separator == "bullets":
            return "\n".join(f"- {item}" for item in items)
        if separator == "numbers":
            return "\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))
        if separator == ", " and self.chance.happens(0.5):
            last = self.chance.pick((" and ", " and ", ", and ", " & ", " + ", " as well as "))
            return separator.join(items[:-1]) + last + items[-1]
        if any("," in item for item in items) and separator in (", ", ",", " "):
            separator = self.chance.pick((". ", "; ", "\n"))
        return separator.join(items)

    def _phrases(self, codes: tuple[str, ...]) -> str:
        items = [self._phrase(code, "n") if self.chance.happens(0.8) else self._word(code) for code in codes]
        opens = self.chance.happens(0.28) and not codes[0].startswith("demand")
        if opens and self.person.habits.separator not in ("bullets", "numbers", "\n"):
            items[0] = f"{self._filler('m')} {items[0]}"
        return self._items(items) + self._tail(0.05)

    def _clauses(self, codes: tuple[str, ...]) -> str:
        text = self._opened(self._phrase(codes[0], "s"), chance_of=0.33)
        last_join = ""
        for code in codes[1:]:
            join = self.chance.weighted(_JOINS[self.person.group == EXPERTS])
            if "and" in join and "and" in last_join:
                join = ". "
            is_phrase = join in (". Also ", ", also ", " - ", ". Plus ", "... ") and self.chance.happens(0.45)
            clause = self._phrase(code, "n") if is_phrase else self._pronoun(self._phrase(code, "s"))
            text = text.rstrip("?.") + join + clause if not text.endswith("?") else f"{text} {clause}"
            last_join = join
        return text + self._tail(0.10)

    def _paragraph(self, codes: tuple[str, ...]) -> str:
        has_scene = QUESTIONS[self.person.turn % len(QUESTIONS)] == self.question
        sentences = [self._filler("l")] if has_scene and self.chance.happens(0.85) else []
        for code in codes:
            clause = self._phrase(code, "s")
            sentences.append(self._opened(clause, chance_of=0.25) if not sentences else self._pronoun(clause))
            if self.chance.happens(0.3):
                more = self._phrase(code, "s")
                if not _are_alike(more, clause):
                    sentences.append(self._pronoun(more))
        closer = self._filler("c") if self.chance.happens(0.35) else ""
        sentences.append(closer)
        sentences = [sentence for sentence in dict.fromkeys(sentences) if sentence]
        text = sentences[0]
        gap = self.chance.weighted(((" ", 0.86), ("\n\n", 0.07), ("\n", 0.07)))
        for sentence in sentences[1:]:
            stop = (
                ""
                if text.endswith("?")
                else self.chance.weighted(((".", 0.85), (",", 0.06), ("!", 0.04), ("", 0.05)))
            )
            text += stop + (gap if stop == "." else " ") + sentence
        return text if closer else text + self._tail(0.06)

    def _opened(self, clause: str, *, chance_of: float) -> str:
        """The clause, with "I think" or the like before it where that can be said."""
        if clause.startswith(_NO_OPENER) or not self.chance.happens(chance_of):
            return clause
        if clause.startswith(_FIRST_PERSON) and self.chance.happens(0.4):
            return f"{self._filler('i')} {clause}".strip()
        return f"{self._filler('o')} {clause}"

    def _pronoun(self, clause: str) -> str:
        """The clause, with "they" for "patients" now and then, since they were named before."""
        if not self.chance.happens(0.5):
            return clause
        return re.sub(r"^(some |most |)patients (?!in )", "they ", clause)

    def _tail(self, probability: float) -> str:
        if not self.chance.happens(probability):
            return ""
        tail = self._filler("t")
        return tail if tail[0] in ",.!" else f" {tail}"


def _are_alike(one: str, other: str) -> bool:
    """Whether two clauses come from one phrasing, or nearly so."""
    words, others = one.lower().split(), other.lower().split()
    return words[:2] == others[:2] or len(set(words) & set(others)) > len(set(words)) * 0.4

"""Selecting a part of an answer by keys: word by word, character by character, sentence by sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from harken.errors import HarkenError

Span = tuple[int, int]
"""Code points `start, end` of a text, half-open."""
_JOINER = "\u200d"
_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…]+(?=\s|$)|[.!?…]+|\n|$)")


class Step(StrEnum):
    """What one key goes on by."""

    WORD = "word"
    CHARACTER = "character"


@lru_cache(maxsize=8)
def words(text: str) -> tuple[Span, ...]:
    """Where the words stand: what lies between blanks, without the punctuation around it."""
    found = []
    for run in re.finditer(r"\S+", text):
        start, end = run.span()
        while start < end and _is_punctuation(text[start]):
            start += 1
        while end > start and _is_punctuation(text[end - 1]):
            end -= 1
        if start < end:
            found.append((start, end))
    return tuple(found)


@lru_cache(maxsize=8)
def characters(text: str) -> tuple[Span, ...]:
    """What a reader takes for one character: a letter with its accents, an emoji with its parts."""
    found: list[Span] = []
    for place, character in enumerate(text):
        joins = found and (
            unicodedata.category(character).startswith("M")
            or character == _JOINER
            or text[place - 1] == _JOINER
            or 0x1F3FB <= ord(character) <= 0x1F3FF
        )
        if joins:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return tuple(found)


@lru_cache(maxsize=8)
def sentences(text: str) -> tuple[Span, ...]:
    """Where the sentences stand, without the blanks around them; a line of its own is one."""
    return tuple(_trimmed(text))


def _trimmed(text: str) -> Iterator[Span]:
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield start, end


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character).startswith("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A selected part of a text: from `anchor`, which stays, to `cursor`, which steps move."""

    text: str
    anchor: Span
    cursor: Span
    step: Step = Step.WORD
    is_held: bool = False
    """Whether every step leaves the anchor where it is."""

    @classmethod
    def at_the_beginning(cls, text: str) -> Selection:
        """The first word; the first character where there is no word."""
        if not text.strip():
            raise HarkenError("There are no words to select in this answer.")
        step = Step.WORD if words(text) else Step.CHARACTER
        first = (words(text) or characters(text))[0]
        return cls(text=text, anchor=first, cursor=first, step=step)

    @property
    def start(self) -> int:
        return min(self.anchor[0], self.cursor[0])

    @property
    def end(self) -> int:
        return max(self.anchor[1], self.cursor[1])

    @property
    def selected(self) -> str:
        return self.text[self.start : self.end]

    @property
    def goes_by_word(self) -> bool:
        return self.step is Step.WORD

    def moved(self, n: int, *, extending: bool = False) -> Selection:
        """On, or (`n` below 0) back, by a step; held or `extending`, only the cursor goes."""
        is_extending = extending or self.is_held
        here = self.cursor if is_extending else (self.start, self.end)
        return self._to(_neighbour(self._units, here, n), is_extending=is_extending)

    def moved_to_end(self, n: int) -> Selection:
        """To the last step of the text, or (`n` below 0) the first."""
        return self._to(self._units[0 if n < 0 else -1], is_extending=self.is_held)

    def moved_by_sentence(self, n: int) -> Selection:
        """The whole sentence, then the one after (before) it; held, the cursor goes to the next such end."""
        known = sentences(self.text)
        here = self.cursor if self.is_held else (self.start, self.end)
        around = [one for one in known if one[0] <= here[0] and here[1] <= one[1]]
        if self.is_held:
            is_done = not around or (here[1] == around[0][1] if n > 0 else here[0] == around[0][0])
        else:
            is_done = not around or here == around[0]
        chosen = _neighbour(known, here, n) if is_done else around[0]
        first, last = self._within(chosen)
        if self.is_held:
            return replace(self, cursor=last if n > 0 else first)
        return replace(self, anchor=first, cursor=last)

    def switched_hold(self) -> Selection:
        """Hold the anchor, so that steps add to the selection; or let go of it."""
        return replace(self, is_held=not self.is_held)

    def let_go(self) -> Selection:
        return replace(self, is_held=False)

    def switched_step(self) -> Selection:
        """From words to characters, with the same part selected; back to words, grown to whole ones."""
        step = Step.CHARACTER if self.step is Step.WORD else Step.WORD
        if step is Step.WORD and not words(self.text):
            return self
        first, last = replace(self, step=step)._within((self.start, self.end))
        if step is Step.CHARACTER:
            first, last = (self.start, first[1]), (last[0], self.end)
        is_backwards = self.cursor[0] < self.anchor[0]
        anchor, cursor = (last, first) if is_backwards else (first, last)
        return replace(self, step=step, anchor=anchor, cursor=cursor)

    @property
    def _units(self) -> Sequence[Span]:
        return words(self.text) if self.step is Step.WORD else characters(self.text)

    def _within(self, span: Span) -> tuple[Span, Span]:
        """The first and the last step that a part of the text touches, grown to the part's ends."""
        touched = [unit for unit in self._units if unit[0] < span[1] and unit[1] > span[0]] or [span]
        first, last = touched[0], touched[-1]
        return (min(first[0], span[0]), first[1]), (last[0], max(last[1], span[1]))

    def _to(self, unit: Span, *, is_extending: bool) -> Selection:
        return replace(self, cursor=unit) if is_extending else replace(self, anchor=unit, cursor=unit)


def _neighbour(units: Sequence[Span], here: Span, n: int) -> Span:
    """The next unit behind (before) a place, or the outermost one where there is none."""
    if n > 0:
        return next((unit for unit in units if unit[0] >= here[1]), units[-1])
    return next((unit for unit in reversed(units) if unit[1] <= here[0]), units[0])

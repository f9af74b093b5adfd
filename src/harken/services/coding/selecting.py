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
    """A selected part of a text. `held` is the end that stays while the other one moves."""

    text: str
    start: int
    end: int
    step: Step = Step.WORD
    held: Span | None = None

    @classmethod
    def at_the_beginning(cls, text: str) -> Selection:
        """The first word; the first character where there is no word."""
        found = words(text) or characters(text)
        if not found or not text.strip():
            raise HarkenError("There are no words to select in this answer.")
        start, end = found[0]
        return cls(text=text, start=start, end=end, step=Step.WORD if words(text) else Step.CHARACTER)

    @property
    def selected(self) -> str:
        return self.text[self.start : self.end]

    @property
    def is_held(self) -> bool:
        return self.held is not None

    def moved(self, n: int, *, extending: bool = False) -> Selection:
        """On (or back) by `n` steps; with an end held, or `extending`, only the other end moves."""
        units = self._units()
        if extending or self.held is not None:
            return self._reaching(units, n, keep=self.held is not None)
        place = self._place(units, self.end if n > 0 else self.start, n)
        return replace(self, start=units[place][0], end=units[place][1])

    def moved_by_sentence(self, n: int) -> Selection:
        """The sentence that is begun, or the one after (before) it; with an end held, up to its end."""
        units = sentences(self.text) or ((self.start, self.end),)
        if self.held is not None:
            return self._reaching(units, n, keep=True)
        inside = [unit for unit in units if unit[0] <= self.start and self.end <= unit[1]]
        if inside and inside[0] != (self.start, self.end):
            chosen = inside[0]
        else:
            chosen = units[self._place(units, self.end if n > 0 else self.start, n)]
        return replace(self, start=chosen[0], end=chosen[1])

    def at_the_end(self, n: int) -> Selection:
        """The last unit of the text, or (`n` below 0) the first; with an end held, up to there."""
        units = self._units()
        first, last = units[0], units[-1]
        chosen = first if n < 0 else last
        if self.held is not None:
            return self._from_held(chosen)
        return replace(self, start=chosen[0], end=chosen[1])

    def switched_hold(self) -> Selection:
        """Hold the selected part, so that further steps add to it; or let go of it."""
        return replace(self, held=None if self.is_held else (self.start, self.end))

    def let_go(self) -> Selection:
        return replace(self, held=None)

    def switched_step(self) -> Selection:
        """From words to characters, the selected part as it is; back to words, grown to whole ones."""
        if self.step is Step.WORD:
            return replace(self, step=Step.CHARACTER)
        touched = [unit for unit in words(self.text) if unit[0] < self.end and unit[1] > self.start]
        if not touched:
            return self if not words(self.text) else replace(self, step=Step.WORD)
        start, end = min(self.start, touched[0][0]), max(self.end, touched[-1][1])
        return replace(self, step=Step.WORD, start=start, end=end, held=None)

    def _units(self) -> Sequence[Span]:
        return words(self.text) if self.step is Step.WORD else characters(self.text)

    @staticmethod
    def _place(units: Sequence[Span], edge: int, n: int) -> int:
        """The place of the `n`-th unit after (before) an edge of the selection, as far as there are units."""
        if n > 0:
            after = [place for place, unit in enumerate(units) if unit[0] >= edge]
            return min((after[0] if after else len(units)) + n - 1, len(units) - 1)
        before = [place for place, unit in enumerate(units) if unit[1] <= edge]
        return max((before[-1] if before else -1) + n + 1, 0)

    def _reaching(self, units: Sequence[Span], n: int, *, keep: bool) -> Selection:
        held = self.held or (self.start, self.end)
        # The end that moves is the one away from the held part.
        is_behind = self.start < held[0]
        if n > 0:
            edge = held[0] if False else (self.start if is_behind else self.end)
        else:
            edge = self.start if is_behind or self.end <= held[1] else self.end
        return replace(self._moved_edge(units, held, edge, n, is_behind), held=held if keep else None)

    def _moved_edge(
        self, units: Sequence[Span], held: Span, edge: int, n: int, is_behind: bool
    ) -> Selection:
        raise NotImplementedError

    def _from_held(self, unit: Span) -> Selection:
        held = self.held or (self.start, self.end)
        return replace(self, start=min(held[0], unit[0]), end=max(held[1], unit[1]), held=held)

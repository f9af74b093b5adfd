"""Wordings for print: what may be changed in a participant's words, and the check that nothing else was.

Allowed are ellipses (…, ... or […]), which leave words out, and [brackets], which put words in, or in the
place of a few of the participant's. Everything else must stand in the answer, in its order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harken.errors import HarkenError, quoted
from harken.model import Mark
from harken.services.marking import removed_places

MOST_REPLACED = 8
"""Words of the participant's that one bracket may stand for; leaving out more is what an ellipsis is for."""
_ELLIPSIS = re.compile(r"\[\s*(?:…|\.{3,})\s*\]|…|\.{3,}")
_PAUSE = re.compile(r"…|\.{3,}")
_TOKEN = re.compile(r"(?:\[[^\[\]]*\]|[^\s\[\]])+")
_PIECES = re.compile(r"\[[^\[\]]*\]|[^\[\]]+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_LEFT_OUT = "…"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the answer at its place; one that tells who somebody is can be left out, never repeated."""

    text: str
    start: int
    end: int
    is_removed: bool


def place_of_wording(text: str, wording: str, marks: Iterable[Mark] = ()) -> tuple[int, int]:
    """Where in the answer a wording was taken from; raises, naming the first word that is not there."""
    marks = tuple(marks)
    tokens = _tokens(wording)
    words = _words(text, marks)
    _refuse_identifying(text, wording, marks)
    reached: dict[int, int | None] = dict.fromkeys(range(len(words) + 1))
    has_own = False
    for number, token in enumerate(tokens):
        following = _after(token, words, reached, is_edge=_is_edge(tokens, number))
        if not following:
            raise HarkenError(
                f"{quoted(token)} does not stand there in the answer. Change nothing but this: … leaves "
                f"words out, [brackets] put words in or stand for up to {MOST_REPLACED} of the participant's."
            )
        has_own |= token != _LEFT_OUT and not _is_bracket(token)
        reached = following
    ends = {end: start for end, start in reached.items() if start is not None and end > start}
    if not has_own or not ends:
        raise HarkenError("The wording has no word of the participant's own. Keep some of the answer's.")
    end = min(ends, key=lambda end: (end - ends[end], end))
    return words[ends[end]].start, words[end - 1].end


def clean_wording(wording: str) -> str:
    """A wording on one line, its spaces joined and its dots made ellipses."""
    return " ".join(_PAUSE.sub(_LEFT_OUT, wording).split())


def _tokens(wording: str) -> list[str]:
    if wording.count("[") != wording.count("]"):
        raise HarkenError(f"A bracket is open in {quoted(wording)}. Write [words] whole.")
    return _TOKEN.findall(_ELLIPSIS.sub(f" {_LEFT_OUT} ", wording))


def _words(text: str, marks: Iterable[Mark]) -> list[_Word]:
    removed = removed_places(marks)
    found = []
    # Dots that the participant wrote for a pause say nothing of what was left out.
    spaced = _PAUSE.sub(lambda dots: " " * len(dots.group()), text)
    for match in re.finditer(r"\S+", spaced):
        start, end = match.span()
        is_removed = any(place.start < end and start < place.end for place in removed)
        found.append(_Word(match.group(), start, end, is_removed))
    return found


def _refuse_identifying(text: str, wording: str, marks: Iterable[Mark]) -> None:
    for place in removed_places(marks):
        hidden = text[place.start : place.end].strip()
        if hidden and re.search(rf"(?<!\w){re.escape(hidden)}(?!\w)", wording, re.IGNORECASE):
            raise HarkenError(
                f"The wording repeats what is marked as identifying. Write {place.brackets} in its place."
            )


def _after(
    token: str, words: Sequence[_Word], reached: dict[int, int | None], *, is_edge: bool
) -> dict[int, int | None]:
    """Where the wording can stand after one more token: the next word's number, with the first one's."""
    following: dict[int, int | None] = {}

    def reach(place: int, start: int | None) -> None:
        held = following.get(place)
        following[place] = start if held is None else max(held, start or 0)

    if token == _LEFT_OUT:
        latest: int | None = None
        for place in range(min(reached), len(words) + 1):
            start = reached.get(place)
            latest = latest if start is None else start
            reach(place, latest)
        return following
    if _is_bracket(token):
        for place, start in reached.items():
            for after in range(place, min(place + MOST_REPLACED, len(words)) + 1):
                reach(after, start)
        return following
    for place, start in reached.items():
        if place < len(words) and _is_same(token, words[place], is_edge=is_edge):
            reach(place + 1, place if start is None else start)
    return following


def _is_edge(tokens: Sequence[str], number: int) -> bool:
    """Whether a word stands at an end or beside an edit, where its punctuation may go."""
    around = [tokens[place] for place in (number - 1, number + 1) if 0 <= place < len(tokens)]
    return len(around) < 2 or any(token == _LEFT_OUT or _is_bracket(token) for token in around)


def _is_bracket(token: str) -> bool:
    return re.fullmatch(r"\W*\[[^\[\]]*\]\W*", token) is not None


def _is_same(token: str, word: _Word, *, is_edge: bool) -> bool:
    if word.is_removed:
        return False
    own, said = word.text.translate(_QUOTES), token.translate(_QUOTES)
    if "[" in said:
        # A bracket within a word, as in [T]he or image[s].
        pattern = "".join(
            r"\w*" if piece.startswith("[") else re.escape(piece) for piece in _PIECES.findall(said)
        )
        return re.fullmatch(rf"{pattern}\W*" if is_edge else pattern, own) is not None
    edges = _edges(own)
    bare = (own.strip(edges), own.lstrip(edges), own.rstrip(edges)) if is_edge else ()
    return said in (own, *bare)


def _edges(word: str) -> str:
    """The marks at the ends of a word."""
    return "".join({character for character in word if not character.isalnum()}) or " "

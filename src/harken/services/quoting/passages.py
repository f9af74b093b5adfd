"""Which part of an answer is printed: an edited wording, a cleared or marked place, a segment or a window."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from harken.errors import HarkenError
from harken.model import Mark, MarkKind
from harken.services.marking import redacted, removed_places
from harken.services.quoting.wording import place_of_wording
from harken.storage.quotes import QuoteEdit

LONGEST = 60
"""Words that are printed of an answer; of a longer one a window of sentences is cut."""
SHORTEST = 5
"""Words from which an answer says enough to be quoted before shorter ones are."""
LEAST_LEFT = 3
"""Words that must be left where something identifying was taken out."""
_SENTENCE = re.compile(r"[^.!?…\n]*(?:[.!?…]+[\"'”’)\]]*|\n|$)")
_BRACKETS = re.compile(r"\[[^\[\]]*removed\]")

Place = tuple[int, int]
Score = Callable[[Sequence[str]], Sequence[float]]
"""How much each of some texts says of what the theme's answers have in common."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerParts:
    """An answer with all that bears on which part of it is printed."""

    text: str
    marks: tuple[Mark, ...]
    edits: tuple[QuoteEdit, ...]
    segments: tuple[Place, ...]
    """Where the theme was applied; empty: to the whole answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What is printed of an answer."""

    start: int
    end: int
    words: str
    is_edited: bool = False
    is_marked: bool = False
    is_cleared: bool = False
    is_cut: bool = False
    """Whether something of the answer before or behind it is left out."""


def choose_passage(parts: AnswerParts, score: Score) -> Passage | None:
    """The part of an answer to print; None where too little is left without what tells who somebody is."""
    edit = edited_wording(parts)
    if edit is not None:
        return Passage(
            start=edit.start, end=edit.end, words=edit.words, is_edited=True, is_cleared=edit.is_cleared
        )
    place, is_marked = _place(parts)
    start, end = _window(parts.text, _trimmed(parts.text, place), score)
    words = redacted(parts.text, parts.marks, start=start, end=end)
    hides = any(one.start < end and start < one.end for one in removed_places(parts.marks))
    if not words.strip() or (hides and n_words(words) < LEAST_LEFT):
        return None
    whole = _trimmed(parts.text, (0, len(parts.text)))
    before, behind = start > whole[0], end < whole[1]
    return Passage(
        start=start,
        end=end,
        words=f"{'… ' if before else ''}{' '.join(words.split())}{' …' if behind else ''}",
        is_marked=is_marked,
        is_cleared=any(one.start <= start and end <= one.end for one in _cleared(parts)),
        is_cut=before or behind,
    )


def edited_wording(parts: AnswerParts) -> QuoteEdit | None:
    """The latest edited wording that keeps to the rules: more may have been marked as identifying since."""
    for edit in reversed(parts.edits):
        if edit.words and not is_outdated(parts, edit):
            return edit
    return None


def is_outdated(parts: AnswerParts, edit: QuoteEdit) -> bool:
    """Whether an edited wording repeats what was marked as identifying since."""
    try:
        place_of_wording(parts.text, edit.words, parts.marks)
    except HarkenError:
        return True
    return False


def n_words(words: str) -> int:
    """Words of a printed text, those in the stead of identifying places left out."""
    return sum(any(map(str.isalnum, word)) for word in _BRACKETS.sub(" ", words).split())


def marked_places(parts: AnswerParts) -> list[Place]:
    """Places that coders marked as quotes: those on the theme's segments if any are, most marked first."""
    marked = [(mark.start, mark.end) for mark in parts.marks if mark.kind is MarkKind.QUOTE]
    if parts.segments:
        marked = [place for place in marked if any(_overlap(place, one) for one in parts.segments)]
    return sorted(dict.fromkeys(marked), key=lambda place: (-marked.count(place), place))


def _place(parts: AnswerParts) -> tuple[Place, bool]:
    """The place from which the printed part is taken, and whether coders marked it as a quote."""
    marked = marked_places(parts)
    cleared = [(one.start, one.end) for one in _cleared(parts)]
    if cleared:
        return cleared[-1], cleared[-1] in marked
    if marked:
        return marked[0], True
    if parts.segments:
        return _widened(parts.text, min(parts.segments)), False
    return (0, len(parts.text)), False


def _cleared(parts: AnswerParts) -> list[QuoteEdit]:
    return [one for one in parts.edits if one.is_cleared and not one.words]


def _overlap(one: Place, other: Place) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _trimmed(text: str, place: Place) -> Place:
    start, end = place
    end = min(end, len(text))
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _sentences(text: str, place: Place) -> list[Place]:
    found = (match.span() for match in _SENTENCE.finditer(text, *place))
    return [one for one in (_trimmed(text, span) for span in found) if one[0] < one[1]]


def _widened(text: str, segment: Place) -> Place:
    """The whole sentences that a segment lies in."""
    touched = [one for one in _sentences(text, (0, len(text))) if _overlap(one, segment)]
    return (touched[0][0], touched[-1][1]) if touched else segment


def _window(text: str, place: Place, score: Score) -> Place:
    """Sentences in a row, together no longer than allowed, around the one that says most of the theme."""
    if _length(text, place) <= LONGEST:
        return place
    sentences = _sentences(text, place)
    scores = score([text[start:end] for start, end in sentences])
    best = max(range(len(sentences)), key=lambda number: (scores[number], -number))
    first = last = best
    while True:
        wider = [
            (low, high)
            for low, high in ((first, last + 1), (first - 1, last))
            if low >= 0
            and high < len(sentences)
            and _length(text, (sentences[low][0], sentences[high][1])) <= LONGEST
        ]
        if not wider:
            break
        first, last = wider[0]
    return _shortened(text, (sentences[first][0], sentences[last][1]))


def _length(text: str, place: Place) -> int:
    return len(text[place[0] : place[1]].split())


def _shortened(text: str, place: Place) -> Place:
    """The first words of a single sentence that is too long."""
    words = list(re.finditer(r"\S+", text[place[0] : place[1]]))
    return place if len(words) <= LONGEST else (place[0], place[0] + words[LONGEST - 1].end())


def joined(places: Iterable[Place]) -> tuple[Place, ...]:
    """Places in order, overlapping ones as one."""
    found: list[Place] = []
    for start, end in sorted(places):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)

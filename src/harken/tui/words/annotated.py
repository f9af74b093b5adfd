"""A text with signs set into it where parts of it are coded or marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content, Span
from textual.style import Style

from harken.report import visible


@dataclass(frozen=True, slots=True)
class Annotation:
    """A part of a text, the signs around it and what they look like; without signs the part has the style."""

    start: int
    end: int
    opening: str
    closing: str
    style: Style


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    content: Content
    places: Sequence[int]
    """Where each code point of the text stands in the content."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the text stands in the content, without the signs around it."""
        return self.places[start], self.places[end - 1] + 1


def annotated(text: str, annotations: Sequence[Annotation]) -> AnnotatedText:
    """The text as it may be shown, with the signs: of parts within parts the outer one's stand outside."""
    opening: dict[int, list[Annotation]] = {}
    closing: dict[int, list[Annotation]] = {}
    for one in sorted(annotations, key=lambda one: one.start - one.end):
        opening.setdefault(one.start, []).append(one)
        closing.setdefault(one.end, []).insert(0, one)
    parts: list[str] = []
    spans: list[Span] = []
    places: list[int] = []
    length = 0

    def put(sign: str, style: Style) -> None:
        nonlocal length
        if sign:
            parts.append(sign)
            spans.append(Span(length, length + len(sign), style))
            length += len(sign)

    # The translation keeps code points, so places need no shift of its own.
    for place, character in enumerate(visible(text, keep_lines=True)):
        for one in closing.get(place, ()):
            put(one.closing, one.style)
        for one in opening.get(place, ()):
            put(one.opening, one.style)
        places.append(length)
        parts.append(character)
        length += 1
    for one in closing.get(len(text), ()):
        put(one.closing, one.style)
    spans += [
        Span(places[one.start], places[one.end - 1] + 1, one.style)
        for one in annotations
        if not (one.opening or one.closing) and one.start < one.end
    ]
    return AnnotatedText(Content("".join(parts), spans=sorted(spans)), places)


BRACKETS = ("[", "]")
HELD_BRACKETS = ("├", "┤")
"""Around what is held: drawn otherwise, since colour alone would not be seen by all."""


def bracketed(lines: Sequence[Content], selected: Style, *, is_held: bool = False) -> list[Content]:
    """The lines, a cell further in, with brackets around what has the style of the selected part.

    The opening one takes a blank's place at the line's beginning; a blank between words stays.
    """
    opening, closing = HELD_BRACKETS if is_held else BRACKETS
    shifted = [Content(" ") + line for line in lines]
    with_it = [place for place, line in enumerate(shifted) if _selected_spans(line, selected)]
    if not with_it:
        return shifted
    last = with_it[-1]
    end = max(span.end for span in _selected_spans(shifted[last], selected))
    shifted[last] = _with_sign(shifted[last], closing, end)
    first = with_it[0]
    start = min(span.start for span in _selected_spans(shifted[first], selected))
    shifted[first] = _with_sign(shifted[first], opening, start)
    return shifted


def _selected_spans(line: Content, selected: Style) -> list[Span]:
    return [span for span in line.spans if span.style == selected and span.start < span.end]


def _with_sign(line: Content, sign: str, place: int) -> Content:
    bold = Content.styled(sign, "bold")
    return line[: place - 1 if place == 1 else place] + bold + line[place:]

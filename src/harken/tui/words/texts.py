"""Texts as the screen shows them. Participants' words and the codebook's are data, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.content import Content, Span
from textual.style import Style

from harken.model import CodebookEntry, Coding, Reason, ReasonKind, Suggestion
from harken.report import visible

APPLIED = "✓"
LEAST_NAME = 6
"""Cells below which a cut title says nothing."""


def plain(text: str) -> Content:
    """Any text on one line, harmless."""
    return Content(visible(text))


def answer_text(text: str, suggestions: Iterable[Suggestion], evidence: Style) -> Content:
    """The answer as it was given, with the places that speak for a suggestion marked."""
    places = {
        (reason.start, reason.end)
        for suggestion in suggestions
        for reason in suggestion.reasons
        if reason.start is not None and reason.end is not None
    }
    # The translation keeps code points, so places need no shift.
    shown = visible(text, keep_lines=True)
    return Content(shown, spans=[Span(start, end, evidence) for start, end in sorted(places)])


def reason_text(suggestion: Suggestion) -> str:
    """Why it is suggested, in as few words as will do."""
    return ", ".join(dict.fromkeys(map(_reason, suggestion.reasons)))


def _reason(reason: Reason) -> str:
    quoted = f"“{visible(' '.join(reason.text.split()))}”"
    if reason.kind is ReasonKind.EXAMPLE:
        return f"like “{visible(' '.join(reason.example.split()))}”" if reason.example else f"like {quoted}"
    if reason.kind is ReasonKind.SIMILAR:
        whom = f"{visible(reason.response.participant)}: " if reason.response else ""
        return f"as {whom}{quoted}"
    if reason.kind is ReasonKind.LEARNED:
        return f"learned: {quoted}" if reason.text else "learned"
    return quoted


def short_name(path: str) -> str:
    """The last part of a code's path, as the line of the last decision shows it."""
    return visible(path.rpartition(".")[2])


def with_segments(name: str, path: str, codings: Iterable[Coding]) -> str:
    """An applied code's name with the number of its segments, and + where it is on the whole answer too."""
    own = [coding for coding in codings if coding.code == path]
    n_segments = sum(coding.start is not None for coding in own)
    if not n_segments:
        return name
    return f"{name} {'+ ' if len(own) > n_segments else ''}‹{n_segments}›"


def label_of(entry: CodebookEntry) -> str:
    return visible(entry.code.label)


def applied_names(paths: Iterable[str], entries: Mapping[str, CodebookEntry]) -> list[tuple[str, str]]:
    """For each applied code its label and its short name, both marked where it is retired."""
    names = []
    for path in paths:
        entry = entries.get(path)
        mark = " (retired)" if entry is not None and entry.code.is_retired else ""
        label = short_name(path) if entry is None else label_of(entry)
        names.append((f"{label}{mark}", f"{short_name(path)}{mark}"))
    return names


def short_title(title: str, width: int) -> str:
    """A title in at most `width` cells: a remark in brackets at its end says what it is, and goes last."""
    whole = Content(title)
    if whole.cell_length <= width:
        return title
    if width < LEAST_NAME:
        return ""
    name, opening, remark = title.rpartition(" (")
    if not opening or not remark.endswith(")"):
        return whole.truncate(width, ellipsis=True).plain
    kept = Content(f"({remark}")
    room = width - kept.cell_length - 1
    if room >= LEAST_NAME:
        return f"{Content(name).truncate(room, ellipsis=True).plain} {kept.plain}"
    return kept.truncate(width, ellipsis=True).plain


def fitted(content: Content, width: int) -> Content:
    """Exactly `width` cells: cut with an ellipsis, or filled up."""
    return content.truncate(max(width, 0), ellipsis=True, pad=True)


def spread(left: Content, right: Content, width: int) -> Content:
    """Two texts at the ends of a line; the left one gives way."""
    room = width - right.cell_length
    if room <= 2:
        return right.truncate(width, ellipsis=True)
    return fitted(left, room - 1) + Content(" ") + right

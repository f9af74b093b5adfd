"""What a line of the answers list says: who, the words around the match, the codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from harken.model import AnswerState, ResponseKey
from harken.report import visible
from harken.services.browsing import AnswerRow, CoderWork
from harken.services.coding import WorkState
from harken.tui.texts import APPLIED, short_name

NON_RESPONSE, EXCLUDED = "–", "×"
_MARKS = {WorkState.UNDECIDED: "○", WorkState.DRAFT: "✎", WorkState.DECIDED: APPLIED}
_SPACES = str.maketrans("\n\r\t", "   ")
_LEFT_OF_MATCH = 3
"""The share of a line, as its divisor, that stands before a match far behind."""


@dataclass(frozen=True, slots=True)
class Work:
    """How an answer stands for the coder, and what everybody applied."""

    mark: str
    parts: tuple[tuple[str, str], ...]
    """Texts with a style each: `code`, `note` or `quiet`."""


def one_line(text: str) -> str:
    """A text on one line, code point for code point."""
    return visible(text.translate(_SPACES))


def fit(text: str, width: int) -> str:
    """Exactly `width` cells: cut with an ellipsis, or filled up."""
    if width <= 0:
        return ""
    if cell_len(text) > width:
        return set_cell_size(text, width - 1) + "…"
    return set_cell_size(text, width)


def group_text(row: AnswerRow) -> str:
    return " · ".join(value for _, value in row.groups)


def question_text(key: ResponseKey) -> str:
    return f"{key.question} · {key.occasion}" if key.occasion else key.question


def excerpt(text: str, matches: Sequence[tuple[int, int]], width: int) -> tuple[str, list[tuple[int, int]]]:
    """The answer's words around the first match in `width` cells, and the matches' places in them."""
    begin = 0
    if matches and matches[0][0] > width * 2 // 3:
        begin = matches[0][0] - width // _LEFT_OF_MATCH
        space = text.find(" ", begin, matches[0][0])
        begin = begin if space < 0 else space + 1
    # A short rest leaves room for words before it.
    if begin > len(text) - width + 1:
        begin = max(len(text) - width + 1, 0)
    lead = "…" if begin else ""
    # A cell has one character or more only where some have no width; so much is looked at.
    shown = fit(lead + one_line(text[begin : begin + 3 * width]), width)
    shift = len(lead) - begin
    length = len(shown)
    places = [
        (max(start + shift, 0), min(end + shift, length))
        for start, end in matches
        if start + shift < length and end + shift > 0
    ]
    return shown, places


def works_of(row: AnswerRow, *, coder: str, round: str) -> Work:
    """One's own work first, without a name; then that of others with theirs."""
    own = [work for work in row.works if (work.coder, work.round) == (coder, round)]
    others = [work for work in row.works if work not in own]
    parts: list[tuple[str, str]] = []
    for work in own:
        parts += _said(work)
    for work in others:
        if parts:
            parts.append((" ", "quiet"))
        who = work.coder if work.round == round else f"{work.coder} {work.round}"
        parts += [(f"{one_line(who)}: ", "quiet"), *_said(work)]
    if row.has_alert:
        parts.insert(0, ("! alert ", "note"))
    return Work(mark=_mark(row, own), parts=tuple(parts))


def _mark(row: AnswerRow, own: Sequence[CoderWork]) -> str:
    if row.is_excluded:
        return EXCLUDED
    if row.state is AnswerState.NON_RESPONSE:
        return NON_RESPONSE
    return _MARKS[WorkState(own[0].state)] if own else _MARKS[WorkState.UNDECIDED]


def _said(work: CoderWork) -> list[tuple[str, str]]:
    notes = [*(["?"] if work.is_unsure else []), *(["memo"] if work.memo else [])]
    if work.is_uncodable:
        said = "uncodable"
    else:
        said = ", ".join(map(short_name, work.codes))
        if not said and work.state == WorkState.DECIDED:
            said = "no code"
    parts = [(f"{' '.join(notes)} ", "note")] if notes else []
    return [*parts, (said, "code" if work.codes else "quiet")] if said else parts

"""What a line of the answers list says: who, the words around the match, the codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len, set_cell_size

from harken.model import AnswerState, ResponseKey
from harken.report import visible
from harken.services.browsing import AnswerRow, CoderWork
from harken.services.coding import WorkState
from harken.tui.words.texts import APPLIED, short_name

NON_RESPONSE, EXCLUDED = "–", "×"
_MARKS = {WorkState.UNDECIDED: "○", WorkState.DRAFT: "✎", WorkState.DECIDED: APPLIED}
_SPACES = str.maketrans("\n\r\t", "   ")
_LEFT_OF_MATCH = 3
"""The share of a line, as its divisor, that stands before a match far behind."""


Places = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLook:
    """What the lines show beside the answers' words."""

    coder: str
    round: str
    is_own: bool = True
    """Whether the marks tell of the coder's own work; else of anybody's in the round."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Of codes, by path."""
    wanted: frozenset[str] = frozenset()
    """Codes that the filter names: they stand first, for a line may have no room for all."""
    compares: bool = False
    """Whether what coders part on stands before what all of them applied."""
    with_question: bool = True
    matches: Callable[[str], Places] = lambda text: ()
    """The places of a text that the search found."""


@dataclass(frozen=True, slots=True)
class Work:
    """How an answer stands for the coder, and what everybody applied."""

    mark: str
    is_decided: bool
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


def excerpt(text: str, matches: Places, width: int) -> tuple[str, list[tuple[int, int]]]:
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


def works_of(row: AnswerRow, look: ListLook) -> Work:
    """One's own work first, without a name; then that of others with theirs."""
    own = [work for work in row.works if (work.coder, work.round) == (look.coder, look.round)]
    others = [work for work in row.works if work not in own]
    parts: list[tuple[str, str]] = []
    shared = _shared(row.works) if look.compares else {}
    for work in own:
        parts += _said(work, look, last=shared.get(work.round, frozenset()))
    for work in others:
        if parts:
            parts.append((" · ", "quiet"))
        who = work.coder if work.round == look.round else f"{work.coder} {work.round}"
        parts += [
            (f"{one_line(who)}: ", "quiet"),
            *_said(work, look, last=shared.get(work.round, frozenset())),
        ]
    if row.has_alert:
        parts.insert(0, ("! alert ", "note"))
    told_of = own if look.is_own else [work for work in row.works if work.round == look.round]
    mark = _mark(row, told_of)
    return Work(mark=mark, is_decided=mark == APPLIED, parts=tuple(parts))


def _mark(row: AnswerRow, works: Sequence[CoderWork]) -> str:
    """How far the work is; that of several coders as far as the one who is furthest."""
    if row.is_excluded:
        return EXCLUDED
    if row.state is AnswerState.NON_RESPONSE:
        return NON_RESPONSE
    states = {work.state for work in works}
    furthest = (WorkState.DECIDED, WorkState.DRAFT) if len(works) > 1 else tuple(states)
    return _MARKS[next((state for state in furthest if state in states), WorkState.UNDECIDED)]


def _shared(works: Sequence[CoderWork]) -> dict[str, frozenset[str]]:
    """By round the codes that everybody applied."""
    shared: dict[str, frozenset[str]] = {}
    for work in works:
        shared[work.round] = shared.get(work.round, frozenset(work.codes)) & frozenset(work.codes)
    return shared


def _said(work: CoderWork, look: ListLook, *, last: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    notes = [*(["?"] if work.is_unsure else []), *(["memo"] if work.memo else [])]
    if work.is_uncodable:
        said = "uncodable"
    else:
        paths = sorted(work.codes, key=lambda path: (path in last, path not in look.wanted))
        said = ", ".join(one_line(look.labels.get(path) or short_name(path)) for path in paths)
        if not said and work.state == WorkState.DECIDED:
            said = "no code"
    parts = [(f"{' '.join(notes)} ", "note")] if notes else []
    return [*parts, (said, "code" if work.codes else "quiet")] if said else parts

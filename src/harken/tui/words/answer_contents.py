"""One answer as it is read in full: its words with all that is found and marked, then everybody's work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from textual.content import Content, Span
from textual.style import Style

from harken.model import AnswerState, CodebookEntry, MarkKind
from harken.report import visible
from harken.services.browsing import AnswerRow, CoderWork
from harken.services.coding import WorkState
from harken.services.memos import Memo
from harken.tui.words.side_by_side import comparable_works, side_by_side
from harken.tui.words.texts import APPLIED

ANSWER_STYLES = {
    "answer--who",
    "answer--quiet",
    "answer--match",
    "answer--mark",
    "answer--code",
    "answer--note",
}
"""Component classes of a widget that shows these contents."""
_STATES = {
    WorkState.UNDECIDED: "○ undecided",
    WorkState.DRAFT: "✎ draft",
    WorkState.DECIDED: f"{APPLIED} decided",
}
_DEFINED = (("definition", ""), ("include", "Include: "), ("exclude", "Exclude: "))

Styles = Callable[[str], Style]


def answer_contents(
    row: AnswerRow,
    *,
    style: Styles,
    matches: Callable[[str], Sequence[tuple[int, int]]],
    entries: Mapping[str, CodebookEntry],
    with_definitions: bool = False,
    compares: bool = False,
) -> Iterator[Content]:
    """Paragraphs, to be wrapped; with `compares`, what coders decided in one round stands side by side."""
    said = [
        "non-response" if row.state is AnswerState.NON_RESPONSE else "",
        "excluded" if row.is_excluded else "",
        "★ starred" if row.is_starred else "",
        "! alert to the lead" if row.has_alert else "",
    ]
    if any(said):
        yield Content.styled(" · ".join(filter(None, said)), style("answer--note"))
    yield Content("")
    yield _text(row, matches(row.text), style)
    yield Content("")
    compared = comparable_works(row) if compares else {}
    for works in compared.values():
        yield from side_by_side(
            works,
            style=style,
            entries=entries,
            defined=lambda entry: definition_contents(entry, style) if with_definitions else iter(()),
        )
        for work in works:
            yield from _beside_codes(work, style)
        yield Content("")
    beside = {id(work) for works in compared.values() for work in works}
    for work in row.works:
        if id(work) not in beside:
            yield from _work(work, style, entries, with_definitions)
            yield Content("")


def _beside_codes(work: CoderWork, style: Styles) -> Iterator[Content]:
    """What a coder said of a decision besides codes."""
    if work.is_unsure:
        yield Content.assemble((visible(f"{work.coder}  "), style("answer--quiet")), "? unsure")
    if work.memo:
        yield Content.assemble(
            (visible(f"memo of {work.coder}  "), style("answer--note")), visible(work.memo, keep_lines=True)
        )


def _text(row: AnswerRow, matches: Sequence[tuple[int, int]], style: Styles) -> Content:
    shown = visible(row.text, keep_lines=True)
    if not shown.strip():
        return Content.styled("(blank)", style("answer--quiet"))
    marked = [(mark.start, mark.end) for mark in row.marks if mark.kind is MarkKind.IDENTIFYING]
    return Content(
        shown,
        spans=[
            *(Span(start, end, style("answer--mark")) for start, end in marked),
            *(Span(start, end, style("answer--match")) for start, end in matches),
        ],
    )


def _work(
    work: CoderWork, style: Styles, entries: Mapping[str, CodebookEntry], with_definitions: bool
) -> Iterator[Content]:
    yield Content.assemble(
        (visible(f"{work.coder} · {work.round}"), style("answer--quiet")),
        f"  {_STATES[WorkState(work.state)]}",
        ("  ? unsure" if work.is_unsure else "", style("answer--note")),
    )
    if work.is_uncodable:
        yield Content("  uncodable")
    elif not work.codes and work.state == WorkState.DECIDED:
        yield Content("  no code applies")
    for path in work.codes:
        entry = entries.get(path)
        label = path if entry is None else f"{entry.family.label}: {entry.code.label}"
        yield Content.styled(f"  {APPLIED} {visible(label)}", style("answer--code"))
        if entry is not None and with_definitions:
            yield from definition_contents(entry, style)
    if work.memo:
        yield Content.assemble(("  memo  ", style("answer--note")), visible(work.memo, keep_lines=True))


def memo_content(memo: Memo, style: Styles) -> Content:
    """A memo on an answer, signed."""
    return Content.assemble(
        (visible(f"memo of {memo.author}  "), style("answer--note")), visible(memo.body, keep_lines=True)
    )


def definition_contents(entry: CodebookEntry, style: Styles) -> Iterator[Content]:
    """What the codebook says of a code, as far as it says anything."""
    for name, word in _DEFINED:
        said = getattr(entry.code, name)
        if said:
            yield Content.assemble((f"    {word}", style("answer--quiet")), visible(said, keep_lines=True))

"""What several coders decided on one answer, beside each other: a line a code, a column a coder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from harken.model import CONSENSUS, CodebookEntry
from harken.report import visible
from harken.services.browsing import AnswerRow, CoderWork
from harken.services.coding import WorkState
from harken.tui.words.row_texts import fit, one_line
from harken.tui.words.texts import APPLIED

WIDEST_NAME, WIDEST_OF_TWO = 9, 16
"""Cells of a coder's name above their column, and where there are two."""
LEFT_OUT = "·"
UNCODABLE, NO_CODE = "uncodable", "no code applies"
"""Decisions that are no codes, as lines of their own."""

Styles = Callable[[str], Style]


def comparable_works(row: AnswerRow) -> dict[str, tuple[CoderWork, ...]]:
    """By round the decisions of people, where there are two or more."""
    by_round: dict[str, list[CoderWork]] = {}
    for work in row.works:
        if work.state == WorkState.DECIDED and work.coder != CONSENSUS:
            by_round.setdefault(work.round, []).append(work)
    return {round: tuple(works) for round, works in by_round.items() if len(works) > 1}


def side_by_side(
    works: Sequence[CoderWork],
    *,
    style: Styles,
    entries: Mapping[str, CodebookEntry],
    defined: Callable[[CodebookEntry], Iterator[Content]],
) -> Iterator[Content]:
    """Decisions in one round: first what is in dispute, then what all applied.

    `defined` says more of a code.
    """
    names = [one_line(work.coder) for work in works]
    widest = WIDEST_NAME if len(names) > 2 else WIDEST_OF_TWO
    widths = [max(min(cell_len(name), widest), 3) + 1 for name in names]
    head = "".join(fit(name, width - 1) + " " for name, width in zip(names, widths, strict=True))
    yield Content.assemble(
        (head, style("answer--quiet")), (visible(f" in round {works[0].round}"), style("answer--quiet"))
    )
    said = [_said(work) for work in works]
    places = {path: place for place, path in enumerate((*entries, UNCODABLE, NO_CODE))}
    every = sorted({code for codes in said for code in codes}, key=lambda code: places.get(code, -1))
    for code in sorted(every, key=lambda code: all(code in codes for codes in said)):
        is_shared = all(code in codes for codes in said)
        marks = "".join(
            fit(f" {APPLIED if code in codes else LEFT_OUT}", width)
            for codes, width in zip(said, widths, strict=True)
        )
        entry = entries.get(code)
        label = code if entry is None else f"{entry.family.label}: {entry.code.label}"
        retired = " (retired)" if entry is not None and entry.code.is_retired else ""
        yield Content.assemble(
            marks,
            (f" {visible(label)}{retired}", style("answer--quiet" if is_shared else "answer--code")),
            ("  all" if is_shared else "", style("answer--quiet")),
        )
        if entry is not None:
            yield from defined(entry)


def _said(work: CoderWork) -> tuple[str, ...]:
    if work.is_uncodable:
        return (UNCODABLE,)
    return work.codes or (NO_CODE,)

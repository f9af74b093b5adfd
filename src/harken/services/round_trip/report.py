"""What a returned workbook changes, as a report."""

from __future__ import annotations

from collections.abc import Iterator

from harken.errors import listed
from harken.report import Column, Report, Table, text
from harken.services.round_trip.result import Change, ChangeKind, WorkbookImport, in_words

_UNDECIDED = "undecided"


def workbook_report(result: WorkbookImport) -> Report:
    """Every change with what was decided before and after, then what stays and what is odd."""
    has_occasions = any(change.after.key.occasion for change in result.changes)
    headings = ("participant", "question", *(("occasion",) if has_occasions else ()), "", "before", "after")
    table = Table(
        title="Changes",
        columns=tuple(Column(heading=heading) for heading in headings),
        rows=tuple(
            tuple(map(text, _cells(change, has_occasions=has_occasions))) for change in result.changes
        ),
    )
    return Report(
        title=f"{result.file}: {result.coder}'s work in round {result.round}",
        notes=tuple(_notes(result)),
        tables=(table,) if result.changes else (),
    )


def _cells(change: Change, *, has_occasions: bool) -> Iterator[str]:
    key = change.after.key
    yield key.participant
    yield key.question
    if has_occasions:
        yield key.occasion
    yield change.kind.value
    yield _UNDECIDED if change.before is None else in_words(change.before)
    yield in_words(change.after)


def _notes(result: WorkbookImport) -> Iterator[str]:
    counts = [f"{result.n_of(kind):,} {kind.value}" for kind in ChangeKind if result.n_of(kind)]
    counts += [f"{result.n_same:,} the same"] if result.n_same else []
    counts += [f"{result.n_undecided:,} undecided"] if result.n_undecided else []
    if result.left_as_decided:
        counts.append(f"{len(result.left_as_decided):,} left as decided")
    yield f"Rows: {', '.join(counts) or 'none'}."
    if result.left_as_decided:
        people = listed((key.participant for key in result.left_as_decided), most=5)
        yield (
            "Left as decided: answers whose rows are blank or were not touched since a later decision "
            f"({people}). Nothing is taken away."
        )
    if result.withdrawn:
        yield f"Withdrew since the export, so nothing of theirs is taken: {listed(result.withdrawn)}."
    yield from result.remarks

"""Taking a returned workbook in: what it would change is shown first, then taken whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from harken.errors import HarkenError, listed, quoted, unknown_name
from harken.importers.coding_workbook import holds_sheet, read_filled_workbook
from harken.model import Codebook, Coding, Decision, ResponseKey
from harken.services.round_trip import layout
from harken.services.round_trip.layout import Filled
from harken.services.round_trip.result import Change, ChangeKind, WorkbookImport
from harken.services.round_trip.returned import origin_of, read_returned
from harken.services.round_trip.sheet_reading import Origin, ReturnedRow
from harken.services.sources import source_name
from harken.storage import codebooks, coding, study, survey
from harken.storage.store import Store


def is_coding_workbook(path: Path) -> bool:
    """Whether a file is a workbook that `export_workbook` made, filled in or not."""
    return holds_sheet(path, layout.KEY_SHEET)


def look_at_workbook(store: Store, path: Path) -> WorkbookImport:
    """What taking the workbook would change; nothing is written.

    Raises `HarkenError` naming sheet, row and column for everything that was harmed in it: ids and texts,
    formulas, merged cells, unknown codes, contradictions; and for a workbook of another project.
    """
    workbook = read_filled_workbook(path)
    origin = origin_of(workbook)
    _refuse_foreign(store, path, origin)
    stored = codebooks.stored_codebook(store)
    returned = read_returned(workbook, origin, stored.codebook)
    answers = {
        ResponseKey(*map(layout.shown, key)): (id, key) for id, key in survey.response_keys(store).items()
    }
    gone = {person.name for person in survey.participants(store) if person.has_withdrawn}
    decided = coding.decided_ids(store, coder=origin.coder, round=origin.round)
    changes: list[Change] = []
    left: list[ResponseKey] = []
    withdrawn: dict[str, None] = {}
    n_same = n_undecided = 0
    for row in returned.rows:
        if row.key not in answers:
            raise HarkenError(
                f"{path}, sheet {row.sheet!r}, row {row.row}: this project has no answer of "
                f"{row.key.participant!r} to {row.key.question!r}. Is it a copy from before the survey was "
                "imported?"
            )
        id, key = answers[row.key]
        if key.participant in gone:
            withdrawn[key.participant] = None
            continue
        before = None
        if id in decided:
            before = coding.decision_at(store, stored, key, round=origin.round, coder=origin.coder)
        change = _change(row, key, before, origin)
        if change is not None:
            changes.append(change)
        elif before is None:
            n_undecided += 1
        elif row.filled == Filled.of(before):
            n_same += 1
        else:
            left.append(key)
    _refuse_retired(path, changes, stored.codebook)
    return WorkbookImport(
        file=source_name(path),
        sha256=workbook.sha256,
        coder=origin.coder,
        round=origin.round,
        changes=tuple(changes),
        n_same=n_same,
        n_undecided=n_undecided,
        left_as_decided=tuple(left),
        withdrawn=tuple(withdrawn),
        remarks=returned.remarks,
    )


def take_workbook(
    store: Store, path: Path, looked: WorkbookImport, *, actor: str, is_replacing: bool = False
) -> WorkbookImport:
    """Store the changes that were looked at, in one transaction; returns what was taken.

    Raises `HarkenError` for conflicts unless `is_replacing`, and where the project or the file is no longer
    as it was looked at.
    """
    if looked.conflicts and not is_replacing:
        people = listed((change.after.key.participant for change in looked.conflicts), most=5)
        raise HarkenError(
            f"{len(looked.conflicts)} of the workbook's rows contradict what {looked.coder!r} decided "
            f"after it was exported ({people}). Nothing was taken. Let the workbook count with --replace, "
            "or export again."
        )
    if not looked.changes:
        return looked
    with store.action(actor) as action:
        if look_at_workbook(store, path) != looked:
            raise HarkenError(
                f"{path}, or the project, changed while you looked at it. Nothing was taken; import it again."
            )
        coding.import_decisions(
            action,
            codebooks.stored_codebook(store),
            [change.after for change in looked.changes],
            source={"file": looked.file, "sha256": looked.sha256},
        )
    return looked


def _refuse_foreign(store: Store, path: Path, origin: Origin) -> None:
    if origin.project != layout.project_id(store):
        raise HarkenError(
            f"{path} was exported from another project, not from {store.path.name}. Open that one with "
            "--project FILE."
        )
    study.round_named(store, origin.round)
    known = study.coders(store)
    if origin.coder not in known:
        raise unknown_name("coder", origin.coder, known)


def _refuse_retired(path: Path, changes: Iterable[Change], codebook: Codebook) -> None:
    """Raise for codes that were retired, on answers that do not have them already."""
    rows: dict[str, list[str]] = {}
    for change in changes:
        kept = () if change.before is None else change.before.codes
        for code in change.after.codes:
            if codebook.entries[code].code.is_retired and code not in kept:
                rows.setdefault(code, []).append(f"{change.sheet} row {change.row}")
    if rows:
        found = "; ".join(f"{quoted(code)} in {listed(places, most=5)}" for code, places in rows.items())
        raise HarkenError(
            f"{path}: nothing was taken. Retired codes go to no further answer: {found}. Choose other codes "
            f"there, or have the code restored: `harken codebook restore {next(iter(rows))}`."
        )


def _change(row: ReturnedRow, key: ResponseKey, before: Decision | None, origin: Origin) -> Change | None:
    """What taking a row would do; None where it says nothing new."""
    if row.filled is None:
        return None
    standing = None if before is None else Filled.of(before)
    if row.filled == standing:
        return None
    mark = origin.rows[row.key][1]
    # Both sides are compared with the export: a row that nobody touched never undoes a later decision.
    is_touched = layout.mark_of(origin.project, row.filled) != mark
    has_moved = layout.mark_of(origin.project, standing) != mark
    if not is_touched:
        return None
    if has_moved:
        kind = ChangeKind.CONFLICT
    else:
        kind = ChangeKind.NEW if before is None else ChangeKind.CHANGED
    after = _decision(row, row.filled, key, before, origin)
    return Change(kind=kind, before=before, after=after, sheet=row.sheet, row=row.row)


def _decision(
    row: ReturnedRow, filled: Filled, key: ResponseKey, before: Decision | None, origin: Origin
) -> Decision:
    """The row as a decision; segments of codes that stay, and a memo that is the same, stay as they are."""
    kept: tuple[Coding, ...] = ()
    memo, message = row.memo.strip(), ""
    if before is not None:
        kept = tuple(one for one in before.codings if one.code in filled.codes)
        if Filled.of(before).memo == filled.memo:
            memo = before.memo
        message = before.message if filled.is_unsure else ""
    new = sorted(filled.codes - {one.code for one in kept})
    return Decision(
        key=key,
        coder=origin.coder,
        round=origin.round,
        state=filled.state,
        codings=(*kept, *(Coding(code) for code in new)),
        is_unsure=filled.is_unsure,
        memo=memo,
        message=message,
    )

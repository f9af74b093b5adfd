"""Erasing a participant for good, while the journal still verifies."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from harken.errors import HarkenError
from harken.storage import contents, driver
from harken.storage.answers.index import forget
from harken.storage.counted import keeping
from harken.storage.journal import Event, events_of
from harken.storage.notes.quoting import notes_that_repeat
from harken.storage.own_words import OwnWords
from harken.storage.projections.codebook import KINDS
from harken.storage.store import Action, Store
from harken.storage.survey import participant_named, responses


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What was erased, and the codes and notes that still quote the participant."""

    participant: str
    n_texts: int
    quoting_codes: tuple[str, ...]
    """Paths of codes whose wording, or a change's reason, now or earlier, repeats an answer's words."""
    quoting_notes: tuple[str, ...]
    """Memos and analytic themes, by id, and texts about other people, that repeat an answer's words."""
    import_files: tuple[str, ...]
    """Names of the survey files that were imported; they hold the participant as long as they exist."""


def withdraw(store: Store, name: str, *, actor: str) -> Withdrawal:
    """Erase texts, memos, messages and attributes of a participant; the id stays as a tombstone.

    What was decided about the participant leaves every projection. Freed pages and the write-ahead log
    are overwritten too; copies of the file are beyond reach. Where other programs keep the file from being
    overwritten, this raises, and the same call later finishes the work.
    """
    participant = participant_named(store, name)
    if participant.has_withdrawn:
        codes, notes = (_noted_quotes(store, name, what) for what in ("codes", "notes"))
        n_texts = 0
    else:
        own = OwnWords(response.text for response in responses(store, participant=name))
        codes = _quoting_codes(store, own)
        notes = notes_that_repeat(store.connection, own, participant_id=participant.id)
        store.connection.execute("PRAGMA secure_delete = ON")
        with store.action(actor) as action:
            action.append(
                "participant.withdrawn",
                {"participant": name, "quoting_codes": list(codes), "quoting_notes": list(notes)},
            )
            forget(action.connection, participant.id)
            n_texts = erase(action, participant.id)
    sweep(store)
    files = store.connection.execute(
        "SELECT DISTINCT payload ->> '$.file' FROM events WHERE kind = 'survey.imported' ORDER BY 1"
    )
    return Withdrawal(
        participant=name,
        n_texts=n_texts,
        quoting_codes=codes,
        quoting_notes=notes,
        import_files=tuple(file for (file,) in files),
    )


def _noted_quotes(store: Store, name: str, what: str) -> tuple[str, ...]:
    row = store.connection.execute(
        "SELECT payload ->> ? FROM events "
        "WHERE kind = 'participant.withdrawn' AND payload ->> '$.participant' = ?",
        (f"$.quoting_{what}", name),
    ).fetchone()
    return tuple(json.loads(row[0])) if row and row[0] else ()


def _quoting_codes(store: Store, own: OwnWords) -> tuple[str, ...]:
    """Paths of codes that repeat a participant's words, in the order in which they first did."""
    found: dict[str, None] = {}
    for event in events_of(store.connection, KINDS):
        why = contents.get(store.connection, event.payload.get("why", ""))
        for path, body in _bodies(event):
            if any(map(own.are_repeated_in, [*_wordings(body), why])):
                found[path] = None
    return tuple(found)


def _bodies(event: Event) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Path and contents of the codes or the family that a change of the codebook writes or concerns."""
    payload = event.payload
    if event.kind == "codebook.imported":
        for code in payload["codes"]:
            yield code["path"], code["body"]
    elif event.kind.startswith("family"):
        family = payload["family"]
        yield (family["key"], family) if isinstance(family, Mapping) else (family, {})
    elif isinstance(payload["code"], Mapping):
        yield payload["code"]["path"], payload["code"]["body"]
    else:
        yield payload.get("into") or payload["code"], payload.get("body") or {}


def _wordings(body: Mapping[str, Any]) -> Iterator[str]:
    """All that a code says in words of its own or of an answer's."""
    for value in body.values():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                yield text


def erase(action: Action, participant_id: int) -> int:
    """Delete the contents of one participant and the salt that would let guesses be tested; how many."""
    cursor = action.connection.execute("DELETE FROM contents WHERE participant_id = ?", (participant_id,))
    keeping.forget(action.connection, participant_id)
    action.connection.execute("UPDATE participants SET salt = NULL WHERE id = ?", (participant_id,))
    return int(cursor.rowcount)


def sweep(store: Store) -> None:
    """Rewrite the file without its freed pages and empty the write-ahead log."""
    try:
        store.connection.execute("VACUUM")
        is_blocked, *_ = store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except driver.OperationalError as error:
        raise _unfinished(store, str(error)) from error
    if is_blocked:
        raise _unfinished(store, "another program is reading it")


def _unfinished(store: Store, why: str) -> HarkenError:
    return HarkenError(
        f"The texts are erased, but {store.path} still has their bytes where pages were freed ({why}). "
        "Close other programs that use it, then withdraw the participant once more: that finishes it."
    )

"""Erasing a participant for good, while the journal still verifies."""

from __future__ import annotations

from dataclasses import dataclass

from harken.errors import HarkenError
from harken.model import normal_text
from harken.storage import driver
from harken.storage.codebooks import stored_codebook
from harken.storage.store import Action, Store
from harken.storage.survey import participant_named, responses


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What was erased, and the codes whose examples still quote the participant."""

    participant: str
    n_texts: int
    quoting_codes: tuple[str, ...]
    import_files: tuple[str, ...]
    """Names of the survey files that were imported; they hold the participant as long as they exist."""


def withdraw(store: Store, name: str, *, actor: str) -> Withdrawal:
    """Erase texts, memos, messages and attributes of a participant; the id stays as a tombstone.

    What was decided about the participant leaves every projection. Freed pages and the write-ahead log
    are overwritten too; copies of the file are beyond reach.
    """
    participant = participant_named(store, name)
    if participant.exclusion == "withdrawn":
        raise HarkenError(f"Participant {name!r} has withdrawn already; nothing of theirs is left here.")
    texts = [normal_text(response.text) for response in responses(store, participant=name)]
    quoting = tuple(
        path
        for path, entry in stored_codebook(store).codebook.entries.items()
        if any(_quotes(normal_text(example), text) for example in entry.code.examples for text in texts)
    )
    store.connection.execute("PRAGMA secure_delete = ON")
    with store.action(actor) as action:
        action.append("participant.withdrawn", {"participant": name})
        n_texts = erase(action, participant.id)
    sweep(store)
    files = store.connection.execute(
        "SELECT DISTINCT payload ->> '$.file' FROM events WHERE kind = 'survey.imported' ORDER BY 1"
    )
    return Withdrawal(
        participant=name,
        n_texts=n_texts,
        quoting_codes=quoting,
        import_files=tuple(file for (file,) in files),
    )


def _quotes(example: str, text: str) -> bool:
    """Whether an example and a text share their words: one holds the other, and not just by a word."""
    shorter, longer = sorted((example, text), key=len)
    return bool(shorter) and shorter in longer and (shorter == longer or " " in shorter)


def erase(action: Action, participant_id: int) -> int:
    """Delete the contents of one participant and the salt that would let guesses be tested; how many."""
    cursor = action.connection.execute("DELETE FROM contents WHERE participant_id = ?", (participant_id,))
    action.connection.execute("UPDATE participants SET salt = NULL WHERE id = ?", (participant_id,))
    return int(cursor.rowcount)


def sweep(store: Store) -> None:
    """Rewrite the file without its freed pages and empty the write-ahead log."""
    try:
        store.connection.execute("VACUUM")
        blocked, *_ = store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except driver.OperationalError as error:
        raise driver.explain(error, store.path) from error
    if blocked:
        raise HarkenError(
            f"The texts are erased, but another program still has {store.path} open and its log holds them. "
            "Close it there and run `harken doctor` once."
        )

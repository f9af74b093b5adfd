"""Participants leave: withdrawn for good, or taken back in after an exclusion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from harken.errors import HarkenError
from harken.storage import driver, survey
from harken.storage import withdrawal as erasing
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalReport:
    """What was erased, and what still holds the participant: a sentence each."""

    participant: str
    n_texts: int
    still_held: tuple[str, ...]


def withdraw_participant(store: Store, name: str, *, actor: str) -> WithdrawalReport:
    """Erase a participant for good and name what is beyond reach."""
    erased = erasing.withdraw(store, name, actor=actor)
    still_held = [
        f"the codebook and its history in the journal: the wording of {path} repeats an answer's words"
        for path in erased.quoting_codes
    ]
    still_held += [
        f"{note if note.startswith('a text') else f'the {note}'}: it repeats an answer's words"
        for note in erased.quoting_notes
    ]
    still_held += [f"the survey file {file}, wherever it is kept" for file in erased.import_files]
    still_held += [f"the file {copy}, a copy of this project" for copy in _copies(store.path)]
    still_held.append("backups and copies elsewhere: reports, exports, hand-outs")
    return WithdrawalReport(participant=name, n_texts=erased.n_texts, still_held=tuple(still_held))


def _copies(path: Path) -> list[Path]:
    """Other project files in the same folder, whatever they are called."""
    return sorted(file for file in path.parent.iterdir() if _is_copy(file, path))


def _is_copy(file: Path, path: Path) -> bool:
    try:
        return file.is_file() and not file.samefile(path) and driver.is_project(file)
    except FileNotFoundError:  # it went away while the folder was read
        return False


def include_participants(store: Store, names: Iterable[str], *, actor: str) -> tuple[str, ...]:
    """Lift the exclusion of participants; returns those that were excluded until now."""
    people = [survey.participant_named(store, name) for name in names]
    for person in people:
        if person.has_withdrawn:
            raise HarkenError(f"Participant {person.name!r} has withdrawn and cannot be included again.")
    lifted = tuple(person.name for person in people if person.exclusion)
    if lifted:
        with store.action(actor) as action:
            action.append("participants.included", {"participants": list(lifted)})
    return lifted

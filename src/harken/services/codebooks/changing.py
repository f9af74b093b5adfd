"""One change of the codebook: it is written, looked at as a whole, and taken back where it makes no sense."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from harken.codebook.checking import (
    complaints_about_code,
    complaints_about_family,
    complaints_about_whole,
)
from harken.errors import HarkenError
from harken.model import Code, Codebook, Family
from harken.storage import survey
from harken.storage.codebooks import Note, StoredCodebook, checking, stored_codebook
from harken.storage.store import Action, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What became of a change: the address it concerns now, and a sentence for whoever asked for it."""

    path: str
    said: str
    note: str = ""
    """What may be wanted next."""


class ChangedMeanwhileError(HarkenError):
    """Somebody else changed what was being edited; both wordings are at hand."""

    def __init__(self, message: str, *, theirs: Any) -> None:
        super().__init__(message)
        self.theirs = theirs
        """The code or family as it is now, of the kind that was being edited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change that is being made."""

    action: Action
    stored: StoredCodebook
    """As it was before."""
    note: Note

    @property
    def codebook(self) -> Codebook:
        return self.stored.codebook


@contextmanager
def changing(
    store: Store, *, actor: str, why: str = "", regroups: bool = False, is_editorial: bool = False
) -> Iterator[Change]:
    """A transaction for one change. `regroups` says that codings may come into another family by it."""
    with store.action(actor) as action:
        before = stored_codebook(store)
        rivals = checking.rivals(store, _exclusive(before.codebook)) if regroups else frozenset()
        note = Note(why=" ".join(why.split()), is_editorial=is_editorial)
        yield Change(action=action, stored=before, note=note)
        stored = stored_codebook(store)
        after = stored.codebook
        _refuse_doubles(store)
        _refuse_faults(before, stored)
        _refuse_unknown_questions(store, before.codebook, after)
        if regroups:
            new = checking.rivals(store, _exclusive(after)) - rivals
            if new:
                raise _two_of_one_family(store, sorted(new), after, actor)


def as_data_only(code: Code) -> Code:
    """A code without those below it."""
    return replace(code, codes=())


def family_only(family: Family) -> Family:
    """A family without its codes."""
    return replace(family, codes=())


def _exclusive(codebook: Codebook) -> list[str]:
    return [family.key for family in codebook.families if family.exclusive]


def _refuse_doubles(store: Store) -> None:
    for path in checking.doubled_paths(store):
        raise HarkenError(f"A code {path!r} exists already; choose another key, or merge the two.")
    for path in checking.orphans(store):
        raise HarkenError(f"Nothing is left above {path!r}; move it elsewhere first.")


def _refuse_faults(before: StoredCodebook, after: StoredCodebook) -> None:
    """Raise for the first fault that the change brought; those that were there are no reason against it."""
    old = {(fault.id, fault.field) for fault in _faults(before)}
    for fault in _faults(after):
        if (fault.id, fault.field) not in old:
            where = f"{fault.path}: " if fault.path else ""
            raise HarkenError(f"{where}{fault.message}. Nothing is changed.")


class _Fault(NamedTuple):
    id: str
    """Of a code, which stays when its path does not."""
    path: str
    field: str
    message: str


def _faults(stored: StoredCodebook) -> Iterator[_Fault]:
    for family in stored.codebook.families:
        for complaint in complaints_about_family(family):
            yield _Fault(family.key, family.key, complaint.field, complaint.message)
    for path, entry in stored.codebook.entries.items():
        for complaint in complaints_about_code(entry.code):
            yield _Fault(stored.ids[path], path, complaint.field, complaint.message)
    for placed in complaints_about_whole(stored.codebook):
        yield _Fault(stored.ids.get(placed.path, ""), placed.path, placed.field, placed.message)


def _refuse_unknown_questions(store: Store, before: Codebook, after: Codebook) -> None:
    """A codebook's file may name questions to come; what is typed now is more likely a slip."""
    known = {question.name for question in survey.questions(store)}
    named = {question for entry in before.entries.values() for question in entry.code.questions}
    for entry in after.entries.values():
        for question in entry.code.questions:
            if known and question not in known | named:
                raise HarkenError(
                    f"{entry.path} is limited to {question!r}, which is no question here. "
                    f"Questions: {', '.join(sorted(known))}."
                )


def _two_of_one_family(
    store: Store, rivals: list[checking.Rivals], codebook: Codebook, actor: str
) -> HarkenError:
    one = rivals[0]
    family = codebook.entries[one.first].family
    limit = f"{family.label} takes one code an answer"
    own = next((rival for rival in rivals if rival.coder == actor), None)
    if own is None:
        # Whose answers they are is not told: the round may be blind.
        return HarkenError(
            f"{limit}, but {len(rivals)} of other coders' decisions or drafts would hold two, "
            f"as {one.first} and {one.second}. Have such answers decided anew first."
        )
    key = survey.response(store, own.response_id).key
    more = f" and {len(rivals) - 1} more" if rivals[1:] else ""
    return HarkenError(
        f"{limit}, but your work on {key.participant!r}, {key.question!r}{more} would hold {own.first} and "
        f"{own.second}. Decide such answers anew first."
    )

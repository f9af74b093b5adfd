"""Codes that were renamed, merged, retired or removed while an answer was open."""

from __future__ import annotations

from collections.abc import Collection

from harken.errors import HarkenError
from harken.model import Coding
from harken.storage import codebooks
from harken.storage.codebooks import StoredCodebook
from harken.storage.store import Store


class CodesChangedError(HarkenError):
    """A code that is applied is not what it was; the answer is to be looked at again."""


def refuse_retired(stored: StoredCodebook, path: str) -> None:
    """Raise for a code that is retired: it goes to no further answer."""
    entry = stored.codebook.entries.get(path)
    if entry is not None and entry.code.is_retired:
        raise HarkenError(
            f"{entry.code.label} is retired and goes to no further answer; answers that have it keep it. "
            f"`harken codebook restore {path}` offers it again."
        )


def followed(
    store: Store,
    before: StoredCodebook,
    now: StoredCodebook,
    codings: tuple[Coding, ...],
    *,
    decided: Collection[str],
) -> tuple[Coding, ...]:
    """The codings under the addresses that their codes have now; `before` is the codebook they are named by.

    Raises `CodesChangedError` where a code went away, or was retired and is not among the answer's codes
    `decided` earlier; also where two are of a family that takes one.
    """
    found = tuple(coding._replace(code=_address_now(store, before, now, coding.code)) for coding in codings)
    kept = {now.path_of.get(before.ids[path], "") for path in decided if path in before.ids}
    for path in dict.fromkeys(coding.code for coding in found):
        entry = now.codebook.entries[path]
        if entry.code.is_retired and path not in kept:
            raise CodesChangedError(
                f"{entry.code.label} was retired and goes to no further answer. Take it off, then decide."
            )
    _refuse_rivals(now, found)
    return found


def _address_now(store: Store, before: StoredCodebook, now: StoredCodebook, path: str) -> str:
    id = before.ids.get(path, "")
    if id in now.path_of:
        return now.path_of[id]
    successor = now.path_of.get(codebooks.living_id(store, id))
    if successor is None:
        raise CodesChangedError(f"{path} went out of the codebook. Look at the codes again, then decide.")
    label, into = before.codebook.entries[path].code.label, now.codebook.entries[successor].code.label
    raise CodesChangedError(f"{label} was merged into {into}, which stands here now. Look, then decide.")


def _refuse_rivals(now: StoredCodebook, codings: tuple[Coding, ...]) -> None:
    first_of: dict[str, str] = {}
    for coding in codings:
        entry = now.codebook.entries[coding.code]
        other = first_of.setdefault(entry.family.key, coding.code)
        if entry.family.exclusive and other != coding.code:
            labels = f"{now.codebook.entries[other].code.label} and {entry.code.label}"
            raise CodesChangedError(f"{entry.family.label} takes one code: take {labels} down to one.")

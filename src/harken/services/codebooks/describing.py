"""What a change of the codebook is in words, and what it touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harken.storage.codebooks import Change, Snapshot
from harken.storage.codebooks.history import CodeRow

Touch = tuple[str, str]
"""A code's id, or a family's key behind the word family, and what of it."""


def sentence(change: Change, *, is_start: bool = False) -> str:
    """A change as a noun with its codes' addresses, for the middle or the start of a sentence."""
    said = _noun(change)
    return said[:1].upper() + said[1:] if is_start else said


def _noun(change: Change) -> str:
    kind, payload = change.event.kind, change.event.payload
    if kind == "codebook.imported":
        return f"the import of {payload.get('file') or 'a codebook'}"
    if kind.startswith("family"):
        return _family_noun(change)
    id = _id(payload["code"])
    before, after = change.before.codes.get(id), change.after.codes.get(id)
    was = before.path if before is not None else ""
    now = after.path if after is not None else was
    if kind == "code.merged":
        return f"the merge of {was} into {change.before.codes[payload['into']].path}"
    return {
        "code.added": f"the new code {now}",
        "code.removed": f"the removal of {was}",
        "code.changed": f"the new wording of {now}",
        "code.renamed": f"the renaming of {was} to {now}",
        "code.moved": f"the move of {was}" + (f" to {now}" if now != was else ""),
        "code.retired": f"the retirement of {now}",
        "code.restored": f"the restoring of {now}",
        "code.unmerged": f"the parting of {now}",
    }[kind]


def _family_noun(change: Change) -> str:
    kind, payload = change.event.kind, change.event.payload
    key = payload["family"]["key"] if isinstance(payload["family"], Mapping) else payload["family"]
    return {
        "family.added": f"the new family {key}",
        "family.removed": f"the removal of the family {key}",
        "family.changed": f"the new wording of the family {key}",
        "family.renamed": f"the renaming of the family {key} to {payload.get('key')}",
        "family.moved": f"the move of the family {key}",
    }[kind]


def _id(code: object) -> str:
    return str(code["id"] if isinstance(code, Mapping) else code)


# -- what is touched ---------------------------------------------------------------------------------

_ASPECTS = ("life", "place", "key", "wording", "retired")


def touched(change: Change) -> frozenset[Touch]:
    """What a change made or altered, and what it relies on being there."""
    return frozenset(_touches(change))


def _touches(change: Change) -> Iterator[Touch]:
    event, before, after = change.event, change.before, change.after
    if event.kind.startswith("family"):
        family = event.payload["family"]
        yield "family " + (family["key"] if isinstance(family, Mapping) else family), "itself"
        if event.kind == "family.renamed":
            yield f"family {event.payload['key']}", "itself"
        return
    for id, row in after.codes.items():
        old = before.codes.get(id)
        if old is None or old.is_removed != row.is_removed or old.merged_into != row.merged_into:
            # What comes or goes is touched in every way, and relies on what it stands below.
            yield from ((id, aspect) for aspect in _ASPECTS)
            yield _parent(row, after), "life"
            if row.merged_into:
                yield row.merged_into, "life"
            continue
        yield from ((id, aspect) for aspect in _altered(old, row, before, after))
        if _parent(old, before) != _parent(row, after):
            yield _parent(row, after), "life"
    if event.kind == "code.moved":
        yield _id(event.payload["code"]), "place"


def _altered(old: CodeRow, new: CodeRow, before: Snapshot, after: Snapshot) -> Iterator[str]:
    if _parent(old, before) != _parent(new, after):
        yield "place"
    if old.key != new.key:
        yield "key"
    if old.wording != new.wording:
        yield "wording"
    if old.is_retired != new.is_retired:
        yield "retired"


def _parent(row: CodeRow, then: Snapshot) -> str:
    """Id of what a code stands directly below, or the family."""
    return then.id_at(row.parent_path) or f"family {row.parent_path}"


# -- whom it concerns --------------------------------------------------------------------------------


def concerned(change: Change) -> tuple[str, ...]:
    """Ids of the codes, or the key of the family, that one change other than an import is about."""
    payload = change.event.payload
    if change.event.kind.startswith("family"):
        family = payload["family"]
        return (str(family["key"] if isinstance(family, Mapping) else family),)
    ids = [_id(payload["code"])]
    if payload.get("into"):
        ids.append(payload["into"])
    return tuple(ids)

"""Taking back one's last change of the codebook, and bringing it back; each time by a change of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from harken.codebook import code_as_data, code_from_data, family_from_data
from harken.errors import HarkenError
from harken.model import Code
from harken.services.codebooks.changing import Changed, changing
from harken.services.codebooks.codes import refuse_applied
from harken.services.codebooks.describing import concerned, sentence, touched
from harken.storage.codebooks import Change, Note, Snapshot, changes, stored_codebook, writing
from harken.storage.store import Action, Store


def undo_change(store: Store, *, actor: str) -> Changed:
    """Take back the actor's last change that stands. A later change that builds on it is a reason not to."""
    with changing(store, actor=actor, regroups=True) as change:
        history = list(changes(store))
        target = _last_standing(history, actor)
        if target is None:
            raise HarkenError("Nothing to undo: no change of the codebook by you stands.")
        original, now = _original(history, target), history[-1].after
        if original.event.kind not in _INVERSE:
            raise HarkenError(
                f"Your last change is {sentence(original)}, which is not taken back in one step: "
                "import the codebook's file from before, or change what is wrong."
            )
        _refuse_built_upon(history, target)
        if original.event.kind == "code.added":
            row = now.codes[_code_id(original)]
            refuse_applied(store, row.id, row.path)
        _INVERSE[original.event.kind](change.action, target, now, Note(undoes=original.event.id))
    return Changed(path=_place(store, original), said=f"Undone: {sentence(original)}.")


def redo_change(store: Store, *, actor: str) -> Changed:
    """Bring back what the actor undid last, if they changed nothing since."""
    with changing(store, actor=actor, regroups=True) as change:
        history = list(changes(store))
        undoing = _last_undoing(history, actor)
        if undoing is None:
            raise HarkenError("Nothing to redo.")
        original = next(one for one in history if one.event.id == undoing.undoes)
        _refuse_built_upon(history, undoing, of=original)
        note = Note(redoes=original.event.id, is_editorial=original.is_editorial)
        _do_again(change.action, original, history[-1].after, note)
    return Changed(path=_place(store, original), said=f"Done again: {sentence(original)}.")


def _do_again(action: Action, change: Change, now: Snapshot, note: Note) -> None:
    """Codes may have got other keys or been retired since; that stays."""
    payload, codes = change.event.payload, change.after.codes
    if change.event.kind == "code.added":
        _bring_back(action, payload["code"]["id"], change.after, now, note)
    elif change.event.kind == "code.changed":
        row = now.codes[payload["code"]["id"]]
        code = _worded(row.body, codes[row.id].wording)
        writing.write_wording(action, id=row.id, path=row.path, code=code, note=note)
    elif change.event.kind == "code.merged" and payload["body"] is not None:
        target = now.codes[payload["into"]]
        writing.merge_code(
            action,
            id=payload["code"],
            into=target.id,
            children=payload["children"],
            body=code_as_data(_worded(target.body, codes[target.id].wording)),
            note=note,
        )
    else:
        writing.repeat_change(action, change.event, note=note)


# -- which change ------------------------------------------------------------------------------------


def _last_standing(history: Sequence[Change], actor: str) -> Change | None:
    n_skipped = 0
    for change in reversed(history):
        if change.event.actor != actor:
            continue
        if change.undoes:
            n_skipped += 1
        elif n_skipped:
            n_skipped -= 1
        else:
            return change
    return None


def _last_undoing(history: Sequence[Change], actor: str) -> Change | None:
    n_skipped = 0
    for change in reversed(history):
        if change.event.actor != actor:
            continue
        if change.redoes:
            n_skipped += 1
        elif not change.undoes:
            return None
        elif n_skipped:
            n_skipped -= 1
        else:
            return change
    return None


def _original(history: Sequence[Change], change: Change) -> Change:
    if not change.redoes:
        return change
    return next(one for one in history if one.event.id == change.redoes)


def _standing_after(history: Sequence[Change], change: Change) -> Iterator[Change]:
    """Changes that came later and were not taken back."""
    later = history[history.index(change) + 1 :]
    standing: dict[str, Change] = {}
    for one in later:
        if one.undoes:
            standing.pop(one.undoes, None)
        else:
            standing[one.redoes or one.event.id] = one
    yield from standing.values()


def _refuse_built_upon(history: Sequence[Change], change: Change, *, of: Change | None = None) -> None:
    touches = touched(of or change)
    for later in _standing_after(history, change):
        if touches & touched(later):
            what = sentence(_original(history, later))
            raise HarkenError(
                f"{sentence(of or change, is_start=True)} cannot be {'done again' if of else 'undone'}: "
                f"{later.event.actor} came after it with {what}. Undo that first, or change it by hand."
            )


# -- taking back -------------------------------------------------------------------------------------

_Inverse = Callable[[Action, Change, Snapshot, Note], None]


def _code_id(change: Change) -> str:
    code = change.event.payload["code"]
    return str(code["id"] if isinstance(code, Mapping) else code)


def _place_then(id: str, then: Snapshot, now: Snapshot) -> str:
    """What a code stood directly below, as it is called now."""
    parent = then.codes[id].parent_path
    if parent in then.families:
        return parent
    return now.codes[then.id_at(parent)].path


def _next_sibling(id: str, then: Snapshot) -> str:
    siblings = then.children(then.codes[id].parent_path)
    index = siblings.index(id) + 1
    return siblings[index] if index < len(siblings) else ""


def _bring_back(action: Action, id: str, then: Snapshot, now: Snapshot, note: Note) -> None:
    """Let a code be there again that was there at some moment."""
    writing.add_code(
        action,
        parent=_place_then(id, then, now),
        code=code_from_data(then.codes[id].body),
        id=id,
        before=_next_sibling(id, then),
        note=note,
    )


def _unadd(action: Action, change: Change, now: Snapshot, note: Note) -> None:
    writing.remove_code(action, id=_code_id(change), note=note)


def _unremove(action: Action, change: Change, now: Snapshot, note: Note) -> None:
    _bring_back(action, _code_id(change), change.before, now, note)


def _unchange(action: Action, change: Change, now: Snapshot, note: Note) -> None:
    row, before = now.codes[_code_id(change)], change.before.codes[_code_id(change)]
    writing.write_wording(action, id=row.id, path=row.path, code=_worded(row.body, before.wording), note=note)


def _worded(body: Mapping[str, object], wording: Mapping[str, object]) -> Code:
    kept = {name: body[name] for name in ("key", "retired") if name in body}
    return code_from_data({**wording, **kept})


def _unrename(action: Action, change: Change, now: Snapshot, note: Note) -> None:
    id = _code_id(change)
    writing.rename_code(action, id=id, key=change.before.codes[id].key, note=note)


def _unmove(action: Action, change: Change, now: Snapshot, note: Note) -> None:
    id = _code_id(change)
    parent = change.before.codes[id].parent_path
    is_family = parent in change.before.families
    writing.move_code(
        action,
        id=id,
        family=parent if is_family else "",
        parent="" if is_family else change.before.id_at(parent),
        before=_next_sibling(id, change.before),
        note=note,
    )


def _unretire(action: Action, change: Change, now: Snapshot, note: Note) -> None:
    writing.restore_code(action, id=_code_id(change), note=note)


def _unrestore(action: Action, change: Change, now: Snapshot, note: Note) -> None:
    writing.retire_code(action, id=_code_id(change), note=note)


def _unmerge(action: Action, change: Change, now: Snapshot, note: Note) -> None:
    payload = change.event.payload
    id, into = payload["code"], payload["into"]
    body = None
    if payload["body"] is not None:
        code = _worded(now.codes[into].body, change.before.codes[into].wording)
        body = code_as_data(code)
    writing.unmerge_code(
        action,
        id=id,
        path=f"{_place_then(id, change.before, now)}.{change.before.codes[id].key}",
        into=into,
        children=payload["children"],
        body=body,
        note=note,
    )


def _unadd_family(action: Action, change: Change, now: Snapshot, note: Note) -> None:
    key = change.event.payload["family"]["key"]
    if now.children(key):
        raise HarkenError(f"Codes stand in {key!r} by now; move, merge or remove them first.")
    writing.remove_family(action, family=key, note=note)


def _unremove_family(action: Action, change: Change, now: Snapshot, note: Note) -> None:
    key = change.event.payload["family"]
    family = family_from_data(change.before.families[key])
    writing.add_family(action, family, before=_next_family(key, change.before), note=note)


def _unchange_family(action: Action, change: Change, now: Snapshot, note: Note) -> None:
    key = change.event.payload["family"]["key"]
    writing.change_family(action, family_from_data(change.before.families[key]), note=note)


def _unrename_family(action: Action, change: Change, now: Snapshot, note: Note) -> None:
    payload = change.event.payload
    writing.rename_family(action, family=payload["key"], key=payload["family"], note=note)


def _unmove_family(action: Action, change: Change, now: Snapshot, note: Note) -> None:
    key = change.event.payload["family"]
    writing.move_family(action, family=key, before=_next_family(key, change.before), note=note)


def _next_family(key: str, then: Snapshot) -> str:
    keys = list(then.families)
    index = keys.index(key) + 1
    return keys[index] if index < len(keys) else ""


_INVERSE: Mapping[str, _Inverse] = {
    "code.added": _unadd,
    "code.removed": _unremove,
    "code.changed": _unchange,
    "code.renamed": _unrename,
    "code.moved": _unmove,
    "code.retired": _unretire,
    "code.restored": _unrestore,
    "code.merged": _unmerge,
    "family.added": _unadd_family,
    "family.removed": _unremove_family,
    "family.changed": _unchange_family,
    "family.renamed": _unrename_family,
    "family.moved": _unmove_family,
}


def _place(store: Store, change: Change) -> str:
    """Where what a change concerns stands now, or stood, for finding it again on a screen."""
    if change.event.kind.startswith("family"):
        return str(concerned(change)[0])
    now = stored_codebook(store)
    id = _code_id(change)
    row = change.after.codes[id]
    return now.path_of.get(id) or now.path_of.get(row.merged_into) or row.path

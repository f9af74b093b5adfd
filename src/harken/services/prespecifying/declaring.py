"""Declaring themes, taking it back, and reading what was declared in time."""

from __future__ import annotations

from collections.abc import Sequence

from harken.errors import HarkenError, listed, quoted
from harken.model import Codebook
from harken.services.grouping import group_participants
from harken.services.prespecifying.result import Prespecification, PrespecifiedTheme
from harken.storage import study
from harken.storage.codebooks import StoredCodebook, stored_codebook
from harken.storage.prespecified import declared_themes, first_table_by_group_at
from harken.storage.store import Store

_FAMILY = "family:"


def prespecify_themes(
    store: Store, addresses: Sequence[str], *, actor: str, by: str | None = None, undo: bool = False
) -> Prespecification:
    """Declare codes and families that are to be compared, before anybody sees them by group.

    `by` names the column; without, any. `undo` takes declarations back; declared again later, a theme counts
    from then on. A theme that is declared already stays declared from its first time. Raises `HarkenError`
    for what the codebook or the survey lacks, and writes nothing then.
    """
    if not addresses:
        raise HarkenError("No theme is named. Name codes or families, as in benefit.understanding.")
    if by is not None:
        group_participants(store, by)
    with store.action(actor) as action:
        stored = stored_codebook(store)
        themes = list(dict.fromkeys(_theme(stored, address) for address in addresses))
        known = {one.theme: one for one in declared_themes(store)}
        if undo:
            _refuse(stored, [theme for theme in themes if theme not in known], "is not declared")
        else:
            other = [theme for theme in themes if theme in known and known[theme].by != (by or "")]
            if other:
                column = known[other[0]].by
                raise HarkenError(
                    f"{quoted(_address(stored, other[0]))} is declared already, for "
                    f"{f'the column {quoted(column)}' if column else 'any column'}. "
                    "Take that back with --undo first."
                )
            themes = [theme for theme in themes if theme not in known]
        if themes:
            action.append(
                "themes.prespecified",
                {"themes": themes, "by": "" if undo else by or "", "is_prespecified": not undo},
            )
    return read_prespecification(store)


def read_prespecification(store: Store) -> Prespecification:
    """Everything declared, and whether it was in time."""
    with store.snapshot():
        stored = stored_codebook(store)
        first = first_table_by_group_at(store)
        themes = []
        for one in declared_themes(store):
            address = _address(stored, one.theme)
            label = _label(stored.codebook, address)
            themes.append(
                PrespecifiedTheme(
                    code=address,
                    label=label or "",
                    by=one.by or None,
                    actor=one.actor,
                    at=one.at,
                    in_time=first is None or one.at < first,
                    is_gone=label is None,
                )
            )
        title = study.settings(store).get("title", "")
    return Prespecification(title=title, themes=tuple(themes), first_table_at=first)


def prespecified_for(store: Store, by: str | None) -> frozenset[str]:
    """Paths of codes and keys of families that were declared in time for a table by this column."""
    return frozenset(
        theme.code
        for theme in read_prespecification(store).themes
        if theme.in_time and not theme.is_gone and theme.by in (None, by)
    )


def _theme(stored: StoredCodebook, address: str) -> str:
    if any(family.key == address for family in stored.codebook.families):
        return _FAMILY + address
    return stored.ids[stored.codebook.resolve(address)]


def _address(stored: StoredCodebook, theme: str) -> str:
    return theme.removeprefix(_FAMILY) if theme.startswith(_FAMILY) else stored.path_of.get(theme, theme)


def _label(codebook: Codebook, address: str) -> str | None:
    if address in codebook.entries:
        return codebook.entries[address].code.label or address
    return next((family.label for family in codebook.families if family.key == address), None)


def _refuse(stored: StoredCodebook, themes: Sequence[str], what: str) -> None:
    if themes:
        names = listed(_address(stored, theme) for theme in themes)
        raise HarkenError(f"{names} {what}. `harken themes prespecify` lists what is.")

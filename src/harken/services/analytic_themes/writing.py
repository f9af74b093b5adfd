"""Making analytic themes and changing them; each change sees what others did to the theme before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from harken.errors import HarkenError, quoted, unknown_name
from harken.model import ResponseKey
from harken.report import visible
from harken.services.memos import find_memo, memo_reader, on_answer
from harken.storage import notes, study, survey
from harken.storage.codebooks import stored_codebook
from harken.storage.notes import StoredTheme, ThemeDraft, ThemeQuote
from harken.storage.store import Store

Item = TypeVar("Item")
Change = Callable[[ThemeDraft], ThemeDraft]


def make_theme(store: Store, name: str, *, actor: str, idea: str = "") -> str:
    """Make an analytic theme and return its id; its name has to be new."""
    with store.action(actor) as action:
        draft = ThemeDraft(name=_new_name(store, name), idea=_words(idea))
        return notes.write_theme(action, draft, author=actor)


def change_theme(store: Store, id: str, change: Change, *, actor: str) -> ThemeDraft:
    """Write a theme as `change` makes it from what it is at this moment; nothing where it stays the same."""
    with store.action(actor) as action:
        theme = theme_by_id(store, id)
        draft = change(theme.draft)
        if draft.name != theme.draft.name:
            draft = replace(draft, name=_new_name(store, draft.name, but=id))
        if draft != theme.draft:
            notes.write_theme(action, draft, author=theme.author, id=id)
    return draft


def rename_theme(store: Store, id: str, name: str, *, actor: str) -> str:
    """Give a theme another name; returns a line to show."""
    draft = change_theme(store, id, lambda draft: replace(draft, name=_one_line(name)), actor=actor)
    return f"The theme is called {draft.name}."


def write_idea(store: Store, id: str, idea: str, *, actor: str, as_read: str | None = None) -> str:
    """Write a theme's central idea anew, unless somebody did so meanwhile; returns a line to show."""

    def change(draft: ThemeDraft) -> ThemeDraft:
        if as_read is not None and draft.idea != as_read:
            raise HarkenError("Somebody changed this idea meanwhile. Look at it again; yours is not written.")
        return replace(draft, idea=_words(idea))

    change_theme(store, id, change, actor=actor)
    return "Central idea kept."


def toggle_code(store: Store, id: str, path: str, *, actor: str) -> str:
    """Put a code under a theme, or take it out; returns a line to show."""
    stored = stored_codebook(store)
    path = stored.codebook.resolve(path)
    draft = change_theme(
        store, id, lambda draft: replace(draft, codes=_toggled(draft.codes, stored.ids[path])), actor=actor
    )
    is_in = stored.ids[path] in draft.codes
    return f"{path} {'belongs to' if is_in else 'is taken out of'} {draft.name}."


def toggle_quote(store: Store, id: str, quote: ThemeQuote, *, actor: str) -> str:
    """Let a theme quote a place, or no longer; returns a line to show.

    In a blind round a quote that somebody else put there stays: who does not see it cannot mean to remove it.
    """
    on_answer(store, quote.key)
    is_blind = memo_reader(store, actor).is_blind

    def change(draft: ThemeDraft) -> ThemeDraft:
        if is_blind and quote in draft.quotes and notes.quoters(store)[id][quote] != actor:
            return draft
        return replace(draft, quotes=_toggled(draft.quotes, quote))

    draft = change_theme(store, id, change, actor=actor)
    return f"{quote.key.participant} {'is quoted' if quote in draft.quotes else 'is no longer quoted'}."


def toggle_memo(store: Store, id: str, memo: str, *, actor: str) -> str:
    """Put a memo with a theme, or take it out; returns a line to show."""
    draft = change_theme(
        store, id, lambda draft: replace(draft, memos=_toggled(draft.memos, memo)), actor=actor
    )
    return "Memo added." if memo in draft.memos else "Memo taken out; it stays among the memos."


def _toggled(items: tuple[Item, ...], item: Item) -> tuple[Item, ...]:
    return tuple(one for one in items if one != item) if item in items else (*items, item)


def remove_theme(store: Store, id: str, *, actor: str) -> str:
    """Take a theme away; its author and the lead may. Codes, quotes and memos stay where they are."""
    with store.action(actor) as action:
        theme = theme_by_id(store, id)
        if actor not in (theme.author, study.settings(store).get("lead")):
            raise HarkenError(f"This theme is {theme.author}’s. Its author and the lead may remove it.")
        notes.remove_theme(action, id)
    return f"{theme.draft.name} is removed; its codes, quotes and memos stay where they are."


def theme_by_id(store: Store, id: str) -> StoredTheme:
    """The theme with this id; raises where it is gone."""
    theme = next(notes.themes(store, only=id), None) if id else None
    if theme is None:
        raise HarkenError("This theme is not there any more; somebody removed it.")
    return theme


def theme_named(store: Store, name: str) -> StoredTheme:
    """The theme of this name, in any case; raises, naming the known ones, if there is none."""
    known = list(notes.themes(store))
    for theme in known:
        if theme.draft.name.casefold() == _one_line(name).casefold():
            return theme
    raise unknown_name("analytic theme", name, [theme.draft.name for theme in known])


def quote_of(store: Store, key: ResponseKey, words: str = "") -> ThemeQuote:
    """The place of these words in an answer, or the whole answer; raises where they are not in it."""
    on_answer(store, key)
    if not words:
        return ThemeQuote(key=key)
    id = survey.response_id(store, key)
    text = "" if id is None else survey.response(store, id).text
    start = text.find(words)
    if start < 0:
        raise HarkenError(f"The answer of {key.participant!r} does not hold {quoted(words)}, word for word.")
    return ThemeQuote(key=key, start=start, end=start + len(words))


def write_theme(
    store: Store,
    name: str,
    *,
    actor: str,
    rename: str = "",
    idea: str | None = None,
    codes: Iterable[str] = (),
    without_codes: Iterable[str] = (),
    memos: Iterable[str] = (),
    without_memos: Iterable[str] = (),
) -> ThemeDraft:
    """Make the theme of this name, or change it, in one go. Codes are addresses, memos beginnings of ids."""
    stored = stored_codebook(store)
    more = [stored.ids[stored.codebook.resolve(one)] for one in codes]
    fewer = {stored.ids[stored.codebook.resolve(one)] for one in without_codes}
    more_memos = [find_memo(store, one, actor=actor).id for one in memos]
    fewer_memos = {find_memo(store, one, actor=actor).id for one in without_memos}

    def change(draft: ThemeDraft) -> ThemeDraft:
        return replace(
            draft,
            name=_one_line(rename) or draft.name,
            idea=draft.idea if idea is None else _words(idea),
            codes=tuple(one for one in dict.fromkeys((*draft.codes, *more)) if one not in fewer),
            memos=tuple(one for one in dict.fromkeys((*draft.memos, *more_memos)) if one not in fewer_memos),
        )

    wanted = _one_line(name).casefold()
    for theme in notes.themes(store):
        if theme.draft.name.casefold() == wanted:
            return change_theme(store, theme.id, change, actor=actor)
    with store.action(actor) as action:
        draft = change(ThemeDraft(name=_new_name(store, name)))
        notes.write_theme(action, draft, author=actor)
    return draft


def _new_name(store: Store, name: str, *, but: str = "") -> str:
    """A name that no theme (but the one with the id `but`) has."""
    wanted = _one_line(name)
    if not wanted:
        raise HarkenError("An analytic theme needs a name.")
    for theme in notes.themes(store):
        if theme.id != but and theme.draft.name.casefold() == wanted.casefold():
            raise HarkenError(f"There is a theme {quoted(theme.draft.name)} already. Choose another name.")
    return wanted


def _one_line(words: str) -> str:
    return " ".join(visible(" ".join(words.split())).split())


def _words(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()

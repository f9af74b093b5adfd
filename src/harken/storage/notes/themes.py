"""Analytic themes: a name and a central idea over codes, quotes and memos."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harken.model import ResponseKey
from harken.storage.codebooks import living_id
from harken.storage.journal import new_id
from harken.storage.schema import WHOLE
from harken.storage.store import Action, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeQuote:
    """A place in an answer that speaks for a theme; `start, end` None is the whole answer."""

    key: ResponseKey
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeDraft:
    """What is written down of an analytic theme."""

    name: str
    idea: str = ""
    codes: tuple[str, ...] = ()
    """Ids of codes; reading gives those that they were merged into, and none that were removed."""
    quotes: tuple[ThemeQuote, ...] = ()
    memos: tuple[str, ...] = ()
    """Ids of memos."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTheme:
    """An analytic theme as it stands, with who wrote it."""

    id: str
    draft: ThemeDraft
    author: str
    written_at: str
    changed_at: str
    changed_by: str


def themes(store: Store, *, only: str = "") -> Iterator[StoredTheme]:
    """The analytic themes (or the one with the id `only`) in the order in which they were made."""
    for id, author, name, idea, codes, memos, written_at, changed_at, changed_by in store.connection.execute(
        "SELECT t.id, t.author, coalesce(n.body, ''), coalesce(i.body, ''), t.codes, t.memos, t.written_at, "
        "t.changed_at, t.changed_by FROM analytic_themes t LEFT JOIN contents n ON n.hash = t.name_hash "
        "LEFT JOIN contents i ON i.hash = t.idea_hash WHERE ? IN ('', t.id) "
        "ORDER BY t.position, t.written_at, t.id",
        (only,),
    ).fetchall():
        draft = ThemeDraft(
            name=name,
            idea=idea,
            codes=_living(store, json.loads(codes)),
            quotes=tuple(_quotes(store, id)),
            memos=_remaining(store, json.loads(memos)),
        )
        yield StoredTheme(
            id=id,
            draft=draft,
            author=author,
            written_at=written_at,
            changed_at=changed_at,
            changed_by=changed_by,
        )


def _living(store: Store, ids: Sequence[str]) -> tuple[str, ...]:
    there = {id for (id,) in store.connection.execute("SELECT id FROM codes WHERE NOT is_removed")}
    return tuple(dict.fromkeys(id for id in (living_id(store, id) for id in ids) if id in there))


def _remaining(store: Store, ids: Sequence[str]) -> tuple[str, ...]:
    there = {id for (id,) in store.connection.execute("SELECT id FROM memos")}
    return tuple(id for id in ids if id in there)


def _quotes(store: Store, theme: str) -> Iterator[ThemeQuote]:
    for participant, question, occasion, start, end in store.connection.execute(
        'SELECT p.name, q.name, r.occasion, t.start, t."end" FROM theme_quotes t '
        "JOIN responses r ON r.id = t.response_id JOIN participants p ON p.id = r.participant_id "
        "JOIN questions q ON q.id = r.question_id WHERE t.theme_id = ? ORDER BY t.position",
        (theme,),
    ):
        key = ResponseKey(participant, question, occasion)
        yield ThemeQuote(key=key) if start == WHOLE else ThemeQuote(key=key, start=start, end=end)


def write_theme(action: Action, draft: ThemeDraft, *, author: str, id: str = "") -> str:
    """Write an analytic theme, or with `id` write it anew, and return its id."""
    id = id or new_id()
    action.append(
        "theme.written",
        {
            "theme": id,
            "author": author,
            "name": action.put_content(draft.name, kind="memo", participant_id=None),
            "idea": action.put_content(draft.idea, kind="memo", participant_id=None),
            "codes": list(draft.codes),
            "quotes": [
                {
                    "response": list(quote.key),
                    "start": WHOLE if quote.start is None else quote.start,
                    "end": WHOLE if quote.end is None else quote.end,
                }
                for quote in draft.quotes
            ],
            "memos": list(draft.memos),
        },
    )
    return id


def remove_theme(action: Action, id: str) -> None:
    """Take an analytic theme away; codes, quotes and memos stay where they are."""
    action.append("theme.removed", {"theme": id})


def answers_with_codes(store: Store, code_ids: Sequence[str], *, coder: str = "") -> list[int]:
    """Ids of answers that have any of these codes, by any coder or by the one named, in file order."""
    marks = ", ".join("?" * len(code_ids))
    return [
        id
        for (id,) in store.connection.execute(
            f"SELECT DISTINCT g.response_id FROM codings g WHERE g.code_id IN ({marks}) "
            "AND ? IN ('', g.coder) AND g.response_id NOT IN (SELECT response_id FROM non_responses) "
            "ORDER BY g.response_id",
            (*code_ids, coder),
        )
    ]

"""Analytic themes: a name and a central idea over codes, quotes and memos."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from harken.model import ResponseKey
from harken.storage.codebooks import living_id
from harken.storage.journal import REPLAY_ORDER, new_id
from harken.storage.schema import CODABLE, WHOLE
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
    living = dict.fromkeys(living_id(store, id) for id in ids)
    there = _of_these(store, "SELECT id FROM codes WHERE NOT is_removed", living)
    return tuple(id for id in living if id in there)


def _remaining(store: Store, ids: Sequence[str]) -> tuple[str, ...]:
    there = _of_these(store, "SELECT id FROM memos WHERE TRUE", ids)
    return tuple(id for id in ids if id in there)


def _of_these(store: Store, sql: str, ids: Iterable[str]) -> set[str]:
    listed = json.dumps(list(ids))
    return {
        id
        for (id,) in store.connection.execute(f"{sql} AND id IN (SELECT value FROM json_each(?))", (listed,))
    }


def _quotes(store: Store, theme: str) -> Iterator[ThemeQuote]:
    for participant, question, occasion, start, end in store.connection.execute(
        'SELECT p.name, q.name, r.occasion, t.start, t."end" FROM theme_quotes t '
        "JOIN responses r ON r.id = t.response_id JOIN participants p ON p.id = r.participant_id "
        "JOIN questions q ON q.id = r.question_id WHERE t.theme_id = ? ORDER BY t.position",
        (theme,),
    ):
        yield _quote(ResponseKey(participant, question, occasion), start, end)


def _quote(key: ResponseKey, start: int, end: int) -> ThemeQuote:
    return ThemeQuote(key=key) if start == WHOLE else ThemeQuote(key=key, start=start, end=end)


def quoters(store: Store) -> Mapping[str, Mapping[ThemeQuote, str]]:
    """By the theme's id, for every quote that it ever had: who put it there first."""
    found: dict[str, dict[ThemeQuote, str]] = {}
    for actor, payload in store.connection.execute(
        f"SELECT actor, payload FROM events WHERE kind = 'theme.written' ORDER BY {REPLAY_ORDER}"
    ):
        theme = json.loads(payload)
        by = found.setdefault(theme["theme"], {})
        for quote in theme["quotes"]:
            by.setdefault(_quote(ResponseKey(*quote["response"]), quote["start"], quote["end"]), actor)
    return found


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
    """Ids of usable people's answers that have any of these codes, in file order.

    Whoever coded them, or the coder named.
    """
    marks = ", ".join("?" * len(code_ids))
    return [
        id
        for (id,) in store.connection.execute(
            f"SELECT DISTINCT r.id FROM codings g JOIN responses r ON r.id = g.response_id "
            f"WHERE g.code_id IN ({marks}) AND ? IN ('', g.coder) AND {CODABLE} ORDER BY r.id",
            (*code_ids, coder),
        )
    ]


def usable_answers(store: Store, ids: Iterable[int]) -> list[int]:
    """Which of these answers are no non-response and given by usable people, in file order."""
    return [
        id
        for (id,) in store.connection.execute(
            f"SELECT r.id FROM responses r WHERE r.id IN (SELECT value FROM json_each(?)) AND {CODABLE} "
            "ORDER BY r.id",
            (json.dumps(list(ids)),),
        )
    ]

"""Answers that refer to others ("see above"), as coders saw it, and finding the ones referred to."""

from __future__ import annotations

from typing import NamedTuple

from harken.errors import HarkenError, quoted
from harken.model import ResponseKey
from harken.storage.projections.places import response_at
from harken.storage.schema import CODABLE
from harken.storage.store import Action, Store


def put_link(
    action: Action, key: ResponseKey, to: ResponseKey, *, coder: str, is_linked: bool = True
) -> None:
    """Note that an answer refers to another one, or that it does not."""
    for end in (key, to):
        if response_at(action.connection, end) is None:
            where = f"{quoted(end.participant)} to {quoted(end.question)}"
            raise HarkenError(f"No answer of {where} in this project (any more).")
    action.append(
        "answer.linked",
        {"response": list(key), "to": list(to), "coder": coder, "is_linked": is_linked},
    )


def links(store: Store, response_id: int, *, only_of: str = "") -> dict[int, tuple[str, ...]]:
    """Ids of the responses that one refers to, with the coders who say so; or what one coder says."""
    found: dict[int, tuple[str, ...]] = {}
    for to, coder in store.connection.execute(
        "SELECT to_response_id, coder FROM links WHERE response_id = ? AND (? = '' OR coder = ?) "
        "ORDER BY to_response_id, coder",
        (response_id, only_of, only_of),
    ):
        found[to] = (*found.get(to, ()), coder)
    return found


class Link(NamedTuple):
    """One coder's note that an answer refers to another one."""

    response_id: int
    to_response_id: int
    coder: str
    at: str


def every_link(store: Store) -> tuple[Link, ...]:
    """The links of all coders, in file order of the answers that refer to others."""
    rows = store.connection.execute(
        "SELECT response_id, to_response_id, coder, at FROM links ORDER BY response_id, to_response_id, coder"
    )
    return tuple(Link(*row) for row in rows)


def answers_with(store: Store, text: str, *, most: int) -> tuple[int, ...]:
    """Ids of the first answers in which each of the words begins a word, or whose participant begins so."""
    by_name = store.connection.execute(
        "SELECT r.id FROM responses r JOIN participants p ON p.id = r.participant_id "
        f"WHERE substr(p.name, 1, length(?1)) = ?1 COLLATE NOCASE AND {CODABLE} ORDER BY r.id LIMIT ?2",
        (text.strip(), most),
    )
    found = dict.fromkeys(id for (id,) in by_name)
    words = " ".join(f'"{word}"*' for word in text.replace('"', " ").replace("\0", " ").split())
    if words:
        by_words = store.connection.execute(
            "SELECT r.id FROM answer_index i JOIN responses r ON r.id = i.rowid "
            f"WHERE i.answer_index MATCH ? AND {CODABLE} ORDER BY i.rowid LIMIT ?",
            (words, most),
        )
        found |= dict.fromkeys(id for (id,) in by_words)
    return tuple(found)[:most]

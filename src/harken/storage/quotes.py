"""Wordings of quotes for print, which places may be published, and each person's number in print."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from harken.errors import HarkenError, quoted
from harken.model import ResponseKey
from harken.storage.journal import REPLAY_ORDER
from harken.storage.projections.places import participant_at, response_at
from harken.storage.store import Action, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteEdit:
    """A place in a response made ready for print; `words` is empty where the participant's own stand."""

    start: int
    end: int
    words: str
    is_cleared: bool
    """Whether it may be published."""
    by: str
    at: str


def put_quote(
    action: Action, key: ResponseKey, *, start: int, end: int, words: str, is_cleared: bool
) -> None:
    """Set the wording for print of one place, and whether it may be published; one event."""
    person = participant_at(action.connection, key.participant)
    if person is None or response_at(action.connection, key) is None:
        raise HarkenError(
            f"No answer of {quoted(key.participant)} to {quoted(key.question)} in this project (any more)."
        )
    action.append(
        "quote.edited",
        {
            "response": list(key),
            "start": start,
            "end": end,
            "words": action.put_content(words, kind="response", participant_id=person),
            "is_cleared": is_cleared,
        },
    )


def quote_edits(store: Store, response_ids: Iterable[int] | None = None) -> dict[int, tuple[QuoteEdit, ...]]:
    """By response id, the latest edit last; of every response where no ids are given."""
    condition, values = "", []
    if response_ids is not None:
        condition = "WHERE q.response_id IN (SELECT value FROM json_each(?)) "
        values = [json.dumps(list(response_ids))]
    found: dict[int, tuple[QuoteEdit, ...]] = {}
    for response, start, end, words, is_cleared, by, at in store.connection.execute(
        "SELECT q.response_id, q.start, q.\"end\", coalesce(c.body, ''), q.is_cleared, q.by, q.at "
        f"FROM quote_edits q LEFT JOIN contents c ON c.hash = q.words_hash {condition}"
        'ORDER BY q.response_id, q.at, q.start, q."end"',
        values,
    ):
        edit = QuoteEdit(start=start, end=end, words=words, is_cleared=bool(is_cleared), by=by, at=at)
        found[response] = (*found.get(response, ()), edit)
    return found


def numbers_in_print(store: Store) -> dict[int, int]:
    """A number for every participant, by id, that says nothing of their place in the file.

    People of one import are numbered in an order that hangs on the project's salt alone; those of a later
    import follow. So a number stays when answers are added, copies are merged or somebody withdraws.
    """
    (salt,) = store.connection.execute("SELECT value FROM project WHERE name = 'salt'").fetchone()
    imports = {
        id: place
        for place, (id,) in enumerate(
            store.connection.execute(
                f"SELECT id FROM events WHERE kind = 'survey.imported' ORDER BY {REPLAY_ORDER}"
            )
        )
    }

    def keyed(name: str) -> bytes:
        return hashlib.blake2b(
            name.encode(), key=bytes.fromhex(salt), person=b"quotes", digest_size=16
        ).digest()

    order = sorted(
        (imports.get(import_id, len(imports)), keyed(name), id)
        for id, name, import_id in store.connection.execute("SELECT id, name, import_id FROM participants")
    )
    return {id: number for number, (_, _, id) in enumerate(order, start=1)}

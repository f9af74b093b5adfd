"""Marks in answers: what is worth quoting, and what tells who somebody is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from harken.errors import HarkenError, quoted
from harken.model import Mark, MarkKind, ResponseKey
from harken.storage.projections.places import response_at
from harken.storage.store import Action, Store


def put_mark(action: Action, key: ResponseKey, mark: Mark, *, is_marked: bool = True) -> None:
    """Mark a place, or take the mark of the same kind, place and coder away."""
    if response_at(action.connection, key) is None:
        raise HarkenError(
            f"No answer of {quoted(key.participant)} to {quoted(key.question)} in this project (any more)."
        )
    action.append(
        "answer.marked",
        {
            "response": list(key),
            "kind": mark.kind.value,
            "start": mark.start,
            "end": mark.end,
            "coder": mark.coder,
            "label": mark.label,
            "is_marked": is_marked,
        },
    )


def marks(store: Store, response_ids: Iterable[int] | None = None) -> Mapping[int, tuple[Mark, ...]]:
    """The marks by response id, in the order of the text; of every response where no ids are given.

    Responses without a mark are left out.
    """
    condition, values = "", []
    if response_ids is not None:
        condition = "WHERE response_id IN (SELECT value FROM json_each(?)) "
        values = [json.dumps(list(response_ids))]
    found: dict[int, tuple[Mark, ...]] = {}
    for id, kind, start, end, coder, label, at in store.connection.execute(
        'SELECT response_id, kind, start, "end", coder, label, at FROM marks '
        f'{condition}ORDER BY response_id, start, "end", kind, coder',
        values,
    ):
        mark = Mark(kind=MarkKind(kind), start=start, end=end, coder=coder, label=label, at=at)
        found[id] = (*found.get(id, ()), mark)
    return found

"""What a screen of answers writes and notices: a coder's star, and that the project has changed."""

from __future__ import annotations

from harken.model import ResponseKey
from harken.services.coding.writing import SharedFile
from harken.storage import coding, notes
from harken.storage.store import Store


def put_star(store: Store, key: ResponseKey, *, coder: str, is_starred: bool) -> str:
    """Star an answer for oneself, or take the star away; returns a line to show."""
    with SharedFile(store, coder=coder).action() as action:
        notes.put_star(action, key, coder=coder, is_starred=is_starred)
    return "Starred." if is_starred else "No longer starred."


def last_change(store: Store) -> int:
    """A number that is another one as soon as anything is written to the project."""
    return coding.last_event_row(store)

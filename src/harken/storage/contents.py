"""Texts under their keyed hash. A participant's texts are keyed by a salt that a withdrawal destroys."""

from __future__ import annotations

import hashlib
import secrets
from typing import Literal

from harken.errors import HarkenError
from harken.storage.driver import Connection

ContentKind = Literal["response", "attributes", "memo", "message"]


def new_salt() -> str:
    """128 random bits in hexadecimal."""
    return secrets.token_hex(16)


def keyed_hash(body: str, *, kind: ContentKind, salt: str) -> str:
    """128-bit BLAKE2b of a text; without the salt nobody can test a guess against it."""
    return hashlib.blake2b(
        body.encode(), key=bytes.fromhex(salt), person=kind.encode(), digest_size=16
    ).hexdigest()


def put(connection: Connection, body: str, *, kind: ContentKind, participant_id: int | None) -> str:
    """Store a text and return its hash; an empty text is the empty hash and is not stored."""
    if body == "":
        return ""
    sealed = keyed_hash(body, kind=kind, salt=_salt(connection, participant_id))
    connection.execute(
        "INSERT INTO contents (hash, participant_id, kind, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (sealed, participant_id, kind, body),
    )
    return sealed


def get(connection: Connection, sealed: str) -> str:
    """The text under a hash; empty for the empty hash and for a text that was withdrawn."""
    if sealed == "":
        return ""
    row = connection.execute("SELECT body FROM contents WHERE hash = ?", (sealed,)).fetchone()
    return row[0] if row else ""


def _salt(connection: Connection, participant_id: int | None) -> str:
    if participant_id is None:
        (salt,) = connection.execute("SELECT value FROM project WHERE name = 'salt'").fetchone()
        return str(salt)
    name, salt = connection.execute(
        "SELECT name, salt FROM participants WHERE id = ?", (participant_id,)
    ).fetchone()
    if salt is None:
        raise HarkenError(f"Participant {name!r} has withdrawn; nothing can be written about them.")
    return str(salt)

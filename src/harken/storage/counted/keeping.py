"""What the sets of people know and what they have missed since; discarding them, forgetting a person."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from harken.model import Round
from harken.storage.driver import Connection, OperationalError, transaction
from harken.storage.journal import new_id
from harken.storage.schema import EVERY_RESPONSE

if TYPE_CHECKING:
    from harken.storage.store import Store

LAYOUT = 1
"""Of the sets and of how an answer is read: sets of another layout are made anew."""
MOST_READ_ANEW = 20_000
"""Answers above which it is quicker to make all sets anew."""
_BEGUN = 0
"""In the place of a layout: the sets are being made."""
_PATIENCE_MS = 300
BLOCK = 8192
"""People in one stored part of a set."""
WORD_BYTES = 4
WORDS = "words"
"""Kind of the rows that hold a number for each person instead of a bit: the words of their answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A question on one occasion, and the first response that was given to it."""

    question_id: int
    occasion: str
    first_response: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the stored sets were made from."""

    last_response: int = 0
    last_participant: int = 0
    occasions: tuple[Occasion, ...] = ()
    rounds: tuple[str, ...] = ()
    """Each round that was there, with all that matters for reading a decision."""
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Living codes by id, with all that decides what of theirs counts."""
    columns: tuple[str, ...] = ()
    """Columns of the survey that there were."""
    kept_columns: tuple[str, ...] = ()
    """Those of them that have few values, so that there is a set of people for each."""


def describe_rounds(rounds: Sequence[Round]) -> tuple[str, ...]:
    """What of each round decides how its decisions are read."""
    return tuple(
        json.dumps([round.name, round.kind, round.primary_coder, list(round.coders)]) for round in rounds
    )


def merged_codes(connection: Connection) -> dict[str, tuple[str, ...]]:
    """The ids of the codes that went into each living code, at the end of the chain."""
    into = dict(connection.execute("SELECT id, merged_into FROM codes WHERE merged_into <> ''").fetchall())
    found: dict[str, list[str]] = {}
    for id, end in sorted(into.items()):
        while end in into:
            end = into[end]
        found.setdefault(end, []).append(id)
    return {id: tuple(ids) for id, ids in found.items()}


def known(connection: Connection) -> Known | None:
    """What the sets were made from; None where there are none that can be used."""
    if connection.execute(
        "SELECT 1 FROM stale_responses WHERE response_id = ?", (EVERY_RESPONSE,)
    ).fetchone():
        return None
    row = connection.execute("SELECT body FROM people_index WHERE layout = ?", (LAYOUT,)).fetchone()
    if row is None:
        return None
    data = json.loads(row[0])
    return Known(
        last_response=data["last_response"],
        last_participant=data["last_participant"],
        occasions=tuple(Occasion(**occasion) for occasion in data["occasions"]),
        rounds=tuple(data["rounds"]),
        codes={id: tuple(questions) for id, questions in data["codes"].items()},
        columns=tuple(data["columns"]),
        kept_columns=tuple(data["kept_columns"]),
    )


@contextmanager
def upkeep(store: Store) -> Iterator[bool]:
    """A transaction for the sets alone; says False where the file cannot be written at this moment.

    Nobody waits long for it, and a full disk is no reason to fail: a table can do without.
    """
    connection = store.connection
    (patience_ms,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {min(patience_ms, _PATIENCE_MS)}")
    is_open = False
    try:
        with transaction(connection):
            is_open = True
            yield True
    except OperationalError:
        if not is_open:
            yield False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience_ms}")


def begin(connection: Connection) -> str:
    """Let changes be noted from now on, while the sets are made from what there is; returns a token."""
    discard(connection)
    connection.execute("DELETE FROM stale_responses")
    token = new_id()
    connection.execute("INSERT INTO people_index (layout, body) VALUES (?, ?)", (_BEGUN, token))
    return token


def is_begun(connection: Connection, token: str) -> bool:
    """Whether nobody else has begun to make the sets, or taken them away, since `begin` gave this token."""
    return connection.execute("SELECT layout, body FROM people_index").fetchall() == [(_BEGUN, token)]


def note_known(connection: Connection, known: Known) -> None:
    """Say what the sets are made from now."""
    connection.execute("DELETE FROM people_index")
    connection.execute(
        "INSERT INTO people_index (layout, body) VALUES (?, ?)", (LAYOUT, json.dumps(asdict(known)))
    )


def note_read(connection: Connection) -> None:
    """Say that all which was stale is read anew."""
    connection.execute("DELETE FROM stale_responses")


def stale_responses(connection: Connection, known: Known, changed_codes: Sequence[str]) -> list[int]:
    """Responses that the sets do not know as they are: new ones, changed ones, those with changed codes."""
    return [
        id
        for (id,) in connection.execute(
            "SELECT response_id FROM stale_responses UNION SELECT id FROM responses WHERE id > ? "
            "UNION SELECT response_id FROM codings WHERE code_id IN (SELECT value FROM json_each(?))",
            (known.last_response, json.dumps(list(changed_codes))),
        )
    ]


def discard(connection: Connection) -> None:
    """Take all sets away; the next table makes them anew."""
    for table in ("people_sets", "people_index", "stale_responses"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO stale_responses (response_id) VALUES (?)", (EVERY_RESPONSE,))


def forget(connection: Connection, participant_id: int) -> None:
    """Take a person out of every set; what nobody else has goes with its name."""
    block, place = divmod(participant_id, BLOCK)
    for rowid, kind, bits in connection.execute(
        "SELECT rowid, kind, bits FROM people_sets WHERE block = ?", (block,)
    ).fetchall():
        kept = _without(bits, kind, place)
        if not kept:
            connection.execute("DELETE FROM people_sets WHERE rowid = ?", (rowid,))
        elif kept != bits:
            connection.execute("UPDATE people_sets SET bits = ? WHERE rowid = ?", (kept, rowid))


def _without(bits: bytes, kind: str, place: int) -> bytes:
    kept = bytearray(bits)
    if kind == WORDS:
        here = slice(place * WORD_BYTES, (place + 1) * WORD_BYTES)
        kept[here] = bytes(len(kept[here]))
    elif place // 8 < len(kept):
        kept[place // 8] &= ~(1 << place % 8)
    return trimmed(kept)


def trimmed(bits: bytes | bytearray) -> bytes:
    """Without the empty end."""
    return bytes(bits).rstrip(b"\0")

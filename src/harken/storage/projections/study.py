"""Settings, coders and rounds."""

from __future__ import annotations

from harken.storage.driver import Connection
from harken.storage.journal import Event, canonical_json


def _settings(connection: Connection, event: Event) -> None:
    connection.executemany(
        "INSERT INTO settings (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        event.payload.items(),
    )


def _coder_added(connection: Connection, event: Event) -> None:
    connection.execute(
        "INSERT INTO coders (name, position) VALUES (?, (SELECT count(*) FROM coders)) "
        "ON CONFLICT DO NOTHING",
        (event.payload["name"],),
    )


def _round_added(connection: Connection, event: Event) -> None:
    round = event.payload
    connection.execute(
        "INSERT INTO rounds (name, position, kind, is_blind, hides_group, primary_coder, coders) "
        "VALUES (?, (SELECT count(*) FROM rounds), ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            round["name"],
            round["kind"],
            int(round["is_blind"]),
            int(round["hides_group"]),
            round["primary_coder"],
            canonical_json(round["coders"]),
        ),
    )


APPLY = {
    "project.created": _settings,
    "settings.changed": _settings,
    "coder.added": _coder_added,
    "round.added": _round_added,
}

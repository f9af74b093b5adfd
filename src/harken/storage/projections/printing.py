"""What is declared before the tables are seen, and quotes made ready for print."""

from __future__ import annotations

from harken.storage.driver import Connection
from harken.storage.journal import Event
from harken.storage.projections.places import response_at


def _prespecified(connection: Connection, event: Event) -> None:
    """A theme keeps the moment of its first declaration; taking it back and declaring it anew is a new one.

    `themes` are code ids, or `family:KEY`; `by` is the column they will be compared by, or empty for any.
    """
    for theme in event.payload["themes"]:
        if not event.payload["is_prespecified"]:
            connection.execute("DELETE FROM prespecified WHERE theme = ?", (theme,))
            continue
        connection.execute(
            "INSERT INTO prespecified (theme, by, actor, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (theme, event.payload["by"], event.actor, event.at),
        )


def _quote_edited(connection: Connection, event: Event) -> None:
    """`words` is the hash of the wording for print, empty for the participant's own words."""
    quote = event.payload
    response = response_at(connection, quote["response"])
    if response is None:
        return
    connection.execute(
        'INSERT INTO quote_edits (response_id, start, "end", words_hash, is_cleared, by, at) '
        'VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (response_id, start, "end") DO UPDATE SET '
        "words_hash = excluded.words_hash, is_cleared = excluded.is_cleared, by = excluded.by, "
        "at = excluded.at",
        (
            response,
            quote["start"],
            quote["end"],
            quote["words"],
            int(quote["is_cleared"]),
            event.actor,
            event.at,
        ),
    )


APPLY = {
    "themes.prespecified": _prespecified,
    "quote.edited": _quote_edited,
}

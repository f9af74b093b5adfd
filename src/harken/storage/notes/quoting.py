"""Which notes on the project as a whole repeat what a participant wrote: a withdrawal cannot erase them."""

from __future__ import annotations

from collections.abc import Callable

from harken.model import normal_text
from harken.storage.driver import Connection


def notes_that(connection: Connection, quotes: Callable[[str], bool]) -> tuple[str, ...]:
    """Memos and analytic themes one of whose wordings is such, as `memo ID` and `analytic theme ID`.

    `quotes` judges a text in its normal form. What stands only in earlier wordings, in the reasons of
    changes or in the outcomes of meetings is `a text of the journal`.
    """
    owners = {
        **{hash: f"memo {id}" for id, hash in connection.execute("SELECT id, body_hash FROM memos")},
        **{
            hash: f"analytic theme {id}"
            for id, *hashes in connection.execute("SELECT id, name_hash, idea_hash FROM analytic_themes")
            for hash in hashes
        },
    }
    found = {
        owners.get(hash, "a text of the journal")
        for hash, body in connection.execute(
            "SELECT hash, body FROM contents WHERE participant_id IS NULL AND kind IN ('memo', 'message')"
        )
        if quotes(normal_text(body))
    }
    return tuple(sorted(found))

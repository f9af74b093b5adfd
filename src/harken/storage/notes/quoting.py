"""Which notes repeat what a participant wrote: a withdrawal of that participant cannot erase them."""

from __future__ import annotations

from harken.storage.driver import Connection
from harken.storage.own_words import OwnWords


def notes_that_repeat(connection: Connection, own: OwnWords, *, participant_id: int) -> tuple[str, ...]:
    """Memos and analytic themes one of whose wordings does, as `memo ID` and `analytic theme ID`.

    Another text of the project, as an earlier wording, the reason of a change or the outcome of a meeting, is
    `a text of the journal`; a memo on a decision, a question, a reply or an alert, `a text about participant
    NAME`. The participant's own are left out: they are erased.
    """
    owners = {
        **{hash: f"memo {id}" for id, hash in connection.execute("SELECT id, body_hash FROM memos")},
        **{
            hash: f"analytic theme {id}"
            for id, *hashes in connection.execute("SELECT id, name_hash, idea_hash FROM analytic_themes")
            for hash in hashes
        },
    }
    found = set()
    for hash, body, name in connection.execute(
        "SELECT c.hash, c.body, p.name FROM contents c LEFT JOIN participants p ON p.id = c.participant_id "
        "WHERE c.kind IN ('memo', 'message') AND c.participant_id IS NOT ?",
        (participant_id,),
    ):
        if name is None and own.are_repeated_in(body):
            found.add(owners.get(hash, "a text of the journal"))
        elif name is not None and own.are_copied_in(body):
            found.add(owners.get(hash, f"a text about participant {name}"))
    return tuple(sorted(found))

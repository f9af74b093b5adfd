"""Taking up a reply without coding the answer anew."""

from __future__ import annotations

from dataclasses import replace

from harken.errors import HarkenError
from harken.model import Decision
from harken.services.asking.result import AskedQuestion, AskedState
from harken.storage import codebooks, coding
from harken.storage.store import Store


def keep_as_decided(store: Store, asked: AskedQuestion, *, actor: str) -> None:
    """Decide the answer again as it was decided, no longer unsure: the reply is taken up.

    Raises where it is not the actor's own question, waits for no such step, or has changed since it was read.
    """
    who = asked.response.key.participant
    if asked.coder != actor:
        raise HarkenError(f"Only {asked.coder}, who asked, takes up the reply on {who}.")
    if asked.state is not AskedState.REPLIED:
        raise HarkenError(f"No reply on {who} waits to be taken up.")
    if asked.is_draft:
        raise HarkenError(f"{who} is a draft and not decided yet. Open the answer and decide it.")
    with store.action(actor) as action:
        stored = codebooks.stored_codebook(store)
        place = {"round": asked.round, "coder": actor}
        key = asked.response.key
        decision = coding.decision_at(store, stored, key, **place)
        is_begun = coding.draft_at(store, stored, key, **place) is not None
        if decision is None or decision.at != asked.at or is_begun:
            raise HarkenError(f"The answer of {who} was worked on meanwhile. Look at it again.")
        coding.decide(action, stored, no_longer_unsure(decision))


def no_longer_unsure(decision: Decision) -> Decision:
    """The same decision, made now, that asks nothing."""
    return replace(decision, is_unsure=False, message="", at="")

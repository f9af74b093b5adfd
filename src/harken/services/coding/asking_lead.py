"""Asking the lead about an answer without the coding screen."""

from __future__ import annotations

from harken.errors import HarkenError
from harken.model import MAIN_ROUND, DecisionState, ResponseKey
from harken.services.asking import AskedQuestion, find_question
from harken.services.asking.questions import answer_id
from harken.services.coding.session import CodingSession
from harken.services.coding.work import WorkState
from harken.storage.store import Store


def ask_lead(
    store: Store, key: ResponseKey, words: str, *, coder: str, round: str = MAIN_ROUND
) -> AskedQuestion:
    """Mark an answer as unsure, with what the lead should know or decide.

    What was decided is decided again as it stands; on an answer that waits for its decision a draft asks.
    """
    if not words.strip():
        raise HarkenError("A question to the lead is empty. Say in a few words what to decide.")
    session = CodingSession.visit(store, answer_id(store, key), coder=coder, round=round)
    answer = session.current
    session.mark_unsure(True, words.strip())
    if answer is not None and answer.decision is not None and answer.state is WorkState.DECIDED:
        if answer.decision.state is DecisionState.UNCODABLE:
            session.decide_uncodable()
        elif answer.codings:
            session.decide()
        else:
            session.decide_no_code()
    return find_question(store, key, viewer=coder, coder=coder, round=round)

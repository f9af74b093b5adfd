"""Which answer `/go` means."""

from __future__ import annotations

from harken.errors import HarkenError, listed
from harken.services.coding import CodingSession, FoundAnswer, WorkState


def place_named(session: CodingSession, argument: str) -> int:
    """The place in the queue of an answer named by person, question and occasion, or by its number."""
    if argument.startswith("#") and argument[1:].isdecimal():
        n_answers = session.progress.n_answers
        if len(argument) <= len(f"#{n_answers}") and 0 < int(argument[1:]) <= n_answers:
            return int(argument[1:]) - 1
        raise HarkenError(f"There is no answer {argument}; the queue has {n_answers}.")
    found = _answers_named(session, argument)
    if not found:
        near = dict.fromkeys(one.key.participant for one in session.find_answers(argument))
        hint = f" Like it: {listed(near, most=5)}." if near else ""
        raise HarkenError(f"No answer by {argument!r} is in this queue.{hint}")
    waiting = (one for one in found if one.state is not WorkState.DECIDED)
    return next(waiting, found[0]).position


def _answers_named(session: CodingSession, argument: str) -> list[FoundAnswer]:
    """Answers of a person, or of a person to a question and on an occasion, written behind the name."""
    parts = argument.split(" ")
    for n_words in range(len(parts), 0, -1):
        name, rest = " ".join(parts[:n_words]).casefold(), " ".join(parts[n_words:]).casefold()
        found = [
            one
            for one in session.find_answers(name)
            if " ".join(one.key.participant.split()).casefold() == name
            and rest in ("", one.key.question.casefold(), f"{one.key.question} {one.key.occasion}".casefold())
        ]
        if found:
            return found
    return []

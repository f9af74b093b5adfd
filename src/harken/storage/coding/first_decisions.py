"""When each answer was first decided: the order in which a study saw what it saw."""

from __future__ import annotations

from typing import NamedTuple

from harken.model import CONSENSUS, RoundKind
from harken.storage import tables
from harken.storage.store import Store
from harken.storage.tables import Order


class FirstDecision(NamedTuple):
    """An answer, whose it is, and when somebody first decided it."""

    participant_id: int
    question_id: int
    occasion: str
    order: Order
    is_from_file: bool
    """Whether that decision stands in the project as a file brought it."""


def first_decisions(store: Store) -> list[FirstDecision]:
    """The answers that anybody decided, in the order of the first decisions.

    Adjudication and repeat rounds come after somebody saw an answer and are left out; of an answer that has
    nothing but an adjudicated decision, as from a file, that is the first. Decisions of a file have its
    times, else that of its import and its order.
    """
    firsts = tables.first_orders(store)
    found: dict[int, FirstDecision] = {}
    settled: dict[int, FirstDecision] = {}
    for (
        response,
        person,
        question,
        occasion,
        round,
        coder,
        at,
        counter,
        item,
        kind,
    ) in store.connection.execute(
        "SELECT d.response_id, r.participant_id, r.question_id, r.occasion, d.round, d.coder, "
        "coalesce(nullif(d.at, ''), e.at), e.counter, d.item, e.kind "
        "FROM decisions d JOIN events e ON e.id = d.event_id JOIN responses r ON r.id = d.response_id "
        "JOIN rounds o ON o.name = d.round WHERE d.coder = ? OR o.kind <> ?",
        (CONSENSUS, RoundKind.REPEAT.value),
    ):
        order = firsts.get((response, round, coder), (at, counter, item))
        layer = settled if coder == CONSENSUS else found
        held = layer.get(response)
        if held is None or order < held.order:
            layer[response] = FirstDecision(person, question, occasion, order, kind == "codings.imported")
    return sorted({**settled, **found}.values(), key=lambda one: one.order)

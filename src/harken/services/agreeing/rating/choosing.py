"""Which of the decisions in scope count where answers are repeated or rounds are pooled."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from harken.services.agreeing.rating.rated import RatedUnits
from harken.services.agreeing.rating.rows import DecisionRows
from harken.storage import survey
from harken.storage.store import Store


def latest_of_each_coder(rows: DecisionRows) -> DecisionRows:
    """Of a coder's decisions on one response in several rounds the one that the journal has last."""
    order = np.lexsort((rows.journal_order, rows.coder, rows.response))
    response, coder = rows.response[order], rows.coder[order]
    is_last = np.ones(len(order), dtype=np.bool_)
    is_last[:-1] = (response[1:] != response[:-1]) | (coder[1:] != coder[:-1])
    return rows.select(np.sort(order[is_last]))


def without_repeated_texts(store: Store, rated: RatedUnits) -> RatedUnits:
    """Of the units of one question and round with the same text the first that two coders decided, else the
    first; letters' case and white space make no other text.
    """
    wording = _wordings(survey.texts(store, np.unique(rated.response).tolist()))
    text = np.array([wording[id] for id in rated.response.tolist()], dtype=np.int64)
    is_alone = rated.n_decided < 2
    order = np.lexsort((rated.response, is_alone, text, rated.question, rated.round))
    same = np.ones(len(order), dtype=np.bool_)
    same[:1] = False
    for column in (text, rated.question, rated.round):
        same[1:] &= column[order][1:] == column[order][:-1]
    kept = np.zeros(len(order), dtype=np.bool_)
    kept[order[~same]] = True
    return rated.select(kept)


def _wordings(texts: Iterable[tuple[int, str, str]]) -> dict[int, int]:
    numbers: dict[str, int] = {}
    return {id: numbers.setdefault(" ".join(text.casefold().split()), len(numbers)) for id, _, text in texts}

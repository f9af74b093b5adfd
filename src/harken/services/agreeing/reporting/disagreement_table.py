"""The answers that coders decided differently, below the figures of agreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from harken.report import EMPTY, Cell, Column, Table, text, visible
from harken.services.agreeing.disagreements.finding import Disagreed
from harken.services.agreeing.disagreements.report import left_out
from harken.services.agreeing.result import Agreement

_PLACE = ("participant", "question", "occasion", "round")
_TO_SETTLE = "To settle them: a codings file with one decision each, `harken codings import --adjudicated`."


def disagreement_table(result: Agreement) -> Table:
    """The answers that coders decided differently, below the figures of agreement.

    A file holds no texts; its units stand as its columns name them, in its order.
    """
    coders = result.whole.scope.coders
    is_project = result.circumstances is not None
    found = result.disagreements
    if is_project:
        found = tuple(sorted(found, key=lambda item: (item.key.question, item.key)))
    places = _PLACE if is_project else tuple(dict.fromkeys(name for item in found for name in item.named))
    return Table(
        title="Answers that coders decided differently",
        columns=tuple(
            Column(heading=heading) for heading in (*places, *(("answer",) if is_project else ()), *coders)
        ),
        rows=tuple(
            (
                *map(text, (*item.key, item.round) if is_project else _named(item, places)),
                *((text(item.text),) if is_project else ()),
                *(_decided(item, coder) for coder in coders),
            )
            for item in found
        ),
        notes=(
            *left_out(result.n_blind_disagreements),
            *((_TO_SETTLE,) if is_project else ()),
        ),
    )


def _named(item: Disagreed, places: Iterable[str]) -> Iterator[str]:
    return (item.named.get(name, "") for name in places)


def _decided(item: Disagreed, coder: str) -> Cell:
    if coder not in item.codes:
        return EMPTY
    words = ", ".join(item.codes[coder]) or "no code applies"
    return Cell(visible(words), words)

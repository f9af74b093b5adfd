"""The answers that coders decided differently, below the figures of agreement."""

from __future__ import annotations

from harken.report import Column, Table, text
from harken.services.agreeing.disagreements.finding import Disagreed
from harken.services.agreeing.disagreements.report import left_out
from harken.services.agreeing.result import Agreement

_PLACE = ("participant", "question", "occasion", "round")
_TO_SETTLE = "To settle them: a codings file with one decision each, `harken codings import --adjudicated`."


def disagreement_table(result: Agreement) -> Table:
    """The answers that coders decided differently, below the figures of agreement; a file holds no texts."""
    coders = result.whole.scope.coders
    is_project = result.circumstances is not None
    return Table(
        title="Answers that coders decided differently",
        columns=tuple(
            Column(heading=heading) for heading in (*_PLACE, *(("answer",) if is_project else ()), *coders)
        ),
        rows=tuple(
            (
                *map(text, item.key),
                text(item.round),
                *((text(item.text),) if is_project else ()),
                *(text(_decided(item, coder)) for coder in coders),
            )
            for item in sorted(result.disagreements, key=lambda item: (item.key.question, item.key))
        ),
        notes=(
            *left_out(result.n_blind_disagreements),
            *((_TO_SETTLE,) if is_project else ()),
        ),
    )


def _decided(item: Disagreed, coder: str) -> str:
    if coder not in item.codes:
        return ""
    return ", ".join(item.codes[coder]) or "no code applies"

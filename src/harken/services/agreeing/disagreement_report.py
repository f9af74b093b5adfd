"""Answers that coders decided differently, as tables to work through."""

from __future__ import annotations

from harken.report import Column, Table, text
from harken.services.agreeing.result import Agreement, Disagreed


def disagreement_table(result: Agreement) -> Table:
    """The answers that coders decided differently, below the figures of agreement."""
    coders = result.whole.scope.coders
    return Table(
        title="Answers that coders decided differently",
        columns=tuple(
            Column(heading=heading)
            for heading in ("participant", "question", "occasion", "round", "answer", *coders)
        ),
        rows=tuple(
            (
                *map(text, item.key),
                text(item.round),
                text(item.text),
                *(text(_decided(item, coder)) for coder in coders),
            )
            for item in sorted(result.disagreements, key=lambda item: (item.key.question, item.key))
        ),
        notes=(
            *left_out(result.n_blind_disagreements),
            "To settle them: a codings file with one decision each, `harken codings import --adjudicated`.",
        ),
    )


def left_out(n_blind: int) -> tuple[str, ...]:
    """The note on disagreements that stay hidden; none for none."""
    if not n_blind:
        return ()
    return (f"Left out: {n_blind:,} on answers that you have yet to decide in a blind round.",)


def _decided(item: Disagreed, coder: str) -> str:
    if coder not in item.codes:
        return ""
    return ", ".join(item.codes[coder]) or "no code applies"

"""Codes that coders confused, as tables: the pairs, then each pair's wordings and answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from harken.errors import many
from harken.model import Codebook
from harken.report import Column, Table, count, text
from harken.services.agreeing.disagreements.confusions import ConfusedCodes, ConfusionKind
from harken.services.agreeing.disagreements.result import Disagreements
from harken.services.agreeing.disagreements.table_parts import (
    WORDINGS,
    answers_table,
    code_cell,
    percent_cell,
)

KINDS = {
    ConfusionKind.SWAPPED: "swapped",
    ConfusionKind.DEPTH: "code and its parent",
    ConfusionKind.ALONE: "left out",
}
"""How two codes were confused, as tables say it."""
Codes = tuple[str, str | None]
Sides = tuple[dict[str, None], dict[str, None]]
"""Who applied the one code, and who the other in its stead."""


def confusion_table(
    confusions: Sequence[ConfusedCodes],
    codebook: Codebook,
    *,
    most: int | None = None,
    elsewhere: str = "",
) -> Table:
    """The pairs of codes that were confused.

    Of more than `most` the first are shown; `elsewhere` says how to see the others.
    """
    n_more = 0 if most is None else max(len(confusions) - most, 0)
    more = (f"{many(n_more, 'more pair')}: `{elsewhere}`.",) if n_more else ()
    return Table(
        title="Most confused codes",
        short_title="Confused codes",
        columns=(
            Column(heading="code"),
            Column(heading="instead"),
            Column(heading="how"),
            Column(heading="answers", align="right"),
            Column(heading="of", align="right"),
            Column(heading="%", align="right"),
            Column(heading="who", is_detail=True),
        ),
        rows=tuple(
            (
                code_cell(pair.codes[0], codebook),
                code_cell(pair.codes[1], codebook),
                text(KINDS[pair.kind]),
                count(pair.n_responses),
                count(pair.n_either),
                percent_cell(pair.n_responses, pair.n_either),
                text(_who(pair)),
            )
            for pair in confusions[:most]
        ),
        notes=("Of: responses that two coders decided and to which anybody applied either code.", *more),
    )


def _who(pair: ConfusedCodes) -> str:
    """How often who applied which, as in `ada 3, ben 1 / ben 3, ada 1`."""
    return " / ".join(", ".join(f"{name} {n}" for name, n in one.items()) for one in pair.used)


def pair_tables(result: Disagreements, codebook: Codebook) -> list[Table]:
    confused = _confused_answers(result)
    return [
        table
        for pair in result.confusions
        for table in _one_pair(result, codebook, pair, confused[pair.codes])
    ]


def _one_pair(
    result: Disagreements, codebook: Codebook, pair: ConfusedCodes, confused: Mapping[int, Sides]
) -> Iterator[Table]:
    names = [code_cell(path, codebook).text for path in pair.codes]
    defined = [path for path in pair.codes if path is not None and path in codebook.entries]
    yield Table(
        title=" / ".join(names),
        columns=(Column(heading=""), *(Column(heading=path) for path in defined)),
        rows=tuple(
            (text(name), *(text(words) for words in said))
            for name in WORDINGS
            if any(said := [_said(path, name, codebook) for path in defined])
        ),
    )
    yield answers_table(
        result,
        [result.answers[place] for place in confused],
        title=f"{names[0]}, or {names[1]}",
        headings=(names[0], names[1]),
        said=([", ".join(side) for side in sides] for sides in confused.values()),
    )


def _confused_answers(result: Disagreements) -> dict[Codes, dict[int, Sides]]:
    """Of every pair of codes the places of the answers where they were confused."""
    found: dict[Codes, dict[int, Sides]] = {pair.codes: {} for pair in result.confusions}
    for place, answer in enumerate(result.answers):
        for one, other in permutations(answer.codes, 2):
            if not result.compares_with or result.compares_with in (one, other):
                for codes in _confused(answer.codes[one], answer.codes[other]):
                    if codes in found:
                        ones, others = found[codes].setdefault(place, ({}, {}))
                        ones[one] = others[other] = None
    return found


def _confused(here: tuple[str, ...], there: tuple[str, ...]) -> Iterator[Codes]:
    """Each code that only the first set has with each that only the second has, else with none."""
    only_there = [code for code in there if code not in here]
    for code in here:
        if code not in there:
            yield from ((code, other) for other in only_there)
            if not only_there:
                yield code, None


def _said(path: str, field: str, codebook: Codebook) -> str:
    return str(getattr(codebook.entries[path].code, field))

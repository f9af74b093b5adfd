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


def recurring(confusions: Sequence[ConfusedCodes]) -> Sequence[ConfusedCodes]:
    """Pairs that were confused on two answers or more; where none was, all."""
    return [pair for pair in confusions if pair.n_responses > 1] or confusions


def confusion_table(
    confusions: Sequence[ConfusedCodes], codebook: Codebook, *, most: int | None = None
) -> Table:
    """The pairs of codes that were confused: the first `most` of all, or without it those that recur."""
    shown = recurring(confusions) if most is None else confusions[:most]
    n_more = len(confusions) - len(shown)
    more: tuple[str, ...] = ()
    if n_more:
        more = (
            f"Left out: {many(n_more, 'pair')} confused on a single answer; `--format json` has all."
            if most is None
            else f"{many(n_more, 'more pair')}: `--sort confusion`.",
        )
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
            Column(heading="code", group="Applied by", is_detail=True),
            Column(heading="instead", group="Applied by", is_detail=True),
        ),
        rows=tuple(
            (
                code_cell(pair.codes[0], codebook),
                code_cell(pair.codes[1], codebook),
                text(KINDS[pair.kind]),
                count(pair.n_responses),
                count(pair.n_either),
                percent_cell(pair.n_responses, pair.n_either),
                *(text(_who(one)) for one in pair.used),
            )
            for pair in shown
        ),
        notes=(
            "Of: responses that two coders decided and to which anybody applied either code. Applied by: how "
            "often who applied the code while another coder applied the one instead.",
            *more,
        ),
    )


def _who(used: Mapping[str, int]) -> str:
    """How often who applied a code, as in `ada 3, ben 1`."""
    return ", ".join(f"{name} {n}" for name, n in used.items())


def pair_tables(result: Disagreements, codebook: Codebook) -> list[Table]:
    confused = _confused_answers(result)
    return [
        table
        for pair in recurring(result.confusions)
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

"""How codes on the same people are laid out: pairs, the strongest first, and a matrix of counts."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from harken.errors import many
from harken.report import DASH, EMPTY, HIDDEN, Cell, Column, Report, Table, count, decimal, text
from harken.services.cooccurring.result import CodePair, Cooccurrence
from harken.services.shares.printing import p_value, told_apart
from harken.services.shares.wording import level_in_percent, only_people_with


class PairOrder(StrEnum):
    """In which order pairs stand on a page."""

    PHI = "phi"
    """The strongest first, whether together or apart."""
    JACCARD = "jaccard"
    COUNT = "count"
    CODEBOOK = "codebook"


MOST_PAIRS = 30


def cooccurrence_report(
    result: Cooccurrence, *, order: PairOrder = PairOrder.PHI, most: int | None = MOST_PAIRS
) -> Report:
    """The first `most` pairs (None: all of them) and the matrix of everybody who has both."""
    tables = []
    if result.pairs:
        tables.append(_pair_table(result, order=order, most=most))
    if result.codes:
        tables.append(_matrix(result))
    return Report(
        title=f"{result.title}: codes on the same people", notes=tuple(_notes(result)), tables=tuple(tables)
    )


def _notes(result: Cooccurrence) -> Iterator[str]:
    if result.suppress:
        yield (
            f"{HIDDEN.text} = confidential: pairs of which 1 to {result.suppress - 1} people have both, one "
            f"or neither, and what would give them away (--suppress {result.suppress})."
        )
    yield (
        f"Counted over people and all they answered to {', '.join(result.questions) or 'no question'}; basis "
        f"{result.basis}. A code counts those below it; it makes no pair with one of them, nor do codes that "
        "rule each other out."
    )
    yield from only_people_with(result.where)
    yield (
        f"Jaccard: people with both of those with either, {level_in_percent(result.level)} Wilson interval. "
        "phi: correlation, 0 where the codes have nothing to do with each other."
    )
    yield (
        "p (BH): two-group test of one code by the other, (N−1) chi-square or Fisher's mid-p, adjusted by "
        "Benjamini and Hochberg over all pairs of this look. Exploratory: people who write more have more of "
        "every code, which makes codes go together."
    )
    if not result.codes:
        yield "Nobody has any code in scope."
    if result.n_unused:
        yield f"{many(result.n_unused, 'code')} that nobody has: left out."
    if result.n_undecided:
        yield f"Provisional: {many(result.n_undecided, 'answer')} in scope undecided."
    if result.with_excluded:
        yield "Excluded people are kept (--with-excluded)."


def _sorted(result: Cooccurrence, order: PairOrder) -> list[CodePair]:
    """Pairs without the figure come last; equal ones keep the codebook's order."""

    def strength(pair: CodePair) -> float | None:
        if order is PairOrder.PHI:
            return None if pair.phi is None else abs(pair.phi)
        if order is PairOrder.JACCARD:
            return pair.jaccard.value if pair.jaccard else None
        return pair.overlap.both if pair.overlap else None

    if order is PairOrder.CODEBOOK:
        return list(result.pairs)
    with_figure = [(value, pair) for pair in result.pairs if (value := strength(pair)) is not None]
    without = [pair for pair in result.pairs if strength(pair) is None]
    return [pair for _, pair in sorted(with_figure, key=lambda one: -one[0])] + without


def _pair_table(result: Cooccurrence, *, order: PairOrder, most: int | None) -> Table:
    label = told_apart({code.code: code.label for code in result.codes})
    shown = _sorted(result, order)[:most]
    rows = tuple((text(label[pair.first]), text(label[pair.second]), *_figures(pair)) for pair in shown)
    left = len(result.pairs) - len(shown)
    where = {
        PairOrder.PHI: "largest phi first, of either sign",
        PairOrder.JACCARD: "largest Jaccard first",
        PairOrder.COUNT: "most people first",
        PairOrder.CODEBOOK: "in the order of the codebook",
    }[order]
    return Table(
        title=f"Pairs, {where}",
        short_title="Pairs",
        columns=(
            Column(heading="Code"),
            Column(heading="and code"),
            Column(heading="both", align="right"),
            Column(heading="first alone", align="right", is_detail=True),
            Column(heading="second alone", align="right", is_detail=True),
            Column(heading="neither", align="right", is_detail=True),
            Column(heading="Jaccard", align="right"),
            Column(heading="low", align="right"),
            Column(heading="high", align="right", glue="–"),
            Column(heading="phi", align="right"),
            Column(heading="p (BH)", align="right"),
        ),
        rows=rows,
        notes=(f"{many(left, 'more pair')}; --most shows them, JSON has all.",) if left else (),
    )


def _figures(pair: CodePair) -> Iterator[Cell]:
    if pair.overlap is None or pair.jaccard is None:
        yield from (HIDDEN,) * 9
        return
    counts = pair.overlap
    yield from map(count, (counts.both, counts.only_first, counts.only_second, counts.neither))
    for value in (pair.jaccard.value, pair.jaccard.low, pair.jaccard.high):
        yield DASH if value is None else decimal(value, 2)
    yield DASH if pair.phi is None else decimal(pair.phi, 2)
    yield p_value(pair.test.p_bh if pair.test else None)


def _matrix(result: Cooccurrence) -> Table:
    """People with both codes; on the diagonal those with the code."""
    both = {(pair.first, pair.second): pair for pair in result.pairs}
    columns = [Column(heading="Code"), Column(heading="No.", align="right")]
    columns += [Column(heading=str(at + 1), align="right") for at in range(len(result.codes))]
    label = told_apart({code.code: code.label for code in result.codes})
    rows = []
    for at, code in enumerate(result.codes):
        row = [text(label[code.code]), count(at + 1)]
        for other in result.codes[: at + 1]:
            if other.code == code.code:
                row.append(HIDDEN if code.suppressed else count(code.n))
                continue
            pair = both.get((other.code, code.code))
            if pair is None:
                row.append(DASH)
            else:
                row.append(count(pair.overlap.both) if pair.overlap else HIDDEN)
        row += [EMPTY] * (len(columns) - len(row))
        rows.append(tuple(row))
    return Table(
        title="People with both codes; on the diagonal, people with the code",
        short_title="Matrix",
        columns=tuple(columns),
        rows=tuple(rows),
        notes=("– : no pair: a code and one below it, codes that rule each other out, or not asked for.",),
    )

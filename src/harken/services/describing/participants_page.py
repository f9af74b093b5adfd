"""The table of participants' characteristics as a report and as a section of the book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harken.report import (
    DASH,
    EMPTY,
    HIDDEN,
    Cell,
    Column,
    Report,
    Section,
    Table,
    count,
    percentage,
    text,
)
from harken.services.describing.participants import (
    MISSING,
    MOST_VALUES,
    Characteristic,
    ParticipantTable,
    Spread,
    ValueCount,
    describe_participants,
)
from harken.services.describing.protecting import protect_participants
from harken.stats.proportions import SMALLEST_BASE
from harken.storage.store import Store

TOTAL = "total"


def participants_report(result: ParticipantTable) -> Report:
    """Characteristics by group: n and percentage, or median and quartiles."""
    notes = [
        "People who were not excluded. Percentages are of those of whom the value is known; below "
        f"{SMALLEST_BASE} people only numbers are given."
    ]
    if any(one.spreads for one in result.characteristics):
        notes.append("Numbers are given as median and quartiles.")
    if result.left_out:
        notes.append(f"Left out, as they have more than {MOST_VALUES} values: {', '.join(result.left_out)}.")
    if result.suppress is not None:
        notes.append(
            f"{HIDDEN.text}: kept back, as the count is above 0 and below {result.suppress}, or would tell "
            "one that is."
        )
    by = f" by {result.by}" if result.by else ""
    return Report(
        title=f"{result.title}: participants{by}",
        notes=tuple(notes),
        tables=(
            Table(
                title=f"Characteristics of participants{by}",
                short_title="Participants",
                columns=tuple(_columns(result)),
                rows=tuple(row for block in _blocks(result) for row in block),
                heads=tuple(_heads(result)),
            ),
        ),
    )


def participants_section(
    store: Store, *, by: str | None = None, variables: Sequence[str] = (), threshold: int | None = None
) -> Section:
    """The table as a section of the book, with small counts kept back where there is a threshold."""
    result = describe_participants(store, by=by, variables=variables)
    if threshold is not None:
        result = protect_participants(result, threshold=threshold)
    return Section(
        title="Characteristics of participants",
        anchor="characteristics",
        level=2,
        report=participants_report(result),
    )


def _columns(result: ParticipantTable) -> Iterator[Column]:
    # One group says what all say.
    yield Column(heading="Characteristic")
    for name in (TOTAL,) if result.by is None else (*result.groups, TOTAL):
        yield Column(heading="n", group=name, align="right")
        yield Column(heading="%", group=name, align="right")


def _heads(result: ParticipantTable) -> Iterator[int]:
    at = 0
    for number, block in enumerate(_blocks(result)):
        if number:
            yield at
        at += len(block)


def _blocks(result: ParticipantTable) -> list[list[tuple[Cell, ...]]]:
    """The rows: how many people there are, then those of each characteristic below its name."""
    everybody = (*result.ns, result.total) if result.by is not None else (result.total,)
    head = (text("Participants"), *(cell for n in everybody for cell in (count(n), EMPTY)))
    return [[head], *(_block(one, everybody) for one in result.characteristics)]


def _block(one: Characteristic, everybody: tuple[int, ...]) -> list[tuple[Cell, ...]]:
    is_grouped = len(everybody) > 1

    def of_each(counts: ValueCount) -> tuple[int | None, ...]:
        return (*counts.ns, counts.total) if is_grouped else (counts.total,)

    gaps = of_each(one.missing)
    rows = [(text(one.name), *[EMPTY] * (2 * len(everybody)))]
    for value in one.values:
        cells = [
            cell
            for n, gap, people in zip(of_each(value), gaps, everybody, strict=True)
            for cell in (_count(n), _share(n, None if gap is None else people - gap))
        ]
        rows.append((text(f"  {value.value}"), *cells))
    spreads = one.spreads if is_grouped else one.spreads[-1:]
    for name, cell_of in (("median", _median), ("quartiles", _quartiles)) if spreads else ():
        rows.append((text(f"  {name}"), *(cell for part in spreads for cell in (cell_of(part), EMPTY))))
    if any(gap != 0 for gap in gaps):
        rows.append((text(f"  {MISSING}"), *(cell for gap in gaps for cell in (_count(gap), EMPTY))))
    return rows


def _count(n: int | None) -> Cell:
    return HIDDEN if n is None else count(n)


def _share(n: int | None, base: int | None) -> Cell:
    if n is None or base is None:
        return HIDDEN
    return Cell(percentage(n, base), 100 * n / base) if base >= SMALLEST_BASE else EMPTY


def _median(spread: Spread) -> Cell:
    if spread.median is None:
        return HIDDEN if spread.n is None else DASH
    return Cell(f"{spread.median:.6g}", spread.median)


def _quartiles(spread: Spread) -> Cell:
    if spread.low is None or spread.high is None:
        return HIDDEN if spread.n is None else DASH
    return text(f"{spread.low:.6g}–{spread.high:.6g}")

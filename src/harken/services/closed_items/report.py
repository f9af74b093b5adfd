"""How closed items are laid out on a page: a table an item, and one of themes within its answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harken.model import EVERYONE
from harken.report import (
    DASH,
    EMPTY,
    HIDDEN,
    Cell,
    Column,
    Dot,
    DotPlot,
    Figure,
    Mark,
    Report,
    Table,
    count,
    decimal,
    percentage,
    text,
)
from harken.services.closed_items.result import Answer, ClosedItem, ClosedItems, ItemBases, ThemeByAnswer
from harken.services.shares.cells import ShareCell
from harken.services.shares.printing import (
    described_test,
    difference_columns,
    percent_note,
    printed_difference,
    printed_share,
    share_columns,
    told_apart,
)
from harken.services.shares.wording import level_in_percent, limits_note, only_people_with
from harken.services.tabulating.figures import TOTAL
from harken.stats.proportions import SMALLEST_BASE

_BASES = {
    "answered": "people who chose an answer; blank ones stand in a row of their own",
    "participants": "everybody who is counted, blank ones too",
}
_ORDERS = {
    "given": "answers in the order given",
    "remembered": "answers in the order that the project remembers",
    "numeric": "answers by number",
    "appearance": "answers as they come up in the data, which is no order (--order gives one)",
}
_MARKS: tuple[Mark, ...] = ("full", "empty", "half", "cross")


def closed_report(result: ClosedItems, *, with_p: bool = False) -> Report:
    """A table for each item, one more where themes are shown within its answers; p where it is asked for."""
    tables: list[Table] = []
    for item in result.items:
        tables.append(_item_table(result, item, with_p=with_p))
        if item.themes:
            tables.append(_theme_table(result, item, with_p=with_p))
    by = f" by {result.by}" if result.by else ""
    return Report(
        title=f"{result.title}: closed items{by}",
        notes=tuple(_notes(result, with_p=with_p)),
        tables=tuple(tables),
        figures=tuple(figure for item in result.items for figure in _figures(result, item)),
    )


def _notes(result: ClosedItems, *, with_p: bool) -> Iterator[str]:
    yield f"n = people who chose the answer. N ({result.base}) = {_BASES[result.base]}."
    yield from only_people_with(result.where)
    yield limits_note(level=result.level, interval=result.interval, sampling=result.sampling)
    yield percent_note()
    if any(answer.difference for item in result.items for answer in item.answers):
        yield "Difference: first group minus second, in percentage points, with its score interval."
    if any(item.nets for item in result.items):
        yield "A net counts everybody who chose any of its answers, each person once."
    if any(item.themes for item in result.items):
        yield (
            "Themes within answers: of the people who chose an answer and whose texts in scope are coded, "
            "how many mentioned the theme."
        )
    if result.suppress:
        yield (
            f"{HIDDEN.text} = confidential: counts of 1 to {result.suppress - 1} people and what would give "
            f"them away (--suppress {result.suppress}); of an item with an answer hidden over all groups no "
            "themes within answers are shown."
        )
    if result.n_undecided:
        yield f"Provisional: {result.n_undecided} answers in scope are undecided."
    if result.with_excluded:
        yield "Excluded people are kept (--with-excluded)."
    if with_p:
        yield (
            "Tests are exploratory: one for each item over all its answers, one for each net. Holm's p is "
            "over the items, the nets and the themes of this page, apart."
        )
    for item, reason in result.left_out:
        yield f"Left out: {item} ({reason})."


def _groups(result: ClosedItems, item: ClosedItem) -> list[ItemBases]:
    return [item.total] if result.by is None else [*item.groups, item.total]


def _item_table(result: ClosedItems, item: ClosedItem, *, with_p: bool) -> Table:
    bases = _groups(result, item)
    is_pair = len(item.groups) == 2
    columns = [Column(heading="Answer")]
    for one in bases:
        columns += share_columns("" if result.by is None else one.name)
    if is_pair:
        columns += difference_columns(f"{item.groups[0].name} − {item.groups[1].name}")
    rows: list[tuple[Cell, ...]] = [_answer_row(result, answer, is_pair=is_pair) for answer in item.answers]
    heads: list[int] = []
    if item.nets:
        heads.append(len(rows))
        rows.append((text("Nets"), *(EMPTY,) * (len(columns) - 1)))
        for net in item.nets:
            label, *figures = _answer_row(result, net, is_pair=is_pair)
            rows.append((text(f"{label.text} ({' | '.join(net.values)})"), *figures))
    if result.base == "answered" or item.total.missing:
        heads.append(len(rows))
        rows.append(_missing_row(result, bases, width=len(columns)))
    return Table(
        title=f"{item.item}: who chose what",
        short_title=item.item,
        columns=tuple(columns),
        rows=tuple(rows),
        heads=tuple(heads),
        notes=tuple(_item_notes(item, with_p=with_p)),
    )


def _answer_row(result: ClosedItems, answer: Answer, *, is_pair: bool) -> tuple[Cell, ...]:
    shown = [answer.total] if result.by is None else [*answer.cells, answer.total]
    cells = [cell for share in shown for cell in printed_share(share, places=result.decimals)]
    if is_pair:
        cells += printed_difference(answer.difference, places=result.decimals)
    return (text(answer.label), *cells)


def _missing_row(result: ClosedItems, bases: Sequence[ItemBases], *, width: int) -> tuple[Cell, ...]:
    row: list[Cell] = [text("Blank, of all people")]
    for one in bases:
        n, of = one.missing, one.participants
        share = Cell(percentage(n, of, result.decimals), 100 * n / of) if of >= SMALLEST_BASE else DASH
        row += [count(n), count(of), share, EMPTY, EMPTY]
    return (*row, *(EMPTY,) * (width - len(row)))


def _item_notes(item: ClosedItem, *, with_p: bool) -> Iterator[str]:
    if len(item.answers) > 2 or item.is_ordered:
        yield f"Order: {_ORDERS[item.order]}."
    if item.total.median is not None and len(item.answers) > 2:
        whose = (*item.groups, item.total) if len(item.groups) > 1 else (item.total,)
        yield f"Median (quartiles), {'; '.join(map(_middle, whose))}."
    if not with_p:
        return
    if item.test:
        v = item.cramers_v
        size = ""
        if v is not None and v.value is not None:
            limits = "" if v.low is None else f" [{decimal(v.low, 2).text}, {decimal(v.high, 2).text}]"
            size = f"; Cramér's V {v.value:.2f}{limits}"
        yield f"All answers by groups: {described_test(item.test)}{size}."
    elif item.not_tested and item.not_tested != "one group":
        yield f"Not tested: {item.not_tested}."
    for net in item.nets:
        if net.test:
            yield f"{net.label}: {described_test(net.test)}."
        elif net.not_tested and net.not_tested != "one group":
            yield f"{net.label}: not tested, {net.not_tested}."


def _middle(bases: ItemBases) -> str:
    name = f"{bases.name} "
    if bases.median is None or bases.iqr is None:
        return f"{name}–"
    return f"{name}{bases.median:g} ({bases.iqr[0]:g}–{bases.iqr[1]:g})"


def _theme_table(result: ClosedItems, item: ClosedItem, *, with_p: bool) -> Table:
    """A row an answer, a theme beside the other."""
    columns = [Column(heading=item.item)]
    called = told_apart({theme.code: theme.label for theme in item.themes})
    for theme in item.themes:
        columns += share_columns(called[theme.code])
    labels = [answer.label for answer in (*item.answers, *item.nets)]
    rows = [
        (
            text(label),
            *(
                cell
                for theme in item.themes
                for cell in printed_share(theme.cells[at], places=result.decimals)
            ),
        )
        for at, label in enumerate(labels)
    ]
    total = tuple(
        cell for theme in item.themes for cell in printed_share(theme.total, places=result.decimals)
    )
    rows.append((text("Everybody who chose an answer"), *total))
    notes = []
    if with_p:
        notes = [f"{called[theme.code]}: {_tested(theme)}." for theme in item.themes]
    heads = [len(rows) - 1]
    return Table(
        title=f"{item.item}: who mentioned what",
        columns=tuple(columns),
        rows=tuple(rows),
        heads=tuple(heads),
        notes=tuple(notes),
    )


def _tested(theme: ThemeByAnswer) -> str:
    return described_test(theme.test) if theme.test else f"not tested, {theme.not_tested}"


def _figures(result: ClosedItems, item: ClosedItem) -> Iterator[Figure]:
    """Shares with their limits, an answer below the other; none for more groups than there are marks."""
    if len(item.groups) > len(_MARKS) or not item.answers:
        return
    dots = tuple(
        _dot(cell, label=answer.label if result.by is None else cell.group, mark=mark, answer=answer)
        for answer in (*item.answers, *item.nets)
        for cell, mark in zip(answer.cells, _MARKS, strict=False)
    )
    if result.by is None:
        dots = tuple(Dot(label=d.label, value=d.value, low=d.low, high=d.high, note=d.note) for d in dots)
    yield Figure(
        title=f"{item.item}: who chose what",
        alt=_alt(result, item),
        plot=DotPlot(
            rows=dots,
            axis=f"{item.item}: % of people, {level_in_percent(result.level)} interval",
            low=0,
            high=100,
            marks=tuple(zip(_MARKS, (one.name for one in item.groups), strict=False)) if result.by else (),
        ),
    )


def _dot(cell: ShareCell, *, label: str, mark: Mark, answer: Answer) -> Dot:
    note = "suppressed" if cell.suppressed else "" if cell.base else "nobody answered"
    return Dot(
        label=label,
        value=_in_percent(cell.proportion),
        low=_in_percent(cell.low),
        high=_in_percent(cell.high),
        note=note,
        group=answer.label,
        mark=mark,
    )


def _in_percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _alt(result: ClosedItems, item: ClosedItem) -> str:
    """The commonest answer of each group, in words."""
    found = []
    for at, group in enumerate(item.groups):
        cells = [(answer.cells[at], answer.label) for answer in item.answers]
        known = [(cell.n, cell, label) for cell, label in cells if cell.n is not None and cell.base]
        if not known:
            continue
        n, cell, label = max(known, key=lambda one: one[0])
        whose = "" if group.name in (EVERYONE, TOTAL) else f"{group.name}: "
        share = f" ({percentage(n, cell.base, result.decimals)} %)" if cell.percent is not None else ""
        found.append(f"{whose}{label}, {n} of {cell.base}{share}")
    return (
        f"{item.item}. Commonest answer: {'; '.join(found)}." if found else f"{item.item}: nobody answered."
    )

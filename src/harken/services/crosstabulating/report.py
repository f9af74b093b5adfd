"""How themes by several attributes are laid out: a row a theme, the values of all attributes side by side."""

from __future__ import annotations

from collections.abc import Iterator

from harken.report import DASH, EMPTY, HIDDEN, Cell, Column, Report, Table, text
from harken.services.crosstabulating.result import Crosstab
from harken.services.shares.printing import p_value, percent_note, printed_share, share_columns
from harken.services.shares.wording import claim_of, only_people_with
from harken.services.tabulating.result import Theme, ThemeTable


def crosstab_report(result: Crosstab, *, with_p: bool = False) -> Report:
    """One table of n, N and % for everybody and for each value of each attribute; limits are in JSON."""
    first = result.first
    columns = [Column(heading="Theme"), Column(heading="Code", is_detail=True)]
    columns += share_columns("all", with_limits=False)
    for table in result.tables:
        for group in table.united.groups:
            columns += share_columns(f"{table.by}: {group.name}", with_limits=False)
        if with_p:
            columns.append(Column(heading="p (Holm)", group=str(table.by), align="right"))
    rows: list[tuple[Cell, ...]] = []
    heads: list[int] = []
    themes = list(result.themes())
    for parts in result.families():
        _, family = parts[0]
        if not family.applies:
            continue
        heads.append(len(rows))
        rows.append(_row(parts, f"{family.label}: any", places=first.decimals, with_p=with_p))
        rows += [
            _row(own, f"{'  ' * (theme.depth + 1)}{theme.label}", places=first.decimals, with_p=with_p)
            for own in themes
            for _, theme in own[:1]
            if theme.family == family.code and theme.applies
        ]
    scope = ", ".join(first.questions) or "no question"
    return Report(
        title=f"{first.title}: themes by {', '.join(str(table.by) for table in result.tables)}",
        notes=tuple(_notes(result, with_p=with_p)),
        tables=(
            Table(
                title=f"{scope}: people who mentioned each theme",
                short_title="Themes by attributes",
                columns=tuple(columns),
                rows=tuple(rows),
                heads=tuple(heads),
            ),
        ),
    )


def _notes(result: Crosstab, *, with_p: bool) -> Iterator[str]:
    first = result.first
    if first.is_provisional:
        yield "Provisional: answers are undecided, or coders differ and nobody has settled it."
    yield (
        f"n = people who mentioned the theme, each once over all questions in scope. N = people "
        f"({first.base}); basis {first.basis}."
    )
    yield from only_people_with(first.where)
    yield percent_note()
    if first.suppress:
        yield (
            f"{HIDDEN.text} = confidential: counts of 1 to {first.suppress - 1} people, groups of fewer than "
            f"{first.suppress}, and what would give them away (--suppress {first.suppress})."
        )
    yield (
        "Attributes are looked at one by one: what goes with one of them may come from another. Intervals "
        "are in JSON and in `harken themes --by`."
    )
    if first.with_excluded:
        yield "Excluded people are kept on what they answered (--with-excluded)."
    if with_p:
        yield (
            "p: test over the values of the attribute, adjusted by Holm within it, codes apart from what is "
            f"above them; {claim_of(first.sampling)}. {_declared(result)}"
        )


def _declared(result: Crosstab) -> str:
    """Which of the tests were declared beforehand; the others were not."""
    labels = [
        f"{theme.label} by {table.by}"
        for parts in (*result.families(), *result.themes())
        for table, theme in parts
        if theme.comparison.test and theme.comparison.test.prespecified
    ]
    return f"Exploratory but for {', '.join(labels)}." if labels else "Exploratory."


def _row(
    parts: tuple[tuple[ThemeTable, Theme], ...], label: str, *, places: int, with_p: bool
) -> tuple[Cell, ...]:
    _, theme = parts[0]
    cells = [text(label), text(theme.code)]
    cells += printed_share(theme.total, places=places, with_limits=False)
    for _, one in parts:
        for cell in one.cells:
            cells += printed_share(cell, places=places, with_limits=False)
        if with_p:
            cells.append(_p(one))
    return tuple(cells)


def _p(theme: Theme) -> Cell:
    test = theme.comparison.test
    if test is None:
        return DASH if theme.comparison.not_tested else EMPTY
    return p_value(test.p_holm)

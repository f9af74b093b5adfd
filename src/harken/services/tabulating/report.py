"""How a theme table is laid out on a page: what each percentage is of, and what the reader must know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harken.model import EVERYONE, Sampling
from harken.report import DASH, Cell, Column, Report, Table, count, decimal, percentage, text
from harken.services.tabulating.result import (
    Caveats,
    GroupBases,
    Theme,
    ThemeCell,
    ThemeFigures,
    ThemeTable,
    Tie,
)
from harken.stats.proportions import SMALLEST_BASE

_FLOW_LINES = 6
"""Groups up to which each has its flow line below the table; the table of bases has them all."""

_BASES = {
    "coded": "people with every answer in scope decided, and not all of them uncodable",
    "eligible": "people who were asked, whether or not they answered",
    "substantive": "coded people to whom at least one code was applied",
}
_RULES = {
    "default": "the adjudicated decision, else the latest of the answer's primary coder",
    "majority": "codes that more than half of an answer's coders applied; a tie counts as no",
    "any": "codes that at least one of an answer's coders applied",
    "all": "codes that every one of an answer's coders applied",
}
_SAMPLING = {
    Sampling.CONVENIENCE: "as if people had been sampled at random; recruitment is not modelled "
    "(convenience sample)",
    Sampling.PROBABILITY: "as for a simple random sample; design and weights are not modelled",
    Sampling.CENSUS: "as if who answered were a random draw; everybody was asked (census)",
}
_INTERVALS = {"wilson": "Wilson score", "clopper-pearson": "Clopper–Pearson"}


def theme_report(result: ThemeTable, *, united: bool = False) -> Report:
    """A table for each question and occasion; `united` shows one table of people over all of them."""
    words = _heading(result)
    tables: list[Table] = []
    if united or not result.slices:
        scope = ", ".join(result.questions) or "no question"
        if len(result.slices) > 1:
            scope = f"{scope}: each person once over {len(result.slices)} {_scopes(result)}"
        tables += _tables(result, scope, result.united)
    else:
        for part in result.slices:
            scope = part.question + (f" · {part.occasion}" if part.occasion else "")
            tables += _tables(result, scope, part.figures)
    if result.ties:
        tables.append(_tie_table(result.ties))
    return Report(title=words, notes=tuple(_notes(result)), tables=tuple(tables))


def _heading(result: ThemeTable) -> str:
    by = f" by {result.by}" if result.by else ""
    provisional = " (PROVISIONAL)" if result.is_provisional else ""
    return f"{result.title}: themes mentioned{by}{provisional}"


def _scopes(result: ThemeTable) -> str:
    if len(result.questions) == 1:
        return "occasions"
    return "questions and occasions" if any(part.occasion for part in result.slices) else "questions"


# -- notes -------------------------------------------------------------------------------------------


def _notes(result: ThemeTable) -> Iterator[str]:
    caveats = result.united.caveats
    if caveats.is_provisional:
        yield f"Provisional: {_why_provisional(caveats)}."
    yield f"n = people who mentioned the theme. N ({result.base}) = {_BASES[result.base]}."
    rule = _RULES.get(result.basis, f"decisions of {result.basis.partition(':')[2]} alone")
    yield f"Basis {result.basis}: {rule}. Each person counts once per theme."
    level = f"{100 * result.level:.6g}"
    claim = _SAMPLING.get(Sampling(result.sampling), "") if result.sampling else ""
    yield f"low–high: {level} % {_INTERVALS[result.interval]} interval" + (f", {claim}." if claim else ".")
    yield (
        f"% is exact, rounded half up; below N = {SMALLEST_BASE} only n and N are given. “Mentioned” is how "
        "many of those who answered wrote about a theme, not how many hold the view."
    )
    if caveats.n_several_coders:
        yield (
            f"all–any: the percentage if only what every coder of an answer said counted, and if what any "
            f"of them said did. Several coders decided {_answers(caveats.n_several_coders)}."
        )
    yield from _exceptions(result, caveats)


def _answers(n: int) -> str:
    return f"{n} answer{'' if n == 1 else 's'}"


def _why_provisional(caveats: Caveats) -> str:
    reasons = []
    if caveats.n_undecided:
        reasons.append(f"{_answers(caveats.n_undecided)} undecided")
    if caveats.n_open_disagreements:
        n = caveats.n_open_disagreements
        reasons.append(f"coders differ on {_answers(n)} and nobody has settled {'it' if n == 1 else 'them'}")
    return "; ".join(reasons)


def _exceptions(result: ThemeTable, caveats: Caveats) -> Iterator[str]:
    if any(family.without_none_stated for family in result.united.families):
        yield (
            "A family's row counts everybody with any of its codes; the row below it leaves out those "
            "who only stated that there is none."
        )
    if caveats.routing_unknown:
        names = ", ".join(caveats.routing_unknown)
        yield f"Who was asked is not known for {names}: everybody counts as eligible."
    if result.with_excluded:
        yield "Excluded people are kept on what they answered (--with-excluded)."
    if caveats.n_uncounted_decisions:
        where = (
            "in no main or recode round"
            if result.basis == "default"
            else "but not by the coder of this basis"
        )
        yield f"{_answers(caveats.n_uncounted_decisions)} decided {where}: undecided here."
    if caveats.n_not_asked:
        yield f"{_answers(caveats.n_not_asked)} of people who were not asked: set aside."
    if caveats.n_off_question:
        n = caveats.n_off_question
        yield (
            f"{n} time{'' if n == 1 else 's'} a code was applied to a question that the codebook does not "
            "allow it for: not counted."
        )


def _flow_line(bases: GroupBases) -> str:
    return (
        f"{bases.name}: {bases.returned} returned → {bases.excluded} excluded → "
        f"{bases.participants} usable → {bases.answered} answered → {bases.coded} coded"
    )


# -- tables ------------------------------------------------------------------------------------------


def _shown(figures: ThemeFigures) -> Sequence[GroupBases]:
    """What has columns: every group and, unless it says the same as the only one, the total."""
    return figures.groups if len(figures.groups) == 1 else [*figures.groups, figures.total]


def _tables(result: ThemeTable, scope: str, figures: ThemeFigures) -> Iterator[Table]:
    shown = _shown(figures)
    lines = shown if len(shown) <= _FLOW_LINES else [figures.total]
    notes = [_flow_line(bases) for bases in lines]
    if figures.caveats.is_provisional and figures is not result.united:
        notes.append(f"Provisional: {_why_provisional(figures.caveats)}.")
    if not result.united.themes:
        notes.append("The codebook is empty, so there is nothing to count yet.")
    rows, heads = _theme_rows(result, figures, shown[-1] is figures.total)
    yield Table(
        title=scope,
        columns=(
            Column(heading="Theme"),
            Column(heading="Code", is_detail=True),
            *(column for bases in shown for column in _columns(result, figures, bases.name)),
        ),
        rows=rows,
        notes=tuple(notes),
        heads=heads,
    )
    yield _bases_table(scope, figures, shown)


def _columns(result: ThemeTable, figures: ThemeFigures, name: str) -> Iterator[Column]:
    group = "" if name == EVERYONE and result.by is None else name
    yield Column(heading="n", group=group, align="right")
    yield Column(heading="N", group=group, align="right", glue="/")
    yield Column(heading="%", group=group, align="right")
    yield Column(heading="low", group=group, align="right")
    yield Column(heading="high", group=group, align="right", glue="–")
    if figures.caveats.n_several_coders:
        yield Column(heading="all", group=group, align="right", is_detail=True)
        yield Column(heading="any", group=group, align="right", glue="–", is_detail=True)


def _theme_rows(
    result: ThemeTable, figures: ThemeFigures, with_total: bool
) -> tuple[tuple[tuple[Cell, ...], ...], tuple[int, ...]]:
    rows: list[tuple[Cell, ...]] = []
    heads: list[int] = []

    def add(theme: Theme, label: str) -> None:
        cells = [*theme.cells, theme.total] if with_total else [*theme.cells]
        printed = (
            printed_cell
            for cell in cells
            for printed_cell in _cells(result, cell, has_range=figures.caveats.n_several_coders > 0)
        )
        rows.append((text(label), text(theme.code), *printed))

    for family in figures.families:
        if not family.applies:
            continue
        heads.append(len(rows))
        add(family, f"{family.label}: any")
        if family.without_none_stated:
            add(family.without_none_stated, "  any but none stated")
        for theme in figures.themes:
            if theme.family == family.code and theme.applies:
                retired = " (retired)" if theme.is_retired else ""
                add(theme, f"{'  ' * (theme.depth + 1)}{theme.label}{retired}")
    return tuple(rows), tuple(heads)


def _cells(result: ThemeTable, cell: ThemeCell, *, has_range: bool) -> Iterator[Cell]:
    n, base, places = cell.n, cell.base, result.decimals
    yield count(n)
    yield count(base)
    if cell.percent is None or n is None:
        yield from (DASH,) * (5 if has_range else 3)
        return
    yield Cell(percentage(n, base, places), cell.percent)
    yield _limit(cell.low, places)
    yield _limit(cell.high, places)
    if has_range:
        yield from (_share(part, base, places) for part in (cell.n_all, cell.n_any))


def _limit(limit: float | None, places: int) -> Cell:
    return DASH if limit is None else Cell(decimal(100 * limit, places).text, 100 * limit)


def _share(n: int | None, base: int, places: int) -> Cell:
    return DASH if n is None else Cell(percentage(n, base, places), 100 * n / base)


def _bases_table(scope: str, figures: ThemeFigures, columns: Sequence[GroupBases]) -> Table:
    routing = "" if not figures.caveats.routing_unknown else ", asked as far as known"

    def row(label: str, values: Iterator[Cell]) -> tuple[Cell, ...]:
        return (text(label), *values)

    rows = (
        row("Returned", (count(b.returned) for b in columns)),
        row("Excluded", (count(b.excluded) for b in columns)),
        row("Participants", (count(b.participants) for b in columns)),
        row(f"Eligible{routing}", (count(b.eligible) for b in columns)),
        row("Item non-response", (count(b.non_response) for b in columns)),
        row("Answered", (count(b.answered) for b in columns)),
        row("Undecided", (count(b.undecided) for b in columns)),
        row("Uncodable", (count(b.uncodable) for b in columns)),
        row("Coded", (count(b.coded) for b in columns)),
        row("  of them nothing to code", (count(b.nothing_to_code) for b in columns)),
        row("Words per answer, median", (_number(b.words_median) for b in columns)),
        row("  quartiles", (_quartiles(b.words_iqr) for b in columns)),
        row("Codes per coded person", (_number(b.codes_per_person, 2) for b in columns)),
        row("Answers per person who answered", (_number(b.answers_per_person, 2) for b in columns)),
    )
    return Table(
        title=f"{scope}: bases (people)",
        columns=(Column(heading=""), *(Column(heading=b.name, align="right") for b in columns)),
        rows=rows,
    )


def _number(value: float | None, places: int = 1) -> Cell:
    if value is None:
        return DASH
    return Cell(f"{value:.0f}", value) if value == int(value) and places == 1 else decimal(value, places)


def _quartiles(limits: tuple[float, float] | None) -> Cell:
    if limits is None:
        return DASH
    printed = "–".join(_number(limit).text for limit in limits)
    return Cell(printed, printed)


def _tie_table(ties: Sequence[Tie]) -> Table:
    return Table(
        title="Ties: half of the answer's coders applied the code, which counts as no",
        columns=tuple(Column(heading=name) for name in ("Participant", "Question", "Occasion", "Code")),
        rows=tuple(tuple(map(text, (tie.participant, tie.question, tie.occasion, tie.code))) for tie in ties),
    )

"""Quotes as a report: a section a theme, the rule above, what was left out below."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from harken.errors import many
from harken.report import EMPTY, Cell, Column, Report, Table, count, text
from harken.services.quoting.result import Quote, QuoteList, ThemeQuotes

_Draw = Callable[[Quote], Cell]


def quotes_report(result: QuoteList, *, as_data: bool = False) -> Report:
    """The report of `harken quotes`; `as_data` has the theme in a column and no heads, for other programs."""
    quoted = [theme for theme in result.themes if theme.quotes]
    tables = [_quotes_as_data(result) if as_data else _quotes(result, quoted)] if quoted else []
    return Report(
        title=f"{result.title}: quotes{f' by {result.by}' if result.by else ''}",
        notes=tuple(_notes(result)),
        tables=(*tables, *([] if result.threshold is not None else [_people(result)])),
    )


def _notes(result: QuoteList) -> Iterator[str]:
    yield from result.rule
    plural = "question" if len(result.questions) == 1 else "questions"
    scope = [
        *([f"{plural} {', '.join(result.questions)}"] if result.questions else []),
        *(f"{column} {value or '(blank)'}" for column, value in result.where),
    ]
    yield f"Basis {result.basis}{'; ' if scope else ''}{'; '.join(scope)}. Excluded people are not quoted."
    if result.consent is None:
        yield "Whether people agreed to be quoted is not known to the project (--consent COL says who did)."
    else:
        yield f"Only people who agreed to be quoted, by column {result.consent}."
    if result.only_cleared:
        yield "Only what was cleared for publication."
    if result.threshold is not None:
        yield f"Groups are not named where a count of people below {result.threshold} could be told."
    if result.n_outdated:
        yield (
            f"{many(result.n_outdated, 'edited wording')} not used: marked as identifying since, in part. "
            "Edit anew with `harken quotes edit`."
        )
    missing = [theme.code for theme in result.themes if theme.n == 0]
    if missing:
        yield f"No answer has {', '.join(missing)}."
    if result.themes and not any(theme.quotes for theme in result.themes):
        yield "There is nothing to quote."


def _columns(result: QuoteList, *, as_data: bool) -> tuple[tuple[Column, _Draw], ...]:
    """What stands of a quote: on a page no more than a reader needs, for other programs and the team all."""
    keys = {quote.key for theme in result.themes for quote in theme.quotes}
    is_whole = as_data or result.with_ids
    return (
        (Column(heading="Quote"), lambda one: text(one.words) if as_data else _in_marks(one.words)),
        (Column(heading="Who"), lambda one: text(one.label)),
        (Column(heading="Kind"), lambda one: text(one.kind.value)),
        *(
            [(Column(heading="Question"), lambda one: text(one.key.question))]
            if is_whole or len({key.question for key in keys}) > 1
            else []
        ),
        *(
            [(Column(heading="Occasion"), lambda one: text(one.key.occasion))]
            if any(key.occasion for key in keys)
            else []
        ),
        *([(Column(heading="Notes"), _remarks)] if is_whole else []),
        *(
            [(Column(heading="Participant"), lambda one: text(one.key.participant))]
            if result.with_ids
            else []
        ),
    )


def _in_marks(words: str) -> Cell:
    return Cell(f"“{words}”", words)


def _remarks(quote: Quote) -> Cell:
    remarks = [
        *(["edited"] if quote.is_edited else []),
        *(["cleared"] if quote.is_cleared else []),
        *(["marked by a coder"] if quote.is_marked else []),
        *([f"also {', '.join(quote.other_codes)}"] if quote.other_codes else []),
    ]
    return text("; ".join(remarks))


def _quotes(result: QuoteList, themes: list[ThemeQuotes]) -> Table:
    columns = _columns(result, as_data=False)
    rows: list[tuple[Cell, ...]] = []
    heads = []
    for theme in themes:
        heads.append(len(rows))
        people = "" if theme.n is None else f": {many(theme.n, 'person', 'people')}"
        rows.append((text(f"{theme.label} ({theme.code}){people}"), *[EMPTY] * (len(columns) - 1)))
        rows += [tuple(draw(quote) for _, draw in columns) for quote in theme.quotes]
    return Table(
        title="Quotes", columns=tuple(column for column, _ in columns), rows=tuple(rows), heads=tuple(heads)
    )


def _quotes_as_data(result: QuoteList) -> Table:
    columns = _columns(result, as_data=True)
    return Table(
        title="Quotes",
        columns=(Column(heading="Theme"), Column(heading="Code"), *(column for column, _ in columns)),
        rows=tuple(
            (text(theme.label), text(theme.code), *(draw(quote) for _, draw in columns))
            for theme in result.themes
            for quote in theme.quotes
        ),
    )


def _people(result: QuoteList) -> Table:
    """How many people could be quoted for each theme, and why not the others."""
    rows = []
    for theme in result.themes:
        left_out = theme.left_out
        if theme.n == 0 or left_out is None:
            continue
        rows.append(
            (
                text(theme.label),
                text(theme.code),
                count(theme.n),
                count(theme.n_offered),
                count(left_out.no_consent),
                count(left_out.identifying),
                count(left_out.not_cleared),
                count(len(theme.quotes)),
            )
        )
    return Table(
        title="Whom the quotes were chosen from (people)",
        short_title="People",
        columns=(
            Column(heading="Theme"),
            Column(heading="Code", is_detail=True, is_for_data=True),
            Column(heading="With it", align="right"),
            Column(heading="Offered", align="right"),
            Column(heading="no consent", group="Left out", align="right"),
            Column(heading="identifying", group="Left out", align="right"),
            Column(heading="not cleared", group="Left out", align="right"),
            Column(heading="Quoted", align="right"),
        ),
        rows=tuple(rows),
        notes=(
            "With it: people whose counted answers have the theme, each once, whatever else is undecided.",
        ),
    )

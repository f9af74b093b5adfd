"""The tables below the themes: bases, ties, and percentages that do not follow from their counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harken.report import DASH, Cell, Column, Table, count, percentage, text
from harken.services.tabulating.reporting.cells import people, shown_groups
from harken.services.tabulating.reporting.wording import number, quartiles
from harken.services.tabulating.result import GroupBases, PercentCheck, ThemeFigures, ThemeTable, Tie

BASES = "bases"


def bases_table(result: ThemeTable, scope: str, figures: ThemeFigures) -> Table:
    """Every number of people behind the percentages of one scope."""
    columns = shown_groups(figures)
    routing = "" if not figures.caveats.routing_unknown else ", asked as far as known"

    def of(label: str, figure: Callable[[GroupBases], Cell]) -> tuple[Cell, ...]:
        return (text(label), *map(figure, columns))

    def counted(label: str, figure: Callable[[GroupBases], int | None]) -> tuple[Cell, ...]:
        return of(label, lambda bases: people(result, figure(bases)))

    def mean(label: str, figure: Callable[[GroupBases], float | None], places: int = 1) -> tuple[Cell, ...]:
        return of(label, lambda bases: Cell(number(figure(bases), places), figure(bases)))

    return Table(
        title=f"{scope}: bases (people)",
        kind=BASES,
        columns=(Column(heading=""), *(Column(heading=bases.name, align="right") for bases in columns)),
        rows=(
            counted("Returned", lambda b: b.returned),
            counted("Excluded", lambda b: b.excluded),
            counted("Participants", lambda b: b.participants),
            counted(f"Eligible{routing}", lambda b: b.eligible),
            counted("Item non-response", lambda b: b.non_response),
            counted("Answered", lambda b: b.answered),
            of("  comment rate, % of eligible", lambda b: _rate(result, b)),
            counted("Undecided", lambda b: b.undecided),
            counted("Uncodable", lambda b: b.uncodable),
            counted("Coded", lambda b: b.coded),
            counted("  of them nothing to code", lambda b: b.nothing_to_code),
            mean("Words per answer, median", lambda b: b.words_median),
            of("  quartiles", lambda b: text(quartiles(b.words_iqr)) if b.words_iqr else DASH),
            mean("Codes per coded person", lambda b: b.codes_per_person, 2),
            mean("Answers per person who answered", lambda b: b.answers_per_person, 2),
        ),
    )


def _rate(result: ThemeTable, bases: GroupBases) -> Cell:
    """How many of those who were asked wrote something."""
    if bases.comment_rate is None or bases.answered is None or not bases.eligible:
        return people(result, None)
    return Cell(percentage(bases.answered, bases.eligible, result.decimals), 100 * bases.comment_rate)


def tie_table(ties: Sequence[Tie]) -> Table:
    """Codes that half of an answer's coders applied."""
    return Table(
        title="Ties: half of the answer's coders applied the code, which counts as no",
        columns=tuple(Column(heading=name) for name in ("Participant", "Question", "Occasion", "Code")),
        rows=tuple(tuple(map(text, (tie.participant, tie.question, tie.occasion, tie.code))) for tie in ties),
    )


def check_table(checks: Sequence[PercentCheck], *, has_groups: bool) -> Table:
    """Printed percentages that do not follow from n and N, with what would."""
    return Table(
        title="Printed percentages that do not follow from n and N",
        short_title="Percentages",
        columns=(
            Column(heading="Theme"),
            *([Column(heading="Group")] if has_groups else []),
            Column(heading="Row", align="right"),
            Column(heading="n", align="right"),
            Column(heading="N", align="right", glue="/"),
            Column(heading="printed", align="right"),
            Column(heading="is", align="right"),
            Column(heading="n that gives it", align="right"),
            Column(heading="N that gives it", align="right"),
        ),
        rows=tuple(
            (
                text(check.theme),
                *([text(check.group)] if has_groups else []),
                count(check.row),
                count(check.n),
                count(check.base),
                text(check.printed),
                Cell(check.expected, 100 * check.n / check.base) if check.expected else DASH,
                _range(check.n_low, check.n_high),
                _range(check.base_low, check.base_high),
            )
            for check in checks
        ),
        notes=("– : no whole number gives what is printed.",),
    )


def said_of_check(check: PercentCheck, result: ThemeTable) -> str:
    """A printed percentage that does not follow, in one sentence."""
    where = f" ({check.group})" if result.by is not None else ""
    of = f"{check.n} of {check.base}"
    said = f"{result.title}, row {check.row}: {check.theme}{where} prints {check.printed}, but {of} "
    said += f"is {check.expected}" if check.expected else "has no percentage"
    fits = [
        *([f"n = {_range(check.n_low, check.n_high).text}"] if check.n_low is not None else []),
        *([f"N = {_range(check.base_low, check.base_high).text}"] if check.base_low is not None else []),
    ]
    return f"{said}. It would follow from {' or '.join(fits)}." if fits else f"{said}."


def _range(low: int | None, high: int | None) -> Cell:
    if low is None or high is None:
        return DASH
    return count(low) if low == high else text(f"{low}–{high}")

"""What a guideline for reporting asks of a reliability study, as far as the project knows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from harken.errors import many
from harken.model import Round, RoundKind
from harken.report import Column, Table, text
from harken.services.agreeing.circumstances import Circumstances
from harken.services.agreeing.reporting.limit_words import fewest_of, owner_of
from harken.services.agreeing.reporting.methods import methods_paragraph
from harken.services.agreeing.reporting.wording import days, interval_words, percent_of, short
from harken.services.agreeing.result import Agreement

ON_PAPER_ONLY = "not on record: for you to say"
"""In the place of what no project knows."""


class GuidelineFact(NamedTuple):
    """A question that a reader asks, and its answer."""

    items: str
    """Numbers of the guideline's items."""
    asked: str
    answer: str


def facts_table(result: Agreement) -> Table:
    """What a guideline for reporting reliability and agreement studies (Kottner et al. 2011) asks for."""
    return Table(
        title="What a reader of this agreement asks",
        short_title="Facts for the paper",
        columns=(Column(heading="asked"), Column(heading="answer"), Column(heading="item")),
        rows=tuple((text(fact.asked), text(fact.answer), text(fact.items)) for fact in grras_facts(result)),
        notes=(
            "Items are those of GRRAS, the guidelines for reporting reliability and agreement studies "
            "(Kottner et al. 2011, Journal of Clinical Epidemiology 64, 96–106); the questions are in our "
            "words. Item 5, what is known already and why the study was made, is for the paper alone.",
            f"For the methods section: {methods_paragraph(result)}",
        ),
    )


def grras_facts(result: Agreement) -> Iterator[GuidelineFact]:
    """What the project answers, by the guideline's items; `ON_PAPER_ONLY` marks what it cannot know."""
    scope, known = result.whole.scope, result.circumstances
    stable = scope.stability
    within = "stability of coders' own decisions over time"
    yield GuidelineFact(
        "1", "What was investigated", "agreement between coders" if stable is None else within
    )
    yield GuidelineFact("2", "With what", _instrument(known))
    yield GuidelineFact("3, 12", "Whose answers", _people(known))
    coders = scope.coders if stable is None else stable.coders
    yield GuidelineFact("4, 12", "By whom", f"{', '.join(coders)}. Training and experience: {ON_PAPER_ONLY}")
    yield GuidelineFact("3, 11", "What was rated", _rated(result))
    if known is not None and stable is None:
        each = "; ".join(f"{coder} {n:,}" for coder, n in known.n_decided.items())
        yield GuidelineFact("11", "How much each decided", each)
        yield GuidelineFact("11", "How often a response was decided", _overlap(known))
    yield GuidelineFact(
        "7", "How the responses were chosen", f"{ON_PAPER_ONLY} (at random, all, the first ones)"
    )
    yield GuidelineFact(
        "6",
        "Why so many",
        f"{ON_PAPER_ONLY}; the column “needed” says what each code would take, `harken agreement plan` what "
        "a round would",
    )
    yield from _process(result)
    yield GuidelineFact("10", "Which statistics", _statistics(result))
    yield GuidelineFact("10", "How it is judged", _judged(result))
    yield GuidelineFact("10, 13", "How uncertain", interval_words(result.yardstick.uncertainty))
    yield GuidelineFact("14", "How good agreement must be for the use made of the codes", ON_PAPER_ONLY)
    yield GuidelineFact(
        "15",
        "Detailed results",
        "this report with --all; every figure unrounded with --format json"
        + ("" if known is None else "; the decisions themselves: `harken codings export`"),
    )


def _process(result: Agreement) -> Iterator[GuidelineFact]:
    scope, known = result.whole.scope, result.circumstances
    stable = scope.stability
    if stable is not None:
        between = "not known" if stable.median_days is None else f"{days(stable.median_days)} in the middle"
        yield GuidelineFact("8", "Time between the two decisions", between)
    yield GuidelineFact("8", "When decisions were made", _when(known))
    if known is None:
        yield GuidelineFact("8, 9", "Were decisions made independently", ON_PAPER_ONLY)
        return
    if known.n_imported:
        n = many(known.n_imported, "decision")
        yield GuidelineFact(
            "8", "Where decisions were made", f"{n} came in with files: how they were made is {ON_PAPER_ONLY}"
        )
    else:
        yield GuidelineFact("8", "What was hidden from coders", _hidden(known.rounds))
    yield GuidelineFact("8", "Were codes suggested to coders", _suggestions(result))
    if stable is None:
        yield GuidelineFact("9", "Were decisions made independently", _independence(result))


def _rated(result: Agreement) -> str:
    scope = result.whole.scope
    asked = f" to {', '.join(scope.questions)}" if scope.questions else ""
    if scope.stability is not None:
        return f"{many(scope.n_units_pairable, 'response')}{asked}, each decided twice by the same coder"
    shared = f"{scope.n_units_pairable:,}"
    if scope.n_units_rated:
        shared += f" ({percent_of(scope.n_units_pairable, scope.n_units_rated)})"
    rounds = " in one round" if len(scope.rounds) > 1 and not scope.pooled else ""
    return (
        f"{many(scope.n_units_rated, 'response')}{asked}, {shared} of them by two or more coders; the unit "
        f"is one participant's response to one question{rounds}"
    )


def _instrument(known: Circumstances | None) -> str:
    if known is None:
        return f"the codes of the file. Their definitions: {ON_PAPER_ONLY}"
    title = f"the codebook “{known.codebook}”" if known.codebook else "the project's codebook"
    said = f"{title} with {many(known.n_codes, 'code')}"
    if known.codebook_version:
        said += f", version {known.codebook_version} of {known.codebook_day}"
    if known.n_codebook_versions > 1:
        said += (
            f". The decisions were made under {known.n_codebook_versions} versions; --apart versions shows "
            "those that changed a meaning"
        )
    return said


def _overlap(known: Circumstances) -> str:
    return "; ".join(f"{n:,} by {many(coders, 'coder')}" for coders, n in sorted(known.n_by_coders.items()))


def _people(known: Circumstances | None) -> str:
    if known is None:
        return ON_PAPER_ONLY
    excluded = (
        f"; {many(known.n_excluded, 'person', 'people')} excluded from the study" if known.n_excluded else ""
    )
    people = many(known.n_participants, "participant")
    return f"{people} with a response that was decided twice{excluded}. Who they are: {ON_PAPER_ONLY}"


def _when(known: Circumstances | None) -> str:
    if known is None or not known.first_day:
        return ON_PAPER_ONLY
    if known.first_day == known.last_day:
        return f"on {known.first_day} (UTC)"
    return f"from {known.first_day} to {known.last_day} (UTC)"


def _hidden(rounds: tuple[Round, ...]) -> str:
    return "; ".join(_what_is_hidden(round) for round in rounds)


def _what_is_hidden(round: Round) -> str:
    kind = "" if round.kind is RoundKind.MAIN else f" ({round.kind.value})"
    if round.is_blind:
        hidden = "others' decisions were hidden until one's own was made"
    else:
        hidden = "others' decisions were not hidden"
    groups = "" if not round.hides_group else ", and participants' groups were hidden"
    return f"round {round.name}{kind}: {hidden}{groups}"


def _suggestions(result: Agreement) -> str:
    n = result.whole.scope.n_units_with_suggestions
    if not n:
        return "on none of the responses, as far as the project knows"
    return f"on {many(n, 'response')} a coder was shown some; --apart suggestions shows these apart"


def _independence(result: Agreement) -> str:
    scope, known = result.whole.scope, result.circumstances
    if known is None:
        return ON_PAPER_ONLY
    if known.n_imported:
        said = f"decisions came in with files: {ON_PAPER_ONLY}"
    elif known.is_blind:
        said = "yes: every round was blind"
    else:
        said = f"others' decisions could be seen: {ON_PAPER_ONLY}"
    if scope.n_revised_after_discussion:
        n = many(scope.n_revised_after_discussion, "response")
        said += f"; {n} decided again after a meeting or adjudication count as they were before it"
    return said


def _statistics(result: Agreement) -> str:
    of_codes = ", positive agreement" if result.whole.codes else ""
    return (
        f"Krippendorff's alpha, percent agreement{of_codes} and AC1 side by side; every other coefficient in "
        "a table of its own"
    )


def _judged(result: Agreement) -> str:
    by = result.yardstick
    rare = "prevalence × responses" if result.whole.codes else "responses × share outside the commonest value"
    return (
        f"by {owner_of(by)}, {short(by.bands.reliable)} and {short(by.bands.tentative)} for the lower limit "
        f"of alpha; too few where {rare} is below {fewest_of(by)}"
    )

"""The paragraph for a paper's methods section: what was compared and how, with this study's numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median

from harken._version import __version__
from harken.errors import many
from harken.report import decimal
from harken.services.agreeing.circumstances import Circumstances
from harken.services.agreeing.reporting.limit_words import fewest_of, owner_of, why_fewest
from harken.services.agreeing.reporting.wording import (
    days,
    figure,
    interval_words,
    judged_words,
    lacks_interval,
    number_of,
    other_alphas,
    percent,
    percent_of,
    short,
    with_limits,
)
from harken.services.agreeing.result import Agreement, Figures, Scope, Stability
from harken.stats.agreement import VariableAgreement
from harken.stats.sets.agreement import SetAgreement
from harken.stats.uncertainty import UncertaintyMethod
from harken.stats.verdicts import Verdict

_MOST_FAMILIES = 4
"""Up to so many families stand with their figures in the paragraph."""


def methods_paragraph(result: Agreement) -> str:
    """The methods section's sentences on agreement, with this study's numbers."""
    return " ".join(_sentences(result))


def _sentences(result: Agreement) -> Iterator[str]:
    whole = result.whole
    if len(whole.scope.coders) < 2 or not whole.scope.n_units_pairable:
        yield "No response was decided by two coders, so that there is no agreement to report."
        return
    yield from _compared(result)
    yield from _out_of_the_ordinary(result)
    yield from _variables(result)
    yield from _coefficients(result)
    if whole.sets is not None and whole.sets.alpha_masi.value is not None:
        yield _on_sets(whole.sets, n_coders=len(whole.scope.coders), is_of_more=bool(whole.scope.codes_named))
    if len(whole.families) <= _MOST_FAMILIES:
        for key, family in whole.families.items():
            yield from _on_family(key, family, is_all=not whole.codes)
    yield from _on_verdicts(result)
    yield f"Figures were computed with Harken {__version__}."


# -- who decided what --------------------------------------------------------------------------------


def _compared(result: Agreement) -> Iterator[str]:
    scope, known = result.whole.scope, result.circumstances
    if scope.stability is not None:
        yield from _repeated(scope, scope.stability)
        return
    # A coder who was asked for may have decided nothing.
    decided = scope.coders if known is None else [one for one, n in known.n_decided.items() if n]
    n_coders = len(decided)
    questions = f" to {many(len(scope.questions), 'question')}" if scope.questions else ""
    shared = f"{scope.n_units_pairable:,} ({percent_of(scope.n_units_pairable, scope.n_units_rated)}) were"
    if scope.n_units_pairable == scope.n_units_rated:
        shared = "each was"
    by_two = "both" if n_coders == 2 else "two or more of them"
    yield (
        f"{number_of(n_coders, 'coder')} decided {_of_answers(scope, known)}{questions}; {shared} decided by "
        f"{by_two}, and agreement was computed on these alone."
    )
    if len(scope.rounds) > 1 and not scope.pooled:
        yield (
            f"Decisions come from {len(scope.rounds)} rounds of coding and were compared within a round; a "
            "response counts in each round in which it was decided."
        )
    # Of decisions that came in with a file nobody here knows how they were made.
    if known is None or known.n_imported:
        return
    if known.is_blind:
        yield "Until they had decided a response, coders could not see what others decided on it."
    elif any(round.is_blind for round in known.rounds):
        yield "In some of the rounds others' decisions were hidden from coders until they had decided."
    else:
        yield "Others' decisions were not hidden from coders."


def _of_answers(scope: Scope, known: Circumstances | None) -> str:
    """The responses decided, of all that there are where the two count the same things."""
    n = scope.n_units_rated
    counts_alike = (
        known is not None
        and n == known.n_responses_rated <= known.n_answers
        and not (scope.distinct or scope.with_excluded)
    )
    if known is None or not counts_alike:
        return many(n, "response")
    if n == known.n_answers:
        return f"all {many(n, 'answered response')}" if n > 1 else "the one answered response"
    return f"{n:,} of {many(known.n_answers, 'answered response')} ({percent_of(n, known.n_answers)})"


def _repeated(scope: Scope, stable: Stability) -> Iterator[str]:
    who = number_of(len(stable.coders), "coder")
    apart = (
        "" if stable.median_days is None else f", {days(stable.median_days)} after the first time (median)"
    )
    yield (
        f"{who} decided {many(scope.n_units_pairable, 'response')} a second time{apart}. Each coder's "
        "repeated decision was compared with their own earlier one, so that the figures are of stability "
        "within coders, not of agreement between them."
    )
    if stable.n_units_too_soon:
        yield f"{many(stable.n_units_too_soon, 'response')} came back within 14 days."


def _out_of_the_ordinary(result: Agreement) -> Iterator[str]:
    scope = result.whole.scope
    if scope.pooled:
        of = "Rounds" if result.circumstances is None else "Rounds and versions of the codebook"
        yield f"{of} were pooled: of each coder's decisions on a response the latest counted."
    if scope.n_units_apart:
        yield (
            "Decisions made under different meanings of a code were not compared "
            f"({many(scope.n_units_apart, 'response')} as whole sets)."
        )
    if scope.codes_redefined:
        were = many(len(scope.codes_redefined), "code was", "codes were")
        yield f"{were} defined anew in the meantime; figures hold responses decided under each definition."
    if scope.n_revised_after_discussion:
        were = many(scope.n_revised_after_discussion, "response was", "responses were")
        yield f"{were} decided again after a meeting or adjudication; the decisions before it were compared."
    if scope.n_units_with_suggestions:
        yield (
            f"On {many(scope.n_units_with_suggestions, 'response')} a coder had been shown codes suggested "
            "by the program."
        )
    if scope.distinct:
        yield (
            "Responses to a question with the same text counted once "
            f"({many(scope.n_repeated_texts, 'repeated text')} left out)."
        )
    if scope.with_excluded:
        yield "Responses of people excluded from the analysis were kept."


# -- what was compared and by which figures ----------------------------------------------------------


def _variables(result: Agreement) -> Iterator[str]:
    whole, is_file = result.whole, result.circumstances is None
    if not whole.codes:
        if whole.families:
            yield f"Each response had one value for each coder, compared as one {_scale_of(whole)} variable."
        return
    # The codes of a file have no hierarchy.
    below = "" if is_file else " (itself or a code below it)"
    limited = "" if is_file else ", over the responses to the questions for which it is meant"
    what = "Each code" if len(whole.codes) > 1 else f"The code {next(iter(whole.codes))}"
    yield (
        f"{what} was compared as a yes/no variable{limited}: applied{below} or not. A decision that no code "
        "applies was a rating; a response that a coder had not decided was missing for that coder."
    )
    if whole.without_uncodable is not None:
        yield "A response called uncodable counted as one to which no code applies."
    if whole.families:
        yield "Each exclusive family of codes was also compared as one nominal variable."


def _coefficients(result: Agreement) -> Iterator[str]:
    scope, how = result.whole.scope, result.yardstick.uncertainty
    of_codes = ", positive agreement" if result.whole.codes else ""
    yield (
        f"The leading coefficient was Krippendorff's (2011) {_scale_of(result.whole)} alpha, which allows "
        f"for any number of coders and for missing decisions; percent agreement{of_codes} and Gwet's (2008) "
        f"AC1 stand beside it. Figures have {interval_words(how)}."
    )
    if scope.n_units_rated > scope.n_units_pairable:
        yield "The share of each answer by which AC1 allows for chance is over every decision (Gwet 2014)."
    sets = result.whole.sets
    if sets is not None and sets.alpha_masi.method == UncertaintyMethod.JACKKNIFE != how.method:
        yield "Those of whole sets are by the jackknife over participants."


def _scale_of(whole: Figures) -> str:
    """Of which kind the leading alpha is: nominal, unless all that was compared is one ordered scale."""
    kinds = {one.judged_by.removeprefix("krippendorff_alpha").lstrip("_") for one in whole.families.values()}
    return (kinds.pop() or "nominal") if len(kinds) == 1 and not whole.codes else "nominal"


def _on_sets(sets: SetAgreement, *, n_coders: int, is_of_more: bool) -> str:
    equal = percent(sets.percent_exact).text
    said = (
        f"Whole sets of codes were equal on {equal} % of responses"
        if n_coders == 2
        else f"On average over responses {equal} % of the pairs of decisions had equal sets of codes"
    )
    said += " (sets of every code, not of those named)" if is_of_more else ""
    return f"{said}; alpha with MASI distance (Passonneau 2006) was {with_limits(sets.alpha_masi)}."


def _on_family(key: str, family: VariableAgreement, *, is_all: bool) -> Iterator[str]:
    alpha, named = family.judged_alpha, judged_words(family)
    of = "" if is_all else f"For {key} "
    agreed = (
        f"percent agreement {percent(family.percent_agreement).text} %, AC1 {with_limits(family.gwet_ac1)}"
    )
    if alpha.value is None:
        yield f"{of or 'Here '}{named} was undefined ({figure(alpha).text}); {agreed}."
        return
    others = "".join(f", {said}" for said in other_alphas(family))
    start = f"{of}{named}" if of else named.capitalize()
    yield f"{start} was {with_limits(alpha)}{others}; {agreed}."


# -- verdicts ----------------------------------------------------------------------------------------


def _on_verdicts(result: Agreement) -> Iterator[str]:
    whole, by = result.whole, result.yardstick
    if len(whole.codes) == 1:
        yield from map(_on_code, whole.codes.items())
    elif whole.codes:
        yield _counted(whole.codes)
    rare = (
        f"codes with fewer than {fewest_of(by)} expected positive responses"
        if whole.codes
        else f"fewer than {fewest_of(by)} responses expected outside the commonest value"
    )
    yield (
        f"The lower limit of alpha was held against {owner_of(by)}: {short(by.bands.reliable)} for reliable, "
        f"{short(by.bands.tentative)} for tentative conclusions. No verdict was given on {rare}"
        f"{why_fewest(by)}."
    )


def _on_code(named: tuple[str, VariableAgreement]) -> str:
    """The one code that was compared."""
    path, found = named
    alpha = found.krippendorff_alpha
    if not found.n_positive:
        return f"{path} was applied by nobody."
    if alpha.value is None:
        return f"Alpha of {path} was undefined ({figure(alpha).text})."
    said = f"Alpha of {path} was {with_limits(alpha)} over {many(found.n_units_pairable, 'response')}"
    if found.verdict is not Verdict.TOO_FEW:
        return f"{said}: {found.verdict.value}."
    why = "there is no interval" if lacks_interval(found) else "it had too few responses"
    return f"{said}; it could not be judged, as {why}."


def _counted(codes: Mapping[str, VariableAgreement]) -> str:
    of = {verdict: [one for one in codes.values() if one.verdict is verdict] for verdict in Verdict}
    judged = [*of[Verdict.RELIABLE], *of[Verdict.TENTATIVE], *of[Verdict.UNRELIABLE]]
    alphas = sorted(
        one.krippendorff_alpha.value for one in judged if one.krippendorff_alpha.value is not None
    )
    said = f"Of {many(len(codes), 'code')}, {len(judged) or 'none'} could be judged"
    if alphas:
        span = (
            f"alpha {decimal(alphas[0], 2).text}"
            if len(alphas) == 1
            else f"alpha {decimal(alphas[0], 2).text} to {decimal(alphas[-1], 2).text}, median "
            f"{decimal(median(alphas), 2).text}"
        )
        said += (
            f" ({span}): {len(of[Verdict.RELIABLE])} reliable, {len(of[Verdict.TENTATIVE])} tentative, "
            f"{len(of[Verdict.UNRELIABLE])} unreliable"
        )
    n_bare = sum(map(lacks_interval, of[Verdict.TOO_FEW]))
    n_few = len(of[Verdict.TOO_FEW]) - n_bare
    undefined = of[Verdict.UNDEFINED]
    n_unused = sum(not one.n_positive for one in undefined)
    n_other = len(undefined) - n_unused
    rest = [
        *([f"{n_few} had too few responses"] if n_few else []),
        *([f"{n_bare} had no interval to judge by"] if n_bare else []),
        *([f"{n_unused} {'was' if n_unused == 1 else 'were'} applied by nobody"] if n_unused else []),
        *([f"{n_other} had no alpha for want of variation or overlap"] if n_other else []),
    ]
    return "; ".join([said, *rest]) + "."

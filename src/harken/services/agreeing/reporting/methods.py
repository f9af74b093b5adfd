"""What a paper says of the agreement: the paragraph for the methods section, and the facts behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from harken.errors import many
from harken.model import RoundKind
from harken.report import Column, Table, decimal, interval, text
from harken.services.agreeing.circumstances import Circumstances
from harken.services.agreeing.reporting.scope_notes import scope_notes
from harken.services.agreeing.reporting.wording import figure, owner_of, percent, short
from harken.services.agreeing.result import Agreement
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod
from harken.stats.verdicts import Verdict

_OPEN = "not on record: for you to say"
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
_METHODS = {
    UncertaintyMethod.BOOTSTRAP: "percentile bootstrap intervals",
    UncertaintyMethod.BCA: "bias-corrected and accelerated (BCa) bootstrap intervals",
    UncertaintyMethod.ANALYTIC: "closed-form intervals (Gwet's linearisation; Fleiss, Cohen and Everitt for "
    "Cohen's kappa)",
    UncertaintyMethod.JACKKNIFE: "jackknife intervals",
}


def interval_words(how: Uncertainty) -> str:
    """How the intervals were made, as in "95 % percentile bootstrap intervals over participants"."""
    words = f"{100 * how.level:g} % {_METHODS[how.method]}"
    if how.method is UncertaintyMethod.ANALYTIC:
        return words
    words += " over participants"
    if how.method is UncertaintyMethod.JACKKNIFE:
        return words
    return f"{words} ({how.replicates:,} replicates, seed {how.seed})"


def methods_paragraph(result: Agreement) -> str:
    """The methods section's sentences on agreement, with this study's numbers."""
    return " ".join(_sentences(result))


def _sentences(result: Agreement) -> Iterator[str]:
    whole, known = result.whole, result.circumstances
    scope, bands = whole.scope, result.yardstick.bands
    n = len(scope.coders)
    coders = f"{_NUMBERS[n] if n < len(_NUMBERS) else n} coders"
    blind = " blind to each other's decisions" if known is not None and known.is_blind else ""
    yield (
        f"{coders}{blind} decided {many(scope.n_units_rated, 'response')}"
        f"{_share(scope.n_units_rated, known)}; {scope.n_units_pairable:,} of them were decided by at least "
        "two coders, and agreement was computed on these alone."
    )
    if whole.codes:
        # The codes of a file have no hierarchy.
        below = "" if known is None else " (itself or a code below it)"
        yield (
            f"Each code was compared as a yes/no variable per response, applied{below} or not, a decision "
            "that no code applies being a rating and an answer not yet decided missing."
        )
    else:
        yield "Each response had one value, compared as one nominal variable."
    yield (
        "The coefficient is Krippendorff's alpha, which allows for any number of coders and missing "
        f"decisions, with {interval_words(result.yardstick.uncertainty)}."
    )
    if whole.sets is not None and whole.sets.alpha_masi.value is not None:
        alpha = whole.sets.alpha_masi
        yield (
            f"Whole sets of codes were equal in {percent(whole.sets.percent_exact).text} % of pairs; alpha "
            f"with MASI distance (Passonneau 2006) was {figure(alpha).text} "
            f"{interval(alpha.low, alpha.high, 2).text}."
        )
    yield from _verdict_sentence(result)
    yield (
        f"Verdicts hold the lower limit of the interval against {owner_of(bands)}, {short(bands.reliable)} "
        f"and {short(bands.tentative)}, and none is given for codes with fewer than "
        f"{bands.expected_positives:g} expected positive responses, for which intervals do not hold their "
        "level."
    )


def _share(n: int, known: Circumstances | None) -> str:
    if known is None or not known.n_answers or n > known.n_answers:
        return ""
    return f" of {known.n_answers:,} ({100 * n / known.n_answers:.1f} %)"


def _verdict_sentence(result: Agreement) -> Iterator[str]:
    codes = result.whole.codes
    if not codes:
        return
    judged = {
        path: found
        for path, found in codes.items()
        if found.verdict in (Verdict.RELIABLE, Verdict.TENTATIVE, Verdict.UNRELIABLE)
    }
    n_few = sum(found.verdict is Verdict.TOO_FEW for found in codes.values())
    n_undefined = sum(found.verdict is Verdict.UNDEFINED for found in codes.values())
    alphas = sorted(
        found.krippendorff_alpha.value
        for found in judged.values()
        if found.krippendorff_alpha.value is not None
    )
    said = f"Of {many(len(codes), 'code')}, {len(judged)} could be judged"
    if alphas:
        n_reliable = sum(found.verdict is Verdict.RELIABLE for found in judged.values())
        n_tentative = sum(found.verdict is Verdict.TENTATIVE for found in judged.values())
        said += (
            f" (alpha {decimal(alphas[0], 2).text} to {decimal(alphas[-1], 2).text}, median "
            f"{decimal(median(alphas), 2).text}; {n_reliable} reliable, {n_tentative} tentative)"
        )
    rest = [
        *([f"{n_few} were too rare"] if n_few else []),
        *([f"{n_undefined} showed no variation"] if n_undefined else []),
    ]
    yield f"{said}; {' and '.join(rest)}." if rest else f"{said}."


def facts_table(result: Agreement) -> Table:
    """What a guideline for reporting reliability and agreement studies (Kottner et al. 2011) asks for."""
    rows = [*_facts(result)]
    return Table(
        title="What a reader of this agreement asks",
        short_title="Facts for the paper",
        columns=(Column(heading="asked"), Column(heading="answer")),
        rows=tuple((text(asked), text(answer)) for asked, answer in rows),
        notes=(
            "After the items of GRRAS (Kottner et al. 2011), in our words; what the project does not know is "
            "left open.",
            f"For the methods section: {methods_paragraph(result)}",
        ),
    )


def _facts(result: Agreement) -> Iterator[tuple[str, str]]:
    scope, known, how = result.whole.scope, result.circumstances, result.yardstick.uncertainty
    yield "What was rated", _rated(result)
    yield "With what", _instrument(known)
    yield "By whom", f"{', '.join(scope.coders)}. Their training and experience: {_OPEN}"
    if known is not None:
        each = "; ".join(f"{coder} {n:,}" for coder, n in known.n_decided.items())
        yield "How much each decided", each
        yield "How often a response was decided", _overlap(known)
    yield "Whose answers", _people(known)
    yield "How the responses were chosen for double coding", f"{_OPEN} (random, all, a first part)"
    yield (
        "Why so many",
        "the column “needed” says for each code how many would do; `harken agreement plan` before a round",
    )
    yield "Were decisions made independently", _independence(result)
    yield (
        "Which statistics",
        "Krippendorff's alpha, percent agreement, positive agreement and AC1 side by side; the rest in the "
        "full view",
    )
    yield "How uncertain", interval_words(how)
    yield "How it is judged", _judged(result)
    yield "What is at stake: how good agreement must be for the use made of the codes", _OPEN


def _rated(result: Agreement) -> str:
    scope = result.whole.scope
    asked = f" to {', '.join(scope.questions)}" if scope.questions else ""
    return (
        f"{many(scope.n_units_rated, 'response')}{asked}, {scope.n_units_pairable:,} of them by two or more "
        "coders; the unit is one participant's response to one question"
    )


def _instrument(known: Circumstances | None) -> str:
    if known is None:
        return f"the codes of the file. Their definitions: {_OPEN}"
    title = f"the codebook “{known.codebook}”" if known.codebook else "the project's codebook"
    return f"{title} with {many(known.n_codes, 'code')}, version {known.codebook_version or 'none'}"


def _overlap(known: Circumstances) -> str:
    return "; ".join(f"{n:,} by {many(coders, 'coder')}" for coders, n in sorted(known.n_by_coders.items()))


def _people(known: Circumstances | None) -> str:
    if known is None:
        return _OPEN
    excluded = (
        f"; {many(known.n_excluded, 'person', 'people')} excluded from the study" if known.n_excluded else ""
    )
    return f"{many(known.n_participants, 'participant')} with a response that two coders decided{excluded}"


def _independence(result: Agreement) -> str:
    known = result.circumstances
    if known is None:
        return _OPEN
    said = []
    for round in known.rounds:
        kind = "" if round.kind is RoundKind.MAIN else f" ({round.kind.value})"
        hidden = (
            "hid others' decisions until one's own" if round.is_blind else "did not hide others' decisions"
        )
        groups = " and the groups" if round.hides_group else ""
        said.append(f"round {round.name}{kind} {hidden}{groups}")
    return "; ".join(said)


def _judged(result: Agreement) -> str:
    bands = result.yardstick.bands
    return (
        f"by {owner_of(bands)} {short(bands.reliable)} and {short(bands.tentative)} for the lower limit of "
        f"alpha; too few where prevalence × responses is below {bands.expected_positives:g}"
    )


def short_facts(result: Agreement) -> Sequence[str]:
    """The notes at the head of the report."""
    scope, bands = result.whole.scope, result.yardstick.bands
    n_apart = len(result.disagreements) + result.n_blind_disagreements
    rounds = f"Rounds: {', '.join(scope.rounds)}. " if scope.rounds else ""
    return (
        f"Coders: {', '.join(scope.coders) or 'none'}. {rounds}"
        f"Responses decided by at least one coder: {scope.n_units_rated:,}; by two or more, which alone are "
        f"compared: {scope.n_units_pairable:,}; decided differently: {n_apart:,}.",
        *scope_notes(scope),
        f"Intervals: {interval_words(result.yardstick.uncertainty)}.",
        f"Verdict by the lower limit of Krippendorff's alpha against {owner_of(bands)} "
        f"{short(bands.reliable)} (reliable) and {short(bands.tentative)} (tentative); too few to judge "
        f"where prevalence × responses < {bands.expected_positives:g}. Needed: double-coded responses with "
        f"which a code of this prevalence could be shown to reach {short(bands.tentative)}.",
    )

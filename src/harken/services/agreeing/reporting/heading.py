"""What stands above the tables: who and what was compared, and how to read the columns."""

from __future__ import annotations

from collections.abc import Iterator

from harken.services.agreeing.reporting.limit_words import fewest_of, owner_of
from harken.services.agreeing.reporting.scope_notes import scope_notes
from harken.services.agreeing.reporting.wording import interval_words, lacks_interval, percent_of, short
from harken.services.agreeing.result import Agreement


def title_of(result: Agreement, *, study: str) -> str:
    """The report's title."""
    is_stability = result.whole.scope.stability is not None
    return f"{study}: {'stability of coding' if is_stability else 'agreement between coders'}"


def heading_notes(result: Agreement, *, is_full: bool) -> Iterator[str]:
    """The notes at the head of the report."""
    scope = result.whole.scope
    yield _compared(result)
    yield from scope_notes(scope)
    yield from result.remarks
    yield f"Intervals: {interval_words(result.yardstick.uncertainty)}."
    yield _verdicts(result)
    if not is_full:
        yield "With --all: every coefficient, each part in full, and the facts and the paragraph for a paper."


def _compared(result: Agreement) -> str:
    scope = result.whole.scope
    n_apart = len(result.disagreements) + result.n_blind_disagreements
    rounds = ""
    if scope.rounds:
        rounds = f"Round{'s' if len(scope.rounds) > 1 else ''}: {', '.join(scope.rounds)}. "
    if scope.stability is not None:
        return (
            f"Coders: {', '.join(scope.stability.coders) or 'none'}. {rounds}Responses decided twice by the "
            f"same coder: {scope.n_units_pairable:,}; decided differently the second time: {n_apart:,}."
        )
    each_round = ", in each round by itself" if len(scope.rounds) > 1 and not scope.pooled else ""
    share = f" ({percent_of(scope.n_units_pairable, scope.n_units_rated)})" if scope.n_units_rated else ""
    return (
        f"Coders: {', '.join(scope.coders) or 'none'}. {rounds}"
        f"Responses decided by at least one coder{each_round}: {scope.n_units_rated:,}; by two or more, "
        f"which alone are compared: {scope.n_units_pairable:,}{share}; decided differently: {n_apart:,}."
    )


def _verdicts(result: Agreement) -> str:
    by, bands, whole = result.yardstick, result.yardstick.bands, result.whole
    twice = "by two coders" if result.whole.scope.stability is None else "twice"
    # What prevalence is to a code, the share outside the commonest value is to a variable with several.
    rare, what = (
        ("prevalence × responses", "a code of this prevalence")
        if result.whole.codes
        else ("responses × share outside the commonest value", "a variable as uneven")
    )
    has_none = any(map(lacks_interval, (*whole.codes.values(), *whole.families.values())))
    or_none = ", or where alpha has no interval" if has_none else ""
    return (
        f"Verdict: the lower limit of Krippendorff's alpha against {owner_of(by)}, "
        f"{short(bands.reliable)} (reliable) and {short(bands.tentative)} (tentative); too few to judge "
        f"where {rare} < {fewest_of(by)}{or_none}. Needed: responses decided {twice} with which "
        f"{what} could show an alpha of at least {short(bands.tentative)}, if the true one lies well above; "
        "to have as many is no verdict."
    )


def no_second_coder(result: Agreement) -> str:
    """The sentence that stands instead of tables where there is one coder or none."""
    names, rounds = result.whole.scope.coders, result.whole.scope.rounds
    if names and result.has_named_coders:
        return (
            f"Only {names[0]} was asked for, and agreement needs two coders: name another with --coder, or "
            "leave --coder out."
        )
    who = f"only {names[0]} has" if names else "nobody has"
    if result.circumstances is None:
        return f"In this file {who} decided anything, so there is no agreement to measure."
    where = f"In round{'s' if len(rounds) > 1 else ''} {', '.join(rounds)}"
    return (
        f"{where} {who} decided anything, so there is no agreement to measure. A second coder decides some "
        "of the same answers: `harken coders add NAME`, then `harken code --as NAME`."
    )

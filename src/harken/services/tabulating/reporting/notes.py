"""What a reader has to know of the whole: the bases, whose decision counts, what may be claimed."""

from __future__ import annotations

from collections.abc import Iterator

from harken.errors import many
from harken.services.shares.wording import level_in_percent, limits_note, only_people_with
from harken.services.tabulating.reporting.theme_table import has_bounds, has_mentions, has_range
from harken.services.tabulating.reporting.wording import answers, claim, why_provisional
from harken.services.tabulating.result import Caveats, ThemeTable
from harken.stats.proportions import SMALLEST_BASE

_BASES = {
    "coded": "people with every answer in scope decided, and not all of them uncodable",
    "eligible": "people who were asked, whether or not they answered",
    "substantive": "coded people to whom at least one code was applied",
    "counts": "people of whom the share is taken, as the file has it",
}
_RULES = {
    "default": "the adjudicated decision, else the latest of the answer's primary coder",
    "majority": "codes that more than half of an answer's coders applied; a tie counts as no",
    "any": "codes that at least one of an answer's coders applied",
    "all": "codes that every one of an answer's coders applied",
}


def heading(result: ThemeTable) -> str:
    """The title of the page."""
    by = f" by {result.by}" if result.by else ""
    provisional = " (PROVISIONAL)" if result.is_provisional else ""
    return f"{result.title}: themes mentioned{by}{provisional}"


def notes(result: ThemeTable, *, is_full: bool = False) -> Iterator[str]:
    """The notes on the whole."""
    caveats = result.united.caveats
    if caveats.is_provisional:
        yield f"Provisional: {why_provisional(caveats)}."
    if result.counts_file is not None:
        yield from _of_a_file(result)
    else:
        yield f"n = people who mentioned the theme. N ({result.base}) = {_BASES[result.base]}."
        rule = _RULES.get(result.basis, f"decisions of {result.basis.partition(':')[2]} alone")
        yield f"Basis {result.basis}: {rule}. Each person counts once per theme."
    yield from only_people_with(result.where)
    if result.weights is not None:
        yield (
            f"% is weighted by {result.weights}, n and N are people. low–high: "
            f"{level_in_percent(result.level)} interval of the logit, linearised, {claim(result)}."
        )
    else:
        yield limits_note(level=result.level, interval=result.interval, sampling=result.sampling)
    yield (
        f"% is {'' if result.weights is not None else 'exact, '}rounded half up; below N = {SMALLEST_BASE} "
        "only n and N are given. “Mentioned” is how many of those who answered wrote about a theme, not how "
        "many hold the view."
    )
    if has_range(result, result.united):
        yield (
            f"all–any: the percentage if only what every coder of an answer said counted, and if what any "
            f"of them said did. Several coders decided {answers(caveats.n_several_coders)}."
        )
    if has_mentions(result, is_full=is_full):
        yield "mentions: answers that carry the theme; several of one person are several."
    if has_bounds(result, is_full=is_full):
        yield (
            "least–most: the share of all who were asked if nobody, or everybody, whose answer is missing "
            "had mentioned it."
        )
    if result.suppress:
        yield (
            f"[c] = confidential: counts of 1 to {result.suppress - 1} people, groups of fewer than "
            f"{result.suppress}, and what would give them away (--suppress {result.suppress})."
        )
    yield from _exceptions(result, caveats)


def _of_a_file(result: ThemeTable) -> Iterator[str]:
    file = result.counts_file
    assert file is not None
    yield f"Figures of a file of counts; n = people who mentioned the theme, N = {_BASES['counts']}."
    if file.n_checked:
        n_wrong = len(file.checks)
        verdict = f"{n_wrong} not following from n and N" if n_wrong else "all following from n and N"
        yield f"{many(file.n_checked, 'printed percentage')} checked, {verdict}."
    yield from file.remarks


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
        yield f"{answers(caveats.n_uncounted_decisions)} decided {where}: undecided here."
    if caveats.n_not_asked:
        yield f"{answers(caveats.n_not_asked)} of people who were not asked: set aside."
    if caveats.n_off_question:
        n = caveats.n_off_question
        yield (
            f"{n} time{'' if n == 1 else 's'} a code was applied to a question that the codebook does not "
            "allow it for: not counted."
        )

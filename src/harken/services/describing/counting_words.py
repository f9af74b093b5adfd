"""Sentences on how a theme table was counted and compared, from the table itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from harken.model import Sampling
from harken.services.describing.words import joined, number, sentence
from harken.services.shares.wording import level_in_percent
from harken.services.tabulating.result import Comparison, Theme, ThemeFigures, ThemeTable

_BASES = {
    "coded": "people all of whose answers in scope were decided and at least one of them could be coded",
    "eligible": "everybody who was asked, whether or not they answered",
    "substantive": "people to whom at least one code was applied",
}
_RULES = {
    "default": "the adjudicated decision where there is one, else that of the answer's primary coder",
    "majority": "codes that more than half of an answer's coders applied (a tie counted as no)",
    "any": "codes that any of an answer's coders applied",
    "all": "codes that all of an answer's coders applied",
}
_INTERVALS = {"wilson": "Wilson score (1927)", "clopper-pearson": "Clopper–Pearson (1934)"}
_DIFFERENCES = {
    "miettinen-nurminen": "Miettinen and Nurminen (1985)",
    "newcombe": "Newcombe (1998)",
    "mee": "Mee (1984)",
}
_TESTS = {
    "n-1 chi-square": "the (N − 1) chi-square test",
    "mid-p": "Fisher's exact test with mid-p where an expected count was below 1",
    "chi-square": "the chi-square test",
    "exact": "the exact test where an expected count was below 5",
    "monte-carlo": "a seeded Monte Carlo test where the exact one was out of reach",
}
_CLAIMS = {
    Sampling.CONVENIENCE: "They hold as if people had been sampled at random; recruitment is not modelled.",
    Sampling.CENSUS: "As everybody was asked, they hold as if those who answered were a random draw.",
}


def counting_sentences(table: ThemeTable) -> Iterator[str]:
    """Whom the table counts, of whom, by which decision.

    A table whose united figures have no theme shows each question alone.
    """
    yield (
        "People, not codings, were counted: each participant once per theme, however often it was mentioned"
        + (f", {_scopes(table)}." if table.slices else ".")
    )
    rule = _RULES.get(table.basis, f"the decisions of {table.basis.partition(':')[2]}")
    yield f"What counts is {rule}. Percentages are of {_BASES.get(table.base, table.base)}."
    yield (
        "A code that has codes below it counts whoever has any of them. “Mentioned” says how many of those "
        "who answered wrote about a theme, not how many hold the view."
    )
    if table.where:
        named = joined(f"{column} = {value}" for column, value in table.where)
        yield f"The table is of people with {named}."
    if table.with_excluded:
        yield "Excluded people were kept on what they answered."
    if table.is_provisional:
        yield "The figures are provisional: answers are undecided, or coders' differences not settled."


def _scopes(table: ThemeTable) -> str:
    return "for each question and over all questions" if table.united.themes else "for each question"


def statistics_sentences(table: ThemeTable) -> Iterator[str]:
    """By which methods the intervals and comparisons of this table were made."""
    level = level_in_percent(table.level)
    if table.weights:
        yield (
            f"Shares are weighted by {table.weights} (ratio estimator, linearised standard error, "
            f"{level} logit intervals); numbers of people are not."
        )
    else:
        kind = _INTERVALS.get(table.interval, table.interval)
        yield f"Percentages have {level} {kind} intervals."
    if claim := _CLAIMS.get(Sampling(table.sampling)) if table.sampling else None:
        yield claim
    themes = list(described_themes(table))
    yield from _on_comparisons(table, [theme.comparison for theme in themes])


def described_themes(table: ThemeTable) -> Iterator[Theme]:
    """Every theme and family whose figures the table shows, over all questions and in each of them."""
    figures: Iterable[ThemeFigures] = chain([table.united], (part.figures for part in table.slices))
    for one in figures:
        yield from one.themes
        yield from one.families


def _on_comparisons(table: ThemeTable, comparisons: list[Comparison]) -> Iterator[str]:
    differences = [one.difference for one in comparisons if one.difference]
    methods = [one.method for one in differences if one.value is not None]
    if methods:
        method = _DIFFERENCES.get(methods[0], methods[0])
        groups = [group.name for group in table.united.groups]
        yield (
            f"Groups were compared by the difference of their percentages ({groups[0]} minus {groups[1]}) "
            f"with intervals of {method}."
        )
    if any(one.difference_by_length and one.difference_by_length.value is not None for one in comparisons):
        yield (
            "As people who write more mention more, a Mantel–Haenszel difference over fifths of answer "
            "length stands beside it as a sensitivity analysis."
        )
    tests = [one.test for one in comparisons if one.test]
    names = dict.fromkeys(test.name for test in tests)
    # Only of themes declared beforehand are p values printed.
    if any(test.prespecified for test in tests):
        said = joined(_TESTS.get(name, name) for name in sorted(names, key=list(_TESTS).index))
        yield (
            f"Tests are {said}; p values were adjusted by Holm (1979) and Benjamini and Hochberg (1995) over "
            "the themes tested in one table, codes that hold others apart from those below them."
        )
    if not methods and any(one.cramers_v for one in comparisons):
        yield (
            "Groups were compared by Cramér's V with intervals from the noncentral chi-square distribution."
        )


def prespecified_sentences(themes: tuple[str, ...], table: ThemeTable) -> Iterator[str]:
    """What was declared before the groups were compared; all else is exploratory."""
    if table.by is None:
        return
    tested = [one.comparison.test for one in described_themes(table) if one.comparison.test]
    if themes:
        yield (
            f"{sentence(number(len(themes), 'theme was', 'themes were'))} declared in the journal before: "
            f"{joined(themes)}. Comparisons of other themes are exploratory."
        )
    elif tested or any(one.comparison.difference for one in described_themes(table)):
        yield "No theme was declared beforehand; comparisons are exploratory."

"""Choosing quotes among candidates: everybody at most once, groups in turn, rare themes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from harken.services.quoting.candidates import Candidate, ThemeCandidates
from harken.services.quoting.result import QuoteKind

Chosen = tuple[QuoteKind, Candidate]


def kinds_of(n: int) -> tuple[QuoteKind, ...]:
    """What the quotes of a theme are: a third of them, and of two or more at least one, are divergent."""
    n_divergent = max(1, n // 3) if n > 1 else 0
    return (QuoteKind.TYPICAL,) * (n - n_divergent) + (QuoteKind.DIVERGENT,) * n_divergent


def choose(
    themes: Sequence[ThemeCandidates], *, per_theme: Mapping[str, int]
) -> dict[str, tuple[Chosen, ...]]:
    """Quotes by theme. Each theme gets its first before any gets its second, those with few people first.

    Within a theme the group with the fewest quotes of it so far is next; of several the one with the better
    candidate.
    """
    chosen: dict[str, list[Chosen]] = {one.theme.code: [] for one in themes}
    quoted: set[int] = set()
    n_people = {one.theme.code: len({each.person.id for each in one.candidates}) for one in themes}
    scarce_first = sorted(themes, key=lambda one: n_people[one.theme.code])
    for turn in range(max(per_theme.values(), default=0)):
        for one in scarce_first:
            kinds = kinds_of(per_theme[one.theme.code])
            if turn >= len(kinds):
                continue
            left = [each for each in one.candidates if each.person.id not in quoted]
            so_far = chosen[one.theme.code]
            in_theme = Counter(candidate.person.group for _, candidate in so_far)
            best = _best(left, kinds[turn], in_theme=in_theme)
            if best is not None:
                so_far.append((kinds[turn], best))
                quoted.add(best.person.id)
    return {code: tuple(found) for code, found in chosen.items()}


def _best(
    left: Sequence[Candidate],
    kind: QuoteKind,
    *,
    in_theme: Mapping[str, int],
) -> Candidate | None:
    return min(
        left,
        key=lambda one: (
            in_theme.get(one.person.group, 0),
            one.rank,
            -one.distinctness if kind is QuoteKind.TYPICAL else one.likeness,
            one.number,
            one.key,
        ),
        default=None,
    )

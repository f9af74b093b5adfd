"""Codes on the same people with small counts hidden, and whatever would give them away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

from harken.services.cooccurring.result import CodePair, Cooccurrence, CountedCode
from harken.services.protecting.adjusting import readjusted
from harken.services.protecting.themes import SUPPRESSED, check_threshold, refuse_told
from harken.stats.suppression import Publication, audit, protect_counts


def protect_cooccurrence(result: Cooccurrence, *, threshold: int) -> Cooccurrence:
    """The pairs without any of whose four numbers of people is from 1 to below the threshold.

    A pair is hidden as a whole. A code is hidden where few people have it, or few have it not; then all its
    pairs are. Further pairs are hidden where two visible pairs of three codes would tell the third.
    """
    check_threshold(threshold)
    few = {code.code for code in result.codes if _is_told(code, threshold)}
    publication = Publication()
    codes = {
        code.code: publication.add(code.n or 0, code.base, fixed=code.code not in few, small=code.code in few)
        for code in result.codes
    }
    pairs = {}
    for pair in result.pairs:
        counts = pair.overlap
        if counts is None:
            continue
        parts = (counts.both, counts.only_first, counts.only_second, counts.neither)
        is_small = (
            pair.first in few
            or pair.second in few
            or counts.n < threshold
            or any(0 < part < threshold for part in parts)
        )
        pairs[pair.first, pair.second] = publication.add(
            counts.both, counts.n, wholly=True, small=is_small, fixed=counts.n == 0
        )
    _relate(publication, result, codes, pairs)
    pattern = protect_counts(publication, threshold=threshold)
    told = audit(pattern.publication, pattern.hidden, threshold=threshold, witnesses=pattern.witnesses)
    refuse_told(told, "pairs of codes", threshold=threshold)
    shown = [
        _blank(pair) if pairs.get((pair.first, pair.second)) in pattern.hidden else pair
        for pair in result.pairs
    ]
    tests = readjusted([pair.test for pair in shown], [pair.test for pair in result.pairs])
    return replace(
        result,
        codes=tuple(
            replace(code, n=None, suppressed=True) if code.code in few else code for code in result.codes
        ),
        pairs=tuple(replace(pair, test=test) for pair, test in zip(shown, tests, strict=True)),
        suppress=threshold,
    )


def _is_told(code: CountedCode, threshold: int) -> bool:
    n = code.n or 0
    return code.base < threshold or 0 < n < threshold or 0 < code.base - n < threshold


def _blank(pair: CodePair) -> CodePair:
    return replace(
        pair,
        overlap=None,
        jaccard=None,
        phi=None,
        lift=None,
        test=None,
        not_tested=SUPPRESSED,
        suppressed=True,
    )


def _relate(
    publication: Publication,
    result: Cooccurrence,
    codes: Mapping[str, int],
    pairs: Mapping[tuple[str, str], int],
) -> None:
    """What codes tell of their pairs, and pairs of each other, as far as it is true of these people."""
    bases = {code.code: code.base for code in result.codes}
    n_of = {(pair.first, pair.second): pair.overlap.n for pair in result.pairs if pair.overlap}
    for (left, right), at in pairs.items():
        for code in (left, right):
            publication.relate_where_true([(codes[code], 1), (at, -1)], low=0)
        publication.relate_where_true(
            [(at, 1), (codes[left], -1), (codes[right], -1)], low=-n_of[left, right]
        )
    names = [code.code for code in result.codes]
    for one, two, three in combinations(names, 3):
        if not ((one, two) in pairs and (one, three) in pairs and (two, three) in pairs):
            continue
        a, b, c = pairs[one, two], pairs[one, three], pairs[two, three]
        for shared, first, second, other in ((one, a, b, c), (two, a, c, b), (three, b, c, a)):
            publication.relate_where_true([(codes[shared], 1), (first, -1), (second, -1), (other, 1)], low=0)
        publication.relate_where_true(
            [(a, 1), (b, 1), (c, 1), *((codes[name], -1) for name in (one, two, three))],
            low=-min(bases[one], bases[two], bases[three]),
        )

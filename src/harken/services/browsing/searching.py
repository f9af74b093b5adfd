"""What a person types to find words: plain words, "a phrase", beginning*, near ~5 each, -unwanted.

Nothing typed is ever a command of the index: what is no form of these is taken as the words in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from harken.errors import HarkenError, quoted
from harken.storage.answers.words import Word, words_of

DEFAULT_DISTANCE = 10
"""Words that may stand between words of NEAR(…) that names no number."""
_NEAR_GROUP = r'NEAR\((?P<near>[^()"]*?)(?:,\s*(?P<distance>\d{1,4})\s*)?\)'
_PART = re.compile(
    rf'\s*(?P<minus>-(?=[^\s-]))?(?:{_NEAR_GROUP}|"(?P<phrase>[^"]*)(?P<closed>"?)(?P<star>\*?)'
    r'|~(?P<tilde>\d{1,4})(?=\s|$)|(?P<plain>[^\s"]+))'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words that must follow each other; the last may be the beginning of one."""

    words: tuple[str, ...]
    is_prefix: bool = False

    @property
    def expression(self) -> str:
        """In the language of the index; words are letters and digits, so quotes hold them safely."""
        return f'"{" ".join(self.words)}"{" *" if self.is_prefix else ""}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Terms with at most `distance` words between the first and the last of them."""

    terms: tuple[Term, ...]
    distance: int

    @property
    def expression(self) -> str:
        return f"NEAR({' '.join(term.expression for term in self.terms)}, {self.distance})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What must occur, all of it, and what must not, none of it."""

    wanted: tuple[Term | Near, ...] = ()
    unwanted: tuple[Term | Near, ...] = ()

    @property
    def expression(self) -> str:
        """What must occur, in the language of the index; empty where nothing must."""
        return " AND ".join(part.expression for part in self.wanted)

    @property
    def unwanted_expression(self) -> str:
        return " OR ".join(part.expression for part in self.unwanted)

    def places(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where in a text the wanted words stand, code points, half-open, in order and apart."""
        words = list(words_of(text))
        found = sorted(place for part in self.wanted for place in _places(part, words))
        joined: list[tuple[int, int]] = []
        for start, end in found:
            if joined and start < joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(joined)

    def matches(self, text: str) -> bool:
        """Whether a text has all that must occur and nothing that must not, as the index would say."""
        words = list(words_of(text))
        return all(any(True for _ in _places(part, words)) for part in self.wanted) and not any(
            any(True for _ in _places(part, words)) for part in self.unwanted
        )


def _places(part: Term | Near, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    spans = _spans(part, words) if isinstance(part, Term) else _near_spans(part, words)
    for first, last in spans:
        yield words[first].start, words[last].end


def _spans(term: Term, words: Sequence[Word]) -> list[tuple[int, int]]:
    """First and last word of every occurrence."""
    length = len(term.words)
    *start, end = term.words
    return [
        (at, at + length - 1)
        for at in range(len(words) - length + 1)
        if all(words[at + offset].folded == word for offset, word in enumerate(start))
        and (
            words[at + length - 1].folded.startswith(end)
            if term.is_prefix
            else words[at + length - 1].folded == end
        )
    ]


def _near_spans(near: Near, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Occurrences of the terms that stand in a group close enough, each term once in it.

    The index counts the words between the end of each term and the beginning of the last.
    """
    spans = [_spans(term, words) for term in near.terms]
    if not all(spans):
        return
    kept: set[tuple[int, int]] = set()
    for begin in {start for of_term in spans for start, _ in of_term}:
        group = [
            [(start, end) for start, end in of_term if start <= begin <= end + near.distance + 1]
            for of_term in spans
        ]
        if all(group):
            kept.update(span for of_term in group for span in of_term)
    yield from sorted(kept)


@lru_cache(maxsize=64)
def parse_search(typed: str) -> Search:
    """Read what was typed; nothing for blank. Raises where there is no letter or digit to look for."""
    wanted: list[Term | Near] = []
    unwanted: list[Term | Near] = []
    tilde = 0
    for part in _PART.finditer(typed):
        if part["tilde"] is not None and wanted and not part["minus"]:
            tilde = max(int(part["tilde"]), 1)
            continue
        term = _term(part)
        if term is None:
            continue
        if tilde and not part["minus"] and isinstance(term, Term):
            wanted.append(_joined(wanted.pop(), term, tilde))
        else:
            (unwanted if part["minus"] else wanted).append(term)
        tilde = 0
    if typed.strip() and not wanted and not unwanted:
        raise HarkenError(
            f"The search {quoted(typed.strip())} has no word in it: type letters or digits. "
            "Quotes, stars and other marks are not looked for."
        )
    return Search(wanted=tuple(wanted), unwanted=tuple(unwanted))


def _joined(before: Term | Near, term: Term, distance: int) -> Near:
    earlier = before.terms if isinstance(before, Near) else (before,)
    return Near(terms=(*earlier, term), distance=distance)


def _term(part: re.Match[str]) -> Term | Near | None:
    if part["near"] is not None:
        terms = tuple(term for word in part["near"].split() if (term := _words(word)) is not None)
        if len(terms) > 1:
            return Near(terms=terms, distance=int(part["distance"] or DEFAULT_DISTANCE))
        return terms[0] if terms else None
    if part["phrase"] is not None:
        return _words(part["phrase"] + part["star"])
    return _words(part["plain"] or f"~{part['tilde']}")


def _words(typed: str) -> Term | None:
    """The words of a piece; a piece such as `don't` has two, which follow each other."""
    words = tuple(word.folded for word in words_of(typed))
    return Term(words=words, is_prefix=typed.endswith("*")) if words else None


def as_typed(typed: str) -> str:
    """What is being typed, with its last plain word taken as a beginning."""
    is_open = typed and not typed[-1].isspace() and typed[-1] not in '"*)' and typed.count('"') % 2 == 0
    last = typed.split()[-1] if typed.split() else ""
    if not is_open or last.startswith(("-", "~")) or "NEAR(" in typed.rpartition(")")[2]:
        return typed
    return f"{typed}*" if any(True for _ in words_of(last)) else typed

"""What a codebook says in words, weighted, ready to be looked up word by word."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import OSA

from harken.model import NONE_STATED, CodebookEntry

KEYWORD_WEIGHT = 2.0
LABEL_WEIGHT = 1.0
DEFINITION_WEIGHT = 0.5
KIN_WEIGHT = 0.8
"""What a word of the same family counts ("vulnerability" for "vulnerable"), times the share in common."""
KIN_PREFIX = 4
KIN_SHARE = 0.4
LONGEST_TYPO_OF_ONE = 7
"""A word up to this length may have one letter wrong, a longer one two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryWords:
    """The base forms of what one code says of itself."""

    keywords: tuple[tuple[str, ...], ...]
    label: frozenset[str]
    definition: frozenset[str]


class Phrase(NamedTuple):
    """A keyword of one word or several, as base forms."""

    lemmas: tuple[str, ...]
    weights: Mapping[int, float]
    """What finding it counts, by the position of the code."""


def words_of_entry(
    entry: CodebookEntry, phrase: Callable[[str], tuple[str, ...]], content: Callable[[str], Iterable[str]]
) -> EntryWords:
    """`phrase` gives the base forms of a text, `content` only those that carry meaning."""
    keywords = tuple(dict.fromkeys(filter(None, map(phrase, entry.code.keywords))))
    if entry.code.key == NONE_STATED:
        # Its name speaks about the answer, not in the words of one.
        return EntryWords(keywords=keywords, label=frozenset(), definition=frozenset())
    label = frozenset(content(entry.code.label))
    return EntryWords(
        keywords=keywords, label=label, definition=frozenset(content(entry.code.definition)) - label
    )


class Lexicon:
    """The words of the codes in one scope. A word that many of them share is worth less to each."""

    def __init__(self, entries: Mapping[int, EntryWords]) -> None:
        self.phrases = _phrases(entries)
        self._hints = _hints(entries)
        self._vocabulary = set(self._hints) | {
            lemma for phrases in self.phrases.values() for phrase in phrases for lemma in phrase.lemmas
        }
        self._by_prefix: dict[str, list[str]] = defaultdict(list)
        for lemma in sorted(self._hints):
            if len(lemma) >= KIN_PREFIX:
                self._by_prefix[lemma[:KIN_PREFIX]].append(lemma)
        self._hints_found: dict[str, Mapping[int, float]] = {}
        self._respelt: dict[str, str | None] = {}

    def __contains__(self, lemma: str) -> bool:
        return lemma in self._vocabulary

    def hints(self, lemma: str) -> Mapping[int, float]:
        """What a word counts for each code that has it, or a word of its family, in label or definition."""
        found = self._hints_found.get(lemma)
        if found is None:
            found = self._hints_found[lemma] = self._find_hints(lemma)
        return found

    def respelling(self, lemma: str) -> str | None:
        """The word of the codebook that a misspelt one most likely means."""
        if lemma not in self._respelt:
            self._respelt[lemma] = self._respell(lemma)
        return self._respelt[lemma]

    def _find_hints(self, lemma: str) -> Mapping[int, float]:
        found = dict(self._hints.get(lemma, {}))
        for kin in self._by_prefix.get(lemma[:KIN_PREFIX], ()):
            shared = _n_shared(kin, lemma) / max(len(kin), len(lemma))
            if kin != lemma and shared >= KIN_SHARE:
                for position, weight in self._hints[kin].items():
                    found[position] = max(found.get(position, 0.0), weight * KIN_WEIGHT * shared)
        return found

    def _respell(self, lemma: str) -> str | None:
        n_wrong = 1 if len(lemma) <= LONGEST_TYPO_OF_ONE else 2
        near = [
            (OSA.distance(lemma, known, score_cutoff=n_wrong), known)
            for known in self._vocabulary
            # First letters are seldom wrong, and short words have too many neighbours.
            if known[0] == lemma[0] and len(known) > KIN_PREFIX
        ]
        distance, known = min(near, default=(n_wrong + 1, ""))
        return known if distance <= n_wrong else None


def _n_shared(one: str, other: str) -> int:
    """How many letters the two begin with alike."""
    differ = (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differ, min(len(one), len(other)))


def _rarity(n_codes: int, n_all: int) -> float:
    """1 for what one code alone says, falling towards 0 as more codes share it."""
    return math.log(1 + n_all / n_codes) / math.log(1 + n_all)


def _phrases(entries: Mapping[int, EntryWords]) -> Mapping[str, Sequence[Phrase]]:
    """The keywords by their first word, longest first."""
    users: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, words in entries.items():
        for keyword in words.keywords:
            users[keyword].append(position)
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    for lemmas in sorted(users, key=lambda lemmas: (-len(lemmas), lemmas)):
        # A phrase of several words says more than one word does.
        weight = KEYWORD_WEIGHT * math.sqrt(len(lemmas)) * _rarity(len(users[lemmas]), len(entries))
        by_first[lemmas[0]].append(Phrase(lemmas, dict.fromkeys(users[lemmas], weight)))
    return by_first


def _hints(entries: Mapping[int, EntryWords]) -> Mapping[str, Mapping[int, float]]:
    """Single words by what they count: those of labels, definitions and one-word keywords."""
    weights: dict[int, dict[str, float]] = {}
    for position, words in entries.items():
        own = dict.fromkeys(words.definition, DEFINITION_WEIGHT)
        own |= dict.fromkeys(words.label, LABEL_WEIGHT)
        # The more words a code says of itself, the less each of them means.
        length = math.sqrt(sum(own.values())) or 1.0
        weights[position] = {lemma: weight / length for lemma, weight in own.items()}
        for keyword in words.keywords:
            if len(keyword) == 1:
                weights[position].setdefault(keyword[0], LABEL_WEIGHT)
    n_codes = Counter(lemma for own in weights.values() for lemma in own)
    hints: dict[str, dict[int, float]] = defaultdict(dict)
    for position, own in weights.items():
        for lemma, weight in own.items():
            hints[lemma][position] = weight * _rarity(n_codes[lemma], len(entries))
    return hints

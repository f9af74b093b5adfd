"""What in an answer speaks for which code, and the ranking that follows from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc

from harken.model import NONE_STATED, Codebook, Reason, ReasonKind, Suggestion
from harken.suggesters.examples import Example, Examples, place_like, sentences
from harken.suggesters.lemmas import Lemmas
from harken.suggesters.lexicon import KEYWORD_WEIGHT, Lexicon, words_of_entry
from harken.suggesters.patterns import Patterns
from harken.suggesters.words import Word, WordReader

PATTERN_WEIGHT = KEYWORD_WEIGHT * 1.5
EXAMPLE_WEIGHT = 3.0
"""What the same words as an example count; half alike counts nothing, and in between it grows slowly."""
RESPELT_WEIGHT = 0.8
MOST_REASONS = 5


class Finding(NamedTuple):
    """One piece of evidence for the code at `position`."""

    position: int
    weight: float
    n_words: int
    says: str
    """What is found, so that finding it again adds nothing."""
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The codes that may be applied to one question, ready to be looked for."""

    positions: frozenset[int]
    lexicon: Lexicon
    examples: Examples


class LexicalEvidence:
    """Looks for a codebook in documents: by keywords, labels, definitions, patterns and examples."""

    def __init__(
        self, codebook: Codebook, make_doc: Callable[[str], Doc], *, lemmas: Lemmas, reader: WordReader
    ) -> None:
        self._lemmas = lemmas
        self._reader = reader
        self._make_doc = make_doc
        self._entries = tuple(entry for entry in codebook.entries.values() if not entry.code.is_retired)
        self._words = [words_of_entry(entry, self._phrase, self._content) for entry in self._entries]
        self._examples = [
            Example(position, text, self._read(text))
            for position, entry in enumerate(self._entries)
            for text in entry.code.examples
        ]
        self._patterns = Patterns(self._entries, make_doc("").vocab)
        self._scopes: dict[frozenset[int], Scope] = {}

    def suggestions(
        self, doc: Doc, *, question: str | None, top: int | None = None
    ) -> tuple[Suggestion, ...]:
        """The codes with evidence, best first, equals in the codebook's order. No question: all codes."""
        scope = self._scope(question)
        words = self._reader.words(doc)
        if not words or not scope.positions:
            return ()
        findings: dict[int, list[Finding]] = defaultdict(list)
        for finding in self._findings(doc, words, scope):
            findings[finding.position].append(finding)
        strengths = {position: self._strength(found, len(words)) for position, found in findings.items()}
        return tuple(
            Suggestion(
                code=self._entries[position].path,
                score=strengths[position] / (1 + strengths[position]),
                reasons=_reasons(findings[position]),
            )
            for position in sorted(strengths, key=lambda position: (-strengths[position], position))[:top]
        )

    def _findings(self, doc: Doc, words: Sequence[Word], scope: Scope) -> Iterator[Finding]:
        text = doc.text  # spaCy puts it together anew each time
        yield from _worded(words, scope.lexicon, self._lemmas, text)
        for match in self._patterns.matches(doc):
            if match.position in scope.positions:
                span = doc[match.start : match.end]
                reason = _reason(ReasonKind.PATTERN, text, span.start_char, span.end_char)
                yield Finding(match.position, PATTERN_WEIGHT, len(span), "", reason)
        parts = sentences(words, text)
        for position, likeness in scope.examples.likenesses(words).items():
            example = likeness.example
            start, end = place_like(example, parts)
            reason = _reason(ReasonKind.EXAMPLE, text, start, end, example=example.text)
            weight = EXAMPLE_WEIGHT * likeness.share**2
            yield Finding(position, weight, len(example.words), example.text, reason)

    def _strength(self, found: Sequence[Finding], n_words: int) -> float:
        best: dict[tuple[ReasonKind, str], float] = {}
        for finding in found:
            key = (finding.reason.kind, finding.says)
            best[key] = max(best.get(key, 0.0), finding.weight)
        strength = sum(best.values())
        if self._entries[found[0].position].code.key == NONE_STATED:
            # "Nothing" is a statement; "nothing was explained to me" is not that one.
            strength *= min(1.0, max(finding.n_words for finding in found) / n_words)
        return strength

    def _scope(self, question: str | None) -> Scope:
        positions = frozenset(
            position
            for position, entry in enumerate(self._entries)
            if question is None or entry.applies_to(question)
        )
        scope = self._scopes.get(positions)
        if scope is None:
            scope = self._scopes[positions] = Scope(
                positions=positions,
                lexicon=Lexicon({position: self._words[position] for position in sorted(positions)}),
                examples=Examples([example for example in self._examples if example.position in positions]),
            )
        return scope

    def _phrase(self, text: str) -> tuple[str, ...]:
        return tuple(word.lemma for word in self._read(text))

    def _content(self, text: str) -> Iterator[str]:
        return (word.lemma for word in self._read(text) if word.is_content)

    def _read(self, text: str) -> list[Word]:
        return self._reader.words(self._make_doc(text))


def _worded(words: Sequence[Word], lexicon: Lexicon, lemmas: Lemmas, text: str) -> Iterator[Finding]:
    """Keywords, the longest first; then the single words that no keyword of the code took."""
    spelt = [_spelt(word, lexicon, lemmas, text) for word in words]
    taken: set[tuple[int, int]] = set()
    for index, (lemma, _) in enumerate(spelt):
        for phrase in lexicon.phrases.get(lemma, ()):
            places = range(index, index + len(phrase.lemmas))
            if places.stop > len(spelt) or any(
                spelt[place][0] != part for place, part in zip(places, phrase.lemmas, strict=True)
            ):
                continue
            certainty = min(spelt[place][1] for place in places)
            reason = _reason(ReasonKind.KEYWORD, text, words[index].start, words[places[-1]].end)
            for position, weight in phrase.weights.items():
                if any((position, place) in taken for place in places):
                    continue
                taken.update((position, place) for place in places)
                yield Finding(position, weight * certainty, len(places), " ".join(phrase.lemmas), reason)
    for index, (lemma, certainty) in enumerate(spelt):
        for position, weight in lexicon.hints(lemma).items():
            if (position, index) not in taken:
                reason = _reason(ReasonKind.KEYWORD, text, words[index].start, words[index].end)
                yield Finding(position, weight * certainty, 1, lemma, reason)


def _spelt(word: Word, lexicon: Lexicon, lemmas: Lemmas, text: str) -> tuple[str, float]:
    """The word's base form, or the codebook's word that it misspells; and how much that counts."""
    if word.lemma in lexicon or not lemmas.may_be_misspelt(text[word.start : word.end]):
        return word.lemma, 1.0
    respelt = lexicon.respelling(word.lemma)
    return (word.lemma, 1.0) if respelt is None else (respelt, RESPELT_WEIGHT)


def _reason(kind: ReasonKind, text: str, start: int, end: int, *, example: str = "") -> Reason:
    return Reason(kind=kind, text=text[start:end], start=start, end=end, example=example)


def _reasons(found: Sequence[Finding]) -> tuple[Reason, ...]:
    """The strongest few; what is found several times is shown where it stands first."""
    strongest: dict[tuple[ReasonKind, str], Reason] = {}
    for finding in sorted(found, key=lambda finding: -finding.weight):
        strongest.setdefault((finding.reason.kind, finding.says), finding.reason)
    return tuple(strongest.values())[:MOST_REASONS]

"""The suggester that needs no decisions: a codebook read against the words of an answer."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language

from harken._version import __version__
from harken.model import Codebook, Suggestion
from harken.suggesters.component import ANY_LANGUAGE, HarkenCodes


class LexicalSuggester:
    """Suggestions from keywords, patterns, examples, labels and definitions alone."""

    version = f"lexical {__version__}"

    def __init__(self, codebook: Codebook) -> None:
        self._nlp = blank_pipeline(codebook.language)
        self._component = HarkenCodes(self._nlp, codebook)

    def suggest(self, text: str, question: str, *, top: int = 3) -> tuple[Suggestion, ...]:
        # A lone surrogate is no text that spaCy can hold; one character stays one character.
        sound = text.encode("utf-8", "replace").decode("utf-8")
        return self._component.suggestions(self._nlp.make_doc(sound), question=question, top=top)

    def suggest_all(
        self, answers: Iterable[tuple[str, str]], *, top: int = 3
    ) -> Iterator[tuple[Suggestion, ...]]:
        for text, question in answers:
            yield self.suggest(text, question, top=top)


def blank_pipeline(language: str) -> Language:
    """A tokeniser for the language; the general one where spaCy has none or needs another package."""
    try:
        nlp = spacy.blank(language)
    except ImportError:
        nlp = spacy.blank(ANY_LANGUAGE)
    # The limit guards parsers' memory, and there is none here.
    nlp.max_length = sys.maxsize
    return nlp

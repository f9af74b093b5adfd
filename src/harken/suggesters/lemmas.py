"""Base forms of words, from simplemma's word lists."""

from __future__ import annotations

import simplemma

SHORTEST_RESPELT = 5
"""Shorter words have too many neighbours for a guess at what was meant."""


class Lemmas:
    """Base forms in one language. A language without a word list keeps words as they are, in lower case."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.has_word_list = _has_word_list(language)
        self._found: dict[str, str] = {}
        self._is_word: dict[str, bool] = {}

    def lemma(self, word: str) -> str:
        """The base form, in lower case."""
        found = self._found.get(word)
        if found is None:
            # The lists hold no words in capitals, and German ones hold nouns with a capital.
            given = word.lower() if word.isupper() else word
            found = simplemma.lemmatize(given, lang=self.language) if self.has_word_list else given
            found = self._found[word] = found.lower()
        return found

    def may_be_misspelt(self, word: str) -> bool:
        """Whether a list of the language's words exists and lacks this one."""
        if len(word) < SHORTEST_RESPELT or not word.isalpha() or not self.has_word_list:
            return False
        is_word = self._is_word.get(word)
        if is_word is None:
            is_word = self._is_word[word] = any(
                simplemma.is_known(form, lang=self.language)
                for form in (word, word.lower(), word.capitalize())
            )
        return not is_word


def _has_word_list(language: str) -> bool:
    try:
        simplemma.lemmatize("a", lang=language)
    except ValueError:
        return False
    return True

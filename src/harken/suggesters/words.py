"""The words of an answer: where each stands and its base form."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc
from spacy.vocab import Vocab

from harken.suggesters.lemmas import Lemmas


class Word(NamedTuple):
    """A word of an answer."""

    lemma: str
    start: int
    """Where it begins in the answer, in code points."""
    end: int
    is_content: bool
    """Whether it means something by itself, unlike "the" or "7"."""


class WordReader:
    """Reads the words of documents, each form looked up once."""

    def __init__(self, vocab: Vocab, lemmas: Lemmas) -> None:
        self._vocab = vocab
        self._lemmas = lemmas
        self._known: dict[str, tuple[str, bool]] = {}

    def words(self, doc: Doc) -> list[Word]:
        """In order, parted also where markup or a missing space glued them together; no punctuation."""
        words = []
        for token in doc:
            text, start = token.text, token.idx
            if text.isalnum():
                words.append(self._word(text, start))
            else:
                words += (self._word(text[begin:end], start + begin) for begin, end in _runs(text))
        return words

    def lemmatise(self, doc: Doc) -> None:
        """Give every token a base form that has none yet; what an earlier component set stays."""
        for token in doc:
            if not token.lemma:
                token.lemma_ = self._lemmas.lemma(token.text)

    def _word(self, form: str, start: int) -> Word:
        known = self._known.get(form)
        if known is None:
            lemma = self._lemmas.lemma(form)
            is_stop = self._vocab[form.lower()].is_stop
            is_content = not is_stop and len(lemma) > 1 and any(map(str.isalpha, lemma))
            known = self._known[form] = lemma, is_content
        return Word(known[0], start, start + len(form), known[1])


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of letters and digits, or of symbols (an emoji is an answer, too)."""
    begin, kind = 0, ""
    for index, character in enumerate(text):
        its_kind = _kind(character) or kind
        if its_kind != kind:
            if kind in ("word", "symbol"):
                yield begin, index
            begin, kind = index, its_kind
    if kind in ("word", "symbol"):
        yield begin, len(text)


@cache
def _kind(character: str) -> str:
    """Of what run it is part; empty for an accent, which is part of what it stands on."""
    category = unicodedata.category(character)[0]
    return {"L": "word", "N": "word", "S": "symbol", "M": ""}.get(category, "between")

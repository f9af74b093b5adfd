"""What a new memo may be on, found by a part of its name."""

from __future__ import annotations

from collections.abc import Sequence

from harken.services.codebooks import current_codebook
from harken.services.coding.finding import find_codes
from harken.services.memos import PROJECT, on_answer, on_code, on_participant, on_question
from harken.storage import survey
from harken.storage.store import Store
from harken.tui.widgets.choices import Choice

MOST_PEOPLE = 30
"""People of whom answers are offered: a longer name leaves fewer."""


class MemoSubjects:
    """The diary first, then questions, codes, and, once something is typed, people with their answers.

    A choice's value makes the subject when it is taken: looking for one asks nothing of the codebook.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._codebook = current_codebook(store)
        self._questions = [question.name for question in survey.questions(store)]
        self._people = sorted(survey.participant_names(store))

    def find(self, text: str) -> Sequence[Choice]:
        wanted = text.strip().casefold()
        found = [Choice(value=lambda: PROJECT, text="Diary", note="the study as a whole")]
        found += [
            Choice(value=lambda name=name: on_question(self._store, name), text=name, note="question")
            for name in self._questions
        ]
        found = [one for one in found if wanted in one.text.casefold()]
        found += [
            Choice(
                value=lambda path=path: on_code(self._store, path),
                text=self._codebook.entries[path].code.label,
                note=f"code · {path}",
            )
            for path in find_codes(self._codebook.entries, text)
        ]
        return [*self._on_people(wanted), *found] if wanted else found

    def _on_people(self, wanted: str) -> Sequence[Choice]:
        names = [name for name in self._people if name.casefold().startswith(wanted)][:MOST_PEOPLE]
        found = []
        for name in names:
            found.append(
                Choice(value=lambda name=name: on_participant(self._store, name), text=name, note="person")
            )
            for response in survey.responses(self._store, participant=name, only_answered=True):
                key = response.key
                found.append(
                    Choice(
                        value=lambda key=key: on_answer(self._store, key),
                        text=f"  {key.participant}  {key.question} {key.occasion}",
                        note="answer",
                    )
                )
        return found

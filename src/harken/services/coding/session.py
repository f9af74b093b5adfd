"""One coder at work in one round: the open answer, and every key's effect on it, on disk at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from harken.errors import HarkenError
from harken.model import (
    MAIN_ROUND,
    Codebook,
    Coding,
    Decision,
    DecisionState,
    Response,
    Round,
    RoundKind,
    Suggestion,
)
from harken.services.coding.finding import find_codes
from harken.services.coding.new_codes import FamilyChoice, add_new_code, family_choices
from harken.services.coding.queue import CoderQueue
from harken.services.coding.reading import read_answer, read_person
from harken.services.coding.sheet import CodeSheet, settled_sheet
from harken.services.coding.work import (
    FoundAnswer,
    LastDecision,
    OpenAnswer,
    Person,
    Progress,
    WorkState,
    says_the_same,
)
from harken.services.coding.writing import SharedFile
from harken.storage import codebooks, coding, study, survey
from harken.storage.codebooks import StoredCodebook
from harken.storage.coding import Draft
from harken.storage.store import Action, Store


class CodingSession:
    """A coder's work on a round. Each verb is durable when it returns, and returns a line to show.

    A verb that is refused, or cannot be written, raises `HarkenError` and has changed nothing.
    What others do to the project is taken up when the next answer opens.
    """

    def __init__(self, store: Store, *, coder: str, round: Round, questions: Sequence[str]) -> None:
        self.store = store
        self.coder = coder
        self.round = round
        self.questions = tuple(questions)
        self.current: OpenAnswer | None = None
        """The answer before the coder; None at the end of the queue."""
        self.typed: dict[str, str] = {}
        """What stands in a box that was closed without an effect, by the box's name, for this answer."""
        self._file = SharedFile(store, coder=coder)
        self._stored = codebooks.stored_codebook(store)
        self._sheets: dict[str, CodeSheet] = {}
        self._queue = CoderQueue(store, coder=coder, round=round.name, questions=self.questions)
        self._suggestions: tuple[Suggestion, ...] = ()
        self._n_shown = 0
        self._walked: set[int] = set()
        """Answers that `reopen` went through in a row."""
        self._move_to_work()

    @classmethod
    def open(
        cls, store: Store, *, coder: str, round: str = MAIN_ROUND, questions: Iterable[str] = ()
    ) -> CodingSession:
        """Raises `HarkenError` for an unknown round or question, with the known ones."""
        asked = study.round_named(store, round)
        names = tuple(dict.fromkeys(survey.question_named(store, name).name for name in questions))
        if asked.coders and coder not in asked.coders:
            raise HarkenError(
                f"{coder!r} is no coder of the round {round!r}. Its coders: {', '.join(asked.coders)}."
            )
        if store.is_read_only:
            raise HarkenError(f"{store.path} is read-only; copy it to a folder of your own to code in it.")
        return cls(store, coder=coder, round=asked, questions=names)

    # -- looking -------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        return study.settings(self.store).get("title", "")

    @property
    def progress(self) -> Progress:
        return self._queue.progress

    @property
    def sheet(self) -> CodeSheet:
        """The codes for the open answer's question; none at the end of the queue."""
        if self.current is None:
            return CodeSheet(question="", entries={}, hotkeys={})
        return self._sheets[self.current.response.key.question]

    @property
    def codebook(self) -> Codebook:
        return self._stored.codebook

    @property
    def codebook_version(self) -> str:
        return self._stored.version_id

    @property
    def hides_suggestions(self) -> bool:
        """Whether this round wants the coder's own eye first."""
        return self.round.is_blind or self.round.kind is RoundKind.RELIABILITY

    @property
    def last_decision(self) -> LastDecision | None:
        id = next(self._queue.decided_latest_first(), None)
        if id is None:
            return None
        with self._file.explained():
            key = survey.response(self.store, id).key
            place = {"round": self.round.name, "coder": self.coder}
            decision = coding.decision_at(self.store, self._stored, key, **place)
        if decision is None:
            return None
        return LastDecision(key=key, state=decision.state, codes=decision.codes)

    def upcoming(self, n: int) -> Iterator[Response]:
        """The next `n` answers that wait, for who wants to prepare something about them."""
        for place in islice(self._queue.waiting_after(self._place), n):
            with self._file.explained():
                yield survey.response(self.store, self._queue.id_at(place))

    def person(self) -> Person:
        """The participant of the open answer: other answers and closed items, groups unless hidden."""
        with self._file.explained():
            return read_person(self.store, self._answer())

    def find_codes(self, text: str) -> tuple[str, ...]:
        """Paths of the question's codes that a text may mean."""
        return find_codes(self.sheet.entries, text)

    def find_answers(self, text: str) -> tuple[FoundAnswer, ...]:
        """Answers in the queue by participant or by number; for no text those with drafts and the next."""
        with self._file.explained():
            return self._queue.find(text, after=self._place)

    def family_choices(self) -> tuple[FamilyChoice, ...]:
        """Families for a new code, the likeliest first; none where the codebook is empty."""
        return family_choices(self.store, self._stored.codebook, self._answer().response.key.question)

    # -- moving --------------------------------------------------------------------------------------

    def step(self, n: int) -> str:
        """Go `n` answers on (or back) without deciding; a draft stays where it is."""
        left = self.current
        place = (len(self._queue) if n < 0 else -1) + n if left is None else left.position + n
        if not 0 <= place < len(self._queue):
            return "This is the first answer." if n < 0 else "This is the last answer."
        self._open_at(place)
        if left is not None and left.state is WorkState.DRAFT:
            return f"{left.response.key.participant} is left as a draft; it comes again."
        return ""

    def go_to(self, position: int) -> str:
        self._open_at(position)
        return ""

    def reopen(self) -> str:
        """Open the last decision; where `reopen` led here, the one before it."""
        here = None if self.current is None else self.current.response.id
        walked = {*self._walked, here} if self._walked else {here}
        wanted = next(
            (id for id in self._queue.decided_latest_first() if id in self._queue and id not in walked), None
        )
        if wanted is None:
            raise HarkenError("No earlier decision to reopen.")
        self._open_at(self._queue.place_of(wanted))
        self._walked = {id for id in walked if id is not None} | {wanted}
        return "Reopened. Change it and decide again, or leave it as it stands."

    # -- changing the open answer --------------------------------------------------------------------

    def toggle(self, path: str) -> str:
        """Apply a code or take it off; in an exclusive family it takes the other one's place."""
        answer = self._answer()
        if path in answer.codes:
            self._put(replace(answer.work, codings=tuple(c for c in answer.codings if c.code != path)))
            return f"{self._label(path)} taken off."
        if path not in self._stored.ids:
            raise HarkenError(f"{path!r} is not in the codebook any more.")
        return self._apply([path])

    def same_as_before(self) -> str:
        """Apply the codes of the last decision as well; the answer stays open."""
        last = self.last_decision
        if last is None or not last.codes:
            raise HarkenError("The answer before has no codes to repeat.")
        fitting = [path for path in last.codes if path in self.sheet.entries]
        if not fitting:
            raise HarkenError("None of the codes of the answer before may be applied to this question.")
        missing = [path for path in fitting if path not in self._answer().codes]
        if not missing:
            raise HarkenError("The codes of the answer before are applied already.")
        self._apply(missing)
        return f"As {last.key.participant}: {', '.join(map(self._label, fitting))}."

    def _apply(self, paths: Iterable[str]) -> str:
        work = self._answer().work
        codings, replaced = work.codings, list[str]()
        for path in paths:
            codings, rivals = self._with_code(codings, path, self._stored.codebook)
            replaced += rivals
        self._put(replace(work, codings=codings))
        if not replaced:
            return ""
        family = self._stored.codebook.entries[path].family
        others = ", ".join(map(self._label, dict.fromkeys(replaced)))
        return f"{self._label(path)} takes the place of {others}: one code of {family.label} at most."

    @staticmethod
    def _with_code(
        codings: tuple[Coding, ...], path: str, codebook: Codebook
    ) -> tuple[tuple[Coding, ...], list[str]]:
        """The codings with one code more, and those that it drives out of an exclusive family."""
        family = codebook.entries[path].family
        rivals = [c.code for c in codings if family.exclusive and c.code.split(".")[0] == family.key]
        return (*(c for c in codings if c.code not in rivals), Coding(path)), rivals

    def write_memo(self, memo: str) -> str:
        work = self._answer().work
        if work.memo == memo:
            return ""
        self._put(replace(work, memo=memo))
        return "Memo kept." if memo else "Memo taken away."

    def mark_unsure(self, is_unsure: bool, message: str = "") -> str:
        """Say that the coder is unsure, with what the lead should know or decide."""
        work = self._answer().work
        words = message if is_unsure else ""
        if (work.is_unsure, work.message) == (is_unsure, words):
            return ""
        self._put(replace(work, is_unsure=is_unsure, message=words))
        return "Marked unsure." if is_unsure else "No longer marked unsure."

    def make_code(self, name: str, *, family: str | None = None, with_example: bool = False) -> str:
        """Make a code and apply it to the open answer, in one action."""
        answer = self._answer()
        question = answer.response.key.question
        with self._file.action() as action:
            self._take_up_codebook()
            path = add_new_code(
                action,
                self._stored.codebook,
                name=name,
                family=family,
                example=answer.response.text if with_example else "",
                question=question,
            )
            stored = codebooks.stored_codebook(self.store)
            sheet = settled_sheet(action, self.store, stored, round=self.round.name, question=question)
            codings, _ = self._with_code(answer.codings, path, stored.codebook)
            draft = replace(answer.work, codings=codings)
            self._write_draft(action, stored, answer, draft)
        self._stored, self._sheets = stored, {question: sheet}
        self._keep(answer, draft)
        entry = stored.codebook.entries[path]
        hotkey = sheet.hotkeys.get(path)
        key = f"its key is {hotkey}" if hotkey else "it has no key; find it by name"
        return f"{entry.code.label} made in {entry.family.label} and applied; {key}."

    def _put(self, draft: Draft) -> None:
        answer = self._answer()
        with self._file.action() as action:
            self._write_draft(action, self._stored, answer, draft)
        self._keep(answer, draft)

    def _write_draft(self, action: Action, stored: StoredCodebook, answer: OpenAnswer, draft: Draft) -> None:
        place = {"round": self.round.name, "coder": self.coder}
        if self._is_as_decided(answer, draft):
            coding.discard_draft(action, stored, answer.response.key, **place)
        else:
            coding.put_draft(action, stored, answer.response.key, draft, **place)

    def _keep(self, answer: OpenAnswer, draft: Draft) -> None:
        """Take up what is on disk now."""
        is_nothing = draft == Draft() and answer.decision is None
        is_there = not (is_nothing or self._is_as_decided(answer, draft))
        self.current = replace(answer, draft=draft if is_there else None)
        self._queue.note_draft(answer.response.id, is_there=is_there)

    @staticmethod
    def _is_as_decided(answer: OpenAnswer, draft: Draft) -> bool:
        return answer.decision is not None and says_the_same(draft, answer.decision)

    # -- deciding ------------------------------------------------------------------------------------

    def decide(self) -> str:
        """Finish the open answer with the codes applied and open the next undecided one."""
        answer = self._answer()
        if answer.state is WorkState.DECIDED:
            return self._advance(f"{answer.response.key.participant} stays as it was decided.")
        if not answer.codings:
            raise HarkenError("No code is applied yet. Press a code's letter, or 0 if none applies.")
        return self._finish(DecisionState.CODED)

    def decide_no_code(self) -> str:
        """Finish it with no code; refused while codes are applied."""
        self._refuse_codes("0 says that no code applies")
        return self._finish(DecisionState.CODED)

    def decide_uncodable(self) -> str:
        """Finish it as one that cannot be coded; refused while codes are applied."""
        self._refuse_codes("An uncodable answer has no codes")
        return self._finish(DecisionState.UNCODABLE)

    def _refuse_codes(self, why: str) -> None:
        applied = self._answer().codes
        if applied:
            raise HarkenError(f"{why}; take {', '.join(map(self._label, applied))} off first.")

    def _finish(self, state: DecisionState) -> str:
        answer = self._answer()
        work = answer.work
        decision = Decision(
            key=answer.response.key,
            coder=self.coder,
            round=self.round.name,
            state=state,
            codings=work.codings,
            is_unsure=work.is_unsure,
            memo=work.memo,
            message=work.message,
        )
        with self._file.action() as action:
            self._take_up_codebook()
            gone = [path for path in decision.codes if path not in self._stored.ids]
            if gone:
                raise HarkenError(f"{', '.join(gone)} went out of the codebook. Look at the codes again.")
            coding.decide(action, self._stored, decision, suggestions=self._proposals(decision))
        self._queue.note_decision(answer.response.id)
        self.current = replace(answer, decision=decision, draft=None)
        return self._advance("")

    def _advance(self, said: str) -> str:
        here = self._place
        self._catch_up()
        place = next(self._queue.waiting_after(here), None)
        if place is None:
            self._close_answer()
            return said
        self._open_at(place)
        if place <= here:
            return said or "From the beginning again: this answer was passed over."
        return said

    def note_suggestions(self, suggestions: Sequence[Suggestion], *, n_shown: int) -> None:
        """Say what was proposed for the open answer and how many of it the coder could see."""
        self._suggestions = tuple(suggestions)
        self._n_shown = max(self._n_shown, n_shown)

    def _proposals(self, decision: Decision) -> list[Mapping[str, Any]]:
        """What was suggested and what became of it; no word of the answer, only the kinds of reasons."""
        return [
            {
                "code": self._stored.ids[suggestion.code],
                "rank": rank,
                "score": round(suggestion.score, 6),
                "confidence": suggestion.confidence,
                "reasons": sorted({reason.kind.value for reason in suggestion.reasons}),
                "shown": rank <= self._n_shown,
                "accepted": suggestion.code in decision.codes,
            }
            for rank, suggestion in enumerate(self._suggestions, start=1)
            if suggestion.code in self._stored.ids
        ]

    def undo(self) -> str:
        """Undo this coder's last decision that stands, of this sitting or an earlier one, and open it."""
        with self._file.explained():
            key = coding.undo(self.store, coder=self.coder, round=self.round.name)
        if key is None:
            raise HarkenError("Nothing to undo.")
        return self._show_again(key.participant, survey.response_id(self.store, key), "undone")

    def redo(self) -> str:
        """Take back the last undo, if no decision came after it."""
        with self._file.explained():
            key = coding.redo(self.store, coder=self.coder, round=self.round.name)
        if key is None:
            raise HarkenError("Nothing to redo.")
        return self._show_again(key.participant, survey.response_id(self.store, key), "decided again")

    def _show_again(self, participant: str, id: int | None, what: str) -> str:
        self._queue.reload_work()
        if id is not None and id in self._queue:
            self._open_at(self._queue.place_of(id))
            return f"The decision on {participant} is {what}."
        if self.current is not None:
            self._open_at(self.current.position)
        return f"The decision on {participant} is {what}; the answer is not in this queue."

    # -- reading the project -------------------------------------------------------------------------

    @property
    def _place(self) -> int:
        return -1 if self.current is None else self.current.position

    def _answer(self) -> OpenAnswer:
        if self.current is None:
            raise HarkenError("No answer is open. Backspace reopens the last decision.")
        return self.current

    def _label(self, path: str) -> str:
        entry = self._stored.codebook.entries.get(path)
        return path if entry is None else entry.code.label

    def _move_to_work(self) -> None:
        """Go on after the last decision; what was passed over before it comes round again."""
        last = next((id for id in self._queue.decided_latest_first() if id in self._queue), None)
        after = -1 if last is None else self._queue.place_of(last)
        place = next(self._queue.waiting_after(after), None)
        if place is not None:
            self._open_at(place)

    def _open_at(self, position: int) -> None:
        self._catch_up()
        if not len(self._queue):
            self._close_answer()
            return
        place = min(position, len(self._queue) - 1)
        with self._file.explained():
            answer = read_answer(
                self.store,
                self._stored,
                self._queue.id_at(place),
                position=place,
                round=self.round,
                coder=self.coder,
            )
        self._prepare_sheet(answer.response.key.question)
        self._close_answer()
        self.current = answer

    def _close_answer(self) -> None:
        self.current = None
        self._suggestions, self._n_shown = (), 0
        self._walked = set()
        self.typed = {}

    def _prepare_sheet(self, question: str) -> None:
        if question not in self._sheets:
            with self._file.action() as action:
                self._sheets[question] = settled_sheet(
                    action, self.store, self._stored, round=self.round.name, question=question
                )

    def _take_up_codebook(self) -> None:
        """See, inside a transaction, the codebook as it is now."""
        if codebooks.version_id(self.store) != self._stored.version_id:
            self._stored = codebooks.stored_codebook(self.store)

    def _catch_up(self) -> None:
        """Take up what other programs wrote, between two answers."""
        news = self._file.news()
        with self._file.explained():
            if news.codebook:
                self._stored = codebooks.stored_codebook(self.store)
                self._sheets.clear()
            if news.survey:
                self._queue.reload()
            elif news.work:
                self._queue.reload_work()

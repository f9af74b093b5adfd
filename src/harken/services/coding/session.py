"""One coder at work in one round: the open answer, and every key's effect on it, on disk at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from harken.errors import HarkenError
from harken.model import MAIN_ROUND, Codebook, Response, Round, RoundKind, Suggestion
from harken.services.coding import deciding, drafting, moving
from harken.services.coding.finding import find_codes
from harken.services.coding.possible import Verb, possible_verbs
from harken.services.coding.sheet import CodeSheet
from harken.services.coding.work import LastDecision, OpenAnswer, Progress
from harken.services.coding.workplace import Workplace
from harken.storage import coding, study, survey
from harken.storage.coding import WorkOrder, WorkPlan
from harken.storage.store import Store

if TYPE_CHECKING:
    from harken.services.coding.going_to import FoundAnswer
    from harken.services.coding.growing import Growing
    from harken.services.coding.new_codes import FamilyChoice
    from harken.services.coding.noting import Noting
    from harken.services.coding.people import Person


class CodingSession:
    """A coder's work on a round. Each verb is durable when it returns, and returns a line to show.

    A verb that is refused, or cannot be written, raises `HarkenError` and has changed nothing.
    What others do to the project is taken up when the next answer opens.
    """

    def __init__(
        self,
        store: Store,
        *,
        coder: str,
        round: Round,
        questions: Sequence[str],
        order: WorkOrder = WorkOrder.QUESTION,
        only: int | None = None,
    ) -> None:
        self.store = store
        self.coder = coder
        self.round = round
        self.questions = tuple(questions)
        self._work = Workplace(
            store, coder=coder, round=round, questions=self.questions, order=order, only=only
        )
        moving.move_to_work(self._work)

    @classmethod
    def open(
        cls,
        store: Store,
        *,
        coder: str,
        round: str = MAIN_ROUND,
        questions: Iterable[str] = (),
        order: WorkOrder = WorkOrder.QUESTION,
        announces_turns: bool = True,
    ) -> CodingSession:
        """Raises `HarkenError` for an unknown round or question, with the known ones.

        The journal notes the order and the questions when they differ from this coder's last ones in the
        round. `announces_turns` is for a front end that relies on the verbs for saying where another question
        or person begins.
        """
        asked = _round_of(store, coder=coder, round=round)
        names = tuple(dict.fromkeys(survey.question_named(store, name).name for name in questions))
        session = cls(store, coder=coder, round=asked, questions=names, order=order)
        session._work.announces_turns = announces_turns
        if session.current is not None:
            session._note_plan(WorkPlan(order, names))
        return session

    @classmethod
    def visit(cls, store: Store, response_id: int, *, coder: str, round: str = MAIN_ROUND) -> CodingSession:
        """Work on one answer alone, open whether decided or not; refused if the coder is not to code it."""
        asked = _round_of(store, coder=coder, round=round)
        session = cls(store, coder=coder, round=asked, questions=(), only=response_id)
        if not session.progress.n_answers:
            raise HarkenError(_why_not_to_code(store, response_id, coder=coder, round=round))
        session.go_to(0)
        return session

    def _note_plan(self, plan: WorkPlan) -> None:
        place = {"coder": self.coder, "round": self.round.name}
        if coding.noted_plan(self.store, **place) != plan:
            with self._work.file.action() as action:
                coding.note_plan(action, plan, **place)

    # -- looking -------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The project's."""
        return study.settings(self.store).get("title", "")

    @property
    def current(self) -> OpenAnswer | None:
        """The answer before the coder; None at the end of the queue."""
        return self._work.current

    @property
    def typed(self) -> dict[str, str]:
        """What stands in a box that was closed without an effect, by the box's name, for this answer."""
        return self._work.typed

    @property
    def progress(self) -> Progress:
        return self._work.queue.progress

    @property
    def sheet(self) -> CodeSheet:
        """The codes for the open answer's question; none at the end of the queue."""
        return self._work.sheet

    @property
    def codebook(self) -> Codebook:
        return self._work.stored.codebook

    @property
    def codebook_version(self) -> str:
        return self._work.stored.version_id

    @property
    def hides_suggestions(self) -> bool:
        """Whether this round wants the coder's own eye first."""
        return self.round.is_blind or self.round.kind is RoundKind.RELIABILITY

    @property
    def last_decision(self) -> LastDecision | None:
        id = next(self._work.queue.decided_latest_first(), None)
        if id is None:
            return None
        with self._work.file.explained():
            key = survey.response(self.store, id).key
            place = {"round": self.round.name, "coder": self.coder}
            decision = coding.decision_at(self.store, self._work.stored, key, **place)
        if decision is None:
            return None
        return LastDecision(key=key, state=decision.state, codings=decision.codings)

    def upcoming(self, n: int) -> Iterator[Response]:
        """The next `n` answers that wait, for who wants to prepare something about them."""
        queue = self._work.queue
        for place in islice(queue.waiting_after(self._work.place), n):
            with self._work.file.explained():
                yield survey.response(self.store, queue.id_at(place))

    def person(self) -> Person:
        """The participant of the open answer: other answers and closed items, groups unless hidden."""
        from harken.services.coding.people import read_person

        with self._work.file.explained():
            return read_person(self.store, self._work.answer())

    def find_codes(self, text: str) -> tuple[str, ...]:
        """Paths of the question's codes that a text may mean."""
        return find_codes(self.sheet.entries, text)

    def find_answers(self, text: str) -> tuple[FoundAnswer, ...]:
        """Answers in the queue by participant or by number; for no text those with drafts and the next."""
        with self._work.file.explained():
            return self._work.queue.find(text, after=self._work.place)

    def family_choices(self) -> tuple[FamilyChoice, ...]:
        """Families for a new code, the likeliest first; none where the codebook is empty."""
        from harken.services.coding.new_codes import family_choices

        return family_choices(self.store, self.codebook, self._work.answer().response.key.question)

    @property
    def possible(self) -> frozenset[Verb]:
        """What would not be refused now."""
        return frozenset(possible_verbs(self._work, self.last_decision))

    def note_suggestions(self, suggestions: Sequence[Suggestion], *, n_shown: int) -> None:
        """Say what was proposed for the open answer and how many of it the coder could see."""
        self._work.proposed = tuple(suggestions)
        self._work.n_shown = max(self._work.n_shown, n_shown)

    @cached_property
    def noting(self) -> Noting:
        """Marks, alerts and links on the open answer."""
        from harken.services.coding.noting import Noting

        return Noting(self._work)

    @cached_property
    def growing(self) -> Growing:
        """Words of the open answer that become keywords or examples."""
        from harken.services.coding.growing import Growing

        return Growing(self._work)

    def take_up_changes(self) -> str:
        """Take up what another screen changed: codebook, survey, this coder's work; the answer stays open."""
        self._work.take_up_changes()
        return ""

    # -- moving --------------------------------------------------------------------------------------

    def step(self, n: int) -> str:
        """Go `n` answers on (or back) without deciding; a draft stays where it is."""
        return moving.step(self._work, n)

    def go_to(self, position: int) -> str:
        self._work.open_at(position)
        return ""

    def go_to_response(self, response_id: int) -> str:
        """Open an answer of this queue by its id."""
        if response_id not in self._work.queue:
            key = survey.response(self.store, response_id).key
            raise HarkenError(
                f"The answer of {key.participant} to {key.question} is not in this queue; "
                "`harken answers` opens it."
            )
        return self.go_to(self._work.queue.place_of(response_id))

    def reopen(self) -> str:
        """Open the last decision; where `reopen` led here, the one before it."""
        return moving.reopen(self._work)

    # -- changing the open answer --------------------------------------------------------------------

    def toggle(self, path: str) -> str:
        """Apply a code or take it off; in an exclusive family it takes the other one's place."""
        return drafting.toggle(self._work, path)

    def toggle_segment(self, path: str, start: int, end: int) -> str:
        """Apply a code to a part of the answer, or take off the code's segment that this part lies in."""
        return drafting.toggle_segment(self._work, path, start, end)

    def same_as_before(self) -> str:
        """Apply the codes of the last decision as well; the answer stays open."""
        return drafting.repeat(self._work, self.last_decision)

    def write_memo(self, memo: str) -> str:
        return drafting.write_memo(self._work, memo)

    def mark_unsure(self, is_unsure: bool, message: str = "") -> str:
        """Say that the coder is unsure, with what the lead should know or decide."""
        return drafting.mark_unsure(self._work, is_unsure, message)

    def make_code(
        self,
        name: str,
        *,
        family: str | None = None,
        with_example: bool = False,
        segment: tuple[int, int] | None = None,
    ) -> str:
        """Make a code and apply it to the open answer, or to a segment of it, in one action.

        The example is what it is applied to, without what tells who somebody is.
        """
        example = self.noting.printable(segment) if with_example else ""
        return drafting.make_code(self._work, name, family=family, example=example, segment=segment)

    # -- deciding ------------------------------------------------------------------------------------

    def decide(self) -> str:
        """Finish the open answer with the codes applied and open the next undecided one."""
        return deciding.decide(self._work)

    def decide_no_code(self) -> str:
        """Finish it with no code; refused while codes are applied."""
        return deciding.decide_no_code(self._work)

    def decide_uncodable(self) -> str:
        """Finish it as one that cannot be coded; refused while codes are applied."""
        return deciding.decide_uncodable(self._work)

    def undo(self) -> str:
        """Undo this coder's last decision that stands, of this sitting or an earlier one, and open it."""
        return deciding.undo(self._work)

    def redo(self) -> str:
        """Take back the last undo, if no decision came after it."""
        return deciding.redo(self._work)


def _round_of(store: Store, *, coder: str, round: str) -> Round:
    asked = study.round_named(store, round)
    if asked.coders and coder not in asked.coders:
        raise HarkenError(
            f"{coder!r} is no coder of the round {round!r}. Its coders: {', '.join(asked.coders)}."
        )
    if store.is_read_only:
        raise HarkenError(f"{store.path} is read-only; copy it to a folder of your own to code in it.")
    return asked


def _why_not_to_code(store: Store, response_id: int, *, coder: str, round: str) -> str:
    response = survey.response(store, response_id)
    name = response.key.participant
    if not response.is_answered:
        return f"{name} gave no answer here (non-response): there is nothing to code."
    reason = survey.participant_named(store, name).exclusion
    if reason:
        return f"{name} is excluded ({reason}): the answer is in no queue."
    return f"This answer of {name} is not assigned to {coder} in the round {round}."

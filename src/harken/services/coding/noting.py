"""What a coder notes about the open answer beside its codes: marks, an alert, what it refers to."""

from __future__ import annotations

from harken.model import Mark, MarkKind, Response
from harken.services.coding.work import OpenAnswer
from harken.services.coding.workplace import Workplace
from harken.services.marking import marks_of, redacted, set_mark
from harken.storage import links, survey

MOST_FOUND = 50
"""Answers that a search for the one referred to lists."""


class Noting:
    """Each verb is an event of its own, on disk when it returns; none waits for the decision."""

    def __init__(self, work: Workplace) -> None:
        self._work = work

    def printable(self, segment: tuple[int, int] | None = None) -> str:
        """The open answer, or a part of it, without what tells who somebody is."""
        answer = self._work.answer()
        start, end = segment or (0, len(answer.response.text))
        # Of all coders: what one of them saw is private for everybody.
        marks = marks_of(self._work.store, [answer.response.id]).get(answer.response.id, ())
        return redacted(answer.response.text, marks, start=start, end=end)

    def mark(self, kind: MarkKind, start: int, end: int, *, label: str = "") -> str:
        """Mark a part of the open answer; marked already by this coder, the mark goes."""
        answer = self._work.answer()
        here = self._own_mark(answer, kind, start, end)
        mark = here or Mark(kind=kind, start=start, end=end, coder=self._work.coder, label=label)
        self._write_mark(answer, mark, is_marked=here is None)
        words = " ".join(answer.response.text[mark.start : mark.end].split())
        said = words if len(words) <= 40 else f"{words[:39]}…"
        if kind is MarkKind.QUOTE:
            return f"Quote: “{said}”." if here is None else f"No longer a quote: “{said}”."
        if here is None:
            return f"“{said}” is printed as [{label} removed]."
        return f"“{said}” is printed again."

    def identifying_at(self, start: int, end: int) -> Mark | None:
        """The coder's own identifying mark around a part of the answer."""
        return self._own_mark(self._work.answer(), MarkKind.IDENTIFYING, start, end)

    def is_quote(self, start: int, end: int) -> bool:
        """Whether this coder marked exactly this part as a quote."""
        return self._own_mark(self._work.answer(), MarkKind.QUOTE, start, end) is not None

    def _own_mark(self, answer: OpenAnswer, kind: MarkKind, start: int, end: int) -> Mark | None:
        own = [mark for mark in answer.notes.marks if (mark.kind, mark.coder) == (kind, self._work.coder)]
        for mark in own:
            if (mark.start, mark.end) == (start, end):
                return mark
            if kind is MarkKind.IDENTIFYING and mark.start <= start and end <= mark.end:
                return mark
        return None

    def _write_mark(self, answer: OpenAnswer, mark: Mark, *, is_marked: bool) -> None:
        with self._work.file.explained():
            set_mark(self._work.store, answer.response, mark, actor=self._work.coder, is_marked=is_marked)
        self._work.reread_notes()

    def alert(self, note: str = "") -> str:
        """Alert the lead to the open answer, because somebody seems to be in distress."""
        # Seldom wanted, and the first answer is painted sooner without.
        from harken.services.asking import raise_alert

        answer = self._work.answer()
        with self._work.file.explained():
            raise_alert(self._work.store, answer.response.key, coder=self._work.coder, note=note)
        self._work.reread_notes()
        return "The lead is alerted to this answer. Go on coding it as usual."

    def take_alert_back(self, why: str) -> str:
        """Close the coder's own alert on the open answer, which they raised by mistake."""
        from harken.services.asking import close_alert, find_alert

        answer, coder = self._work.answer(), self._work.coder
        with self._work.file.explained():
            alert = find_alert(self._work.store, answer.response.key, viewer=coder, coder=coder)
            close_alert(self._work.store, alert, done=why, actor=coder)
        self._work.reread_notes()
        return "The alert is taken back."

    # -- answers that refer to others ------------------------------------------------------------------

    def link(self, to: Response) -> str:
        """Note that the open answer refers to another one; noted already, the link goes."""
        answer = self._work.answer()
        is_linked = to.id not in self._own_links(answer)
        with self._work.file.action() as action:
            links.put_link(action, answer.response.key, to.key, coder=self._work.coder, is_linked=is_linked)
        self._work.reread_notes()
        where = f"{to.key.participant} {to.key.question}"
        return f"Refers to {where}." if is_linked else f"No longer refers to {where}."

    def may_be_meant(self, text: str) -> tuple[Response, ...]:
        """Answers that the open one may refer to: the person's other ones, or those that a text finds."""
        here = self._work.answer().response
        with self._work.file.explained():
            own = [
                response
                for response in survey.responses(
                    self._work.store, participant=here.key.participant, only_answered=True
                )
                if response.id != here.id
            ]
            if not text.strip():
                return tuple(own)
            ids = links.answers_with(self._work.store, text, most=MOST_FOUND)
            found = [survey.response(self._work.store, id) for id in ids if id != here.id]
        wanted = text.strip().casefold()
        first = [one for one in own if wanted in f"{one.key.question} {one.text}".casefold()]
        return tuple({response.id: response for response in [*first, *found]}.values())

    def _own_links(self, answer: OpenAnswer) -> frozenset[int]:
        own = links.links(self._work.store, answer.response.id, only_of=self._work.coder)
        return frozenset(own)

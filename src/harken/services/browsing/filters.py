"""What a person asks of answers, by the names they know."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from harken.storage.answers.finding import Order as AnswerSort

__all__ = ["AnswerFilter", "AnswerMark", "AnswerSort"]


class AnswerMark(StrEnum):
    """What an answer can be or have; of the first seven any will do, of the others all are asked for."""

    UNDECIDED = "undecided"
    """It counts, and neither a decision nor a draft is there."""
    DRAFT = "draft"
    DECIDED = "decided"
    CODED = "coded"
    """Decided, with at least one code."""
    NO_CODE = "no_code"
    UNCODABLE = "uncodable"
    NON_RESPONSE = "non_response"
    UNSURE = "unsure"
    DISAGREED = "disagreed"
    """Two coders decided it differently in one round; with codes, they part on one of these."""
    EXCLUDED = "excluded"
    """Its participant does not count."""
    STARRED = "starred"
    UNREAD = "unread"
    MEMO = "memo"
    QUOTE = "quote"
    IDENTIFYING = "identifying"
    ALERT = "alert"
    """One that nobody has answered yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFilter:
    """What answers must be. Values of one field are alternatives; fields narrow each other down.

    What is asked of states is meant for the coders in `coders`; where none are named for the reader, or for
    everybody if the reader does not code there. It is meant in `rounds`, else in the reader's round.

    `AnswerMark.DISAGREED` compares one coder in `coders` with everybody else, several with each other. What
    they part on is then named by `codes` and `families`, each code with all below it.
    """

    text: str = ""
    """Words to search for, see `parse_search`."""
    codes: tuple[str, ...] = ()
    without_codes: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    without_families: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    """Whose codes, memos and states are meant; empty: everybody's codes and memos."""
    rounds: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    """Variable and value, of groups, closed items and attributes; values of one variable are alternatives."""
    states: tuple[AnswerMark, ...] = ()
    memo: str = ""
    """Words in a memo."""
    shortest: int | None = None
    """Words that an answer has at least."""
    longest: int | None = None
    sort: AnswerSort = AnswerSort.FILE

    @property
    def is_empty(self) -> bool:
        """Whether it lets every answer through."""
        return not self.parts

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of the fields that ask for something."""
        given = (field.name for field in fields(self) if field.name != "sort")
        return tuple(name for name in given if getattr(self, name) not in ("", (), None))

    @property
    def asks_for_work(self) -> bool:
        """Whether coders and rounds are named without saying what of their work is asked for."""
        named = self.codes or self.families or self.states or self.memo
        return bool(self.coders or self.rounds) and not named

    @property
    def asks_for_disputes(self) -> bool:
        """Whether it asks for answers that coders decided differently, and on the codes that are named."""
        return AnswerMark.DISAGREED in self.states

    def only(self, *names: str) -> AnswerFilter:
        """The filter with these fields alone, and whose work it means."""
        return AnswerFilter(**{name: getattr(self, name) for name in (*names, "coders", "rounds")})

    def as_json(self) -> dict[str, Any]:
        return {
            field.name: [list(pair) for pair in self.where]
            if field.name == "where"
            else (list(value) if isinstance(value := getattr(self, field.name), tuple) else value)
            for field in fields(self)
        }

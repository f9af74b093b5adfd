"""What the coding screen offers at the moment: help, palette, menu and line of keys ask here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from harken.services.coding import CodingSession, Verb
from harken.tui.answer_suggestions import AnswerSuggestions
from harken.tui.screens.coding.panes import CodingPanes
from harken.tui.screens.offering import Command, OffersCommands

_VERB_OF: Mapping[str, Verb] = {
    "decide": Verb.DECIDE,
    "decide_no_code": Verb.DECIDE_WITHOUT_CODES,
    "decide_uncodable": Verb.DECIDE_WITHOUT_CODES,
    "same_as_before": Verb.REPEAT,
    "step(-1)": Verb.STEP_BACK,
    "step(1)": Verb.STEP_ON,
    "go_to": Verb.GO_TO,
    "reopen": Verb.REOPEN,
    "undo": Verb.UNDO,
    "redo": Verb.REDO,
    **dict.fromkeys(
        (
            *("make_code", "find_code", "write_memo", "mark_unsure", "show_person"),
            *("select_words", "mark_quote", "mark_identifying", "alert_lead", "link_answer"),
        ),
        Verb.WORK,
    ),
}
"""Which verb of the session an action needs; actions that stand here not always work."""
_NEEDS_SIGHT = frozenset({"decide", "decide_no_code", "decide_uncodable"})


class CodingOffers(OffersCommands):
    """The part of the coding screen that knows what works now. Other keys say why they do not."""

    session: CodingSession
    _panes: CodingPanes
    _suggestions: AnswerSuggestions
    HELP_GROUP = "Coding"

    def keys_of_help(self) -> Sequence[tuple[str, str]]:
        keys = []
        if self.session.sheet.entries:
            keys.append(("letters", "Apply the code with that key, or take it off."))
        if n_shown := self._n_suggestions:
            keys.append((f"1 to {n_shown}" if n_shown > 1 else "1", "Apply that suggestion, or take it off."))
        return keys

    def is_summed_up(self, command: Command) -> bool:
        return command.action.startswith("apply_suggestion")

    @property
    def _n_suggestions(self) -> int:
        return len(self._suggestions.found[: self._panes.n_suggestion_places])

    def working(self) -> Callable[[str], bool]:
        return partial(self._works, self.session.possible)

    def _works(self, possible: frozenset[Verb], action: str) -> bool:
        if action in _NEEDS_SIGHT and not self._panes.is_answer_in_sight:
            return False
        if action in _VERB_OF:
            return _VERB_OF[action] in possible
        name, _, number = action.removesuffix(")").partition("(")
        if name == "apply_suggestion":
            return int(number) <= self._n_suggestions
        if name == "focus_code":
            return bool(self.session.sheet.entries)
        if name == "scroll_answer":
            return self._panes.can_scroll_answer(int(number))
        if name == "toggle_suggestions":
            return self._suggestions.is_wanted
        return True

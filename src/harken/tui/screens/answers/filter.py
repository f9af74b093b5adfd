"""Choosing filters by keyboard: first what to filter by, then the value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from harken.model import Variable, VariableRole
from harken.report import visible
from harken.services.browsing import AnswerMark, AnswerSort
from harken.services.browsing.choices import FilterChoices
from harken.services.coding.finding import find_codes
from harken.tui.filter_steps import SINGLE, SORT_WORDS, STATE_WORDS, FilterStep, FilterSteps
from harken.tui.screens.boxes.picker import Picker
from harken.tui.screens.offering import OffersCommands
from harken.tui.widgets.choices import Choice
from harken.tui.words.texts import APPLIED

FIELDS = {
    "codes": "Code",
    "without_codes": "Without code",
    "families": "Code family",
    "without_families": "Without code family",
    "states": "State: undecided, unsure, starred …",
    "questions": "Question",
    "coders": "Coder",
    "rounds": "Round",
    "text": "Words in the answer",
    "memo": "Words in a memo",
    "shortest": "At least so many words",
    "longest": "At most so many words",
    "participants": "Participant",
    "occasions": "Occasion",
    "sort": "Order of the list",
}
"""Fields of `AnswerFilter` as the dialog names them; variables of the survey stand behind questions."""
_ROLES = {
    VariableRole.GROUP: "group",
    VariableRole.CLOSED: "closed item",
    VariableRole.ATTRIBUTE: "attribute",
}
_PLACEHOLDERS = {
    "text": 'words, "a phrase", begin*, -not this, a ~5 b',
    "memo": "words",
    "shortest": "a number",
    "longest": "a number",
    "participants": "the participant's name, whole",
    "occasions": "the occasion's name, whole",
}


class FilterPickers(OffersCommands):
    """The part of the answers screen that asks for filters."""

    steps: FilterSteps

    def apply(self, steps: FilterSteps) -> None:
        """List what fits these steps."""
        raise NotImplementedError

    def choices(self) -> FilterChoices:
        """The names in this project."""
        raise NotImplementedError

    def values_of(self, variable: Variable) -> Sequence[str]:
        raise NotImplementedError

    # -- keys ----------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        self._pick("Filter by", self._find_fields, self._ask, nothing="nothing is called so")

    def action_filter_by(self, field: str) -> None:
        self._ask(field)

    def action_filter_by_group(self) -> None:
        groups = self.choices().groups
        values = [(group.name, value) for group in groups for value in self.values_of(group)]
        title = f"Only people with {groups[0].name} …" if len(groups) == 1 else "Only people with …"
        of_one = groups[0].name if len(groups) == 1 else ""

        def find(text: str) -> list[Choice]:
            found = self._marked(
                "where", [(pair, pair[1] if of_one else " = ".join(pair)) for pair in values], text
            )
            is_new = of_one and text.strip() and text.strip() not in {value for _, value in values}
            return [*found, *([_typed((of_one, text.strip()), text)] if is_new else [])]

        self._pick(title, find, lambda value: self._toggle("where", value), nothing="no groups here")

    def action_sort(self) -> None:
        self._ask("sort")

    def action_toggle_undecided(self) -> None:
        self._toggle("states", AnswerMark.UNDECIDED)

    def action_drop_filter(self) -> None:
        self.apply(self.steps.without_last())

    # -- asking --------------------------------------------------------------------------------------

    def _pick(
        self,
        title: str,
        search: Callable[[str], Sequence[Choice]],
        take: Callable[[object], None],
        *,
        placeholder: str = "",
        nothing: str = "nothing found",
    ) -> None:
        picker = Picker(title=title, search=search, placeholder=placeholder, nothing=nothing)

        # Taking a value may open the next picker: after this one is gone.
        def taken(value: object) -> None:
            if value is not None:
                self.call_later(take, value)

        self.app.push_screen(picker, taken)

    def _find_fields(self, text: str) -> Sequence[Choice]:
        fields = [Choice(value=field, text=name) for field, name in FIELDS.items()]
        variables = [
            Choice(value=variable, text=f"{variable.name}", note=_ROLES[variable.role])
            for variable in self.choices().variables
        ]
        at = list(FIELDS).index("questions") + 1
        wanted = text.strip().casefold()
        found = [one for one in (*fields[:at], *variables, *fields[at:]) if wanted in one.text.casefold()]
        found.sort(key=lambda one: not one.text.casefold().startswith(wanted))
        return found

    def _ask(self, field: object) -> None:
        if isinstance(field, Variable):
            self._ask_variable(field)
            return
        name = str(field)

        def take(value: object) -> None:
            if name in SINGLE:
                self.apply(self.steps.with_value(name, value))
            else:
                self._toggle(name, value)

        self._pick(
            FIELDS[name],
            lambda text: self._find_values(name, text),
            take,
            placeholder=_PLACEHOLDERS.get(name, "a part of its name"),
            nothing="type a number" if name in ("shortest", "longest") else "nothing is called so",
        )

    def _ask_variable(self, variable: Variable) -> None:
        values = [((variable.name, value), value) for value in self.values_of(variable)]

        def find(text: str) -> list[Choice]:
            found = self._marked("where", values, text)
            is_new = text.strip() and text.strip() not in {value for _, value in values}
            return [*found, *([_typed((variable.name, text.strip()), text)] if is_new else [])]

        self._pick(
            f"Only where {variable.name} is …",
            find,
            lambda value: self._toggle("where", value),
            placeholder="a value",
            nothing="no value yet; type one",
        )

    def _find_values(self, field: str, text: str) -> Sequence[Choice]:
        if field in ("codes", "without_codes"):
            return self._codes(field, text)
        if field in _PLACEHOLDERS:
            return self._typed_values(field, text)
        return self._marked(field, self._names(field), text)

    def _names(self, field: str) -> list[tuple[object, str]]:
        choices = self.choices()
        if field in ("families", "without_families"):
            return [(family.key, family.label) for family in choices.codebook.families]
        if field == "states":
            return list(STATE_WORDS.items())
        if field == "sort":
            return list(SORT_WORDS.items())
        return [(name, name) for name in getattr(choices, field)]

    def _codes(self, field: str, text: str) -> list[Choice]:
        entries = self.choices().codebook.entries
        return [
            Choice(
                value=path,
                text=entries[path].code.label,
                note=entries[path].family.label,
                mark=self._mark(field, path),
            )
            for path in find_codes(entries, text)
        ]

    def _typed_values(self, field: str, text: str) -> list[Choice]:
        typed = text.strip()
        if field in ("shortest", "longest"):
            return [_typed(int(typed), f"{typed} words")] if typed.isdecimal() and len(typed) < 7 else []
        return [_typed(typed, typed)] if typed else []

    def _marked(self, field: str, values: Iterable[tuple[object, str]], text: str) -> list[Choice]:
        wanted = text.strip().casefold()
        return [
            Choice(value=value, text=name, mark=self._mark(field, value))
            for value, name in values
            if wanted in name.casefold()
        ]

    def _mark(self, field: str, value: object) -> str:
        is_default = value is AnswerSort.FILE and self.steps.value("sort") is None
        return APPLIED if is_default or FilterStep(field, value) in self.steps else " "

    def _toggle(self, field: str, value: object) -> None:
        self.apply(self.steps.toggled(field, value))


def _typed(value: object, text: str) -> Choice:
    return Choice(value=value, text=f"“{visible(text.strip())}”", note="as typed")

"""Editing and making codes and families on the codebook screen."""

from __future__ import annotations

from harken.codebook.keys import key_of
from harken.errors import HarkenError
from harken.model import Code, Family
from harken.services.codebooks import codes, families
from harken.services.codebooks.changing import Changed
from harken.services.codebooks.places import name_of, parent_of, siblings_below
from harken.tui.screens.codebook.boxes import CodebookBoxes, Values
from harken.tui.words.code_fields import (
    code_fields,
    code_values,
    code_wording,
    family_fields,
    family_values,
    family_wording,
)


class CodebookWording(CodebookBoxes):
    """What a code or family says of itself."""

    def action_edit(self) -> None:
        entry = self.entry
        if isinstance(entry, Code):
            self._edit_code(entry, self.stored.ids[self.place])
        elif entry is not None:
            self._edit_family(entry)
        else:
            self.refuse("The codebook is empty. a makes a family.")

    def _edit_code(self, code: Code, id: str) -> None:
        def save(values: Values, base: Code) -> Changed:
            return codes.change_code(
                self.store,
                self._address(id),
                actor=self.coder,
                wording=code_wording(values, base),
                base=base,
                why=values["why"],
            )

        self._open_edit(
            f"edit {id}",
            code,
            title=f"{code.label}  {self.place}",
            fields=code_fields(code),
            values_of=code_values,
            save=save,
        )

    def _edit_family(self, family: Family) -> None:
        def save(values: Values, base: Family) -> Changed:
            return families.change_family(
                self.store,
                family.key,
                actor=self.coder,
                wording=family_wording(values, base),
                base=base,
                why=values["why"],
            )

        self._open_edit(
            f"edit family {family.key}",
            family,
            title=f"Family {family.label}  {family.key}",
            fields=family_fields(family),
            values_of=family_values,
            save=save,
        )

    # -- making --------------------------------------------------------------------------------------

    def action_add_here(self) -> None:
        place = self.place
        if isinstance(self.entry, Code):
            self._add_code(parent_of(self.codebook.entries[place]), behind=place)
        elif place:
            self._add_code(place)
        else:
            self.action_add_family()

    def action_add_below(self) -> None:
        if self.place:
            self._add_code(self.place)
        else:
            self.action_add_family()

    def _add_code(self, parent: str, *, behind: str = "") -> None:
        siblings = siblings_below(self.codebook, parent)
        index = siblings.index(behind) + 1 if behind in siblings else len(siblings)
        before = siblings[index] if index < len(siblings) else ""

        def do(values: Values) -> Changed:
            blank = Code(key=_key(values["label"]), label=values["label"])
            code = Code(**{"key": blank.key, "label": blank.label, **code_wording(values, blank)})
            return codes.add_code(
                self.store, parent, code, actor=self.coder, before=before, why=values["why"]
            )

        self._open(
            f"new {parent}",
            title=f"New code in {name_of(self.codebook, parent)}",
            fields=code_fields(Code(key="", label="")),
            do=do,
            verb="make it",
        )

    def action_add_family(self) -> None:
        def do(values: Values) -> Changed:
            blank = Family(key=_key(values["label"]), label=values["label"])
            family = Family(**{"key": blank.key, "label": blank.label, **family_wording(values, blank)})
            return families.add_family(self.store, family, actor=self.coder, why=values["why"])

        fields = family_fields(Family(key="", label=""))
        self._open("new family", title="New family", fields=fields, do=do, verb="make it")


def _key(label: str) -> str:
    key = key_of(label)
    if not key:
        raise HarkenError("Give it a name with a letter or a digit.")
    return key

"""A code's or family's wording as the fields of a form, and back; lists have a line an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harken.codebook.table import lines_cell, number_cell, read_lines_cell
from harken.errors import HarkenError
from harken.model import Code, Family
from harken.tui.screens.boxes.form import Field, FieldKind

WHY = Field(name="why", title="Why (optional, kept in the history)")
_TEXT_FIELDS = ("definition", "include", "exclude")
_LIST_FIELDS = ("examples", "keywords", "questions")


def code_fields(code: Code, typed: Mapping[str, str] | None = None) -> tuple[Field, ...]:
    """The fields of a code; `typed` is what was left in them the last time."""
    there = {**code_values(code), **(typed or {})}

    def field(name: str, title: str, kind: FieldKind = FieldKind.TEXT, n_lines: int = 2) -> Field:
        return Field(name=name, title=title, value=there[name], kind=kind, n_lines=n_lines)

    return (
        field("label", "Name, as tables print it", FieldKind.LINE),
        field("definition", "Definition", n_lines=3),
        field("include", "Include"),
        field("exclude", "Exclude"),
        field("examples", "Examples, one a line", n_lines=3),
        field("keywords", "Keywords, one a line", n_lines=3),
        field("questions", "Only for these questions, one a line (blank: as what it stands below)"),
        field("hotkey", "Letter, or two (blank: given by Harken)", FieldKind.LINE),
        field("value", "Value, on an ordinal or interval scale", FieldKind.LINE),
        Field(name=WHY.name, title=WHY.title, value=there.get("why", "")),
    )


def family_fields(family: Family, typed: Mapping[str, str] | None = None) -> tuple[Field, ...]:
    there = {**family_values(family), **(typed or {})}
    return (
        Field(name="label", title="Name", value=there["label"]),
        Field(
            name="definition",
            title="Definition",
            value=there["definition"],
            kind=FieldKind.TEXT,
            n_lines=3,
        ),
        Field(
            name="exclusive",
            title="one code an answer (exclusive)",
            value=there["exclusive"],
            kind=FieldKind.TICK,
        ),
        Field(
            name="scale",
            title="Scale of an exclusive family: nominal, ordinal or interval",
            value=there["scale"],
        ),
        Field(name=WHY.name, title=WHY.title, value=there.get("why", "")),
    )


def code_values(code: Code) -> dict[str, str]:
    """What stands in the fields of a code."""
    values = {"label": code.label, "hotkey": code.hotkey, "value": number_cell(code.value)}
    values |= {name: getattr(code, name) for name in _TEXT_FIELDS}
    return values | {name: lines_cell(getattr(code, name)) for name in _LIST_FIELDS}


def family_values(family: Family) -> dict[str, str]:
    return {
        "label": family.label,
        "definition": family.definition,
        "exclusive": "yes" if family.exclusive else "",
        "scale": family.scale,
    }


def code_wording(values: Mapping[str, str], base: Code) -> dict[str, Any]:
    """The fields of a code that say something else than `base`, as a code holds them."""
    before = code_values(base)
    changed = [name for name in before if values.get(name, before[name]).strip() != before[name].strip()]
    return {name: _read(name, values[name]) for name in changed}


def family_wording(values: Mapping[str, str], base: Family) -> dict[str, Any]:
    before = family_values(base)
    read = {**values, "scale": values["scale"].casefold() or "nominal"}
    changed = [name for name in before if read[name] != before[name]]
    return {name: bool(read[name]) if name == "exclusive" else read[name] for name in changed}


def _read(name: str, value: str) -> str | Sequence[str] | float | None:
    if name in _LIST_FIELDS:
        return read_lines_cell(value)
    if name == "value":
        try:
            return float(value) if value.strip() else None
        except ValueError:
            raise HarkenError(f"The value {value!r} is no number, such as 2 or 1.5.") from None
    return value.strip()

"""A codebook as plain dicts and lists that JSON can hold, and back; only what is not the default is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harken.errors import HarkenError
from harken.model import Code, Codebook, Family

TEXT_FIELDS = ("definition", "include", "exclude")
LIST_FIELDS = ("examples", "keywords", "questions")


def code_as_data(code: Code) -> dict[str, Any]:
    """A code without its children."""
    data: dict[str, Any] = {"key": code.key, "label": code.label}
    for field in TEXT_FIELDS:
        if text := getattr(code, field):
            data[field] = text
    if code.examples:
        data["examples"] = list(code.examples)
    if code.keywords:
        data["keywords"] = list(code.keywords)
    if code.patterns:
        data["patterns"] = [[_copy(token) for token in pattern] for pattern in code.patterns]
    if code.questions:
        data["questions"] = list(code.questions)
    if code.hotkey:
        data["hotkey"] = code.hotkey
    if code.value is not None:
        data["value"] = code.value
    if code.is_retired:
        data["retired"] = True
    return data


def code_from_data(data: Mapping[str, Any], children: Sequence[Code] = ()) -> Code:
    """The code that `code_as_data` described, with these children."""
    fields = dict(data)
    fields["is_retired"] = fields.pop("retired", False)
    for field in LIST_FIELDS:
        fields[field] = tuple(fields.get(field, ()))
    fields["patterns"] = tuple(
        tuple(_copy(token) for token in pattern) for pattern in fields.get("patterns", ())
    )
    try:
        return Code(**fields, codes=tuple(children))
    except TypeError as error:
        raise HarkenError(f"Not a code of this version of Harken: {dict(data)!r}. Update Harken.") from error


def family_as_data(family: Family) -> dict[str, Any]:
    """A family without its codes."""
    data: dict[str, Any] = {"key": family.key, "label": family.label}
    if family.definition:
        data["definition"] = family.definition
    if family.exclusive:
        data["exclusive"] = True
    if family.scale != "nominal":
        data["scale"] = family.scale
    return data


def family_from_data(data: Mapping[str, Any], codes: Sequence[Code] = ()) -> Family:
    """The family that `family_as_data` described, with these codes."""
    try:
        return Family(**data, codes=tuple(codes))
    except TypeError as error:
        raise HarkenError(
            f"Not a family of this version of Harken: {dict(data)!r}. Update Harken."
        ) from error


def codebook_as_data(codebook: Codebook) -> dict[str, Any]:
    """The whole codebook, families and codes nested as in its YAML."""
    return {
        "title": codebook.title,
        "language": codebook.language,
        "families": [
            {**family_as_data(family), "codes": _codes_as_data(family.codes)} for family in codebook.families
        ],
    }


def codebook_from_data(data: Mapping[str, Any]) -> Codebook:
    """The codebook that `codebook_as_data` described."""
    return Codebook(
        title=data["title"],
        language=data["language"],
        families=tuple(
            family_from_data(_without_codes(family), _codes_from_data(family["codes"]))
            for family in data["families"]
        ),
    )


def _codes_as_data(codes: Sequence[Code]) -> list[dict[str, Any]]:
    return [
        {**code_as_data(code), "codes": _codes_as_data(code.codes)} if code.codes else code_as_data(code)
        for code in codes
    ]


def _codes_from_data(codes: Sequence[Mapping[str, Any]]) -> tuple[Code, ...]:
    return tuple(
        code_from_data(_without_codes(code), _codes_from_data(code.get("codes", ()))) for code in codes
    )


def _without_codes(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "codes"}


def _copy(value: Any) -> Any:
    """A pattern's value with mappings as dicts, sharing nothing that could change."""
    if isinstance(value, Mapping):
        return {name: _copy(inner) for name, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list | tuple) else value

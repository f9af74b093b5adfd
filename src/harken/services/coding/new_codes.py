"""Making a code from an answer in one step, so that a codebook can grow out of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harken.codebook.keys import key_of
from harken.errors import HarkenError
from harken.model import Code, Codebook, CodebookEntry, Family
from harken.storage import codebooks
from harken.storage.store import Action, Store

FIRST_FAMILY = Family(key="theme", label="Themes")
"""Made with the first code of an empty codebook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyChoice:
    """A family that a new code can go into."""

    key: str
    label: str
    n_codings: int
    """On this question's answers."""


def family_choices(store: Store, codebook: Codebook, question: str) -> tuple[FamilyChoice, ...]:
    """The families, the one most used for the question first; of equals, one with codes for it first."""
    usage = codebooks.usage_in(store, question)
    entries = codebook.entries.values()
    used = {family.key: 0 for family in codebook.families}
    for path, n_codings in usage.items():
        used[path.split(".")[0]] += n_codings
    serving = {entry.family.key for entry in entries if entry.applies_to(question)}
    choices = [
        FamilyChoice(key=family.key, label=family.label, n_codings=used[family.key])
        for family in codebook.families
    ]
    return tuple(sorted(choices, key=lambda choice: (-choice.n_codings, choice.key not in serving)))


def add_new_code(
    action: Action, codebook: Codebook, *, name: str, family: str | None, example: str, question: str
) -> str:
    """Add a code named `name` to a family (None where the codebook has none); returns its path."""
    label = " ".join(name.split())
    key = key_of(label)
    if not key:
        raise HarkenError(f"{label!r} cannot name a code: a name needs a letter or a digit.")
    if family is None and codebook.families:
        raise HarkenError("The codebook has families; say which one the new code belongs to.")
    target = FIRST_FAMILY if family is None else codebook.family(family)
    twin = _namesake(codebook.entries, target.key, label, key)
    if twin is not None:
        way_out = "choose another name"
        if twin.code.is_retired:
            way_out = f"it is retired: have it restored (`harken codebook restore {twin.path}`), or {way_out}"
        raise HarkenError(f"{twin.code.label!r} stands in {target.label} already; {way_out}.")
    code = Code(
        key=key,
        label=label,
        examples=(example,) if example.strip() else (),
        questions=_questions(codebook, target.key, question),
    )
    return codebooks.add_code(action, parent=target.key, code=code, family=target if family is None else None)


def _namesake(
    entries: Mapping[str, CodebookEntry], family: str, label: str, key: str
) -> CodebookEntry | None:
    for entry in entries.values():
        if entry.family.key == family and (
            entry.path == f"{family}.{key}" or entry.code.label.casefold() == label.casefold()
        ):
            return entry
    return None


def _questions(codebook: Codebook, family: str, question: str) -> tuple[str, ...]:
    """Everywhere, unless all the family's codes are limited to questions: then to this one."""
    siblings = [
        entry
        for entry in codebook.entries.values()
        if entry.family.key == family and not entry.code.is_retired
    ]
    return (question,) if siblings and all(entry.questions for entry in siblings) else ()

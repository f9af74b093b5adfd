"""What a codebook must hold to, whichever form it is read from."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from harken.codebook.patterns import pattern_fault
from harken.errors import listed, quoted
from harken.model import Code, Codebook, CodebookEntry, Family

SCALES = ("nominal", "ordinal", "interval")


class Complaint(NamedTuple):
    """What is wrong with a field of a code or family; `position` is the place in a list of values."""

    field: str
    message: str
    position: int | None = None


class PlacedComplaint(NamedTuple):
    """A complaint about the code at `path`; an empty path means the codebook."""

    path: str
    field: str
    message: str


def key_complaint(key: str) -> str | None:
    """What is wrong with a key; None if it may be one."""
    if re.fullmatch(r"[\w-]+", key):
        return None
    if not key:
        return "the key is blank: write a short name"
    return f"the key {quoted(key)} may hold only letters, digits, _ and -, without spaces or dots"


def complaints_about_code(code: Code) -> Iterator[Complaint]:
    """What is wrong with a code by itself, its children aside."""
    if message := key_complaint(code.key):
        yield Complaint("key", message)
    yield from _label_complaints(code)
    for field in ("examples", "keywords", "questions"):
        yield from _list_complaints(field, getattr(code, field))
    for index, pattern in enumerate(code.patterns):
        if message := pattern_fault(pattern):
            yield Complaint("patterns", message, index)
    if code.hotkey and not re.fullmatch("[a-z]{1,2}", code.hotkey):
        yield Complaint(
            "hotkey", f"the hotkey {quoted(code.hotkey)} must be one or two of the letters a to z, lower case"
        )
    if code.value is not None and not math.isfinite(code.value):
        yield Complaint("value", f"the value {code.value} is not a finite number")


def complaints_about_family(family: Family) -> Iterator[Complaint]:
    """What is wrong with a family by itself, its codes aside."""
    if message := key_complaint(family.key):
        yield Complaint("key", message)
    yield from _label_complaints(family)
    if family.scale not in SCALES:
        yield Complaint("scale", f"the scale {quoted(family.scale)} must be one of {', '.join(SCALES)}")
    elif family.scale != "nominal" and not family.exclusive:
        yield Complaint(
            "scale", f"the scale {family.scale} needs exclusive: true, since only one code can be a value"
        )


def complaints_about_whole(codebook: Codebook) -> Iterator[PlacedComplaint]:
    """What is wrong with the codebook itself (its path is "") and between its codes."""
    if len(codebook.title.splitlines()) > 1:
        yield PlacedComplaint("", "title", f"the title {quoted(codebook.title)} must be one line")
    if not re.fullmatch("[a-z]{2,3}", codebook.language):
        message = f"the language {quoted(codebook.language)} must be a code such as en or de"
        yield PlacedComplaint("", "language", message)
    yield from _hotkey_clashes(codebook)
    for family in codebook.families:
        if family.scale == "nominal" or not family.exclusive:
            continue
        entries = [entry for entry in codebook.entries.values() if entry.family.key == family.key]
        valued = [entry for entry in entries if entry.code.value is not None]
        for entry in entries:
            if valued and entry.code.value is None:
                message = f"no value, but {valued[0].path} has one: give each code of the family one, or none"
                yield PlacedComplaint(entry.path, "key", message)


def doubts_about(codebook: Codebook) -> Iterator[str]:
    """What a codebook may hold, but hardly means: a sentence each."""
    for entry in codebook.entries.values():
        parent = codebook.entries[entry.parent] if entry.parent else None
        if parent is None or not parent.questions or entry.questions <= parent.questions:
            continue
        beyond = listed(sorted(entry.questions - parent.questions))
        yield (
            f"{entry.path} may be applied to {beyond}, but {parent.path} above it may not: agreement on "
            f"{parent.path} leaves these answers out. Give {parent.path} the questions of the codes below it."
        )


def _label_complaints(entry: Code | Family) -> Iterator[Complaint]:
    if len(entry.label.splitlines()) > 1:
        yield Complaint("label", f"the label {quoted(entry.label)} must be one line")


def _list_complaints(field: str, values: tuple[str, ...]) -> Iterator[Complaint]:
    for index, value in enumerate(values):
        if not value.strip():
            yield Complaint(field, f"an entry of {field} is blank: remove it", index)
        elif field != "examples" and len(value.splitlines()) > 1:
            yield Complaint(field, f"{quoted(value)} in {field} must be one line", index)


def _hotkey_clashes(codebook: Codebook) -> Iterator[PlacedComplaint]:
    earlier: list[CodebookEntry] = []
    for entry in codebook.entries.values():
        if not entry.code.hotkey:
            continue
        clash = next((other for other in earlier if hotkeys_clash(entry, other)), None)
        if clash:
            mine, theirs = entry.code.hotkey, clash.code.hotkey
            what = "is taken by" if mine.casefold() == theirs.casefold() else f"clashes with {theirs!r} of"
            yield PlacedComplaint(
                entry.path,
                "hotkey",
                f"the hotkey {mine!r} {what} {clash.path}, which applies to the same question",
            )
        earlier.append(entry)


def hotkeys_clash(one: CodebookEntry, other: CodebookEntry) -> bool:
    """Whether two codes that may stand side by side have the same hotkey, or one that begins the other's."""
    if not (one.code.hotkey and other.code.hotkey):
        return False
    first, second = one.code.hotkey.casefold(), other.code.hotkey.casefold()
    # A hotkey that begins another would fire before the other could be finished.
    if not (first.startswith(second) or second.startswith(first)):
        return False
    return not one.questions or not other.questions or bool(one.questions & other.questions)

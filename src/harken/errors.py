"""The one error that Harken raises on purpose, and how its sentence shows values and names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NoReturn

_LONGEST_QUOTATION = 60
_MOST_NAMES = 50
"""More than a study has of coders, rounds, questions or groups that can be compared."""


class HarkenError(Exception):
    """Something the person can mend: says what, which value, where, and the way out, in one line."""


class ProjectFileError(HarkenError):
    """The project file cannot be used as it is: missing, foreign, damaged or of a later version."""


class Choice(StrEnum):
    """Names of which one is chosen; making a member of any other name raises `HarkenError`."""

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        names = listed(one.value for one in cls)
        raise HarkenError(f"{quoted(str(value))} is none of {names}. Choose one of these.")


def quoted(value: str) -> str:
    """A value as errors show it: escaped, so that it stays one harmless line, and cut when long."""
    return repr(_cut(value))


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST_QUOTATION else value[: _LONGEST_QUOTATION - 1] + "…"


def listed(values: Iterable[str], *, most: int = 12) -> str:
    """Values one after the other, the first few of them where they are many."""
    every = [quoted(value) for value in values]
    if len(every) <= most:
        return ", ".join(every) or "none"
    return f"{', '.join(every[:most])} and {len(every) - most} more"


def named(names: Sequence[str]) -> str:
    """Names as the study has them, one after the other, each cut when long; empty if there are none."""
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(map(_cut, names[:_MOST_NAMES])) + more


def many(n: int, one: str, several: str = "") -> str:
    """A number and what it counts, as in `1 response` and `1,200 responses`; `several` if not just `s`."""
    return f"{n:,} {one if n == 1 else several or one + 's'}"


def near_match(name: str, known: Sequence[str]) -> str:
    """The known name that was probably meant, as the end of a sentence; empty if none is near."""
    from difflib import get_close_matches

    folded = {one.casefold(): one for one in known}
    near = get_close_matches(name.casefold(), folded, n=1, cutoff=0.7)
    return f" Did you mean {quoted(folded[near[0]])}?" if near else ""


def unknown_name(what: str, name: str, known: Iterable[str]) -> HarkenError:
    """The error for a coder, round or question that the project does not have, with those it has."""
    every = tuple(known)
    return HarkenError(
        f"No {what} named {quoted(name)} in this project.{near_match(name, every)} "
        f"Known {what}s: {named(every) or 'none yet'}."
    )

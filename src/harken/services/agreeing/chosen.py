"""What was asked to be compared, by the names that the project has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harken.errors import HarkenError, listed, near_match, quoted
from harken.model import Codebook
from harken.services.agreeing.result import Apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The scope of a measurement."""

    rounds: tuple[str, ...]
    coders: tuple[str, ...]
    """Empty: whoever decided."""
    questions: tuple[str, ...]
    codes: tuple[str, ...]
    """Paths; empty: every code."""
    with_excluded: bool
    pools: bool
    is_distinct: bool
    is_intra: bool
    apart: tuple[Apart, ...]


def parts_named(named: Sequence[str]) -> tuple[Apart, ...]:
    """What is to be kept apart, each once; raises for what cannot be."""
    known = [one.value for one in Apart]
    for name in named:
        if name not in known:
            raise HarkenError(
                f"Nothing called {quoted(name)} can be kept apart.{near_match(name, known)} "
                f"Known: {', '.join(known)}."
            )
    return tuple(dict.fromkeys(Apart(name) for name in named))


def codes_named(codebook: Codebook, named: Sequence[str]) -> tuple[str, ...]:
    """The paths of the codes that are named, each once; raises for unknown ones."""
    known = (*codebook.paths, *(entry.code.key for entry in codebook.entries.values()))
    for address in named:
        if not codebook.matching(address):
            raise HarkenError(
                f"No code {quoted(address)} in the codebook.{near_match(address, known)} "
                f"Codes: {listed(codebook.paths)}."
            )
    return tuple(dict.fromkeys(codebook.resolve(address) for address in named))

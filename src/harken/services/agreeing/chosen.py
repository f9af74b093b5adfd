"""What was asked to be compared, by the names that the project has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from harken.errors import HarkenError, listed, near_match, quoted, unknown_name
from harken.model import MAIN_ROUND, Codebook, RoundKind
from harken.storage import study
from harken.storage.store import Store


class Apart(StrEnum):
    """What else can be kept apart, each of it in slices of its own."""

    VERSIONS = "versions"
    """Decisions under one meaning of the whole codebook."""
    DISCUSSION = "discussion"
    """What coders decided before any discussion, and what stands now."""
    SUGGESTIONS = "suggestions"
    """Units where a coder was shown a suggestion, and the others."""
    PERIODS = "periods"
    """Fifths of a round, in the order in which units got their second decision."""


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


def rounds_compared(store: Store, named: Sequence[str]) -> tuple[str, ...]:
    """The rounds that are named, else the reliability rounds, else `main`; raises for unknown ones."""
    if named:
        return tuple(dict.fromkeys(study.round_named(store, name).name for name in named))
    known = study.rounds(store)
    reliability = tuple(round.name for round in known if round.kind is RoundKind.RELIABILITY)
    return reliability or (MAIN_ROUND,)


def coders_named(store: Store, named: Sequence[str]) -> tuple[str, ...]:
    """The coders that are named, each once; raises for unknown ones."""
    known = study.coders(store)
    for name in named:
        if name not in known:
            raise unknown_name("coder", name, known)
    return tuple(dict.fromkeys(named))


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

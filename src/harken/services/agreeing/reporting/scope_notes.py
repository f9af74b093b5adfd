"""What was and was not compared, in sentences: only what is out of the ordinary."""

from __future__ import annotations

from collections.abc import Iterator

from harken.errors import listed, many
from harken.model import CONSENSUS
from harken.services.agreeing.reporting.wording import days
from harken.services.agreeing.result import Scope

_EDITORIAL = " Where words alone were corrected, say so: harken codebook change --editorial."


def scope_notes(scope: Scope) -> Iterator[str]:
    """A sentence for everything that a reader would otherwise take for granted."""
    if scope.with_excluded:
        yield "Answers of excluded people are kept (--with-excluded)."
    if scope.pooled:
        yield (
            "Rounds and versions of the codebook are pooled (--pool): of each coder's decisions on a "
            "response the latest counts."
        )
    if scope.n_units_apart:
        were = many(scope.n_units_apart, "response was", "responses were")
        yield (
            f"{were} decided by two coders under different meanings of the codebook and are not compared as "
            "whole sets; a code is compared where it meant the same to both. --pool compares them all."
            f"{_EDITORIAL}"
        )
    if scope.codes_redefined:
        were = many(len(scope.codes_redefined), "code was", "codes were")
        yield (
            f"{were} defined anew in the meantime ({listed(scope.codes_redefined)}): the figures hold "
            "responses that were decided under each definition, though none across them. --apart versions "
            f"shows each by itself.{'' if scope.n_units_apart else _EDITORIAL}"
        )
    if scope.n_adjudicated_left_out:
        yield (
            f"The adjudicated layer is no coder: decisions of {CONSENSUS!r} in the file are left out "
            f"({scope.n_adjudicated_left_out:,}). "
            f"--coder {CONSENSUS} compares it."
        )
    if scope.n_revised_after_discussion:
        were = many(scope.n_revised_after_discussion, "response was", "responses were")
        yield (
            f"{were} decided again after a meeting or adjudication. Figures are of the decisions before it, "
            "which were made without discussion; --apart discussion shows what stands now beside them."
        )
    if scope.n_units_with_suggestions:
        yield (
            f"On {many(scope.n_units_with_suggestions, 'response')} a coder was shown suggestions, which can "
            "draw coders together; --apart suggestions shows the two kinds beside each other."
        )
    if scope.distinct:
        were = many(scope.n_repeated_texts, "repeated text was", "repeated texts were")
        yield f"Answers with the same text count once (--distinct): {were} left out."
    if scope.rounds_without_times:
        yield (
            f"Round {', '.join(scope.rounds_without_times)} cannot be followed over time: its decisions came "
            "in with a file that says no times."
        )
    if scope.stability is not None:
        yield from _stability(scope)


def _stability(scope: Scope) -> Iterator[str]:
    stable = scope.stability
    if stable is None:
        return
    apart = "" if stable.median_days is None else f", {days(stable.median_days)} apart in the middle"
    yield (
        "Each coder is compared with themselves: first is the earlier decision, repeat the later "
        f"one{apart}. This is stability over time, not agreement between coders."
    )
    if stable.n_units_too_soon:
        yield (
            f"{many(stable.n_units_too_soon, 'response')} came back within 14 days, when a coder may still "
            "remember what they decided."
        )
    if stable.n_units_without_time:
        yield f"{many(stable.n_units_without_time, 'response')} came from a file that says no times."

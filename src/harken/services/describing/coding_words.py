"""Sentences on the coding: who decided how much, what was hidden, what was suggested, what was settled."""

from __future__ import annotations

from collections.abc import Iterator

from harken.errors import many
from harken.model import Round, RoundKind
from harken.services.describing.facts import StudyFacts
from harken.services.describing.words import joined, number, of, sentence

_KINDS = {
    RoundKind.MAIN: "main coding",
    RoundKind.RELIABILITY: "reliability sample",
    RoundKind.REPEAT: "repeated coding by the same coder",
    RoundKind.RECODE: "coding anew",
}


def coding_sentences(facts: StudyFacts) -> Iterator[str]:
    """Nothing for a study in which nobody decided anything."""
    coding = facts.coding
    if not coding.n_answers:
        return
    coders = coding.coders
    who = "One researcher" if len(coders) == 1 else sentence(number(len(coders), "researcher"))
    yield f"{who} coded {of(coding.n_answers, facts.n_answers, 'answers')}{_when(facts)}."
    for round in coding.rounds:
        if len(coding.rounds) > 1 or len(coders) > 1:
            yield _on_round(facts, round)
    if facts.is_reflexive:
        yield from _reflexive(facts)
    else:
        yield from _overlap(facts)
    if coding.n_uncodable:
        were = "answer was" if coding.n_uncodable == 1 else "answers were"
        yield f"{sentence(number(coding.n_uncodable, were, were))} called uncodable."
    if coding.n_memos:
        yield f"The analysis is accompanied by {number(coding.n_memos, 'memo')}."
    yield from suggestion_sentences(facts)


def _when(facts: StudyFacts) -> str:
    first, last = facts.coding.first_day, facts.coding.last_day
    if not first or facts.coding.n_imported:
        return ""
    return f" on {first}" if first == last else f" between {first} and {last}"


def _on_round(facts: StudyFacts, round: Round) -> str:
    of_round = {name: n for (name, where), n in facts.coding.n_decided.items() if where == round.name}
    each = ", ".join(f"{name} {n:,}" for name, n in of_round.items())
    kind = _KINDS[round.kind]
    named = kind if round.name == kind or round.kind is RoundKind.MAIN else f"{kind}, round {round.name}"
    hidden = ""
    if round.is_blind and not facts.coding.n_imported:
        hidden = "; coders did not see each other's work until they had decided"
        if round.hides_group:
            hidden += ", nor which group a participant is in"
    return f"{sentence(named)}: {each} answers{hidden}."


def _overlap(facts: StudyFacts) -> Iterator[str]:
    coding = facts.coding
    if coding.n_double:
        yield f"Two or more coders decided {of(coding.n_double, coding.n_answers, 'answers')}."
    elif len(coding.coders) > 1:
        yield "No answer was decided by two coders."
    if coding.n_settled:
        held = f"; {number(coding.n_meetings, 'meeting')} of the team are noted" if coding.n_meetings else ""
        yield f"The adjudicated layer holds a settled decision on {coding.n_settled:,} answers{held}."
    elif coding.n_meetings:
        yield f"The team met {number(coding.n_meetings, 'time')} to talk about the coding."


def _reflexive(facts: StudyFacts) -> Iterator[str]:
    """Several readings are no disagreement here."""
    coding = facts.coding
    if coding.n_double:
        yield (
            f"{coding.n_double:,} answers were read by more than one researcher to enrich the reading; "
            "differing readings were kept."
        )
    if coding.n_meetings:
        yield f"The team met {number(coding.n_meetings, 'time')} to discuss its readings."


def suggestion_sentences(facts: StudyFacts) -> Iterator[str]:
    """Whether a program proposed codes, and what became of that."""
    shown = facts.suggestions
    coding = facts.coding
    if shown.n_decisions:
        yield (
            f"On {many(shown.n_decisions, 'decision')} the coder was shown codes that the program suggested "
            f"from the codebook and earlier decisions: {of(shown.n_accepted, shown.n_shown, 'suggestions')} "
            "were accepted. No code was applied without a coder's decision."
        )
    elif not coding.n_imported:
        yield "No codes were suggested to coders."


def coder_names(facts: StudyFacts) -> str:
    """Everybody who decided something."""
    return joined(facts.coding.coders)

"""Sentences on the survey and the people: what was asked, who was left out and why, how much was answered."""

from __future__ import annotations

from collections.abc import Iterator

from harken.errors import many
from harken.model import Sampling
from harken.services.describing.facts import StudyFacts
from harken.services.describing.words import NAMES, SOURCES, joined, number, of, sentence
from harken.services.flowing import FlowSteps

_SAMPLING = {
    Sampling.PROBABILITY: "People were sampled with known probability.",
    Sampling.CENSUS: "Everybody in the population was asked (census).",
    Sampling.CONVENIENCE: "Participants are a convenience sample; how they were recruited is not modelled.",
}


def data_sentences(facts: StudyFacts, *, threshold: int | None = None) -> Iterator[str]:
    """What was asked and by which analysis it was looked at, then the flow of people.

    With a threshold, numbers of people are left out that are small, or would tell one that is.
    """
    name = f"{NAMES[facts.approach]}{SOURCES.get(facts.approach, '')}"
    if facts.questions:
        asked = number(len(facts.questions), "open question")
        yield f"Free-text answers to {asked} ({joined(facts.questions)}) were analysed by {name}."
    if facts.closed:
        yield f"{sentence(number(len(facts.closed), 'closed item'))} stood beside: {joined(facts.closed)}."
    yield _SAMPLING[facts.sampling]
    if threshold is None or tells_nobody(facts, threshold):
        yield from _flow(facts)
    elif facts.flow.total.usable >= threshold:
        yield f"{many(facts.flow.total.usable, 'participant')} were analysed."


def tells_nobody(facts: StudyFacts, threshold: int) -> bool:
    """Whether no step of the flow, in any group, is made of fewer people than the threshold."""
    return all(
        n == 0 or n >= threshold
        for step in (*facts.flow.groups, facts.flow.total)
        for n in (*(why.n or 0 for why in step.excluded), step.usable, step.usable - step.answered)
    )


def _flow(facts: StudyFacts) -> Iterator[str]:
    total = facts.flow.total
    if not total.returned:
        return
    yield f"{many(total.returned, 'questionnaire')} came back{_by_group(facts)}."
    for why in total.excluded:
        n = why.n or 0
        were = "was" if n == 1 else "were"
        yield f"{sentence(many(n, 'person', 'people'))} {were} left out ({why.reason})."
    if total.excluded and total.usable:
        yield f"{many(total.usable, 'participant')} remained{_by_group(facts, 'usable')}."
    if total.usable:
        some = "at least one open question" if len(facts.questions) > 1 else "the open question"
        yield (
            f"{sentence(of(total.answered, total.usable, 'people'))} answered {some}, with "
            f"{many(facts.n_answers, 'answer')} in all."
        )


def _by_group(facts: StudyFacts, step: str = "returned") -> str:
    groups = facts.flow.groups
    if facts.by is None or len(groups) < 2:
        return ""

    def n_in(group: FlowSteps) -> int:
        return int(getattr(group, step))

    return f" ({', '.join(f'{group.name} {n_in(group):,}' for group in groups)})"

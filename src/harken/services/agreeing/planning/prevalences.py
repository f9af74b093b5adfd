"""How often each code was applied so far, over answers of which each counts once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from math import fsum

from harken.model import CONSENSUS, Codebook
from harken.storage import coding, survey
from harken.storage.coding import DecidedResponse
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Applications:
    """Decided answers by question; uses by code, question and the number of decisions on the answer."""

    n_decided: Counter[str]
    uses: Counter[tuple[str, str, int]]

    def n_decided_of(self, questions: Iterable[str]) -> int:
        return sum(self.n_decided[question] for question in questions)

    def prevalence(self, path: str, questions: Collection[str]) -> float | None:
        """The share of decided answers to `questions` that have the code; None where it has no use.

        An answer that several decided counts for as much as one: with the share of its decisions.
        """
        shares = fsum(
            n / n_decisions
            for (code, question, n_decisions), n in self.uses.items()
            if code == path and question in questions
        )
        return shares / self.n_decided_of(questions) if shares else None


def count_applications(
    store: Store, codebook: Codebook, *, questions: Collection[str], rounds: Collection[str]
) -> Applications:
    """What people decided, the adjudicated layer left out; a code is applied where one below it is."""
    name_of = {question.id: question.name for question in survey.questions(store)}
    found = Applications(n_decided=Counter(), uses=Counter())
    for question_id, decided in _by_response(store, questions, rounds):
        question = name_of[question_id]
        found.n_decided[question] += 1
        for one in decided:
            for path in {above for code in one.codes for above in codebook.with_parents(code)}:
                found.uses[path, question, len(decided)] += 1
    return found


def _by_response(
    store: Store, questions: Collection[str], rounds: Collection[str]
) -> Iterator[tuple[int, list[DecidedResponse]]]:
    people = (
        one for one in coding.decisions(store, rounds=rounds, questions=questions) if one.coder != CONSENSUS
    )
    for _, decided in groupby(people, key=lambda one: one.response_id):
        together = list(decided)
        yield together[0].question_id, together

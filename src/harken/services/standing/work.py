"""How far each coder is in each round with each question."""

from __future__ import annotations

from harken.services.standing.result import CoderWork
from harken.storage import standing, study, survey
from harken.storage.store import Store


def read_work(store: Store) -> tuple[CoderWork, ...]:
    """The work of everybody who has some, by round, coder and question.

    Work has who was assigned answers, whom a round names, and whoever began. Where a round assigned a coder
    nothing, every answer to code is theirs.
    """
    question_of = {question.id: question.name for question in survey.questions(store)}
    codable = standing.n_codable_by_question(store)
    assigned = {(one.coder, one.round, one.question_id): one.n for one in standing.assigned(store)}
    drafted = {(one.coder, one.round, one.question_id): one.n for one in standing.drafted(store)}
    decided = {(one.coder, one.round, one.question_id): one for one in standing.decided(store)}
    has_assignments = standing.has_assignments(store)
    rounds = study.rounds(store)
    begun = {(coder, round) for coder, round, _ in (*assigned, *drafted, *decided)}
    begun |= has_assignments | {(coder, round.name) for round in rounds for coder in round.coders}
    order = {name: place for place, name in enumerate(study.coders(store))}
    rows = []
    for round in rounds:
        coders = sorted(
            (coder for coder, name in begun if name == round.name),
            key=lambda coder: (order.get(coder, len(order)), coder),
        )
        for coder in coders:
            for id, question in question_of.items():
                place = (coder, round.name, id)
                is_assigned = (coder, round.name) in has_assignments
                n_to_do = assigned.get(place, 0) if is_assigned else codable.get(id, 0)
                if not n_to_do and place not in drafted:
                    continue
                done = decided.get(place)
                rows.append(
                    CoderWork(
                        coder=coder,
                        round=round.name,
                        question=question,
                        n_to_do=n_to_do,
                        n_done=done.n_decided if done else 0,
                        n_drafts=drafted.get(place, 0),
                        n_unsure=done.n_unsure if done else 0,
                        n_uncodable=done.n_uncodable if done else 0,
                    )
                )
    return tuple(rows)

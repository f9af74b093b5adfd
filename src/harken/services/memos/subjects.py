"""What a memo is on: naming it, checking that it is there, and saying it in a few words."""

from __future__ import annotations

from harken.errors import HarkenError, listed
from harken.model import ResponseKey
from harken.storage import codebooks, survey
from harken.storage.notes import MemoAbout, MemoSubject
from harken.storage.store import Store

PROJECT = MemoSubject(about=MemoAbout.PROJECT)
"""The diary."""


def on_question(store: Store, question: str) -> MemoSubject:
    """A question of the survey; raises, naming the known ones, for another."""
    return MemoSubject(about=MemoAbout.QUESTION, question=survey.question_named(store, question).name)


def on_code(store: Store, address: str) -> MemoSubject:
    """A code by its path or any unique ending of it."""
    stored = codebooks.stored_codebook(store)
    path = stored.codebook.resolve(address)
    return MemoSubject(about=MemoAbout.CODE, code=path, code_id=stored.ids[path])


def on_participant(store: Store, name: str) -> MemoSubject:
    """A person; raises for an unknown one and for one who withdrew."""
    person = survey.participant_named(store, name)
    if person.has_withdrawn:
        raise HarkenError(f"Participant {name!r} has withdrawn; nothing can be written about them.")
    return MemoSubject(about=MemoAbout.PARTICIPANT, participant=name)


def on_answer(store: Store, key: ResponseKey) -> MemoSubject:
    """One answer of a person; raises where there is none."""
    on_participant(store, key.participant)
    survey.question_named(store, key.question)
    if survey.response_id(store, key) is None:
        occasions = sorted(
            response.key.occasion
            for response in survey.responses(store, participant=key.participant, questions=[key.question])
        )
        known = f" Its occasions: {listed(one or 'none' for one in occasions)}." if any(occasions) else ""
        if occasions and not known:
            known = " It was given once: leave the occasion out."
        on = f" on occasion {key.occasion!r}" if key.occasion else ""
        raise HarkenError(f"No answer of {key.participant!r} to {key.question!r}{on} in this project.{known}")
    return MemoSubject(
        about=MemoAbout.ANSWER,
        participant=key.participant,
        question=key.question,
        occasion=key.occasion,
    )


def label_of(subject: MemoSubject) -> str:
    """What a memo is on, in a few words."""
    if subject.about is MemoAbout.PROJECT:
        return "diary"
    if subject.about is MemoAbout.CODE:
        return subject.code
    words = [subject.participant, subject.question, subject.occasion]
    if subject.about is MemoAbout.DECISION:
        words.append(f"decision in {subject.round}")
    return " · ".join(word for word in words if word)


def subject_of(
    store: Store,
    *,
    code: str = "",
    question: str = "",
    participant: str = "",
    answer: str = "",
    occasion: str = "",
) -> MemoSubject:
    """What these names mean together; none of them is the diary. `answer` names the person who gave it."""
    if sum(map(bool, (code, participant, answer))) + bool(question and not answer) > 1:
        raise HarkenError("A memo is on one thing. Name a code, a question, a participant or an answer.")
    if answer:
        if not question:
            raise HarkenError(f"Say which answer of {answer!r} the memo is on: name its question too.")
        return on_answer(store, ResponseKey(answer, question, occasion))
    if occasion:
        raise HarkenError("An occasion belongs to an answer. Name the answer’s participant and question.")
    if code:
        return on_code(store, code)
    if participant:
        return on_participant(store, participant)
    return on_question(store, question) if question else PROJECT

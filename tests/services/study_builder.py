"""A project built from what a test names: people, answers, codes and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from harken.codebook.data import code_as_data, family_as_data
from harken.model import (
    Code,
    Codebook,
    Coding,
    Decision,
    DecisionState,
    Family,
    ResponseKey,
    Round,
    TextRule,
    Variable,
    VariableRole,
)
from harken.services.studies import add_round
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import decide, import_decisions
from harken.storage.journal import new_id
from harken.storage.store import Store
from harken.storage.survey_rows import SurveyWriter

LEAD = "lead"


def codebook(*paths: str, questions: Mapping[str, tuple[str, ...]] | None = None) -> Codebook:
    """A codebook of the codes with these paths; parents stand before their children."""
    limits = questions or {}

    def below(prefix: str) -> tuple[Code, ...]:
        direct = [path for path in paths if path.rpartition(".")[0] == prefix]
        return tuple(
            Code(
                key=path.rpartition(".")[2],
                label=path.rpartition(".")[2].replace("_", " ").capitalize(),
                questions=limits.get(path, ()),
                codes=below(path),
            )
            for path in direct
        )

    families = dict.fromkeys(path.split(".")[0] for path in paths)
    return Codebook(families=tuple(Family(key=key, label=key.title(), codes=below(key)) for key in families))


def decision(
    coder: str,
    participant: str,
    question: str,
    *codes: str,
    occasion: str = "",
    round: str = "main",
    uncodable: bool = False,
    at: str = "",
) -> Decision:
    return Decision(
        key=ResponseKey(participant, question, occasion),
        coder=coder,
        round=round,
        state=DecisionState.UNCODABLE if uncodable else DecisionState.CODED,
        codings=tuple(Coding(code) for code in codes),
        at=at,
    )


def build_study(
    *,
    people: Mapping[str, Mapping[str, str]] | Iterable[str],
    answers: Iterable[tuple[str, ...]],
    codebook: Codebook | None = None,
    decisions: Iterable[Decision] = (),
    asked: Mapping[str, str] | None = None,
    excluded: Mapping[str, Iterable[str]] | None = None,
    rounds: Iterable[Round] = (),
    rules: Iterable[TextRule] = (),
    per_response: Mapping[tuple[str, ...], Mapping[str, str]] | None = None,
    one_by_one: bool = False,
    title: str = "A study",
) -> Store:
    """A project in memory. Answers are (participant, question, text) or (…, question, occasion, text)."""
    store = Store.in_memory()
    attributes = people if isinstance(people, Mapping) else {name: {} for name in people}
    keyed = {
        ResponseKey(name, question, rest[0] if len(rest) == 2 else ""): rest[-1]
        for name, question, *rest in answers
    }
    decided = list(decisions)
    with store.action(LEAD) as action:
        action.append(
            "project.created",
            {"title": title, "lead": LEAD, "approach": "content", "sampling": "convenience"},
        )
        for coder in dict.fromkeys([LEAD, *(one.coder for one in decided)]):
            action.append("coder.added", {"name": coder})
        given = {round.name: round for round in rounds}
        for round in {"main": Round(name="main"), **given}.values():
            add_round(action, round)
        _write_survey(action, attributes, keyed, asked or {}, per_response or {})
        for rule in rules:
            action.append(
                "texts.listed",
                {"rules": [{"list": rule.list, "question": rule.question, "text": rule.text}]},
            )
        for reason, names in (excluded or {}).items():
            action.append("participants.excluded", {"participants": list(names), "reason": reason})
        if codebook is not None:
            _write_codebook(action, codebook)
    stored = stored_codebook(store)
    with store.action(LEAD) as action:
        if one_by_one:
            for one in decided:
                decide(action, stored, one)
        else:
            import_decisions(action, stored, decided, source={"file": "codings.csv"})
    return store


def _write_survey(
    action: Any,
    attributes: Mapping[str, Mapping[str, str]],
    keyed: Mapping[ResponseKey, str],
    asked: Mapping[str, str],
    per_response: Mapping[tuple[str, ...], Mapping[str, str]],
) -> None:
    import_id = new_id()
    writer = SurveyWriter(action, import_id=import_id)
    for question in dict.fromkeys(key.question for key in keyed):
        writer.add_question(question, asked_variable=asked.get(question, ""))
    for name, values in attributes.items():
        writer.add_participant(name, values)
    for key, text in keyed.items():
        writer.add_response(key, text, per_response.get(tuple(key), {}))
    personal = dict.fromkeys(name for values in attributes.values() for name in values)
    changing = dict.fromkeys(name for values in per_response.values() for name in values)
    variables = [
        *(Variable(name=name, role=VariableRole.GROUP) for name in personal),
        *(Variable(name=name, role=VariableRole.ATTRIBUTE, per_response=True) for name in changing),
    ]
    action.append(
        "survey.imported",
        {
            "file": "survey.csv",
            "rows_sha256": writer.finish().rows_sha256,
            "variables": [
                {"name": one.name, "role": one.role, "per_response": one.per_response} for one in variables
            ],
        },
        id=import_id,
    )


def _write_codebook(action: Any, codebook: Codebook) -> None:
    action.append(
        "codebook.imported",
        {
            "title": codebook.title,
            "language": codebook.language,
            "families": [family_as_data(family) for family in codebook.families],
            "codes": [
                {"id": path, "path": path, "body": code_as_data(entry.code)}
                for path, entry in codebook.entries.items()
            ],
            "removed": [],
            "map": {},
        },
    )

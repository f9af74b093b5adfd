"""Taking a survey file in: its rows, the text lists, and whom the required questions exclude."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from harken.errors import HarkenError
from harken.importers.layout import ImportOptions, SurveyLayout
from harken.importers.raw_table import RawTable
from harken.importers.settling import settle_layout
from harken.importers.survey import Survey, read_survey
from harken.importers.tables import read_table
from harken.model import TextList, TextRule, normal_text
from harken.services.sources import source_name
from harken.storage import survey as stored
from harken.storage.journal import new_id
from harken.storage.store import Action, Store
from harken.storage.survey_rows import RowsAdded, SurveyWriter

ITEM_NON_RESPONSE = "item non-response"
Progress = Callable[[str, float], None]
"""Is told what is being done and which share of it is done."""
_STORED_BETWEEN_REPORTS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFile:
    """A survey file, read and with its columns settled, not stored yet."""

    path: Path
    table: RawTable
    layout: SurveyLayout


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """What an import brought, or (`is_trial`) would bring."""

    file: str
    is_trial: bool
    layout: SurveyLayout
    n_participants: int
    n_responses: int
    n_non_response: int
    """New responses that are blank or whose text is listed as non-response."""
    questions: tuple[str, ...]
    added: RowsAdded
    n_excluded: int
    """Participants newly excluded for item non-response."""
    notes: tuple[str, ...]


def open_survey_file(path: Path, options: ImportOptions, *, progress: Progress | None = None) -> SurveyFile:
    """Read a file and settle what its columns mean, guessing what `options` leave open."""
    report = None if progress is None else lambda _rows, share: progress("reading", share)
    table = read_table(path, sheet=options.sheet, encoding=options.encoding, progress=report)
    return SurveyFile(path=path, table=table, layout=settle_layout(table, options))


def import_survey(
    store: Store,
    file: SurveyFile,
    *,
    actor: str,
    rules: Sequence[TextRule] = (),
    is_trial: bool = False,
    progress: Progress | None = None,
) -> ImportSummary:
    """Store a survey: new rows by id; known ones are compared and stay as they are.

    Everything happens in one transaction; with `is_trial` it is taken back at the end.
    """
    if file.layout.id is None:
        _refuse_row_numbers(store, file)
    survey = read_survey(file.table, file.layout)
    action_of: Callable[[str], AbstractContextManager[Action]] = store.trial if is_trial else store.action
    with action_of(actor) as action:
        _list_texts(action, store, rules)
        n_before = stored.n_non_response(action)
        added = _store_rows(action, store, file, survey, progress)
        n_non_response = stored.n_non_response(action) - n_before
        n_excluded = _exclude(action, store, file, survey) if file.layout.required else 0
    return ImportSummary(
        file=file.path.name,
        is_trial=is_trial,
        layout=file.layout,
        n_participants=len(survey.participants),
        n_responses=len(survey.responses),
        n_non_response=n_non_response,
        questions=survey.questions,
        added=added,
        n_excluded=n_excluded,
        notes=(*file.table.notes, *survey.notes),
    )


def _refuse_row_numbers(store: Store, file: SurveyFile) -> None:
    """Row numbers as ids beside ids of another kind would take everybody for a new person."""
    if any(not name.isdecimal() for name in stored.participant_names(store)):
        raise HarkenError(
            f"{file.table.place()}: no column tells participants apart, and the people of this project have "
            "ids that are no row numbers. Name the column of ids with --id."
        )


def text_rules(list: TextList, texts: Iterable[str], *, questions: Iterable[str]) -> tuple[TextRule, ...]:
    """Rules from `[QUESTION=]TEXT`; what stands before `=` is a question only if one is called so."""
    known = set(questions)
    rules = []
    for given in texts:
        question, text = _scoped(given, known)
        if not normal_text(text):
            raise HarkenError(f"{given!r} lists no text; blank answers are non-response anyway.")
        rules.append(TextRule(list=list, text=text, question=question))
    return tuple(rules)


def rules_of_lists(
    texts: Mapping[TextList, Iterable[str]], *, questions: Collection[str]
) -> tuple[TextRule, ...]:
    """The rules of several lists, as `text_rules` reads each."""
    return tuple(
        rule for list, given in texts.items() for rule in text_rules(list, given, questions=questions)
    )


def _scoped(given: str, questions: Collection[str]) -> tuple[str, str]:
    """A question and a text. Both may hold `=`, so every place where it stands is tried, the first first."""
    parts = given.split("=")
    for at in range(1, len(parts)):
        question = "=".join(parts[:at])
        if question in questions:
            return question, "=".join(parts[at:])
    return "", given


def question_names(store: Store, file: SurveyFile) -> tuple[str, ...]:
    """The open questions of the file and of the project."""
    header = file.layout.questions
    named = header if file.layout.response is None else tuple(dict.fromkeys(file.table.values(header[0])))
    return (*named, *(question.name for question in stored.questions(store)))


def _list_texts(action: Action, store: Store, rules: Sequence[TextRule]) -> None:
    """List the texts that are not listed yet."""
    new = [
        rule
        for rule in rules
        if normal_text(rule.text) not in stored.listed_texts(store, rule.list, rule.question)
    ]
    if new:
        action.append(
            "texts.listed",
            {"rules": [{"list": rule.list, "question": rule.question, "text": rule.text} for rule in new]},
        )


def _store_rows(
    action: Action, store: Store, file: SurveyFile, survey: Survey, progress: Progress | None
) -> RowsAdded:
    import_id = new_id()
    n_questions = len(stored.questions(store))
    writer = SurveyWriter(action, import_id=import_id)
    for question in survey.questions:
        writer.add_question(question, asked_variable=file.layout.asked.get(question, ""))
    for participant in survey.participants:
        writer.add_participant(participant.id, participant.attributes)
    for number, response in enumerate(survey.responses):
        writer.add_response(response.key, response.text, response.attributes)
        if progress is not None and number % _STORED_BETWEEN_REPORTS == 0:
            progress("storing", number / len(survey.responses))
    added = writer.finish()
    if progress is not None:
        progress("storing", 1.0)
    if added.n_participants_new or added.n_responses_new or len(stored.questions(store)) > n_questions:
        action.append("survey.imported", _import_payload(file, survey, added), id=import_id)
    return added


def _import_payload(file: SurveyFile, survey: Survey, added: RowsAdded) -> dict[str, object]:
    source, layout = survey.source, survey.layout
    return {
        "file": source_name(file.path),
        "sha256": source.sha256,
        "format": source.format,
        "encoding": source.encoding,
        "sheet": source.sheet,
        "layout": layout.layout.value,
        "id": layout.id or "",
        "questions": list(survey.questions),
        "response": layout.response or "",
        "occasion": layout.occasion or "",
        "required": list(layout.required),
        "asked": dict(layout.asked),
        "variables": [
            {"name": variable.name, "role": variable.role.value, "per_response": variable.per_response}
            for variable in survey.variables
        ],
        "n_participants": added.n_participants_new,
        "n_responses": added.n_responses_new,
        "rows_sha256": added.rows_sha256,
    }


def _exclude(action: Action, store: Store, file: SurveyFile, survey: Survey) -> int:
    """Exclude participants with non-response in a required question or column; returns how many are new.

    What counts is what the project holds, which a file with another text does not change.
    """
    questions = {question.name for question in stored.questions(store)}
    given: dict[str, set[str]] = {required: set() for required in file.layout.required}
    for required, people in given.items():
        if required in questions:
            people.update(
                response.key.participant
                for response in stored.responses(store, questions=[required], only_answered=True)
            )
    columns = [required for required in given if required not in questions]
    listed = {column: stored.listed_texts(store, TextList.NON_RESPONSE, column) for column in columns}
    for person in survey.participants:
        for column in columns:
            if _is_given(person.attributes.get(column, ""), listed[column]):
                given[column].add(person.id)
    for response in survey.responses:
        for column in columns:
            if _is_given(response.attributes.get(column, ""), listed[column]):
                given[column].add(response.key.participant)
    in_file = [person.id for person in survey.participants]
    lacking = {name for name in in_file if any(name not in people for people in given.values())}
    n_before = stored.n_excluded(action)
    settled = stored.excluded_or_included(store)
    names = [name for name in in_file if name in lacking and name not in settled]
    if names:
        action.append("participants.excluded", {"participants": names, "reason": ITEM_NON_RESPONSE})
    return stored.n_excluded(action) - n_before


def _is_given(value: str, listed: Collection[str]) -> bool:
    return bool(normal_text(value)) and normal_text(value) not in listed

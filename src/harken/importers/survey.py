"""Turns a table whose columns are settled into participants, responses and variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from harken.errors import HarkenError, listed, quoted
from harken.importers.layout import Layout, SurveyLayout
from harken.importers.raw_table import RawTable, TableSource
from harken.model import ResponseKey, Variable, VariableRole, normal_text

_FEW = 5


class SurveyResponse(NamedTuple):
    """One text as the file has it, and where it stands there."""

    key: ResponseKey
    text: str
    row: int
    attributes: Mapping[str, str]
    """Values of the variables that differ within participants."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyParticipant:
    """A person who answered, with the values that hold for the whole person."""

    id: str
    attributes: Mapping[str, str]
    row: int
    """The first of the person's rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a survey file holds, in the order of the file."""

    source: TableSource
    layout: SurveyLayout
    participants: tuple[SurveyParticipant, ...]
    responses: tuple[SurveyResponse, ...]
    questions: tuple[str, ...]
    variables: tuple[Variable, ...]
    notes: tuple[str, ...] = ()


class _Row(NamedTuple):
    participant: str
    occasion: str
    number: int
    cells: Sequence[str]


def read_survey(table: RawTable, layout: SurveyLayout) -> Survey:
    """Read every participant and response; a blank group stays blank, a blank answer stays a response."""
    rows = _numbered_rows(table, layout)
    of_person: dict[str, list[_Row]] = {}
    for row in rows:
        of_person.setdefault(row.participant, []).append(row)
    _refuse_changing_groups(table, layout, of_person)
    variables = _variables(table, layout, of_person)
    personal = [
        (variable.name, table.index(variable.name)) for variable in variables if not variable.per_response
    ]
    changing = [
        (variable.name, table.index(variable.name)) for variable in variables if variable.per_response
    ]
    participants = tuple(
        SurveyParticipant(id=id, attributes=_values(theirs[0], personal), row=theirs[0].number)
        for id, theirs in of_person.items()
    )
    read = _long_responses if layout.layout is Layout.LONG else _wide_responses
    responses = tuple(read(table, layout, rows, changing))
    questions = (
        tuple(dict.fromkeys(response.key.question for response in responses))
        if layout.layout is Layout.LONG
        else layout.questions
    )
    return Survey(
        source=table.source,
        layout=layout,
        participants=participants,
        responses=responses,
        questions=questions,
        variables=variables,
        notes=tuple(_doubtful_ids(of_person)),
    )


def _numbered_rows(table: RawTable, layout: SurveyLayout) -> list[_Row]:
    at_id = None if layout.id is None else table.index(layout.id)
    at_occasion = None if layout.occasion is None else table.index(layout.occasion)
    rows = []
    for ordinal, (number, cells) in enumerate(zip(table.row_numbers, table.rows, strict=True), 1):
        participant = str(ordinal) if at_id is None else cells[at_id]
        if not participant.strip():
            raise HarkenError(
                f"{table.place(number, layout.id or '')}: the participant's id is blank. Fill it in, or name"
                " another column with --id."
            )
        rows.append(_Row(participant, "" if at_occasion is None else cells[at_occasion], number, cells))
    return rows


def _refuse_changing_groups(
    table: RawTable, layout: SurveyLayout, of_person: Mapping[str, Sequence[_Row]]
) -> None:
    for header in layout.groups:
        at = table.index(header)
        for participant, theirs in of_person.items():
            first = theirs[0]
            other = next((row for row in theirs if row.cells[at] != first.cells[at]), None)
            if other is not None:
                raise HarkenError(
                    f"{table.place(column=header)}: participant {quoted(participant)} is in group"
                    f" {quoted(first.cells[at])} in row {first.number} and {quoted(other.cells[at])} in row"
                    f" {other.number}. A group holds for the whole person: mend the file, or keep the column"
                    f" as --attribute {quoted(header)}."
                )


def _variables(
    table: RawTable, layout: SurveyLayout, of_person: Mapping[str, Sequence[_Row]]
) -> tuple[Variable, ...]:
    roles = {
        **dict.fromkeys(layout.groups, VariableRole.GROUP),
        **dict.fromkeys(layout.closed, VariableRole.CLOSED),
        **dict.fromkeys(layout.attributes, VariableRole.ATTRIBUTE),
    }
    several = [theirs for theirs in of_person.values() if len(theirs) > 1]
    variables = []
    for at, header in enumerate(table.headers):
        if header not in roles:
            continue
        changes = any(row.cells[at] != theirs[0].cells[at] for theirs in several for row in theirs)
        variables.append(Variable(name=header, role=roles[header], per_response=changes))
    return tuple(variables)


def _wide_responses(
    table: RawTable, layout: SurveyLayout, rows: Sequence[_Row], changing: Sequence[tuple[str, int]]
) -> Iterator[SurveyResponse]:
    questions = [(question, table.index(question)) for question in layout.questions]
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        before = seen.setdefault((row.participant, row.occasion), row.number)
        if before != row.number:
            raise HarkenError(
                f"{table.place()}: {_person(row)} stands in rows {before} and {row.number}."
                f" {_way_out(layout)}"
            )
        attributes = _values(row, changing)
        for question, at in questions:
            key = ResponseKey(row.participant, question, row.occasion)
            yield SurveyResponse(key, row.cells[at], row.number, attributes)


def _long_responses(
    table: RawTable, layout: SurveyLayout, rows: Sequence[_Row], changing: Sequence[tuple[str, int]]
) -> Iterator[SurveyResponse]:
    (header,) = layout.questions
    at_question = table.index(header)
    at_text = table.index(layout.response or "")
    seen: dict[ResponseKey, int] = {}
    for row in rows:
        question = row.cells[at_question]
        if not question.strip():
            raise HarkenError(f"{table.place(row.number, header)}: the question is blank. Fill it in.")
        key = ResponseKey(row.participant, question, row.occasion)
        before = seen.setdefault(key, row.number)
        if before != row.number:
            raise HarkenError(
                f"{table.place()}: {_person(row)} answers {quoted(question)} in rows {before} and"
                f" {row.number}. {_way_out(layout)}"
            )
        yield SurveyResponse(key, row.cells[at_text], row.number, _values(row, changing))


def _person(row: _Row) -> str:
    on = f" on occasion {quoted(row.occasion)}" if row.occasion else ""
    return f"participant {quoted(row.participant)}{on}"


def _way_out(layout: SurveyLayout) -> str:
    if layout.occasion is None:
        return "Name the column that tells such rows apart with --occasion, or remove one of them."
    return f"Remove one of them, or tell them apart in column {layout.occasion!r}."


def _values(row: _Row, columns: Sequence[tuple[str, int]]) -> Mapping[str, str]:
    return {name: row.cells[at] for name, at in columns}


def _doubtful_ids(of_person: Mapping[str, Sequence[_Row]]) -> Iterator[str]:
    """Say which ids differ in spaces and case alone: they count as different people."""
    alike: dict[str, list[str]] = {}
    for participant in of_person:
        alike.setdefault(normal_text(participant), []).append(participant)
    doubtful = [ids for ids in alike.values() if len(ids) > 1]
    for ids in doubtful[:_FEW]:
        yield f"Participants {listed(ids)} differ in spaces or case alone and count as different people."
    if len(doubtful) > _FEW:
        yield f"{len(doubtful) - _FEW} more sets of ids differ in spaces or case alone."

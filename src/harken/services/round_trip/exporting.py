"""Writing the workbook in which one coder codes one round's answers in a spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from harken.errors import HarkenError
from harken.exporters.form_workbook import FormColumn, FormSheet, form_workbook_bytes
from harken.exporters.sheet_names import sheet_names
from harken.model import (
    MAIN_ROUND,
    MISSING_GROUP,
    Codebook,
    CodebookEntry,
    Decision,
    DecisionState,
    Response,
    Round,
    VariableRole,
)
from harken.services.blindness import sight_of
from harken.services.marking import marks_of, redacted
from harken.services.round_trip import layout
from harken.services.round_trip.layout import Filled
from harken.storage import codebooks, coding, study, survey
from harken.storage.store import Store

_DECISIONS, _UNSURE = "decisions", "unsure"
_WIDTHS = {layout.ANSWER: 60, layout.MEMO: 36, layout.DECISION: 17, layout.UNSURE: 9}
_CODE_WIDTH, _OTHER_WIDTH = 24, 14
_GUIDE = (
    "Each sheet holds the answers to one question. Only the coloured cells can be filled in.",
    "code 1, code 2 …: choose the codes that apply, in any order. The sheet Codes says what they mean.",
    f"decision: choose “{layout.NO_CODE}” where you read the answer and no code fits, and "
    f"“{layout.UNCODABLE}” where nothing can be said of it. With codes it may stay as it is.",
    "A row without codes and without a decision is undecided: nothing is taken from it.",
    f"unsure: choose “{layout.YES}” where you want to talk about it. memo: your note.",
    "Clearing a row does not undo a decision that the project has already.",
    "Do not change the other columns, and give the file back as a workbook (XLSX or ODS).",
)


class _Row(NamedTuple):
    response: Response
    decision: Decision | None
    context: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingWorkbook:
    """A workbook as bytes of an XLSX file, and what is in it."""

    data: bytes
    coder: str
    round: str
    questions: tuple[str, ...]
    n_answers: int
    n_decided: int


def export_workbook(
    store: Store, *, coder: str, questions: Sequence[str] = (), round: str = MAIN_ROUND
) -> CodingWorkbook:
    """A sheet a question with the answers that the coder is to code in the round, own decisions filled in.

    Nothing that others decided is in it, and brackets stand for what tells who somebody is. Raises
    `HarkenError` where there is nothing to code.
    """
    with store.snapshot():
        chosen = study.round_named(store, round)
        asked = [survey.question_named(store, name).name for name in dict.fromkeys(questions)]
        stored = codebooks.stored_codebook(store)
        project = layout.project_id(store)
        waiting = set(coding.queue(store, coder=coder, round=round, questions=asked))
        decided = coding.decided_ids(store, coder=coder, round=round)
        sight = sight_of(store, coder, coding_in=chosen)
        context = _Context(store, hides_group=sight.hides_group)
        marks = marks_of(store)
        rows: dict[str, list[_Row]] = {}
        for response in survey.responses(store, questions=asked, only_codable=True):
            if response.id not in waiting:
                continue
            decision = None
            if response.id in decided:
                decision = coding.decision_at(store, stored, response.key, round=round, coder=coder)
            shown = replace(response, text=redacted(response.text, marks.get(response.id, ())))
            row = _Row(shown, decision, context.values(response))
            rows.setdefault(response.key.question, []).append(row)
    if not rows:
        raise HarkenError(
            f"{coder!r} has no answer to code in round {round!r}, so there is nothing to put into a workbook."
        )
    if not stored.codebook.entries:
        raise HarkenError("The codebook has no code yet. Import one first: `harken codebook import FILE`.")
    titles = sheet_names(rows, taken=[layout.KEY_SHEET, layout.CODES_SHEET, layout.GUIDE_SHEET, "lists"])
    lists: dict[str, Sequence[str]] = {
        _DECISIONS: (layout.CODED, layout.NO_CODE, layout.UNCODABLE),
        _UNSURE: (layout.YES,),
    }
    names = layout.code_names(stored.codebook.entries.values())
    sheets = []
    for title, (question, theirs) in zip(titles, rows.items(), strict=True):
        offered = _offered(stored.codebook, question, theirs)
        lists[f"codes of {question}"] = tuple(names[entry.path] for entry in offered)
        sheets.append(_sheet(title, f"codes of {question}", theirs, names, context.headings))
    every = [row for theirs in rows.values() for row in theirs]
    data = form_workbook_bytes(
        [*sheets, _codes_sheet(stored.codebook, names), _guide(), _key_sheet(project, chosen, coder, every)],
        lists=lists,
        title=layout.shown(study.settings(store)["title"]),
    )
    return CodingWorkbook(
        data=data,
        coder=coder,
        round=round,
        questions=tuple(rows),
        n_answers=len(every),
        n_decided=sum(row.decision is not None for row in every),
    )


class _Context:
    """The columns that say more of an answer: groups and closed items, unless groups are hidden."""

    def __init__(self, store: Store, *, hides_group: bool) -> None:
        roles = () if hides_group else (VariableRole.GROUP, VariableRole.CLOSED)
        self._variables = [variable for variable in survey.variables(store) if variable.role in roles]
        self._store = store
        self._attributes: Mapping[str, Mapping[str, str]] = (
            {person.name: person.attributes for person in survey.participants(store)}
            if self._variables
            else {}
        )
        self._differs = any(variable.per_response for variable in self._variables)

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(f"{layout.SURVEY}{layout.shown(variable.name)}" for variable in self._variables)

    def values(self, response: Response) -> tuple[str, ...]:
        if not self._variables:
            return ()
        theirs = self._attributes.get(response.key.participant, {})
        own = survey.response_attributes(self._store, response.id) if self._differs else {}
        found = []
        for variable in self._variables:
            value = own.get(variable.name, theirs.get(variable.name, ""))
            is_group = variable.role is VariableRole.GROUP
            found.append((value.strip() or MISSING_GROUP) if is_group else value)
        return tuple(found)


def _offered(codebook: Codebook, question: str, rows: Iterable[_Row]) -> list[CodebookEntry]:
    """The codes that may be applied to a question, and those that its rows have all the same."""
    applied = {code for row in rows if row.decision is not None for code in row.decision.codes}
    return [
        entry
        for entry in codebook.entries.values()
        if entry.path in applied or (entry.applies_to(question) and not entry.code.is_retired)
    ]


def _sheet(
    title: str, codes: str, rows: Sequence[_Row], names: Mapping[str, str], context: tuple[str, ...]
) -> FormSheet:
    most = max((len(row.decision.codes) for row in rows if row.decision is not None), default=0)
    n_codes = max(layout.FEWEST_CODE_COLUMNS, most)

    def column(heading: str, *, is_open: bool = False, choices: str = "", width: int = 0) -> FormColumn:
        width = width or _WIDTHS.get(heading, _OTHER_WIDTH)
        return FormColumn(heading=heading, width=width, is_open=is_open, choices=choices)

    columns = (
        column(layout.PARTICIPANT),
        column(layout.ANSWER),
        *(
            column(layout.code_column(number), is_open=True, choices=codes, width=_CODE_WIDTH)
            for number in range(1, n_codes + 1)
        ),
        column(layout.DECISION, is_open=True, choices=_DECISIONS),
        column(layout.UNSURE, is_open=True, choices=_UNSURE),
        column(layout.MEMO, is_open=True),
        column(layout.QUESTION),
        column(layout.OCCASION),
        *map(column, context),
    )
    return FormSheet(
        name=title, columns=columns, rows=[_cells(row, names, n_codes) for row in rows], n_in_sight=2
    )


def _cells(row: _Row, names: Mapping[str, str], n_codes: int) -> list[str]:
    key, decision = row.response.key, row.decision
    codes = [] if decision is None else [names[code] for code in decision.codes]
    return [
        layout.shown(key.participant),
        layout.shown(row.response.text),
        *codes,
        *[""] * (n_codes - len(codes)),
        _decision_word(decision),
        layout.YES if decision is not None and decision.is_unsure else "",
        "" if decision is None else layout.shown(decision.memo),
        layout.shown(key.question),
        layout.shown(key.occasion),
        *map(layout.shown, row.context),
    ]


def _decision_word(decision: Decision | None) -> str:
    if decision is None:
        return ""
    if decision.state is DecisionState.UNCODABLE:
        return layout.UNCODABLE
    return layout.CODED if decision.codings else layout.NO_CODE


def _codes_sheet(codebook: Codebook, names: Mapping[str, str]) -> FormSheet:
    headings = {"code": 30, "family": 20, "path": 32, "definition": 50, "include": 40, "exclude": 40}
    entries = [entry for entry in codebook.entries.values() if not entry.code.is_retired]
    return FormSheet(
        name=layout.CODES_SHEET,
        columns=tuple(
            FormColumn(heading=heading, width=width)
            for heading, width in {**headings, "examples": 50, "questions": 20}.items()
        ),
        rows=[
            [
                names[entry.path],
                *map(
                    layout.shown,
                    (
                        entry.family.label,
                        entry.path,
                        entry.code.definition,
                        entry.code.include,
                        entry.code.exclude,
                        "\n".join(entry.code.examples),
                        ", ".join(sorted(entry.questions)),
                    ),
                ),
            ]
            for entry in entries
        ],
    )


def _guide() -> FormSheet:
    columns = (FormColumn(heading="How to code here", width=100),)
    return FormSheet(
        name=layout.GUIDE_SHEET, columns=columns, rows=[[words] for words in _GUIDE], n_in_sight=0
    )


def _key_sheet(project: str, round: Round, coder: str, rows: Sequence[_Row]) -> FormSheet:
    settings = ((layout.PROJECT, project), (layout.ROUND, round.name), (layout.CODER, coder))
    lines = [[layout.FORMAT, "", "", "", "", ""]]
    lines += [[name, value, "", "", "", ""] for name, value in settings]
    for row in rows:
        key, decision = row.response.key, row.decision
        filled = None if decision is None else Filled.of(decision)
        lines.append(
            [
                layout.ROW,
                *map(layout.shown, key),
                layout.check_of(project, key, layout.shown(row.response.text)),
                layout.mark_of(project, filled),
            ]
        )
    return FormSheet(
        name=layout.KEY_SHEET,
        columns=tuple(FormColumn(heading=heading, width=20) for heading in layout.KEY_COLUMNS),
        rows=lines,
        is_hidden=True,
    )

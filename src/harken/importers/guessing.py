"""Guesses what a survey's columns mean as far as nobody has said it, and says why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from harken.importers.column_profile import profile_column
from harken.importers.column_roles import fold_header, guess_by_name, guess_column
from harken.importers.layout import ColumnGuess, ColumnRole, ImportOptions, Layout, SurveyLayout
from harken.importers.raw_table import RawTable

_SURELY_PARTICIPANT = (
    "participant",
    "participantid",
    "respondent",
    "respondentid",
    "responseid",
    "recordid",
    "subject",
    "subjectid",
)
_PARTICIPANT = (
    *_SURELY_PARTICIPANT,
    *("personid", "person", "patientid", "studyid", "caseid", "userid", "pid", "uid", "uuid", "token", "id"),
    "case",
)
_QUESTION = ("question", "questionid", "prompt", "item")
_RESPONSE = ("response", "answer", "responsetext", "answertext", "verbatim", "text", "comment")
_OCCASION = (
    *("occasion", "wave", "redcapeventname", "event", "visit", "timepoint", "session", "phase", "day"),
    "time",
)

NOTHING_SAID = ImportOptions()

_NEARLY = 0.9


def guess_layout(table: RawTable, *, said: ImportOptions = NOTHING_SAID) -> SurveyLayout:
    """Say what every column is or seems to be. What `said` names are headers of the table."""
    # Of headers that fold alike the first counts, so they are entered last to first.
    folded = {fold_header(header): header for header in reversed(table.headers)}
    layout, why = _guess_shape(folded, said)
    guesses = _as_said(said, layout)
    if layout is Layout.LONG:
        _guess_long(table, folded, said, guesses)
        notes = [why]
    else:
        notes = [why, *_guess_wide(table, folded, said, guesses)]
    columns = [guesses[header] for header in table.headers]
    return _arrange(layout, columns, said=said, notes=(*table.notes, *notes))


def _guess_shape(folded: Mapping[str, str], said: ImportOptions) -> tuple[Layout, str]:
    if said.layout is not None:
        return said.layout, f"The table is {said.layout}, as said."
    if said.response is not None:
        return Layout.LONG, f"The table is long, a row a response: {said.response!r} is said to hold them."
    participant = said.id or _first(_PARTICIPANT, folded)
    question, response = _first(_QUESTION, folded), _first(_RESPONSE, folded)
    if said.questions and said.questions != (question,):
        return Layout.WIDE, "The table is wide, a row a participant: columns are named as questions."
    if participant and question and response:
        return (
            Layout.LONG,
            "The table is long, a row a response: it has columns"
            f" {participant!r}, {question!r} and {response!r}.",
        )
    return (
        Layout.WIDE,
        "The table is wide, a row a participant: no columns hold participant, question and response.",
    )


def _as_said(said: ImportOptions, layout: Layout) -> dict[str, ColumnGuess]:
    roles: list[tuple[Iterable[str | None], ColumnRole]] = [
        ([said.id], ColumnRole.ID),
        (said.questions, ColumnRole.QUESTION),
        ([said.response if layout is Layout.LONG else None], ColumnRole.RESPONSE),
        ([said.occasion], ColumnRole.OCCASION),
        (said.closed, ColumnRole.CLOSED),
        (said.groups, ColumnRole.GROUP),
        (said.attributes, ColumnRole.ATTRIBUTE),
    ]
    return {
        header: ColumnGuess(column=header, role=role, why="as said")
        for headers, role in roles
        for header in headers
        if header is not None
    }


def _guess_long(
    table: RawTable, folded: Mapping[str, str], said: ImportOptions, guesses: dict[str, ColumnGuess]
) -> None:
    for names, role in (
        (_PARTICIPANT, ColumnRole.ID),
        (_QUESTION, ColumnRole.QUESTION),
        (_RESPONSE, ColumnRole.RESPONSE),
    ):
        header = _first(names, folded, without=guesses)
        if header is not None and not _having(guesses, role):
            guesses[header] = ColumnGuess(column=header, role=role, why="by its name")
    key = [*_having(guesses, ColumnRole.ID), *_having(guesses, ColumnRole.QUESTION)]
    if said.occasion is None and len(key) == 2:
        _guess_occasion(table, folded, key, guesses)
    for header in table.headers:
        if header not in guesses:
            guesses[header] = guess_by_name(header, "any other column of a long table")


def _guess_wide(
    table: RawTable, folded: Mapping[str, str], said: ImportOptions, guesses: dict[str, ColumnGuess]
) -> list[str]:
    if said.id is None:
        _guess_participant(table, folded, said, guesses)
    elif said.occasion is None:
        _guess_occasion(table, folded, [said.id], guesses)
    settled = {ColumnRole.QUESTION: said.questions, ColumnRole.CLOSED: said.closed}
    for header in table.headers:
        if header in guesses:
            continue
        guess = guess_column(header, profile_column(table.values(header)))
        if settled.get(guess.role):
            why = f"not named with --{guess.role}, though it would have been taken for one"
            guess = ColumnGuess(column=header, role=ColumnRole.ATTRIBUTE, why=why)
        guesses[header] = guess
    if _having(guesses, ColumnRole.ID):
        return []
    return ["No column tells participants apart, so rows are numbered and 1, 2, 3 … are the ids."]


def _guess_participant(
    table: RawTable, folded: Mapping[str, str], said: ImportOptions, guesses: dict[str, ColumnGuess]
) -> None:
    """Find the id column, and the occasion that tells rows apart where ids repeat."""
    named = [folded[name] for name in _PARTICIPANT if name in folded and folded[name] not in guesses]
    why = "by its name"
    chosen = next((header for header in named if _is_key(table, [header])), None)
    if chosen is not None:
        why = "by its name, and no value stands twice"
    else:
        filled = [header for header in named if all(map(str.strip, table.values(header)))]
        chosen = next(
            (
                header
                for header in filled
                if said.occasion is not None or _guess_occasion(table, folded, [header], guesses)
            ),
            None,
        )
    if chosen is None:
        chosen = _first(_SURELY_PARTICIPANT, folded, without=guesses)
    if chosen is None:
        # A typing slip in an id must not turn all ids into row numbers; reading names the rows then.
        chosen = next((header for header in named if _is_nearly_key(table, header)), None)
        why = "by its name, though some values stand twice"
    if chosen is None and len(table.rows) > 1:
        why = "every row has its own token there"
        chosen = next(
            (header for header in table.headers if header not in guesses and _holds_tokens(table, header)),
            None,
        )
    if chosen is not None:
        guesses[chosen] = ColumnGuess(column=chosen, role=ColumnRole.ID, why=why)


def _guess_occasion(
    table: RawTable, folded: Mapping[str, str], key: Sequence[str], guesses: dict[str, ColumnGuess]
) -> bool:
    """Find the column called occasion, or one that has to be it because the key alone repeats."""
    header = _first(_OCCASION[:1], folded, without=guesses)
    why = "by its name"
    if header is None and not _is_key(table, key):
        candidates = (folded[name] for name in _OCCASION if name in folded and folded[name] not in guesses)
        header = next((name for name in candidates if _is_key(table, [*key, name])), None)
        why = f"by its name, and it tells rows apart that have the same {' and '.join(map(repr, key))}"
    if header is None:
        return False
    guesses[header] = ColumnGuess(column=header, role=ColumnRole.OCCASION, why=why)
    return True


def _is_key(table: RawTable, headers: Sequence[str]) -> bool:
    """Whether the first column is filled everywhere and together they differ from row to row."""
    columns = [table.values(header) for header in headers]
    return all(map(str.strip, columns[0])) and len(set(zip(*columns, strict=True))) == len(table.rows)


def _is_nearly_key(table: RawTable, header: str) -> bool:
    """Whether nearly every row has a value of its own there."""
    values = [value for value in table.values(header) if value.strip()]
    return len(table.rows) > 1 and len(set(values)) >= _NEARLY * len(table.rows)


def _holds_tokens(table: RawTable, header: str) -> bool:
    return profile_column(table.values(header)).share_opaque == 1 and _is_key(table, [header])


def _arrange(
    layout: Layout, columns: Sequence[ColumnGuess], *, said: ImportOptions, notes: Iterable[str]
) -> SurveyLayout:
    by_header = {guess.column: guess for guess in columns}

    def the_one(role: ColumnRole) -> str | None:
        return next(iter(_having(by_header, role)), None)

    return SurveyLayout(
        layout=layout,
        id=the_one(ColumnRole.ID),
        questions=_having(by_header, ColumnRole.QUESTION),
        response=the_one(ColumnRole.RESPONSE),
        occasion=the_one(ColumnRole.OCCASION),
        closed=_having(by_header, ColumnRole.CLOSED),
        groups=_having(by_header, ColumnRole.GROUP),
        attributes=_having(by_header, ColumnRole.ATTRIBUTE),
        required=said.required,
        asked=said.asked,
        columns=tuple(columns),
        notes=tuple(notes),
    )


def _having(guesses: Mapping[str, ColumnGuess], role: ColumnRole) -> tuple[str, ...]:
    return tuple(header for header, guess in guesses.items() if guess.role is role)


def _first(names: Iterable[str], folded: Mapping[str, str], *, without: Iterable[str] = ()) -> str | None:
    taken = set(without)
    return next((folded[name] for name in names if name in folded and folded[name] not in taken), None)

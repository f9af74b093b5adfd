"""The data dictionary: every column of every file, with its type, meaning and values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

DICTIONARY = "data_dictionary.csv"


class ColumnNote(NamedTuple):
    """What a column is."""

    file: str
    column: str
    type: str
    meaning: str
    values: str = ""


COLUMNS = ColumnNote._fields

_RESPONSE = {
    "participant": ("text", "id of the person who answered"),
    "question": ("text", "the open question"),
    "occasion": ("text", "wave, event or item; empty where a person answers a question once"),
}
KNOWN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "participants.csv": {
        "participant": ("text", "id of the person"),
        "excluded": ("text", "why the person is not analysed; empty for those who are"),
    },
    "answers.csv": {
        **_RESPONSE,
        "state": ("text", "whether it says anything", "answered | non_response"),
        "response": ("text", "what the person wrote"),
    },
    "codings.csv": {
        **_RESPONSE,
        "round": ("text", "the pass over the answers in which it was coded; see rounds.csv"),
        "coder": ("text", "who decided; consensus is the adjudicated layer"),
        "code": ("text", "path of the code in codebook.yaml; empty: no code applies, or uncodable"),
        "start": ("integer", "first character of a coded segment, from 0; empty: the whole answer"),
        "end": ("integer", "the character behind the segment (code points)"),
        "state": ("text", "what was decided", "coded | uncodable"),
        "unsure": ("text", "whether the coder was unsure", "yes | no"),
        "memo": ("text", "the coder's note on the decision"),
        "at": ("time", "when it was decided, UTC, ISO 8601"),
    },
    "rounds.csv": {
        "round": ("text", "name of the round"),
        "kind": ("text", "what it was for", "main | reliability | repeat | recode"),
        "blind": ("text", "whether others' work was hidden from coders", "yes | no"),
        "hides_group": ("text", "whether participants' groups were hidden", "yes | no"),
        "primary_coder": ("text", "whose decision counts where several decided"),
        "coders": ("text", "who was asked to code in it, separated by ;"),
    },
    "codebook.csv": {
        "path": ("text", "family, parents and key of the code"),
        "label": ("text", "its name in tables"),
        "definition": ("text", "what it means"),
        "include": ("text", "what belongs to it"),
        "exclude": ("text", "what does not, and where that belongs"),
        "examples": ("text", "answers or parts of them, one a line"),
        "keywords": ("text", "words that suggest it, one a line"),
        "questions": ("text", "questions to whose answers it may be applied, one a line; empty: all"),
        "patterns": ("text", "token patterns that suggest it, JSON"),
        "hotkey": ("text", "the key that applies it"),
        "value": ("number", "its value on a scale"),
        "retired": ("text", "whether it is offered for no new decision"),
        "exclusive": ("text", "whether an answer has one code of the family at most"),
        "scale": ("text", "of the family", "nominal | ordinal | interval"),
        "codebook_title": ("text", "title of the codebook, in the first row"),
        "codebook_language": ("text", "language of the codebook, in the first row"),
    },
    "themes.csv": {
        "by": ("text", "column by which people are compared; empty: all people together"),
        "question": ("text", "the open question; empty: all questions, each person once"),
        "occasion": ("text", "as in answers.csv"),
        "kind": ("text", "a code, or a family as a net of distinct people", "theme | family"),
        "code": ("text", "path of the code, or key of the family"),
        "label": ("text", "its name"),
        "group": ("text", "value of the column in `by`, or total"),
        "is_total": ("text", "whether the row is over all groups", "yes | no"),
        "n": ("integer", "people who mentioned it"),
        "base": ("integer", "coded people: the base of the proportion"),
        "proportion": ("number", "n / base, unrounded"),
        "low": ("number", "lower limit of the 95 % Wilson score interval"),
        "high": ("number", "upper limit"),
        "percent": ("number", "as printed, one decimal, half up; empty below a base of 20"),
        "n_all": ("integer", "people on whose answers every coder said so"),
        "n_any": ("integer", "people on whose answers any coder said so"),
    },
    "memos.csv": {
        "id": ("text", "id of the memo; empty for one on a decision"),
        "about": ("text", "what it is on", "project | question | code | participant | answer | decision"),
        "question": ("text", "the question that it, or its answer, belongs to"),
        "occasion": ("text", "as in answers.csv"),
        "participant": ("text", "the person that it, or its answer, belongs to"),
        "code": ("text", "path of the code that it is on"),
        "round": ("text", "round of the decision that it is on"),
        "author": ("text", "who wrote it"),
        "written_at": ("time", "UTC, ISO 8601"),
        "changed_at": ("time", "UTC, ISO 8601"),
        "memo": ("text", "the note"),
    },
}


def dictionary(columns: Mapping[str, Iterable[str]], survey: Mapping[str, ColumnNote]) -> list[ColumnNote]:
    """A note for each column of each file; those of the survey by their own notes."""
    notes = []
    for file in sorted(columns):
        for column in columns[file]:
            known = KNOWN.get(file, {}).get(column)
            if known is not None:
                notes.append(ColumnNote(file, column, *known))
            else:
                notes.append(survey[column]._replace(file=file))
    return notes

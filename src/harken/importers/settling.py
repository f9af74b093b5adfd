"""Settles what a survey's columns mean: what was said, checked against the file, and guesses for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from harken.errors import HarkenError, listed, quoted
from harken.importers.guessing import NOTHING_SAID, guess_layout
from harken.importers.layout import ImportOptions, Layout, SurveyLayout
from harken.importers.raw_table import RawTable
from harken.model import normal_text


def settle_layout(table: RawTable, options: ImportOptions = NOTHING_SAID) -> SurveyLayout:
    """Decide what every column means; raise where the file cannot be read that way."""
    if not table.rows:
        raise HarkenError(f"{table.place()} has headers but no rows. Export it again with the answers.")
    said = _named_by_headers(table, options)
    _refuse_two_roles(said)
    layout = guess_layout(table, said=said)
    if layout.layout is Layout.LONG:
        _check_long(table, layout)
    else:
        _check_wide(table, layout, said)
    questions = _question_names(table, layout)
    required = tuple(
        _question_or_column(table, name, questions, option="require") for name in options.required
    )
    asked = {
        _resolve(question, questions, what="question", place=table.place(), option="asked"): said.asked[
            question
        ]
        for question in options.asked
    }
    return replace(layout, required=required, asked=asked)


def _named_by_headers(table: RawTable, options: ImportOptions) -> ImportOptions:
    """The same options, with every column called by its header in the table."""

    def header(name: str, option: str) -> str:
        return _resolve(name, table.headers, what="column", place=table.place(), option=option)

    def one(name: str | None, option: str) -> str | None:
        return None if name is None else header(name, option)

    def many(names: Sequence[str], option: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(header(name, option) for name in names))

    return replace(
        options,
        id=one(options.id, "id"),
        questions=many(options.questions, "question"),
        response=one(options.response, "response"),
        occasion=one(options.occasion, "occasion"),
        closed=many(options.closed, "closed"),
        groups=many(options.groups, "group"),
        attributes=many(options.attributes, "attribute"),
        asked={question: header(column, "asked") for question, column in options.asked.items()},
    )


def _resolve(name: str, known: Sequence[str], *, what: str, place: str, option: str) -> str:
    """The one of `known` that `name` means: the same, or the only one that differs in case and spaces."""
    if name in known:
        return name
    alike = [other for other in known if normal_text(other) == normal_text(name)]
    if len(alike) == 1:
        return alike[0]
    by_folded = {other.casefold(): other for other in known}
    near = get_close_matches(name.casefold(), by_folded, n=3, cutoff=0.5)
    hint = f" Did you mean {listed(by_folded[other] for other in near)}?" if near else ""
    raise HarkenError(
        f"{place} has no {what} {quoted(name)} (--{option}).{hint} Its {what}s: {listed(known)}."
    )


def _refuse_two_roles(said: ImportOptions) -> None:
    options: dict[str, str] = {}
    for option, headers in (
        ("id", [said.id]),
        ("question", said.questions),
        ("response", [said.response]),
        ("occasion", [said.occasion]),
        ("closed", said.closed),
        ("group", said.groups),
        ("attribute", said.attributes),
    ):
        for header in headers:
            if header is None:
                continue
            if header in options:
                raise HarkenError(
                    f"Column {quoted(header)} is named with --{options[header]} and with --{option}."
                    " Name it once."
                )
            options[header] = option


def _check_long(table: RawTable, layout: SurveyLayout) -> None:
    for header, option in ((layout.id, "id"), (layout.response, "response")):
        if header is None:
            raise HarkenError(_missing(table, option))
    if len(layout.questions) != 1:
        if not layout.questions:
            raise HarkenError(_missing(table, "question"))
        raise HarkenError(
            "A long table has one column that names the question, and --question was given for"
            f" {listed(layout.questions)}. Name one, or add --layout wide."
        )


def _missing(table: RawTable, option: str) -> str:
    return (
        f"{table.place()}: no column of this long table is known to hold the {option}. Name it with"
        f" --{option}, or add --layout wide. Its columns: {listed(table.headers)}."
    )


def _check_wide(table: RawTable, layout: SurveyLayout, said: ImportOptions) -> None:
    if said.response is not None:
        raise HarkenError(
            f"--response {quoted(said.response)} belongs to a long table; in a wide one name the open"
            " questions with --question."
        )
    if not layout.questions:
        raise HarkenError(
            f"{table.place()}: no column looks like an open question. Name them with --question. Its"
            f" columns: {listed(table.headers)}."
        )


def _question_names(table: RawTable, layout: SurveyLayout) -> Sequence[str]:
    if layout.layout is Layout.WIDE:
        return layout.questions
    return tuple(dict.fromkeys(table.values(layout.questions[0])))


def _question_or_column(table: RawTable, name: str, questions: Sequence[str], *, option: str) -> str:
    known = (*questions, *(header for header in table.headers if header not in questions))
    return _resolve(name, known, what="question or column", place=table.place(), option=option)

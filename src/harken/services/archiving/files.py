"""The tables of an archive: their columns and rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from harken.codebook.table import codebook_rows
from harken.exporters.csv_lines import csv_line
from harken.model import CODING_COLUMNS, Codebook, Variable, VariableRole
from harken.services.archiving.choices import ArchiveOptions, TextChoice
from harken.services.archiving.cleaning import Cleaner
from harken.services.archiving.dictionary import KNOWN
from harken.services.tabulating import ThemeTable
from harken.storage import coding, notes, study, survey
from harken.storage.archive import archived_answers
from harken.storage.store import Store

_AT_ONCE = 1_000


class ArchivedTable(NamedTuple):
    """A table of an archive; its rows are read as they are written."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[str]]

    def parts(self) -> Iterator[bytes]:
        """The CSV file, some lines at a time."""
        lines = [csv_line(self.columns)]
        for row in self.rows:
            lines.append(csv_line(row))
            if len(lines) >= _AT_ONCE:
                yield "".join(lines).encode()
                lines.clear()
        yield "".join(lines).encode()


def participants_table(store: Store, cleaner: Cleaner, variables: Sequence[Variable]) -> ArchivedTable:
    """A row a person who did not withdraw, with the columns that hold for the whole person."""
    personal = [variable for variable in variables if not variable.per_response]

    def rows() -> Iterator[Sequence[str]]:
        for person in survey.participants(store):
            if not person.has_withdrawn:
                values = [_value(cleaner, one, person.attributes) for one in personal]
                yield (cleaner.name(person.name), cleaner.words(person.exclusion), *values)

    columns = (*KNOWN["participants.csv"], *(variable.name for variable in personal))
    return ArchivedTable("participants.csv", columns, _ordered(rows(), cleaner))


def answers_table(store: Store, cleaner: Cleaner, variables: Sequence[Variable]) -> ArchivedTable:
    """A row a response; without texts there is no column for them."""
    changing = [variable for variable in variables if variable.per_response]
    has_texts = cleaner.text is not TextChoice.NONE

    def rows() -> Iterator[Sequence[str]]:
        for one in archived_answers(store):
            yield (
                cleaner.name(one.participant),
                one.question,
                one.occasion,
                "answered" if one.is_answered else "non_response",
                *([cleaner.answer(one.id, one.text)] if has_texts else []),
                *(_value(cleaner, variable, one.attributes) for variable in changing),
            )

    fixed = [name for name in KNOWN["answers.csv"] if has_texts or name != "response"]
    return ArchivedTable("answers.csv", (*fixed, *(one.name for one in changing)), _ordered(rows(), cleaner))


def _value(cleaner: Cleaner, variable: Variable, attributes: Mapping[str, Any]) -> str:
    return archived_value(cleaner, variable, str(attributes.get(variable.name, "")))


def archived_value(cleaner: Cleaner, variable: Variable, value: str) -> str:
    """A value of a column of the survey as the archive has it."""
    # A group's value must stay itself, or the groups would not be the table's.
    return value if variable.role is VariableRole.GROUP else cleaner.words(value)


def codings_table(store: Store, cleaner: Cleaner) -> ArchivedTable:
    """Every decision, as a codings file that can be imported; memos go the way of texts."""

    def rows() -> Iterator[Sequence[str]]:
        for row in coding.coding_rows(store):
            yield (
                cleaner.name(row.participant),
                *row[1:6],
                "" if row.start is None else str(row.start),
                "" if row.end is None else str(row.end),
                row.state.value,
                "yes" if row.unsure else "no",
                cleaner.note(row.memo),
                row.at,
            )

    return ArchivedTable("codings.csv", CODING_COLUMNS, _ordered(rows(), cleaner))


def rounds_table(store: Store) -> ArchivedTable:
    """The rounds of coding."""
    rows = [
        (
            round.name,
            round.kind.value,
            _yes(round.is_blind),
            _yes(round.hides_group),
            round.primary_coder,
            ";".join(round.coders),
        )
        for round in study.rounds(store)
    ]
    return ArchivedTable("rounds.csv", tuple(KNOWN["rounds.csv"]), rows)


def codebook_csv(codebook: Codebook) -> ArchivedTable:
    """The codebook as a table."""
    headings, *rows = codebook_rows(codebook)
    return ArchivedTable("codebook.csv", headings, rows)


def themes_table(tables: Iterable[ThemeTable], cleaner: Cleaner) -> ArchivedTable:
    """Theme tables: of all people, then by each group column."""
    columns = tuple(KNOWN["themes.csv"])

    def rows() -> Iterator[Sequence[str]]:
        for table in tables:
            for record in table.to_records():
                if table.by is not None or record["is_total"]:
                    values = {**record, "by": table.by or "", "label": cleaner.words(record["label"])}
                    yield [_cell(values[column]) for column in columns]

    return ArchivedTable("themes.csv", columns, rows())


def memos_table(store: Store, cleaner: Cleaner) -> ArchivedTable:
    """Memos and the diary; drafts are their coders' own."""

    def rows() -> Iterator[Sequence[str]]:
        for memo in notes.memos(store):
            if not memo.is_draft:
                subject = memo.subject
                yield (
                    *(memo.id, subject.about.value, subject.question, subject.occasion),
                    cleaner.name(subject.participant),
                    *(subject.code, subject.round, memo.author, memo.written_at, memo.changed_at),
                    cleaner.note(memo.body),
                )

    return ArchivedTable("memos.csv", tuple(KNOWN["memos.csv"]), rows())


def _ordered(rows: Iterable[Sequence[str]], cleaner: Cleaner) -> Iterable[Sequence[str]]:
    """In the order of pseudonyms, where there are some: that of ids or of the survey file tells of them."""
    return sorted(rows, key=tuple) if cleaner.has_pseudonyms else rows


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return _yes(value)
    return "" if value is None else str(value)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def chosen_variables(store: Store, options: ArchiveOptions) -> tuple[Variable, ...]:
    """The groups, and the columns asked for, in the survey's order."""
    wanted = set(options.attributes)
    return tuple(
        one for one in survey.variables(store) if one.role is VariableRole.GROUP or one.name in wanted
    )

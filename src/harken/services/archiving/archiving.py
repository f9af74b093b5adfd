"""Packing a project for a data repository: tables, codebook, journal, dictionary, and the means to check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from harken.codebook import write_codebook
from harken.errors import HarkenError, listed, many
from harken.exporters.archive_file import Member, write_archive
from harken.exporters.csv_lines import csv_line
from harken.model import Variable, VariableRole
from harken.report import Column, Report, Table, count, text
from harken.services.archiving.choices import ArchiveOptions, TextChoice
from harken.services.archiving.cleaning import Cleaner
from harken.services.archiving.dictionary import COLUMNS, DICTIONARY, ColumnNote, dictionary
from harken.services.archiving.files import (
    ArchivedTable,
    answers_table,
    archived_value,
    chosen_variables,
    codebook_csv,
    codings_table,
    memos_table,
    participants_table,
    rounds_table,
    themes_table,
)
from harken.services.archiving.journal import archived_journal
from harken.services.archiving.readme import README, readme
from harken.services.archiving.verify import VERIFY
from harken.services.blindness import undecided_blind
from harken.services.describing import methods_paragraphs, read_facts
from harken.services.describing.facts import StudyFacts
from harken.services.tabulating import ThemeTable, tabulate
from harken.storage import survey
from harken.storage.archive import journal_lines
from harken.storage.codebooks import stored_codebook
from harken.storage.store import Store

_MOST_VALUES = 30
"""More different values of a column are described, not listed."""
_LIKE_A_NAME = re.compile(r"@|^[^\W\d_]{2,}[ ,]+[^\W\d_]{2,}\D*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An archive as it was written."""

    path: Path
    options: ArchiveOptions
    project_hash: str
    members: tuple[Member, ...]
    n_events: int
    n_withheld: int
    """Events that stand as bare hashes."""
    warnings: tuple[str, ...]
    """What to look at before it goes out, a sentence each."""

    def as_json(self) -> dict[str, Any]:
        """The document of `harken archive --format json`."""
        return {
            "file": self.path.name,
            "text": self.options.text.value,
            "attributes": list(self.options.attributes),
            "pseudonyms": self.options.has_pseudonyms,
            "project_hash": self.project_hash,
            "members": [asdict(member) for member in self.members],
            "n_events": self.n_events,
            "n_withheld": self.n_withheld,
            "warnings": list(self.warnings),
        }


def archive_project(
    store: Store, path: Path, *, options: ArchiveOptions, actor: str, is_replacing: bool = False
) -> Archive:
    """Write the archive, whole or not at all; the same project and options give the same bytes.

    Raises for a coder with answers left in a blind round: an archive holds everybody's codes.
    """
    _refuse(store, path, options, actor=actor, is_replacing=is_replacing)
    variables = chosen_variables(store, options)
    groups = [variable.name for variable in variables if variable.role is VariableRole.GROUP]
    facts = read_facts(store)
    tables = [tabulate(store, by=by, with_comparisons=False) for by in (None, *_personal(variables, groups))]
    if groups:
        store.note_look(actor=actor, kind="archive", payload={"by": ", ".join(groups)})
    with store.snapshot():
        if store.project_hash() != facts.project_hash:
            raise HarkenError("The project was changed while it was packed; pack it again.")
        cleaner = Cleaner(store, options)
        warnings = tuple(_warnings(store, options, variables, cleaner))
        packing = _Packing(store, options, cleaner, variables, tables, facts)
        members = write_archive(path, packing.members())
    return Archive(
        path=path,
        options=options,
        project_hash=facts.project_hash,
        members=members,
        n_events=packing.n_events,
        n_withheld=sum(packing.withheld.values()),
        warnings=warnings,
    )


def _refuse(store: Store, path: Path, options: ArchiveOptions, *, actor: str, is_replacing: bool) -> None:
    if path.suffix.lower() != ".zip":
        raise HarkenError(f"{path}: an archive's name ends in .zip.")
    if path.is_dir():
        raise HarkenError(f"{path} is a folder; name a file in it.")
    if path.exists() and not is_replacing:
        raise HarkenError(f"{path} exists already; name another file, or overwrite it with --force.")
    if not path.parent.is_dir():
        raise HarkenError(f"The folder {path.parent} does not exist; make it first.")
    names = [variable.name for variable in survey.variables(store)]
    for name in options.attributes:
        if name not in names:
            raise HarkenError(f"No column {name!r} in this project. Columns: {listed(names)}.")
    n_left = len(undecided_blind(store, actor))
    if n_left:
        raise HarkenError(
            f"An archive holds everybody's codes, and {actor} has {many(n_left, 'answer')} yet to decide in "
            "a blind round. Leave it to the lead."
        )


def _personal(variables: Sequence[Variable], groups: Sequence[str]) -> list[str]:
    return [one.name for one in variables if one.name in groups and not one.per_response]


class _Packing:
    """The members of one archive as they are written; the README, which counts, ends it."""

    def __init__(
        self,
        store: Store,
        options: ArchiveOptions,
        cleaner: Cleaner,
        variables: Sequence[Variable],
        tables: Sequence[ThemeTable],
        facts: StudyFacts,
    ) -> None:
        self.store = store
        self.options = options
        self.cleaner = cleaner
        self.variables = variables
        self.tables = tables
        self.facts = facts
        self.withheld: dict[str, int] = {}
        self.n_events = 0

    def members(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Names and contents; each is read while it is written."""
        store, cleaner = self.store, self.cleaner
        codebook = cleaner.codebook(stored_codebook(store).codebook)
        tables = [
            participants_table(store, cleaner, self.variables),
            answers_table(store, cleaner, self.variables),
            codings_table(store, cleaner),
            rounds_table(store),
            codebook_csv(codebook),
            themes_table(self.tables, cleaner),
            *([memos_table(store, cleaner)] if self.options.text is not TextChoice.NONE else []),
        ]
        names = [table.name for table in tables]
        for table in tables:
            yield table.name, table.parts()
        yield "codebook.yaml", [write_codebook(codebook).encode()]
        yield DICTIONARY, self._dictionary(tables)
        methods = methods_paragraphs(store, table=self.tables[0], facts=self.facts)
        yield "methods.txt", ["\n\n".join(map(cleaner.words, methods)).encode(), b"\n"]
        yield "journal.jsonl", self._journal()
        yield "project_hash.txt", [f"{self.facts.project_hash}\n".encode()]
        yield "verify.py", [VERIFY.encode()]
        names += [
            "codebook.yaml",
            DICTIONARY,
            "methods.txt",
            "journal.jsonl",
            "project_hash.txt",
            "verify.py",
        ]
        yield README, [self._readme(names).encode()]

    def _journal(self) -> Iterator[bytes]:
        lines = journal_lines(self.store)
        for part in archived_journal(lines, self.cleaner.why_withheld, withheld=self.withheld):
            self.n_events += 1
            yield part

    def _dictionary(self, tables: Iterable[ArchivedTable]) -> Iterator[bytes]:
        notes = dictionary(
            {table.name: table.columns for table in tables},
            _survey_notes(self.store, self.variables, self.cleaner),
        )
        yield csv_line(COLUMNS).encode()
        for note in notes:
            yield csv_line(note).encode()

    def _readme(self, names: Sequence[str]) -> str:
        kept = {variable.name for variable in self.variables}
        return readme(
            replace(self.facts, title=self.cleaner.words(self.facts.title)),
            self.options,
            files=names,
            left_out=[one.name for one in survey.variables(self.store) if one.name not in kept],
            withheld=self.withheld,
            n_events=self.n_events,
            n_withdrawn=self.facts.flow.n_withdrawn,
        )


def _survey_notes(store: Store, variables: Sequence[Variable], cleaner: Cleaner) -> dict[str, ColumnNote]:
    """What the survey's own columns are: their role and, where these are few, their values."""
    values: dict[str, dict[str, None]] = {variable.name: {} for variable in variables}
    for person in survey.participants(store):
        for name, known in values.items():
            if not person.has_withdrawn and person.attributes.get(name) and len(known) <= _MOST_VALUES:
                known[person.attributes[name]] = None
    meanings = {
        VariableRole.GROUP: "group of the survey, by which people are compared",
        VariableRole.CLOSED: "closed item of the survey",
        VariableRole.ATTRIBUTE: "attribute from the survey file",
    }
    return {
        variable.name: ColumnNote(
            "",
            variable.name,
            "text",
            meanings[variable.role] + (", as it was with this response" if variable.per_response else ""),
            _listed(cleaner, variable, values[variable.name]),
        )
        for variable in variables
    }


def _listed(cleaner: Cleaner, variable: Variable, values: Iterable[str]) -> str:
    """A column's values where they are few, as its cells have them."""
    shown = dict.fromkeys(archived_value(cleaner, variable, value) for value in values)
    return " | ".join(shown) if len(shown) <= _MOST_VALUES else ""


def _warnings(
    store: Store, options: ArchiveOptions, variables: Sequence[Variable], cleaner: Cleaner
) -> Iterator[str]:
    people = [person for person in survey.participants(store) if not person.has_withdrawn]
    if not options.has_pseudonyms:
        n = sum(_LIKE_A_NAME.search(person.name) is not None for person in people)
        if n:
            yield (
                f"{many(n, 'participant id')} look like names or addresses; --pseudonyms replaces the ids."
            )
    for variable in variables:
        values = Counter(value for person in people if (value := person.attributes.get(variable.name, "")))
        if 1 in values.values():
            yield (
                f"The column {variable.name!r} has values that one person alone has; think of who could be "
                "recognised."
            )
        if variable.role is VariableRole.GROUP and any(map(cleaner.holds_marked, values)):
            yield (
                f"A value of the group {variable.name!r} repeats words marked as identifying, and was kept."
            )
    if options.text is TextChoice.FULL:
        yield "Texts are as they were written, identifying words among them."


def archive_report(result: Archive) -> Report:
    """What was packed."""
    withheld = (
        f" Of {many(result.n_events, 'event')} {result.n_withheld:,} as bare hashes."
        if result.n_withheld
        else ""
    )
    return Report(
        title=f"{result.path.name}: archive of the project, texts: {result.options.text.value}",
        notes=(
            f"Project hash {result.project_hash}.{withheld}",
            *(f"Look at this: {warning}" for warning in result.warnings),
        ),
        tables=(
            Table(
                title="",
                columns=(
                    Column(heading="file"),
                    Column(heading="bytes", align="right"),
                    Column(heading="SHA-256"),
                ),
                rows=tuple(
                    (text(member.name), count(member.n_bytes), text(member.sha256))
                    for member in result.members
                ),
            ),
        ),
    )

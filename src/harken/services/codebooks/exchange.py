"""Taking a codebook in and giving it out; a used code never vanishes unless it is mapped to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from harken.codebook import (
    CodebookDiff,
    Fault,
    check_codebook,
    diff_codebooks,
    doubts_about,
    read_codebook,
    write_codebook,
)
from harken.errors import HarkenError
from harken.model import Codebook
from harken.services.sources import source_name
from harken.storage import codebooks as stored
from harken.storage import coding, survey
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookImport:
    """What an import of a codebook changed, or (`is_trial`) would change."""

    file: str
    is_trial: bool
    n_codes: int
    diff: CodebookDiff
    mapped: Mapping[str, str]
    unknown_questions: tuple[str, ...]
    """Questions that codes are limited to and that the project does not have (yet)."""
    doubts: tuple[str, ...] = ()
    """Sentences on what the codebook holds, but hardly means."""


def read_codebook_file(path: Path, *, encoding: str | None = None) -> Codebook:
    """Read YAML, CSV, XLSX or ODS; the first fault is the error. `encoding` is for CSV that is not UTF-8."""
    from harken.importers.codebook_table import is_codebook_table, read_codebook_table

    if is_codebook_table(path):
        return read_codebook_table(path, encoding=encoding)
    _refuse_encoding(path, encoding)
    return read_codebook(path)


def check_codebook_file(path: Path, *, encoding: str | None = None) -> list[Fault]:
    """Every fault in a codebook's file, in reading order."""
    from harken.importers.codebook_table import check_codebook_table, is_codebook_table

    if is_codebook_table(path):
        return check_codebook_table(path, encoding=encoding)
    _refuse_encoding(path, encoding)
    return check_codebook(path)


def _refuse_encoding(path: Path, encoding: str | None) -> None:
    if encoding is not None:
        raise HarkenError(f"{path} is YAML, which is always UTF-8. Leave out --encoding.")


def current_codebook(store: Store) -> Codebook:
    """The codebook as it stands in the project; without codes before the first import."""
    return stored.stored_codebook(store).codebook


def import_codebook(
    store: Store,
    path: Path,
    *,
    actor: str,
    mapping: Mapping[str, str] | None = None,
    encoding: str | None = None,
    is_trial: bool = False,
    is_editorial: bool = False,
) -> CodebookImport:
    """Replace the codebook by the file's; `is_editorial` says that all its codes mean what they meant.

    Raises `HarkenError` where a code that was applied vanishes and `mapping` (old to new address) does not
    say what becomes of its codings.
    """
    new = read_codebook_file(path, encoding=encoding)
    old = stored.stored_codebook(store)
    diff = diff_codebooks(old.codebook, new)
    mapped = {old.codebook.resolve(a): new.resolve(b) for a, b in (mapping or {}).items()}
    _refuse_lost_codings(store, path, diff, mapped)
    still_there = [path for path in mapped if path not in diff.removed]
    if still_there:
        raise HarkenError(
            f"{still_there[0]!r} is still in {path.name}, so it cannot be mapped. Leave it out of the file."
        )
    _refuse_two_of_one_family(store, path, new, mapped)
    if not is_trial and (not diff.is_empty or not old.version_id):
        stored.replace_codebook(
            store,
            new,
            actor=actor,
            source=Path(source_name(path)),
            diff=diff,
            mapping=mapped,
            is_editorial=is_editorial,
        )
    known = {question.name for question in survey.questions(store)}
    named = dict.fromkeys(q for entry in new.entries.values() for q in sorted(entry.questions))
    return CodebookImport(
        file=path.name,
        is_trial=is_trial,
        n_codes=len(new.entries),
        diff=diff,
        mapped=mapped,
        unknown_questions=tuple(question for question in named if question not in known) if known else (),
        doubts=tuple(doubts_about(new)),
    )


def _refuse_lost_codings(store: Store, path: Path, diff: CodebookDiff, mapped: Mapping[str, str]) -> None:
    used = stored.usage(store)
    lost = [code for code in diff.removed if code in used and code not in mapped]
    if lost:
        likely = dict(diff.renamed).get(lost[0], "NEW")
        more = f" (and {len(lost) - 1} more such codes)" if lost[1:] else ""
        raise HarkenError(
            f"{path.name} leaves out {lost[0]!r}, which {used[lost[0]]} codings use{more}. Keep it there, "
            f"or say what its codings become: --map {lost[0]}={likely}."
        )


def _refuse_two_of_one_family(store: Store, path: Path, new: Codebook, mapped: Mapping[str, str]) -> None:
    """Raise where a decision holds two codes of a family that the new codebook makes exclusive."""
    families = {family.key for family in new.families if family.exclusive}
    if not families:
        return
    for decision in coding.decisions(store, with_excluded=True):
        codes = dict.fromkeys(mapped.get(code, code) for code in decision.codes)
        of_family: dict[str, str] = {}
        for code in codes:
            key = code.partition(".")[0]
            if key in families and of_family.setdefault(key, code) != code:
                where = survey.response(store, decision.response_id).key
                raise HarkenError(
                    f"{path.name} makes {key!r} exclusive, but {decision.coder!r} gave both "
                    f"{of_family[key]!r} and {code!r} to {where.participant!r}, {where.question!r}. "
                    "Decide such answers anew first, or leave the family as it is."
                )


def export_codebook(store: Store, format: str, *, spreadsheet_safe: bool = False) -> bytes:
    """The codebook as bytes of a file: yaml, csv, xlsx or docx."""
    # Writing workbooks takes a library that reading the codebook does without.
    from harken.exporters.codebook_table import codebook_to_csv, codebook_to_xlsx

    codebook = current_codebook(store)
    if format == "csv":
        return codebook_to_csv(codebook, spreadsheet_safe=spreadsheet_safe)
    if format == "xlsx":
        return codebook_to_xlsx(codebook)
    if format == "docx":
        from harken.exporters.codebook_document import codebook_to_docx

        return codebook_to_docx(codebook)
    return write_codebook(codebook).encode()

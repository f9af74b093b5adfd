"""The codings file: decisions of any coders in, every decision out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, TextIO, TypeVar

from harken.errors import HarkenError
from harken.exporters.codings_csv import write_codings
from harken.importers.codings import read_codings
from harken.model import (
    CONSENSUS,
    Codebook,
    Coding,
    CodingRow,
    Decision,
    DecisionState,
    ResponseKey,
    normal_text,
)
from harken.services import studies
from harken.services.sources import source_name
from harken.storage import codebooks, coding, study, survey
from harken.storage.store import Action, Store

Progress = Callable[[str, float], None]
"""Is told the stage and the share of it that is done."""
_PER_REPORT = 500
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingsImport:
    """What became of a codings file. Rows, not decisions, are what a person counts in a file."""

    file: str
    is_trial: bool
    n_rows: int
    n_decisions: int
    n_known: int
    """Decisions that stood in the project just so."""
    n_replaced: int
    new_coders: tuple[str, ...]
    new_rounds: tuple[str, ...]
    n_rows_on_non_response: int
    """Kept and exported, counted nowhere."""
    retired: Mapping[str, int]
    """Retired codes that the file applies anew, each with the number of its decisions; they are taken."""
    withdrawn: tuple[str, ...]
    """Participants who withdrew; nothing about them is taken in."""


class _Place(NamedTuple):
    key: ResponseKey
    round: str
    coder: str


class _Answer(NamedTuple):
    id: int
    is_answered: bool
    length: int


def import_codings(
    store: Store,
    path: Path,
    *,
    actor: str,
    is_adjudicated: bool = False,
    is_replacing: bool = False,
    encoding: str | None = None,
    is_trial: bool = False,
    progress: Progress | None = None,
) -> CodingsImport:
    """Store every decision of a codings file, or none; with `is_trial` all of it is taken back at the end.

    Raises `HarkenError` with the row for an unknown response or code, for rows of one decision that
    contradict each other, and for a decision that stands otherwise in the project unless `is_replacing`.
    """
    stored = codebooks.stored_codebook(store)
    told = progress or _untold
    read = read_codings(path, encoding=encoding, progress=lambda _, share: told("reading", share))
    rows = list(_adjudicated(path, map(partial(_tidied, path), read), is_adjudicated))
    gone = {person.name for person in survey.participants(store) if person.has_withdrawn}
    places: dict[_Place, dict[CodingRow, CodingRow]] = {}
    for row in rows:
        if row.participant not in gone:
            key = ResponseKey(row.participant, row.question, row.occasion)
            at_place = places.setdefault(_Place(key, row.round, row.coder), {})
            at_place.setdefault(row._replace(row=None), row)
    responses = {one.key: _Answer(one.id, one.is_answered, len(one.text)) for one in survey.responses(store)}
    decided = {
        (round, coder): coding.decided_ids(store, round=round, coder=coder)
        for round, coder in {(place.round, place.coder) for place in places}
    }
    new, n_known, n_replaced, n_on_non_response = [], 0, 0, 0
    retired: Counter[str] = Counter()
    for place, different in _counted(list(places.items()), "checking", told):
        theirs = list(different.values())
        answer = responses.get(place.key)
        if answer is None:
            raise HarkenError(_unknown_response(store, path, theirs[0]))
        decision = _decision(path, place, theirs, stored.codebook)
        _refuse_segments_beyond(path, theirs, answer.length)
        n_on_non_response += 0 if answer.is_answered else len(theirs)
        known = None
        if answer.id in decided[place.round, place.coder]:
            known = coding.decision_at(store, stored, place.key, round=place.round, coder=place.coder)
        if known is not None and _is_same(known, decision):
            n_known += 1
        elif known is not None and not is_replacing:
            raise HarkenError(
                f"{_at(path, theirs[0])}: {place.coder!r} decided {place.key.participant!r}, "
                f"{place.key.question!r} otherwise before ({_in_words(known)}; here {_in_words(decision)}). "
                "Use --replace to let the file's decisions count."
            )
        else:
            n_replaced += known is not None
            new.append(decision)
            had = () if known is None else known.codes
            retired.update(code for code in _retired(decision, stored.codebook) if code not in had)
    action_of = store.trial if is_trial else store.action
    with action_of(actor) as action:
        new_coders, new_rounds = _store(action, store, path, new, stored, told)
    return CodingsImport(
        file=path.name,
        is_trial=is_trial,
        n_rows=len(rows),
        n_decisions=len(places),
        n_known=n_known,
        n_replaced=n_replaced,
        new_coders=new_coders,
        new_rounds=new_rounds,
        n_rows_on_non_response=n_on_non_response,
        retired=dict(sorted(retired.items())),
        withdrawn=tuple(dict.fromkeys(row.participant for row in rows if row.participant in gone)),
    )


def _store(
    action: Action,
    store: Store,
    path: Path,
    decisions: list[Decision],
    stored: codebooks.StoredCodebook,
    told: Progress,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write decisions and the coders and rounds they need; returns the new names."""
    if not decisions:
        return (), ()
    known_coders = {*study.coders(store), CONSENSUS}
    known_rounds = {round.name for round in study.rounds(store)}
    coders = dict.fromkeys(d.coder for d in decisions if d.coder not in known_coders)
    source = {"file": source_name(path), "sha256": sha256(path.read_bytes()).hexdigest()}
    for name in coders:
        action.append("coder.added", {"name": studies.clean_coder_name(name)})
    rounds = studies.add_unknown_rounds(action, known_rounds, [d.round for d in decisions])
    coding.import_decisions(action, stored, _counted(decisions, "storing", told), source=source)
    return tuple(coders), rounds


def _untold(stage: str, share: float) -> None:
    """Nobody watches."""


def _counted(every: Sequence[_Item], stage: str, told: Progress) -> Iterator[_Item]:
    for number, one in enumerate(every, start=1):
        yield one
        if number % _PER_REPORT == 0 or number == len(every):
            told(stage, number / len(every))


def _tidied(path: Path, row: CodingRow) -> CodingRow:
    """The row with the coder's name as names are kept."""
    coder = row.coder.strip()
    if coder != CONSENSUS:
        try:
            coder = studies.clean_coder_name(coder)
        except HarkenError as error:
            raise HarkenError(f"{_at(path, row)}, column 'coder': {error}") from error
    return row._replace(coder=coder)


def _adjudicated(path: Path, rows: Iterable[CodingRow], is_adjudicated: bool) -> Iterator[CodingRow]:
    """The rows with the adjudicated layer's name where the file is taken into it."""
    held = list(rows)
    names = list(dict.fromkeys(row.coder for row in held))
    if not is_adjudicated:
        for row in held:
            if row.coder == CONSENSUS:
                raise HarkenError(
                    f"{_at(path, row)}: {CONSENSUS!r} names the adjudicated layer, not a coder. Use "
                    "--adjudicated if that is meant."
                )
        yield from held
        return
    if CONSENSUS not in names and len(names) > 1:
        raise HarkenError(
            f"{path}: --adjudicated takes the decisions of one coder, and here are {len(names)}: "
            f"{', '.join(names)}. Leave one, or call the adjudicated one {CONSENSUS!r}."
        )
    for row in held:
        yield row if CONSENSUS in names else row._replace(coder=CONSENSUS)


def _decision(path: Path, place: _Place, rows: list[CodingRow], codebook: Codebook) -> Decision:
    """The decision that all rows of one place make together."""
    first = rows[0]
    codings: list[Coding] = []
    for row in rows:
        if row.state is not first.state or (bool(row.code) != bool(first.code)):
            raise HarkenError(
                f"{_at(path, row)} contradicts row {first.row}: {place.coder!r} cannot have decided both "
                f"{_row_in_words(first)} and {_row_in_words(row)} on {place.key.participant!r}, "
                f"{place.key.question!r}. Remove one of the rows."
            )
        if row.code:
            code = _path_of(path, row, codebook)
            _refuse_exclusive(path, row, code, (coding.code for coding in codings), codebook)
            codings.append(Coding(code, row.start, row.end))
    return Decision(
        key=place.key,
        coder=place.coder,
        round=place.round,
        state=first.state,
        codings=tuple(sorted(set(codings), key=lambda c: (c.code, c.start or 0, c.end or 0))),
        is_unsure=any(row.unsure for row in rows),
        memo="\n".join(dict.fromkeys(row.memo for row in rows if row.memo)),
        at=max(row.at for row in rows),
    )


def _retired(decision: Decision, codebook: Codebook) -> Iterator[str]:
    return (code for code in decision.codes if codebook.entries[code].code.is_retired)


def _path_of(path: Path, row: CodingRow, codebook: Codebook) -> str:
    try:
        code = codebook.resolve(row.code)
    except HarkenError as error:
        raise HarkenError(f"{_at(path, row)}, column 'code': {error}") from error
    entry = codebook.entries[code]
    if not entry.applies_to(row.question):
        raise HarkenError(
            f"{_at(path, row)}, column 'code': {code!r} is limited to {', '.join(sorted(entry.questions))}, "
            f"and this answers {row.question!r}. Add the question to the code, or remove the row."
        )
    return code


def _refuse_exclusive(
    path: Path, row: CodingRow, code: str, before: Iterable[str], codebook: Codebook
) -> None:
    family = codebook.entries[code].family
    if not family.exclusive:
        return
    for other in before:
        if other != code and codebook.entries[other].family.key == family.key:
            raise HarkenError(
                f"{_at(path, row)}, column 'code': {code!r} and {other!r} exclude each other (family "
                f"{family.key!r}), and {row.coder!r} gave both to {row.participant!r}, {row.question!r}. "
                "Keep one of them."
            )


def _refuse_segments_beyond(path: Path, rows: Iterable[CodingRow], length: int) -> None:
    for row in rows:
        if row.end is not None and row.end > length:
            raise HarkenError(
                f"{_at(path, row)}, column 'end': {row.end} is beyond the answer of {row.participant!r}, "
                f"{row.question!r}, which has {length} characters. Correct the segment."
            )


def _at(path: Path, row: CodingRow) -> str:
    return f"{path}, row {row.row}"


def _row_in_words(row: CodingRow) -> str:
    if row.state is DecisionState.UNCODABLE:
        return "uncodable"
    return repr(row.code) if row.code else "no code applies"


def _in_words(decision: Decision) -> str:
    codes = [
        coding.code if coding.start is None else f"{coding.code} at {coding.start}–{coding.end}"
        for coding in decision.codings
    ]
    if decision.state is DecisionState.UNCODABLE:
        codes = ["uncodable"]
    words = ", ".join(codes) or "no code applies"
    return f"{words}{', unsure' if decision.is_unsure else ''}{', with a memo' if decision.memo else ''}"


def _is_same(one: Decision, other: Decision) -> bool:
    def essence(decision: Decision) -> Decision:
        return replace(decision, at="", message="", codings=tuple(sorted(set(decision.codings), key=str)))

    return essence(one) == essence(other)


def _unknown_response(store: Store, path: Path, row: CodingRow) -> str:
    where = _at(path, row)
    known = [question.name for question in survey.questions(store)]
    if row.question not in known:
        alike = [name for name in known if normal_text(name) == normal_text(row.question)]
        hint = f"Did you mean {alike[0]!r}?" if alike else f"Questions: {', '.join(known) or 'none yet'}."
        return f"{where}, column 'question': no question {row.question!r} in this project. {hint}"
    people = survey.participant_names(store)
    if row.participant not in people:
        return (
            f"{where}, column 'participant': no participant {row.participant!r} in this project. Import the "
            "survey first, or correct the id."
        )
    on = f" on occasion {row.occasion!r}" if row.occasion else ""
    return (
        f"{where}: participant {row.participant!r} has no response to {row.question!r}{on} in this project."
    )


def export_codings(store: Store, stream: TextIO, *, spreadsheet_safe: bool = False) -> int:
    """Write every decision to a stream opened with `newline=""`; returns the number of rows."""
    return write_codings(coding.coding_rows(store), stream, spreadsheet_safe=spreadsheet_safe)

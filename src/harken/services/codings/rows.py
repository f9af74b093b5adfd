"""The rows of a codings file as decisions, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from harken.errors import HarkenError
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
from harken.storage import survey
from harken.storage.store import Store


class Place(NamedTuple):
    key: ResponseKey
    round: str
    coder: str


def tidied(path: Path, row: CodingRow) -> CodingRow:
    """The row with the coder's name as names are kept."""
    coder = row.coder.strip()
    if coder != CONSENSUS:
        try:
            coder = studies.clean_coder_name(coder)
        except HarkenError as error:
            raise HarkenError(f"{at(path, row)}, column 'coder': {error}") from error
    return row._replace(coder=coder)


def adjudicated(path: Path, rows: Iterable[CodingRow], is_adjudicated: bool) -> Iterator[CodingRow]:
    """The rows with the adjudicated layer's name where the file is taken into it."""
    held = list(rows)
    names = list(dict.fromkeys(row.coder for row in held))
    if not is_adjudicated:
        for row in held:
            if row.coder == CONSENSUS:
                raise HarkenError(
                    f"{at(path, row)}: {CONSENSUS!r} names the adjudicated layer, not a coder. Use "
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


def decision_of(path: Path, place: Place, rows: list[CodingRow], codebook: Codebook) -> Decision:
    """The decision that all rows of one place make together."""
    first = rows[0]
    codings: list[Coding] = []
    for row in rows:
        if row.state is not first.state or (bool(row.code) != bool(first.code)):
            raise HarkenError(
                f"{at(path, row)} contradicts row {first.row}: {place.coder!r} cannot have decided both "
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


def retired_codes(decision: Decision, codebook: Codebook) -> Iterator[str]:
    return (code for code in decision.codes if codebook.entries[code].code.is_retired)


def _path_of(path: Path, row: CodingRow, codebook: Codebook) -> str:
    try:
        code = codebook.resolve(row.code)
    except HarkenError as error:
        raise HarkenError(f"{at(path, row)}, column 'code': {error}") from error
    entry = codebook.entries[code]
    if not entry.applies_to(row.question):
        raise HarkenError(
            f"{at(path, row)}, column 'code': {code!r} is limited to {', '.join(sorted(entry.questions))}, "
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
                f"{at(path, row)}, column 'code': {code!r} and {other!r} exclude each other (family "
                f"{family.key!r}), and {row.coder!r} gave both to {row.participant!r}, {row.question!r}. "
                "Keep one of them."
            )


def refuse_segments_beyond(path: Path, rows: Iterable[CodingRow], length: int) -> None:
    for row in rows:
        if row.end is not None and row.end > length:
            raise HarkenError(
                f"{at(path, row)}, column 'end': {row.end} is beyond the answer of {row.participant!r}, "
                f"{row.question!r}, which has {length} characters. Correct the segment."
            )


def at(path: Path, row: CodingRow) -> str:
    return f"{path}, row {row.row}"


def _row_in_words(row: CodingRow) -> str:
    if row.state is DecisionState.UNCODABLE:
        return "uncodable"
    return repr(row.code) if row.code else "no code applies"


def in_words(decision: Decision) -> str:
    codes = [
        coding.code if coding.start is None else f"{coding.code} at {coding.start}–{coding.end}"
        for coding in decision.codings
    ]
    if decision.state is DecisionState.UNCODABLE:
        codes = ["uncodable"]
    words = ", ".join(codes) or "no code applies"
    return f"{words}{', unsure' if decision.is_unsure else ''}{', with a memo' if decision.memo else ''}"


def is_same(one: Decision, other: Decision) -> bool:
    def essence(decision: Decision) -> Decision:
        return replace(decision, at="", message="", codings=tuple(sorted(set(decision.codings), key=str)))

    return essence(one) == essence(other)


def unknown_response(store: Store, path: Path, row: CodingRow) -> str:
    where = at(path, row)
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

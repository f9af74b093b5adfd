"""What a code was applied to in an answer, as outputs print it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from harken.model import Coding
from harken.services.browsing.rows import AnswerRow
from harken.services.marking import redacted

LEFT_OUT = " … "
"""Stands between segments of one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """An answer, or its segments, with the codes that were applied to it and by whom."""

    row: AnswerRow
    codes: tuple[str, ...]
    coders: tuple[str, ...]
    """Who applied any of the codes, the adjudicated layer included."""
    text: str


def passage(row: AnswerRow, codes: Collection[str], *, is_redacted: bool = True) -> Passage | None:
    """What has any of these codes by a decision that stands; None where nothing has.

    The whole answer where the code was applied to it by anybody, else the segments.
    """
    found: list[tuple[str, Coding]] = [
        (work.coder, coding) for work in row.works for coding in work.decided or () if coding.code in codes
    ]
    if not found:
        return None
    applied = {coding.code for _, coding in found}
    return Passage(
        row=row,
        codes=tuple(code for code in codes if code in applied),
        coders=tuple(dict.fromkeys(coder for coder, _ in found)),
        text=_text(row, [coding for _, coding in found], is_redacted=is_redacted),
    )


def _text(row: AnswerRow, codings: Iterable[Coding], *, is_redacted: bool) -> str:
    places: list[tuple[int, int]] = []
    for coding in sorted(codings, key=lambda coding: (coding.start or 0, coding.end or 0)):
        if coding.start is None or coding.end is None:
            return row.redacted_text if is_redacted else row.text
        if places and coding.start <= places[-1][1]:
            places[-1] = (places[-1][0], max(places[-1][1], coding.end))
        else:
            places.append((coding.start, coding.end))
    marks = row.marks if is_redacted else ()
    return LEFT_OUT.join(redacted(row.text, marks, start=start, end=end).strip() for start, end in places)

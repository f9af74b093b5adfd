"""What a key makes of the segments of a code: applied, grown together, taken off."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from harken.model import Codebook, Coding
from harken.services.coding.applying import Codings, of_code, with_coding


class SegmentChange(Enum):
    """What became of the segment that a key was pressed on."""

    APPLIED = auto()
    GROWN = auto()
    """It and those of the same code that it overlaps are one segment now."""
    TAKEN_OFF = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentToggle:
    codings: Codings
    change: SegmentChange
    start: int
    end: int
    """Of the segment that is there now, or was."""
    replaced: tuple[str, ...] = ()
    """Codes driven out of an exclusive family."""


def toggled_segment(codings: Codings, path: str, start: int, end: int, codebook: Codebook) -> SegmentToggle:
    """Apply a code to a segment, or take off the segment of the code that the selected part lies in.

    Where it goes beyond segments of the same code they become one: a code's segments never overlap.
    """
    placed = [
        (coding, coding.start, coding.end)
        for coding in of_code(codings, path)
        if coding.start is not None and coding.end is not None
    ]
    around = [one for one in placed if one[1] <= start and end <= one[2]]
    touching = around or [one for one in placed if one[1] < end and start < one[2]]
    gone = {coding for coding, *_ in touching}
    kept = tuple(coding for coding in codings if coding not in gone)
    start = min([start, *(begin for _, begin, _ in touching)])
    end = max([end, *(stop for *_, stop in touching)])
    if around:
        return SegmentToggle(codings=kept, change=SegmentChange.TAKEN_OFF, start=start, end=end)
    all_codings, replaced = with_coding(kept, Coding(path, start, end), codebook)
    return SegmentToggle(
        codings=all_codings,
        change=SegmentChange.GROWN if touching else SegmentChange.APPLIED,
        start=start,
        end=end,
        replaced=replaced,
    )

"""News: the codes that came up in the order of coding, and where there were no more of them.

Source of base, run and threshold: Guest, Namey and Chen (2020).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Units `start` to `end`, counted from 1, and the codes that none before them has."""

    start: int
    end: int
    n_new: int
    share: float
    """Of the codes of the base."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRunThreshold:
    """Guest, Namey and Chen's account: the first run that brings no more news than the threshold allows."""

    base: int
    run: int
    threshold: float
    n_base_codes: int
    reached_at: int | None
    """The number of units before the first such run; None where no run is such."""
    first: Run | None
    """That run."""
    last: Run | None
    """The last run of all: how much news there was at the end."""
    settled_at: int | None
    """The number of units after which no run brings more; None where the last one does."""

    @property
    def notation(self) -> str:
        """As their paper prints it: 6+2 means that units 7 and 8 confirmed what the first 6 had."""
        return f"{self.reached_at}+{self.run}" if self.reached_at is not None else ""


def new_codes(units: Sequence[Iterable[Hashable]]) -> list[int]:
    """For each unit in turn, how many of its codes no earlier unit had.

    Examples
    --------
    >>> new_codes([{"cost", "time"}, {"cost"}, {"trust"}])
    [2, 0, 1]
    """
    seen: set[Hashable] = set()
    found = []
    for codes in units:
        fresh = set(codes) - seen
        seen |= fresh
        found.append(len(fresh))
    return found


def base_run_threshold(
    new: Sequence[int], *, base: int = 4, run: int = 2, threshold: float = 0.05
) -> BaseRunThreshold:
    """Where news ends: codes new in a run of units, as a share of all codes of the first `base` units.

    `new` is what `new_codes` gives. Runs overlap: the first begins after the base, each next one a unit
    later. There is no account where the base has no code.

    Parameters
    ----------
    new
        For each unit the number of codes that no earlier one has, as `new_codes` gives it.
    base, run
        Units of the base, and of a run.
    threshold
        The largest share of new codes that counts as no news.

    Returns
    -------
    BaseRunThreshold
        The first run without news, if there is one, and the last run of all.

    Examples
    --------
    >>> found = base_run_threshold([4, 3, 2, 1, 1, 0, 0, 0])
    >>> (found.notation, found.n_base_codes)
    ('5+2', 10)
    """
    total = sum(new[:base])
    runs = [
        Run(start=at + 1, end=at + run, n_new=sum(new[at : at + run]), share=sum(new[at : at + run]) / total)
        for at in range(base, len(new) - run + 1)
        if total
    ]
    first = next((one for one in runs if one.share <= threshold), None)
    return BaseRunThreshold(
        base=base,
        run=run,
        threshold=threshold,
        n_base_codes=total,
        reached_at=first.start - 1 if first else None,
        first=first,
        last=runs[-1] if runs else None,
        settled_at=_settled_at(runs, threshold),
    )


def _settled_at(runs: Sequence[Run], threshold: float) -> int | None:
    quiet: Run | None = None
    for one in reversed(runs):
        if one.share > threshold:
            break
        quiet = one
    return quiet.start - 1 if quiet else None

"""P values of many themes adjusted for there being many."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def holm(ps: Sequence[float | None]) -> list[float | None]:
    """P values adjusted so that any false finding at all is as rare as the level says.

    None stands for a theme that was not tested: it stays None and does not count in the family.
    Source: Holm (1979).

    Examples
    --------
    >>> holm([0.01, None, 0.04, 0.03])
    [0.03, None, 0.06, 0.06]
    """
    return _adjusted(ps, _holm_steps)


def benjamini_hochberg(ps: Sequence[float | None]) -> list[float | None]:
    """P values adjusted so that among what is called a finding false ones are as rare as the level says.

    None stands for a theme that was not tested: it stays None and does not count in the family.
    Source: Benjamini and Hochberg (1995).

    Examples
    --------
    >>> benjamini_hochberg([0.01, None, 0.04, 0.02])
    [0.03, None, 0.04, 0.03]
    """
    return _adjusted(ps, _step_up)


def _adjusted(ps: Sequence[float | None], adjust: Callable[[list[float]], list[float]]) -> list[float | None]:
    tested = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    adjusted: list[float | None] = [None] * len(ps)
    for (_, place), value in zip(tested, adjust([p for p, _ in tested]), strict=True):
        adjusted[place] = value
    return adjusted


def _holm_steps(ps: list[float]) -> list[float]:
    """Of p values in rising order: each by how many are left, never below the one before."""
    largest, values = 0.0, []
    for place, p in enumerate(ps):
        largest = max(largest, min(1.0, p * (len(ps) - place)))
        values.append(largest)
    return values


def _step_up(ps: list[float]) -> list[float]:
    """Of p values in rising order: each by how many are as small, never above the one behind."""
    smallest, values = 1.0, []
    for place in range(len(ps) - 1, -1, -1):
        smallest = min(smallest, ps[place] * (len(ps) / (place + 1)))
        values.append(smallest)
    return values[::-1]

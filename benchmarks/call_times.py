"""Where a call's time goes, by parts of the package."""

from __future__ import annotations

import cProfile
import pstats
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

_Function = tuple[str, int, str]


def time_by_part(work: Callable[[], object], parts: Mapping[str, str], *, other: str) -> dict[str, float]:
    """Shares of the time of `work`, its largest first, by `parts`: module (or package) to the part's name.

    A module's time is that of its own lines and of what they call outside the package (sorting, sqlite).
    """
    profile = cProfile.Profile()
    profile.runcall(work)
    stats: dict[_Function, Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    seconds: Counter[str] = Counter()

    def spend(function: _Function, amount: float, passed: frozenset[_Function]) -> None:
        """Give the time to the function's part, or to its callers by how long it ran for each."""
        module = _module(function[0])
        if module is not None:
            seconds[_part(module, parts) or other] += amount
            return
        callers = {caller: spent for caller, spent in stats[function][4].items() if caller not in passed}
        total = sum(spent[3] for spent in callers.values())
        if total <= 0:
            seconds[other] += amount
            return
        for caller, spent in callers.items():
            spend(caller, amount * spent[3] / total, passed | {function})

    for function, (_, _, own, _, _) in stats.items():
        if own > 1e-4:
            spend(function, own, frozenset())
    total = sum(seconds.values())
    return {part: amount / total for part, amount in seconds.most_common()}


def _module(file: str) -> str | None:
    """`stats/ratings.py` of the package as `stats.ratings`; None for code from elsewhere."""
    _, found, tail = file.replace("\\", "/").rpartition("/src/harken/")
    if not found:
        _, found, tail = file.replace("\\", "/").rpartition("/site-packages/harken/")
    return tail.removesuffix(".py").replace("/", ".") if found else None


def _part(module: str, parts: Mapping[str, str]) -> str | None:
    fitting = [name for name in parts if module == name or module.startswith(f"{name}.")]
    return parts[max(fitting, key=len)] if fitting else None

"""Whole numbers of least cost under linear constraints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_WHOLE = 1e-6


def whole_numbers(
    costs: Any, names: Sequence[int], *, low: Sequence[float], high: Sequence[float], constraints: Any
) -> dict[int, int] | None:
    """The values of least cost by name; None where no values fit.

    The linear program comes first: its solution is whole as a rule, and then it is the best of all. Else
    whole numbers are looked for without presolving, since HiGHS 1.x with it called worse solutions of small
    programs optimal (2 for a greatest value of 3 that fits).
    """
    import numpy as np
    from scipy.optimize import Bounds, milp

    bounds = Bounds(low, high)
    for is_whole in (0, 1):
        solution = milp(
            costs,
            integrality=np.full(len(costs), is_whole),
            bounds=bounds,
            constraints=constraints,
            options={"mip_rel_gap": 0, "presolve": not is_whole},
        )
        if solution.status == 2:
            return None
        if solution.x is None:
            raise ArithmeticError(f"Hidden counts could not be bounded: {solution.message}")
        values = solution.x[: len(names)]
        if np.abs(values - np.round(values)).max(initial=0) < _WHOLE:
            break
    return {name: round(value) for name, value in zip(names, values, strict=True)}

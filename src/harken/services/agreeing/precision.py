"""How intervals are made, from the words and numbers that a person gives."""

from __future__ import annotations

from harken.errors import HarkenError, near_match, quoted
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod


def make_uncertainty(
    *,
    method: str = "bootstrap",
    replicates: int = 2000,
    seed: int = 1,
    level: float = 0.95,
    minimum: float | None = None,
) -> Uncertainty:
    """Raises where a number makes no sense or the method is unknown."""
    known = [one.value for one in UncertaintyMethod]
    if method not in known:
        raise HarkenError(
            f"No method {quoted(method)} for intervals.{near_match(method, known)} Known: {', '.join(known)}."
        )
    if not 0 < level < 1:
        raise HarkenError(f"A level lies between 0 and 1, as in 0.95; got {level:g}.")
    if minimum is not None and not 0 < minimum < 1:
        raise HarkenError(f"The minimum of alpha lies between 0 and 1, as in 0.667; got {minimum:g}.")
    if replicates < 1:
        raise HarkenError(f"Intervals need one replicate at least, better 2000; got {replicates}.")
    if seed < 0:
        raise HarkenError(f"A seed is 0 or a whole number above; got {seed}.")
    return Uncertainty(
        method=UncertaintyMethod(method), replicates=replicates, seed=seed, level=level, minimum=minimum
    )

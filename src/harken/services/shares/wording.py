"""By which methods limits were made, and what they suppose, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harken.model import Sampling

INTERVALS = {"wilson": "Wilson score", "clopper-pearson": "Clopper–Pearson"}
DIFFERENCES = {
    "miettinen-nurminen": "Miettinen–Nurminen score",
    "newcombe": "Newcombe (square-and-add)",
    "mee": "Mee score",
}
_CLAIMS = {
    Sampling.CONVENIENCE: "as if people had been sampled at random; recruitment is not modelled "
    "(convenience sample)",
    Sampling.PROBABILITY: "as for a simple random sample; design and weights are not modelled",
    Sampling.CENSUS: "as if who answered were a random draw; everybody was asked (census)",
}
_WEIGHTED_CLAIMS = {
    Sampling.CONVENIENCE: "as if people had been sampled with these weights; recruitment is not modelled "
    "(convenience sample)",
    Sampling.PROBABILITY: "as for a sample drawn with these weights; strata and clusters are not modelled",
    Sampling.CENSUS: "as if who answered were a draw with these weights; everybody was asked (census)",
}


def claim_of(sampling: str, *, is_weighted: bool = False) -> str:
    """What intervals, differences and tests suppose, by how people were sampled."""
    if not sampling:
        return "as if people had been sampled at random; how they were sampled is not on record"
    return (_WEIGHTED_CLAIMS if is_weighted else _CLAIMS)[Sampling(sampling)]


def only_people_with(where: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The note on people who were chosen by their values of columns; none where everybody is counted."""
    if where:
        yield f"Only people with {'; '.join(f'{column} = {value}' for column, value in where)}."


def level_in_percent(level: float) -> str:
    """A confidence level as it stands before the word interval."""
    return f"{100 * level:.6g} %"


def limits_note(*, level: float, interval: str, sampling: str) -> str:
    """What low and high are, and what the way people were sampled lets them claim."""
    return f"low–high: {level_in_percent(level)} {INTERVALS[interval]} interval, {claim_of(sampling)}."

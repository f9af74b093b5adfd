"""Numbers as options take them, refused in plain words: types for `click.option`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import click

_WITH_COMMA = re.compile(r"-?\d*,\d+")
_IN_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")


def whole_number(*, least: int = 1) -> Callable[[str | int], int]:
    """A whole number of `least` or more."""

    # Click shows the function's name for what stands behind the option.
    def count(value: str | int) -> int:
        try:
            number = int(value)
        except ValueError:
            raise click.BadParameter(
                f"{value!r} is no whole number. Write digits alone, for {least} or more."
            ) from None
        if number < least:
            raise click.BadParameter(f"{value} is too few. Write a whole number, {least} or more.")
        return number

    return count


def decimal_number(*, like: str) -> Callable[[str | float], float]:
    """A number written with a point; `like` is one that makes sense, for who writes it otherwise."""

    def number(value: str | float) -> float:
        try:
            read = float(value)
        except ValueError:
            read = math.nan
        if not math.isfinite(read):
            raise click.BadParameter(
                f"{value!r} is no number here. Write it with a point, as in {_meant(str(value)) or like}."
            )
        return read

    return number


def _meant(words: str) -> str:
    """The number that somebody wrote with a comma or in percent; empty for anything else."""
    if _WITH_COMMA.fullmatch(words):
        return words.replace(",", ".")
    percent = _IN_PERCENT.fullmatch(words)
    return f"{float(percent[1].replace(',', '.')) / 100:g}" if percent else ""

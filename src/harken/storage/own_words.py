"""Whether another text repeats what a participant wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable

from harken.model import normal_text

_RUN = 6
"""Words in a row that two texts seldom share by chance."""
_WORD = re.compile(r"\w+")
_BRACKETS = re.compile(r"\[[^]]* removed\]")


class OwnWords:
    """A participant's answers, to find the texts that repeat them; letter case and spaces do not count."""

    def __init__(self, answers: Iterable[str]) -> None:
        self._answers = [answer for answer in map(normal_text, answers) if answer]
        self._runs = {run for answer in self._answers for run in _runs(answer)}

    def are_repeated_in(self, text: str) -> bool:
        """Whether it holds an answer, is a piece of one, or shares a run of words with one.

        One word alone repeats nobody.
        """
        words = normal_text(text)
        # An example made of an answer has brackets where the answer tells who somebody is.
        parts = [words, *map(str.strip, _BRACKETS.split(words))]
        return self.are_copied_in(words) or any(
            _holds(part, answer) for part in parts for answer in self._answers
        )

    def are_copied_in(self, text: str) -> bool:
        """Whether it shares a run of words, which short phrases that everybody uses do not make."""
        return not self._runs.isdisjoint(_runs(normal_text(text)))


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    words = _WORD.findall(text)
    return zip(*(words[start:] for start in range(_RUN)), strict=False)


def _holds(text: str, answer: str) -> bool:
    shorter, longer = sorted((text, answer), key=len)
    return " " in shorter and shorter in longer

"""Finding which texts repeat what participants wrote, against any number of answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from harken.model import normal_text

_RUN = 6
"""Words in a row that two texts seldom share by chance."""
_SHORTEST = 12
"""Characters of an answer that, alone, is somebody's words rather than everybody's."""
_WORD = re.compile(r"\w+")


class RepeatedWords:
    """Which of some texts (few) repeat answers (many): the texts are indexed, the answers pass by once.

    A text repeats an answer where it holds a run of its words, or is the whole of it. What an answer repeats
    of what was asked is no word of its own.
    """

    def __init__(self, texts: Iterable[str], answers: Iterable[str], *, asked: Iterable[str] = ()) -> None:
        normal = {normal_text(text) for text in texts}
        own = {run for text in asked for run in _runs(normal_text(text))}
        wanted = {run for text in normal for run in _runs(text)} - own
        short = {text for text in normal if len(text) >= _SHORTEST}
        self._runs: set[tuple[str, ...]] = set()
        self._whole: set[str] = set()
        if not wanted and not short:
            return
        for answer in answers:
            words = normal_text(answer)
            if words in short:
                self._whole.add(words)
            self._runs.update(run for run in _runs(words) if run in wanted)

    def are_in(self, text: str) -> bool:
        """Whether one of the texts given at first repeats an answer."""
        words = normal_text(text)
        return words in self._whole or any(run in self._runs for run in _runs(words))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text)
    return zip(*(words[start:] for start in range(_RUN)), strict=False)

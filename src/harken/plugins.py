"""Where extensions enter, the built-in ones by the same door: entry points of installed packages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from typing import Any, Protocol

from harken.errors import HarkenError
from harken.model import Codebook, Suggestion

SUGGESTERS = "harken.suggesters"
"""Entry point group; each names a `SuggesterFactory`."""
LEXICAL = "lexical"


class CodeSuggester(Protocol):
    """Proposes codes for answers. It may be slow to make, and is asked in a process of its own."""

    @property
    def version(self) -> str:
        """Names the method and its state, for the record that is kept of every suggestion."""
        ...

    def suggest(self, text: str, question: str, *, top: int = 3) -> tuple[Suggestion, ...]:
        """The best `top` codes of those that the question allows, the best first, each with its reasons."""
        ...

    def suggest_all(
        self, answers: Iterable[tuple[str, str]], *, top: int = 3
    ) -> Iterator[tuple[Suggestion, ...]]:
        """The same for many answers (text, question), in their order."""
        ...


class SuggesterFactory(Protocol):
    """Makes a suggester for a codebook; half a second and more."""

    def __call__(self, codebook: Codebook) -> CodeSuggester: ...


def plugin_names(group: str) -> tuple[str, ...]:
    """Names of the plugins installed in a group, sorted."""
    return tuple(sorted({point.name for point in entry_points(group=group)}))


def load_plugin(group: str, name: str) -> Any:
    """What the entry point `name` of the group stands for; its package is imported only now."""
    for point in entry_points(group=group, name=name):
        return point.load()
    known = ", ".join(plugin_names(group)) or "none"
    raise HarkenError(
        f"No plugin {name!r} in {group!r}. Installed: {known}. Install the package that brings it."
    )


def load_suggester(codebook: Codebook, *, name: str = LEXICAL) -> CodeSuggester:
    """A suggester for this codebook. Loads spaCy: half a second, so not on the way to a screen."""
    factory: SuggesterFactory = load_plugin(SUGGESTERS, name)
    return factory(codebook)

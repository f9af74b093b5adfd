"""YAML text as a tree of nodes that know their place.

The tree is built from the parser's events, so nothing is constructed, resolved or expanded: an alias bomb
stays as small as its text, and every scalar keeps the characters that were written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harken.codebook.faults import Fault
from harken.errors import quoted

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError

DEEPEST = 200
"""Nesting beyond this is refused; a code takes two levels."""
STRING_TAG = "tag:yaml.org,2002:str"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A single value; `is_plain` if it stands unquoted, so that tools may read it as other than text."""

    text: str
    is_plain: bool
    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Named values in the order written; a name that stands twice keeps its first value."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list, in `- ` lines or in brackets."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What stands for an alias: its fault is already named, so nobody complains of it again."""

    line: int
    column: int


Node = Scalar | Mapping | Sequence | Refused


class _TooDeepError(Exception):
    pass


def read_nodes(text: str) -> tuple[Node | None, list[Fault]]:
    """The root node of a YAML text (None if empty or not to be parsed) and what is wrong with its form."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.reader import ReaderError

    faults: list[Fault] = []
    try:
        builder = _Builder(events=YAML(typ="safe", pure=True).parse(text), faults=faults)
        return builder.document(), faults
    except _TooDeepError:
        return None, faults
    except ReaderError as error:
        line, column = line_and_column(text, error.position)
        message = f"the character U+{ord(text[error.position]):04X} is not allowed in YAML: remove it"
        return None, [*faults, Fault(line=line, column=column, message=message)]
    except MarkedYAMLError as error:
        return None, [*faults, _syntax_fault(error)]


def line_and_column(text: str, position: int) -> tuple[int, int]:
    """Line and column, both from 1, of the character at `position`."""
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1


def _syntax_fault(error: MarkedYAMLError) -> Fault:
    problem = " ".join(str(error.problem or error.context or "the text breaks off").split())
    begun = error.context_mark
    if error.context and begun and error.problem_mark and begun.line < error.problem_mark.line:
        problem += f" {error.context}, begun on line {begun.line + 1}"
    hint = ""
    if "mapping values are not allowed" in problem:
        hint = " (put text that holds ': ' in quotes, and check the indentation)"
    elif "\\t" in problem:
        hint = " (indent with spaces, not tabs)"
    elif "cannot start any token" in problem:
        hint = " (put text that begins with this character in quotes)"
    mark = error.problem_mark or error.context_mark
    return Fault(
        line=mark.line + 1 if mark else 1,
        column=mark.column + 1 if mark else 1,
        message=f"not readable as YAML: {problem}{hint}",
    )


class _Builder:
    """Turns the parser's events into nodes, and names what a codebook may not hold."""

    def __init__(self, *, events: Iterator[Any], faults: list[Fault]) -> None:
        self.events = events
        self.faults = faults
        self.open_anchors: list[str] = []

    def document(self) -> Node | None:
        from ruamel.yaml.events import DocumentStartEvent, StreamEndEvent

        next(self.events)
        event = next(self.events)
        if isinstance(event, StreamEndEvent):
            return None
        root = self._node(next(self.events), depth=0)
        next(self.events)
        after = next(self.events)
        if isinstance(after, DocumentStartEvent):
            self._fault(after, "a second document begins here: a codebook file holds one")
        return root

    def _node(self, event: Any, *, depth: int) -> Node:
        from ruamel.yaml.events import AliasEvent, ScalarEvent, SequenceStartEvent

        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, AliasEvent):
            self._refuse_alias(event)
            return Refused(line=line, column=column)
        if depth > DEEPEST:
            self._fault(event, f"nested more than {DEEPEST} levels deep")
            raise _TooDeepError
        if event.anchor:
            self._fault(
                event, f"the anchor &{event.anchor} is not read: write the text out where it is meant"
            )
        is_string = event.tag in (STRING_TAG, "!")
        if event.tag and not (is_string and isinstance(event, ScalarEvent)):
            self._fault(event, f"the tag {quoted(event.tag)} is not read: remove it")
        if isinstance(event, ScalarEvent):
            is_plain = event.style is None and not is_string
            return Scalar(text=self._text(event), is_plain=is_plain, line=line, column=column)
        self.open_anchors.append(event.anchor or "")
        node: Node
        if isinstance(event, SequenceStartEvent):
            node = Sequence(items=tuple(self._items(depth)), line=line, column=column)
        else:
            node = Mapping(entries=tuple(self._entries(depth)), line=line, column=column)
        self.open_anchors.pop()
        return node

    def _text(self, event: Any) -> str:
        text: str = event.value
        try:
            # What escapes as JSON does writes an emoji as two halves, which make one character here.
            return text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            self._fault(event, "an escape \\ud800 to \\udfff is half a character: write the character itself")
            return text.encode("utf-16", "replace").decode("utf-16")

    def _items(self, depth: int) -> Iterator[Node]:
        from ruamel.yaml.events import SequenceEndEvent

        while not isinstance(event := next(self.events), SequenceEndEvent):
            yield self._node(event, depth=depth + 1)

    def _entries(self, depth: int) -> Iterator[tuple[Scalar, Node]]:
        from ruamel.yaml.events import MappingEndEvent

        first_lines: dict[str, int] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            name = self._node(event, depth=depth + 1)
            value = self._node(next(self.events), depth=depth + 1)
            if not isinstance(name, Scalar):
                if not isinstance(name, Refused):
                    self._fault(event, "a list or mapping cannot be the name of a value")
            elif name.text in first_lines:
                where = f"first on line {first_lines[name.text]}"
                self._fault(
                    event, f"duplicate key {quoted(name.text)} in one entry, {where}: keep one of them"
                )
            else:
                first_lines[name.text] = name.line
                yield name, value

    def _refuse_alias(self, event: Any) -> None:
        if event.anchor in self.open_anchors:
            message = (
                f"cycle: *{event.anchor} stands inside &{event.anchor}, so the codebook would hold itself"
            )
        else:
            message = f"the alias *{event.anchor} is not read: write the text out"
        self._fault(event, message)

    def _fault(self, event: Any, message: str) -> None:
        mark = event.start_mark
        self.faults.append(Fault(line=mark.line + 1, column=mark.column + 1, message=message))

"""Reads named values of the kinds a codebook holds (text, list, number, …) from nodes, collecting faults."""

from __future__ import annotations

import re
from collections.abc import Sequence as Values
from typing import Any

from harken.codebook.faults import Fault
from harken.codebook.nodes import Mapping, Node, Refused, Scalar, Sequence
from harken.codebook.patterns import WORD_ATTRIBUTES
from harken.errors import near_match, quoted

READ_AS_TRUTH = frozenset({"yes", "no", "on", "off", "true", "false"})
"""Words that many YAML tools read as true or false unless quoted. Few do so with y and n: these may stand."""
BLANK = frozenset({"", "~", "null", "Null", "NULL"})
UNREADABLE = "?"
"""Stands in a list for what is no text, so that later entries keep their place."""


class FieldReader:
    """Takes values out of nodes. Whatever is wrong becomes a fault, and reading goes on with the default."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults

    def fault(self, node: Node, message: str) -> None:
        self.faults.append(Fault(line=node.line, column=node.column, message=message))

    def fields(self, node: Node, known: Values[str], *, what: str) -> dict[str, Node]:
        """The known values of a mapping by name."""
        if not isinstance(node, Mapping):
            if not isinstance(node, Refused):
                self.fault(
                    node, f"{what} is written as named values ({', '.join(known[:3])}, …){_instead(node)}"
                )
            return {}
        for name, _ in node.entries:
            if name.text not in known:
                expected = near_match(name.text, known) or f" Known: {', '.join(known)}."
                self.fault(name, f"unknown key {quoted(name.text)} in {what}.{expected}")
        return {name.text: value for name, value in node.entries if name.text in known}

    def text(self, fields: dict[str, Node], name: str) -> str:
        node = fields.get(name)
        if node is None or is_blank(node):
            return ""
        return self.string(node, expectation=f"{name} must be text") or ""

    def string(self, node: Node, *, expectation: str) -> str | None:
        if not isinstance(node, Scalar):
            if not isinstance(node, Refused):
                self.fault(node, f"{expectation}{_instead(node)}")
            return None
        if node.is_plain and node.text.casefold() in READ_AS_TRUTH:
            self.fault(node, _truth_message(node.text))
        return node.text

    def texts(self, fields: dict[str, Node], name: str) -> tuple[str, ...]:
        found = []
        for node in self.items(fields, name):
            text = "" if is_blank(node) else self.string(node, expectation=f"each of {name} must be text")
            found.append(UNREADABLE if text is None else text)
        return tuple(found)

    def items(self, fields: dict[str, Node], name: str) -> tuple[Node, ...]:
        node = fields.get(name)
        if node is None or is_blank(node) or isinstance(node, Refused):
            return ()
        if isinstance(node, Sequence):
            return node.items
        self.fault(
            node, f"{name} must be a list (entries that begin with `- `, or [one, two]){_instead(node)}"
        )
        return ()

    def truth(self, fields: dict[str, Node], name: str) -> bool:
        node = fields.get(name)
        if node is None or is_blank(node) or isinstance(node, Refused):
            return False
        word = node.text.casefold() if isinstance(node, Scalar) and node.is_plain else ""
        if word not in ("true", "false"):
            self.fault(node, f"{name} must be true or false, unquoted{_instead(node)}")
        return word == "true"

    def number(self, fields: dict[str, Node], name: str) -> float | None:
        node = fields.get(name)
        if node is None or is_blank(node) or isinstance(node, Refused):
            return None
        value = _number(node.text) if isinstance(node, Scalar) and node.is_plain else None
        if value is None:
            self.fault(node, f"{name} must be a number, such as 2 or 1.5{_instead(node)}")
            return None
        return float(value)

    def pattern(self, node: Node) -> tuple[dict[str, Any], ...] | None:
        """A spaCy token pattern; None if it could not be read, which is then a fault."""
        n_faults_before = len(self.faults)
        if not isinstance(node, Sequence):
            if not isinstance(node, Refused):
                example = "[[{LEMMA: see}, {LOWER: myself}]]"
                self.fault(node, f"a pattern is a list of tokens, as in {example}{_instead(node)}")
            return None
        tokens = []
        for item in node.items:
            if isinstance(item, Mapping):
                tokens.append({name.text: self._attribute(value, name.text) for name, value in item.entries})
            elif not isinstance(item, Refused):
                self.fault(
                    item, f"a token is written {{ATTRIBUTE: value}}, as in {{LEMMA: see}}{_instead(item)}"
                )
        return tuple(tokens) if len(self.faults) == n_faults_before else None

    def _attribute(self, node: Node, attribute: str) -> Any:
        """The value of a token's attribute, or a part of it, of the type that spaCy takes."""
        if isinstance(node, Mapping):
            return {name.text: self._attribute(value, attribute) for name, value in node.entries}
        if isinstance(node, Sequence):
            return [self._attribute(item, attribute) for item in node.items]
        if isinstance(node, Refused) or is_blank(node):
            return None
        if not node.is_plain:
            return node.text
        if node.text in ("true", "false") and attribute.upper() not in WORD_ATTRIBUTES:
            return node.text == "true"
        if node.text.casefold() in READ_AS_TRUTH:
            self.fault(node, _truth_message(node.text))
        number = _number(node.text)
        return node.text if number is None else number


def is_blank(node: Node) -> bool:
    """Whether the value is left out: nothing, or one of the ways to write nothing."""
    return isinstance(node, Scalar) and node.is_plain and node.text in BLANK


def _number(text: str) -> int | float | None:
    if re.fullmatch(r"[-+]?\d{1,400}", text, re.ASCII):
        return int(text)
    if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,3})?", text, re.ASCII | re.IGNORECASE):
        return float(text)
    return None


def _truth_message(text: str) -> str:
    meaning = text.casefold() in ("yes", "on", "true")
    return f'unquoted {text} is read as {str(meaning).lower()} by many YAML tools: write "{text}" in quotes'


def _instead(node: Node) -> str:
    """What stands there instead, for the end of a message."""
    if isinstance(node, Scalar):
        return f", not {quoted(node.text)}"
    return ", not a list" if isinstance(node, Sequence) else ", not named values"

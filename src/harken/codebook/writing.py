"""A codebook as YAML that people like to edit and that reads back to the same codebook."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from harken.codebook.data import codebook_as_data
from harken.codebook.fields import READ_AS_TRUTH
from harken.codebook.reading import FORMAT
from harken.model import Codebook

LINE_LENGTH = 110
PLAIN = re.compile(r"[^\W\d_](?:[\w /()&+=%;.'’‘“”–—-]|,(?= )|[?!](?! ?:)|:(?=[^\W_]))*")
PLAIN_IN_LIST = re.compile(r"[^\W\d_][\w /()’–—-]*")
"""Within brackets, commas and braces would end the value."""
NOT_PRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What YAML does not take as it is, or folds away; a double-quoted value holds it escaped."""
FOLDABLE = re.compile(r"[^\s]+(?: [^\s]+)+")
"""Words with one space between them, which a folded block gives back as they were."""
RESERVED = READ_AS_TRUTH | {"y", "n", "null"}


def write_codebook(codebook: Codebook) -> str:
    """The codebook as YAML: a block an entry, no defaults, quotes where other tools may stumble."""
    data = codebook_as_data(codebook)
    lines = [f"harken: {FORMAT}"]
    if codebook.title:
        lines += _field("title", codebook.title, "")
    lines += _field("language", codebook.language, "")
    lines.append("families:")
    for family in data["families"]:
        lines += _entry(family, "  ")
    return "\n".join(lines) + "\n"


def _entry(entry: Mapping[str, Any], indent: str) -> Iterator[str]:
    """A family or code as one item of a block list."""
    inner = indent + "  "
    lines: list[str] = []
    for name, value in entry.items():
        if name == "codes":
            lines.append(f"{inner}codes:")
            for code in value:
                lines += _entry(code, inner + "  ")
        elif not (name == "label" and value == entry["key"]):
            lines += _field(name, value, inner)
    yield f"{indent}- {lines[0][len(inner) :]}"
    yield from lines[1:]


def _field(name: str, value: Any, indent: str) -> list[str]:
    if isinstance(value, list):
        return _list_field(name, value, indent)
    return _text_lines(f"{indent}{name}: ", value, indent + "  ")


def _list_field(name: str, values: Sequence[Any], indent: str) -> list[str]:
    if name in ("keywords", "questions"):
        return _wrapped_list(f"{indent}{name}: [", [_flow(value) for value in values], indent + "  ")
    lines = [f"{indent}{name}:"]
    for value in values:
        if isinstance(value, list):
            lines += _wrapped_list(f"{indent}  - [", [_flow(token) for token in value], indent + "     ")
        else:
            lines += _text_lines(f"{indent}  - ", value, indent + "    ")
    return lines


def _wrapped_list(start: str, items: Sequence[str], indent: str) -> list[str]:
    """Short values in brackets, on as many lines as they need."""
    lines = [start + "".join(items[:1])]
    for item in items[1:]:
        if len(lines[-1]) + len(item) + 3 > LINE_LENGTH:
            lines[-1] += ","
            lines.append(indent + item)
        else:
            lines[-1] += f", {item}"
    lines[-1] += "]"
    return lines


def _text_lines(start: str, value: Any, indent: str) -> list[str]:
    """A value behind `start`: on its line, or as a block where it has several lines or a long one."""
    if not isinstance(value, str):
        return [start + _scalar(value, PLAIN)]
    if _fits_block(value):
        return [start + "|-", *(indent + line if line else "" for line in value.split("\n"))]
    if (
        len(start) + len(value) > LINE_LENGTH
        and FOLDABLE.fullmatch(value)
        and not NOT_PRINTABLE.search(value)
    ):
        width = max(LINE_LENGTH - len(indent), 40)
        folded = textwrap.wrap(value, width, break_long_words=False, break_on_hyphens=False)
        return [start + ">-", *(indent + line for line in folded)]
    return [start + _scalar(value, PLAIN)]


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow(name)}: {_flow(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    return _scalar(value, PLAIN_IN_LIST)


def _scalar(value: Any, plain: re.Pattern[str]) -> str:
    if not isinstance(value, str):
        # A whole number reads back as the same value, and 2 is what people write.
        is_whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        return str(int(value)) if is_whole else json.dumps(value)
    if plain.fullmatch(value) and value[-1] != " " and value.casefold() not in RESERVED:
        return value
    escaped = json.dumps(value, ensure_ascii=False)
    return NOT_PRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", escaped)


def _fits_block(text: str) -> bool:
    """Whether a text of several lines can stand as a block without losing a character."""
    lines = text.split("\n")
    has_clear_ends = lines[0].strip() != "" and lines[0][0] not in " \t" and lines[-1].strip() != ""
    return len(lines) > 1 and has_clear_ends and not NOT_PRINTABLE.search(text)

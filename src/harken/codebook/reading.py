"""A codebook's YAML to the codebook it means, with every fault named at its line and column."""

from __future__ import annotations

import re
from collections.abc import Sequence as Values
from pathlib import Path
from typing import TypeVar

from harken.codebook.checking import (
    Complaint,
    complaints_about_code,
    complaints_about_family,
    complaints_about_whole,
)
from harken.codebook.faults import Fault, raise_faults, sort_faults
from harken.codebook.fields import FieldReader
from harken.codebook.nodes import Mapping, Node, Scalar, Sequence, line_and_column, read_nodes
from harken.errors import HarkenError, quoted
from harken.model import Code, Codebook, Family

FORMAT = 1
"""The version of the format that this Harken reads and writes."""
TOP_FIELDS = ("harken", "title", "language", "families")
FAMILY_FIELDS = ("key", "label", "definition", "exclusive", "scale", "codes")
CODE_FIELDS = (
    "key", "label", "definition", "include", "exclude", "examples", "keywords", "patterns", "questions",
    "hotkey", "value", "retired", "codes",
)  # fmt: skip

Entry = TypeVar("Entry", Code, Family)


def read_codebook(path: Path) -> Codebook:
    """The codebook in a YAML file; a file with faults is refused with the first of them."""
    codebook, faults = _read(_text_of(path))
    raise_faults(str(path), faults)
    return codebook


def parse_codebook(text: str, *, name: str = "codebook") -> Codebook:
    """The codebook in a YAML text; `name` is what an error calls the text."""
    codebook, faults = _read(text)
    raise_faults(name, faults)
    return codebook


def check_codebook(source: Path | str) -> list[Fault]:
    """Every fault of a codebook in reading order: of a file if given a path, else of the YAML text itself."""
    return _read(_text_of(source) if isinstance(source, Path) else source)[1]


def _text_of(path: Path) -> str | Fault:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise HarkenError(
            f"The codebook {str(path)!r} cannot be read: {error.strerror}. Check the name and the folder."
        ) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The position counts from behind a byte order mark.
        position = error.start + len(content) - len(error.object)
        before = content[:position].decode()
        line, column = line_and_column(before, len(before))
        message = f"byte {position} (0x{content[position]:02X}) is not UTF-8: save the file as UTF-8"
        return Fault(line=line, column=column, message=message)


def _read(text: str | Fault) -> tuple[Codebook, list[Fault]]:
    if isinstance(text, Fault):
        return Codebook(), [text]
    root, faults = read_nodes(text)
    codebook = Codebook()
    if root is not None:
        codebook = _CodebookReader(faults).codebook(root)
    elif not faults:
        message = f"the file is empty: a codebook begins with `harken: {FORMAT}`"
        faults.append(Fault(line=1, column=1, message=message))
    return codebook, sort_faults(faults)


class _CodebookReader(FieldReader):
    """Walks the nodes once; keeps where the fields stand that are compared between codes."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.places: dict[tuple[str, str], Node] = {}

    def codebook(self, root: Node) -> Codebook:
        if isinstance(root, Mapping) and not self.is_of_this_format(root):
            return Codebook()
        fields = self.fields(root, TOP_FIELDS, what="a codebook")
        nodes = self.items(fields, "families")
        families = self.distinct(
            [self.family(node) for node in nodes], nodes, what="family", place="the codebook"
        )
        language = self.text(fields, "language") or "en"
        for field in ("title", "language"):
            self.places["", field] = fields.get(field, root)
        codebook = Codebook(title=self.text(fields, "title").strip(), language=language, families=families)
        for complaint in complaints_about_whole(codebook):
            self.fault(self.places[complaint.path, complaint.field], complaint.message)
        return codebook

    def is_of_this_format(self, root: Mapping) -> bool:
        """False where another version's rules hold, so that nothing else can be judged."""
        node = next((value for name, value in root.entries if name.text == "harken"), None)
        if node is None:
            self.fault(root, f"no format version: write `harken: {FORMAT}` as the first line")
            return True
        version = node.text if isinstance(node, Scalar) else ""
        if re.fullmatch(r"[1-9]\d*", version, re.ASCII) and version != str(FORMAT):
            self.fault(node, f"format {version} is later than this Harken reads ({FORMAT}): update Harken")
            return False
        if version != str(FORMAT):
            self.fault(node, f"the format version {quoted(version)} must be {FORMAT}")
        return True

    def family(self, node: Node) -> Family:
        fields = self.fields(node, FAMILY_FIELDS, what="a family")
        key = self.text(fields, "key")
        family = Family(
            key=key,
            label=self.text(fields, "label").strip() or key,
            definition=self.text(fields, "definition"),
            exclusive=self.truth(fields, "exclusive"),
            scale=self.text(fields, "scale") or "nominal",
            codes=self.codes(fields, parent=key),
        )
        for complaint in complaints_about_family(family):
            self.complain(complaint, node, fields, what="family")
        return family

    def codes(self, fields: dict[str, Node], *, parent: str) -> tuple[Code, ...]:
        nodes = self.items(fields, "codes")
        codes = [self.code(node, parent=parent) for node in nodes]
        return self.distinct(codes, nodes, what="code", place=parent or "one family")

    def code(self, node: Node, *, parent: str) -> Code:
        fields = self.fields(node, CODE_FIELDS, what="a code")
        key = self.text(fields, "key")
        path = f"{parent}.{key}"
        for field in ("key", "hotkey"):
            self.places.setdefault((path, field), fields.get(field, node))
        read_patterns = [(item, self.pattern(item)) for item in self.items(fields, "patterns")]
        patterns = [(item, pattern) for item, pattern in read_patterns if pattern is not None]
        code = Code(
            key=key,
            label=self.text(fields, "label").strip() or key,
            definition=self.text(fields, "definition"),
            include=self.text(fields, "include"),
            exclude=self.text(fields, "exclude"),
            examples=self.texts(fields, "examples"),
            keywords=self.texts(fields, "keywords"),
            patterns=tuple(pattern for _, pattern in patterns),
            questions=self.texts(fields, "questions"),
            hotkey=self.text(fields, "hotkey"),
            value=self.number(fields, "value"),
            is_retired=self.truth(fields, "retired"),
            codes=self.codes(fields, parent=path),
        )
        for complaint in complaints_about_code(code):
            if complaint.field == "patterns" and complaint.position is not None:
                self.fault(patterns[complaint.position][0], complaint.message)
            else:
                self.complain(complaint, node, fields, what="code")
        return code

    def complain(self, complaint: Complaint, node: Node, fields: dict[str, Node], *, what: str) -> None:
        """Turn a complaint into a fault at the field's value, or at its entry in a list."""
        place = fields.get(complaint.field, node)
        message = complaint.message
        if complaint.field == "key" and "key" not in fields:
            if not isinstance(node, Mapping):
                return
            message = f"the {what} has no key: write `key:` and a short name"
        elif complaint.field == "key" and not isinstance(place, Scalar):
            return
        if complaint.position is not None and isinstance(place, Sequence):
            place = place.items[complaint.position]
        self.fault(place, message)

    def distinct(
        self, entries: Values[Entry], nodes: Values[Node], *, what: str, place: str
    ) -> tuple[Entry, ...]:
        """The entries without those whose key an earlier one has, which are faults."""
        first_lines: dict[str, int] = {}
        kept = []
        for entry, node in zip(entries, nodes, strict=True):
            if entry.key and entry.key in first_lines:
                pairs = node.entries if isinstance(node, Mapping) else ()
                key_node = next((value for name, value in pairs if name.text == "key"), node)
                where = f"first on line {first_lines[entry.key]}"
                self.fault(
                    key_node, f"duplicate {what} {entry.key!r} in {place}, {where}: rename one of them"
                )
            else:
                first_lines[entry.key] = node.line
                kept.append(entry)
        return tuple(kept)

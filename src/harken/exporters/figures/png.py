"""Words within a picture made of dots, for programs that read them out."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

_BEGINNING = 8 + 4 + 4 + 13 + 4
"""Bytes of a PNG up to the end of its first part: signature, length, name, 13 bytes of data, checksum."""


def with_words(png: bytes, words: Mapping[str, str]) -> bytes:
    """The picture with a text part for each name; names and texts are Latin-1."""
    parts = (_part(b"tEXt", f"{name}\0{said}".encode("latin-1")) for name, said in words.items())
    return b"".join((png[:_BEGINNING], *parts, png[_BEGINNING:]))


def _part(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

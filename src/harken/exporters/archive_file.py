"""A ZIP file with the same bytes for the same members, written whole or not at all."""

from __future__ import annotations

import hashlib
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from harken.errors import HarkenError

CHECKSUMS = "checksums.sha256"
_TIME = (1980, 1, 1, 0, 0, 0)
"""The first that a ZIP file can hold: when an archive was packed is no part of it."""
_UNIX = 3
_READABLE = 0o644 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in an archive, as it was written."""

    name: str
    n_bytes: int
    sha256: str


def write_archive(path: Path, members: Iterable[tuple[str, Iterable[bytes]]]) -> tuple[Member, ...]:
    """Pack members, streamed, and at the end their checksums as `sha256sum -c` reads them.

    The file is written beside its place and put there at the end; one that stands there is replaced.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            written = tuple(_packed(archive, members))
            lines = "".join(f"{one.sha256}  {one.name}\n" for one in sorted(written, key=lambda m: m.name))
            sums = _write(archive, CHECKSUMS, [lines.encode()])
        draft.replace(path)
    except OSError as error:
        raise HarkenError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return (*written, sums)


def _packed(archive: zipfile.ZipFile, members: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[Member]:
    for name, parts in members:
        yield _write(archive, name, parts)


def _write(archive: zipfile.ZipFile, name: str, parts: Iterable[bytes]) -> Member:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _READABLE
    digest, n_bytes = hashlib.sha256(), 0
    with archive.open(entry, "w") as stream:
        for part in parts:
            stream.write(part)
            digest.update(part)
            n_bytes += len(part)
    return Member(name=name, n_bytes=n_bytes, sha256=digest.hexdigest())

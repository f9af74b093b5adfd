"""Folders that are written whole or not at all, and replaced only where we wrote all that is in them."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from harken.errors import HarkenError, many, quoted

_FEW = 3
_TOKEN_BYTES = 4


def refuse_folder(folder: Path, *, marker: str, force: bool) -> None:
    """Raise where a folder cannot be written, or should not be.

    One that stands there is replaced with `force` alone, and only where the file `marker` says that every
    file in it was written by us and is as it was.
    """
    if folder.is_symlink() and not folder.exists():
        raise HarkenError(f"{folder} is a link to a folder that does not exist; name another folder.")
    if folder.exists() and not folder.is_dir():
        raise HarkenError(f"{folder} is a file; name a folder, new or empty.")
    target = folder.resolve()
    if not target.parent.is_dir():
        raise HarkenError(f"The folder {folder.parent} does not exist; make it first.")
    if target in (Path.cwd(), *Path.cwd().parents):
        raise HarkenError(f"{folder} is the folder you are in, or above it; name one in it, as in report.")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise HarkenError(f"The folder {target.parent} cannot be written; name a folder elsewhere.")
    if not target.exists() or not any(target.iterdir()):
        return
    _refuse_what_is_not_ours(folder, target, marker)
    if not force:
        raise HarkenError(
            f"{folder} holds a report already; name another folder, or replace it with --force."
        )


def _refuse_what_is_not_ours(folder: Path, target: Path, marker: str) -> None:
    written = _written(target / marker)
    if written is None:
        raise HarkenError(
            f"{folder} holds files that no report wrote ({_named(_files(target))}); "
            "name a new or empty folder."
        )
    strange = [name for name in _files(target) if name != marker and name not in written]
    if strange:
        raise HarkenError(
            f"{folder} holds {many(len(strange), 'file')} beside its report ({_named(strange)}); "
            "move them away, or name another folder."
        )
    changed = [
        name
        for name, digest in written.items()
        if (target / name).is_file() and _digest((target / name).read_bytes()) != digest
    ]
    if changed:
        was = "was" if len(changed) == 1 else "were"
        raise HarkenError(
            f"In {folder} {_named(changed)} {was} changed after the report was written; "
            "move the folder away, or name another one."
        )


def _named(names: list[str]) -> str:
    return ", ".join(quoted(name) for name in names[:_FEW]) + (" …" if len(names) > _FEW else "")


def _files(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def _written(marker: Path) -> Mapping[str, str] | None:
    """The files that a marker names with their digests; None where it is no marker of ours."""
    try:
        listed = json.loads(marker.read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return listed if isinstance(listed, dict) else None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write_folder(
    folder: Path, files: Mapping[str, bytes], *, marker: str, about: Mapping[str, Any], force: bool
) -> None:
    """Write files beside their folder, with a `marker` that names them, and put the folder in its place.

    Whatever goes wrong, an older folder is as it was. Names of files are paths with slashes.
    """
    target = folder.resolve()
    _clear_up(target)
    refuse_folder(folder, marker=marker, force=force)
    token = secrets.token_hex(_TOKEN_BYTES)
    draft, older = (target.with_name(f".{target.name}.{token}.{end}") for end in ("new", "old"))
    sealed = {name: _digest(data) for name, data in sorted(files.items())}
    described = json.dumps({**about, "files": sealed}, ensure_ascii=False, indent=1) + "\n"
    try:
        draft.mkdir()
        for name, data in {**files, marker: described.encode()}.items():
            place = draft.joinpath(*PurePosixPath(name).parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        _swap(draft, target, older)
    except OSError as error:
        raise HarkenError(
            f"{folder} cannot be written: {error.strerror or error}. What was there is as it was."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    shutil.rmtree(older, ignore_errors=True)


def _clear_up(target: Path) -> None:
    """End what a killed run began: its draft goes, and the folder that it had moved away comes back."""
    begun = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{{2 * _TOKEN_BYTES}}}\.(new|old)")
    for left in target.parent.iterdir() if target.parent.is_dir() else ():
        found = begun.fullmatch(left.name)
        if found and found[1] == "old" and not target.exists():
            left.rename(target)
        elif found:
            shutil.rmtree(left, ignore_errors=True)


def _swap(draft: Path, target: Path, older: Path) -> None:
    """Put the draft in the target's place, and the target back should that fail."""
    if not target.exists():
        draft.rename(target)
        return
    target.rename(older)
    try:
        draft.rename(target)
    except OSError:
        older.rename(target)
        raise

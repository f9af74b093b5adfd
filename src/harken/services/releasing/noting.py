"""Noting a release, and what it tells beside earlier ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from harken.errors import many
from harken.services.releasing.counts import Releasable, ReleasedCount, kept_people, released_counts
from harken.storage.releases import RELEASE, NotedRelease, noted_releases
from harken.storage.store import Store


def note_release(
    store: Store, *results: Releasable, command: str, threshold: int, actor: str, file: str = ""
) -> tuple[str, ...]:
    """Note what is published with counts below the threshold hidden; returns what earlier releases add to it.

    A sentence for each earlier release of which a figure differs by fewer people than the threshold, so that
    the two together tell of those few, and for each that shows what is hidden now. The log stands outside
    the project hash, and holds no names of groups; nothing is noted where the file is read-only.
    """
    counts = {one.what: one for result in results for one in released_counts(result)}
    kept = _key(sorted({words for result in results for words in kept_people(result)}))
    remarks = tuple(
        remark
        for earlier in noted_releases(store)
        for remark in _beside(list(counts.values()), earlier, threshold, kept)
    )
    payload: dict[str, Any] = {
        "command": command,
        "file": file,
        "suppress": threshold,
        "project_hash": store.project_hash(),
        "kept": kept,
        "n_hidden": sum(one.n is None for one in counts.values()),
        "counts": {_key(one.what): one.n for one in counts.values() if one.n is not None},
    }
    store.note_look(actor=actor, kind=RELEASE, payload=payload)
    return remarks


def _key(what: Sequence[str]) -> str:
    """Groups may be named after few people, so that the log keeps no names."""
    return hashlib.sha256(json.dumps(what, ensure_ascii=False).encode()).hexdigest()[:20]


def _beside(now: Sequence[ReleasedCount], earlier: NotedRelease, threshold: int, kept: str) -> Iterator[str]:
    then: Mapping[str, int] = earlier.payload["counts"]
    reach = max(threshold, earlier.payload["suppress"])
    name = f"the release of {earlier.at[:16].replace('T', ' ')} ({earlier.payload['command']}"
    name += f", {earlier.payload['file']})" if earlier.payload["file"] else ")"
    # What is shown of other people does not show what is hidden of these; figures close by still tell.
    is_of_the_same = kept == earlier.payload.get("kept", kept)
    close = []
    shown = []
    for one in now:
        before = then.get(_key(one.what))
        if before is None:
            continue
        if one.n is None:
            if is_of_the_same:
                shown.append(one)
        elif 0 < abs(one.n - before) < reach:
            close.append((one, before))
    if close:
        one, before = close[0]
        yield (
            f"{many(len(close), 'figure')} and {name} differ by fewer than {reach} people, so that the two "
            f"together tell of those few; the first: {_said(one)}, {before} then and {one.n} now."
        )
    if shown:
        yield (
            f"{many(len(shown), 'figure is', 'figures are')} hidden here and shown in {name}; the first: "
            f"{_said(shown[0])}."
        )


def _said(one: ReleasedCount) -> str:
    return ", ".join(part for part in one.what if part)

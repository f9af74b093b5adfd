"""What the log of releases says, and its JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from harken.storage.releases import noted_releases
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Figures that were written with small counts hidden."""

    at: str
    """UTC, ISO 8601."""
    actor: str
    command: str
    file: str
    """Its name, without the folder."""
    suppress: int
    project_hash: str
    n_shown: int
    """Counts of people that it shows."""
    n_hidden: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Releases:
    """Every release that was noted, the first one first."""

    releases: tuple[Release, ...]

    def as_json(self) -> dict[str, Any]:
        return {"releases": self.to_records()}

    def to_records(self) -> list[dict[str, Any]]:
        return [asdict(release) for release in self.releases]


def list_releases(store: Store) -> Releases:
    """The log of releases."""
    return Releases(
        releases=tuple(
            Release(
                at=noted.at,
                actor=noted.actor,
                command=noted.payload["command"],
                file=noted.payload["file"],
                suppress=noted.payload["suppress"],
                project_hash=noted.payload["project_hash"],
                n_shown=len(noted.payload["counts"]),
                n_hidden=noted.payload["n_hidden"],
            )
            for noted in noted_releases(store)
        )
    )

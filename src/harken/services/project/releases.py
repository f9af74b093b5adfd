"""Verbs on what was released with small counts hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harken.services.project.part import ProjectPart

if TYPE_CHECKING:
    from harken.services.releasing import Releases
    from harken.services.releasing.counts import Releasable


class ReleaseVerbs(ProjectPart):
    """What `harken releases` does, and what commands do that write with `--suppress`."""

    def releases(self) -> Releases:
        """The log of what was released with small counts hidden."""
        from harken.services.releasing import list_releases

        return list_releases(self.store)

    def note_release(
        self, *results: Releasable, command: str, suppress: int, file: str = ""
    ) -> tuple[str, ...]:
        """Note results of which counts below `suppress` are hidden as released; `file` is a name, no path.

        Returns a sentence for each earlier release that tells of a few people together with this one.
        """
        from harken.services.releasing import note_release

        return note_release(
            self.store, *results, command=command, threshold=suppress, actor=self.actor, file=file
        )

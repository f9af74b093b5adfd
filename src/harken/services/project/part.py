"""What every part of the Python API works on."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike

from harken.model import VariableRole
from harken.storage import survey
from harken.storage.store import Store

File = str | PathLike[str]


class ProjectPart:
    """The verbs of one topic. A verb imports its service when it is called: opening a project stays quick."""

    def __init__(self, store: Store, *, actor: str) -> None:
        self.store = store
        self.actor = actor

    def _note_themes_seen(
        self,
        kind: str,
        *,
        by: str | None = None,
        where: Sequence[tuple[str, str]] = (),
        questions: Sequence[str] = (),
        **more: Sequence[str],
    ) -> None:
        """Note that somebody saw how many mentioned a theme, by the groups of a column or in one of them.

        Whoever chooses the people of one group sees that group: what is declared later was declared too late.
        """
        columns = {column for column, _ in where}
        groups = [
            variable.name
            for variable in (survey.variables(self.store) if columns else ())
            if variable.name in columns and variable.role is VariableRole.GROUP
        ]
        payload = {
            "by": by,
            "questions": list(questions),
            **more,
            **({"groups_of": groups} if groups else {}),
        }
        self.store.note_look(actor=self.actor, kind=kind, payload=payload)

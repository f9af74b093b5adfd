"""The verb that lists disagreements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from harken.services.project.part import ProjectPart

if TYPE_CHECKING:
    from harken.services.agreeing.disagreements.result import Disagreements


class DisagreementVerbs(ProjectPart):
    """What `harken agreement disagreements` does."""

    def disagreements(
        self,
        *,
        rounds: Sequence[str] = (),
        coders: Sequence[str] = (),
        questions: Sequence[str] = (),
        codes: Sequence[str] = (),
    ) -> Disagreements:
        """Answers that coders decided differently, with the codes that they part on and those they confuse.

        One coder is compared with everybody else, several with each other. With `codes`, answers where they
        part on one of these. What the actor has yet to decide in a blind round is left out and counted.
        """
        from harken.services.agreeing.disagreements.listing import list_disagreements

        return list_disagreements(
            self.store, rounds=rounds, coders=coders, questions=questions, codes=codes, viewer=self.actor
        )

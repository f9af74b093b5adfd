"""Verbs on the survey: what was asked, and who answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from harken.model import TextList
from harken.services.project.part import ProjectPart

if TYPE_CHECKING:
    from harken.services.flowing import Flow
    from harken.services.importing import ImportSummary
    from harken.services.project.part import File
    from harken.services.withdrawing import WithdrawalReport


class SurveyVerbs(ProjectPart):
    """What `harken import`, `flow` and `participants` do."""

    def import_survey(
        self,
        path: File,
        *,
        layout: str | None = None,
        sheet: str | None = None,
        encoding: str | None = None,
        id: str | None = None,
        questions: Sequence[str] = (),
        response: str | None = None,
        occasion: str | None = None,
        closed: Sequence[str] = (),
        groups: Sequence[str] = (),
        attributes: Sequence[str] = (),
        required: Sequence[str] = (),
        asked: Mapping[str, str] | None = None,
        non_response: Iterable[str] = (),
        no_content: Iterable[str] = (),
        none_stated: Iterable[str] = (),
        is_trial: bool = False,
    ) -> ImportSummary:
        """Take in a survey file; what is not said about its columns is guessed.

        `layout` is wide or long; `required` excludes participants with non-response in any of these;
        `asked` names for a question the column that says who was asked it. The texts are
        `[QUESTION=]TEXT`. With `is_trial` nothing is changed. Importing again adds new rows by id; what is
        there stays as it is.
        """
        from harken.importers.layout import ImportOptions, Layout
        from harken.services import importing

        options = ImportOptions(
            layout=Layout(layout) if layout else None,
            sheet=sheet,
            encoding=encoding,
            id=id,
            questions=tuple(questions),
            response=response,
            occasion=occasion,
            closed=tuple(closed),
            groups=tuple(groups),
            attributes=tuple(attributes),
            required=tuple(required),
            asked=dict(asked or {}),
        )
        file = importing.open_survey_file(Path(path), options)
        rules = importing.rules_of_lists(
            {
                TextList.NON_RESPONSE: non_response,
                TextList.NO_CONTENT: no_content,
                TextList.NONE_STATED: none_stated,
            },
            questions=importing.question_names(self.store, file),
        )
        return importing.import_survey(self.store, file, actor=self.actor, rules=rules, is_trial=is_trial)

    def flow(self, *, by: str | None = None, suppress: int = 0) -> Flow:
        """How many people were returned, excluded, usable and coded, by the groups of a column.

        `suppress` hides for which reason fewer people than this were excluded; 0 hides nothing.
        """
        from harken.services.flowing import flow

        result = flow(self.store, by=by)
        if not suppress:
            return result
        from harken.services.protecting import protect_flow

        return protect_flow(result, threshold=suppress)

    def withdraw(self, participant: str) -> WithdrawalReport:
        """Erase a participant's texts, memos and attributes for good; says what still holds them."""
        from harken.services.withdrawing import withdraw_participant

        return withdraw_participant(self.store, participant, actor=self.actor)

    def include(self, *participants: str) -> tuple[str, ...]:
        """Take excluded participants back in; returns those who were excluded until now."""
        from harken.services.withdrawing import include_participants

        return include_participants(self.store, participants, actor=self.actor)

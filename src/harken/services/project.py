"""The Python API: a project, opened or made, with the command line's verbs as methods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from harken.model import Approach, Sampling, TextList
from harken.services import studies
from harken.storage import study
from harken.storage.store import Store

# A verb imports its service when it is called: opening a project is on the way to the first screen.
if TYPE_CHECKING:
    from harken.services.agreeing import Agreement
    from harken.services.analytic_themes import ThemeList
    from harken.services.asking import Alerts, Questions
    from harken.services.browsing import AnswerFilter
    from harken.services.browsing.result import AnswerList, FrameworkMatrix, PersonView, Retrieval
    from harken.services.codebooks import CodebookImport
    from harken.services.codebooks.desk import CodebookDesk
    from harken.services.codings import CodingsImport
    from harken.services.flowing import Flow
    from harken.services.importing import ImportSummary
    from harken.services.meeting import Agenda, Meeting
    from harken.services.memos import Memo, MemoList
    from harken.services.standing import Overview, Standing
    from harken.services.suggesting import Suggestions
    from harken.services.tabulating import ThemeTable
    from harken.services.withdrawing import WithdrawalReport
    from harken.storage.notes import ThemeDraft

File = str | PathLike[str]


class Project:
    """An open project and who is acting in it. Use it as a context manager, or `close` it.

    Results are frozen dataclasses; those with rows have `to_records()`, a list of flat dictionaries that
    `pandas.DataFrame` takes as it is. A `HarkenError` says in one line what is wrong and leaves everything
    as it was.
    """

    def __init__(self, store: Store, *, actor: str) -> None:
        self.store = store
        self.actor = actor

    @classmethod
    def open(cls, path: File, *, actor: str | None = None) -> Self:
        """Open a project file as one of its coders (default: the lead).

        Raises `HarkenError` for a file that is no project and for an unknown coder; both stay untouched.
        """
        store = Store.open(Path(path))
        try:
            return cls(store, actor=studies.acting_coder(store, actor))
        except BaseException:
            store.close()
            raise

    @classmethod
    def create(
        cls,
        path: File,
        *,
        title: str = "",
        lead: str = "",
        approach: Approach = Approach.CONTENT,
        sampling: Sampling = Sampling.CONVENIENCE,
    ) -> Self:
        """Make a new project file and open it as its lead; an existing file is refused."""
        store = studies.create_study(Path(path), title=title, lead=lead, approach=approach, sampling=sampling)
        return cls(store, actor=study.settings(store)["lead"])

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def title(self) -> str:
        return study.settings(self.store)["title"]

    def overview(self) -> Overview:
        """Where the study stands and what comes next, in short."""
        from harken.services.standing.overview import overview

        return overview(self.store, viewer=self.actor)

    def status(self, *, pause_minutes: float = 5) -> Standing:
        """Each coder's work, one's own pace and finish, and what is left before tables are final."""
        from harken.services.standing.status import status

        return status(self.store, viewer=self.actor, pause_minutes=pause_minutes)

    @property
    def coders(self) -> tuple[str, ...]:
        """Names of the coders in the order in which they were added, the lead first."""
        return study.coders(self.store)

    def add_coders(self, *names: str) -> tuple[str, ...]:
        """Add coders by name; returns those who were not there yet."""
        return studies.add_coders(self.store, names, actor=self.actor)

    # -- the team -----------------------------------------------------------------------------------

    def questions(self, *, only_open: bool = True) -> Questions:
        """Questions to the lead that one may see, the oldest first."""
        from harken.services.asking import questions

        return questions(self.store, viewer=self.actor, only_open=only_open)

    def alerts(self, *, only_open: bool = True) -> Alerts:
        """Alerts to the lead that one may see, the oldest first."""
        from harken.services.asking import alerts

        return alerts(self.store, viewer=self.actor, only_open=only_open)

    def agenda(self) -> Agenda:
        """What there is to talk about since the last meeting that was recorded, or ever."""
        from harken.services.meeting import agenda

        return agenda(self.store, viewer=self.actor)

    def record_meeting(self, outcome: str) -> Meeting:
        """Record a meeting and what came of it; the next agenda begins after it."""
        from harken.services.meeting import record_meeting

        return record_meeting(self.store, outcome, actor=self.actor)

    # -- the survey -------------------------------------------------------------------------------

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

    def flow(self, *, by: str | None = None) -> Flow:
        """How many people were returned, excluded, usable and coded, by the groups of a column."""
        from harken.services.flowing import flow

        return flow(self.store, by=by)

    def withdraw(self, participant: str) -> WithdrawalReport:
        """Erase a participant's texts, memos and attributes for good; says what still holds them."""
        from harken.services.withdrawing import withdraw_participant

        return withdraw_participant(self.store, participant, actor=self.actor)

    def include(self, *participants: str) -> tuple[str, ...]:
        """Take excluded participants back in; returns those who were excluded until now."""
        from harken.services.withdrawing import include_participants

        return include_participants(self.store, participants, actor=self.actor)

    # -- codebook and codings ---------------------------------------------------------------------

    @property
    def codebook(self) -> CodebookDesk:
        """The codebook, to be looked at and changed: `project.codebook.merge("wait", "staff")`."""
        from harken.services.codebooks.desk import CodebookDesk

        return CodebookDesk(self.store, actor=self.actor)

    def import_codebook(
        self, path: File, *, mapping: Mapping[str, str] | None = None, is_trial: bool = False
    ) -> CodebookImport:
        """Replace the codebook by a file's; `mapping` says what the codings of vanished codes become."""
        from harken.services.codebooks import import_codebook

        return import_codebook(self.store, Path(path), actor=self.actor, mapping=mapping, is_trial=is_trial)

    def export_codebook(self, *, format: str = "yaml", spreadsheet_safe: bool = False) -> bytes:
        """The codebook as the bytes of a yaml, csv or xlsx file."""
        from harken.services.codebooks import export_codebook

        return export_codebook(self.store, format, spreadsheet_safe=spreadsheet_safe)

    def import_codings(
        self, path: File, *, is_adjudicated: bool = False, is_replacing: bool = False
    ) -> CodingsImport:
        """Store every decision of a codings file, or none."""
        from harken.services.codings import import_codings

        return import_codings(
            self.store,
            Path(path),
            actor=self.actor,
            is_adjudicated=is_adjudicated,
            is_replacing=is_replacing,
        )

    def export_codings(self, *, spreadsheet_safe: bool = False) -> bytes:
        """Every decision as the bytes of a codings file, sorted."""
        from harken.services.codings import export_codings

        stream = StringIO(newline="")
        export_codings(self.store, stream, spreadsheet_safe=spreadsheet_safe)
        return stream.getvalue().encode()

    def suggest(self, *, questions: Sequence[str] = (), top: int = 3) -> Suggestions:
        """Suggested codes for every answered response, in file order. Loads spaCy."""
        from harken.services.suggesting import Suggestions, suggest_codes

        found = suggest_codes(self.store, questions=questions, top=top)
        return Suggestions(responses=tuple(found))

    # -- memos ------------------------------------------------------------------------------------

    def memos(
        self,
        *,
        about: Sequence[str] = (),
        authors: Sequence[str] = (),
        codes: Sequence[str] = (),
        questions: Sequence[str] = (),
        participants: Sequence[str] = (),
        search: str = "",
        since: str = "",
    ) -> MemoList:
        """The memos that the actor may read, the newest first.

        `about`: project, question, code, participant, answer or decision. `since` is a day, as in 2026-11-24.
        """
        from harken.services.memos import checked_filter, list_memos

        wanted = checked_filter(
            self.store,
            about=about,
            authors=authors,
            codes=codes,
            questions=questions,
            participants=participants,
            search=search,
            since=since,
        )
        return list_memos(self.store, wanted, coder=self.actor, with_answers=True)

    def add_memo(
        self,
        text: str,
        *,
        code: str = "",
        question: str = "",
        participant: str = "",
        answer: str = "",
        occasion: str = "",
    ) -> Memo:
        """Write a memo on a code, a question, a participant, or a participant's `answer` to a question.

        Without a name it is an entry of the diary.
        """
        from harken.services.memos import add_memo, subject_of

        subject = subject_of(
            self.store,
            code=code,
            question=question,
            participant=participant,
            answer=answer,
            occasion=occasion,
        )
        return add_memo(self.store, subject, text, actor=self.actor)

    def change_memo(self, id: str, text: str) -> Memo:
        """Give a memo another wording; a beginning of its id will do."""
        from harken.services.memos import change_memo, find_memo

        memo = find_memo(self.store, id, actor=self.actor)
        return change_memo(self.store, memo.id, text, actor=self.actor)

    def remove_memo(self, id: str) -> Memo:
        """Take a memo away and return it as it was; its wordings stay in the journal."""
        from harken.services.memos import find_memo, remove_memo

        memo = find_memo(self.store, id, actor=self.actor)
        return remove_memo(self.store, memo.id, actor=self.actor)

    def analytic_themes(self) -> ThemeList:
        """The analytic themes: central idea, codes, how many people, quotes, memos."""
        from harken.services.analytic_themes import list_themes, people_for

        people = people_for(self.store, coder=self.actor)
        return list_themes(self.store, coder=self.actor, people=people)

    def write_analytic_theme(
        self,
        name: str,
        *,
        rename: str = "",
        idea: str | None = None,
        codes: Sequence[str] = (),
        without_codes: Sequence[str] = (),
        memos: Sequence[str] = (),
        without_memos: Sequence[str] = (),
    ) -> ThemeDraft:
        """Make the analytic theme of this name, or change it: what is not named stays as it is."""
        from harken.services.analytic_themes import write_theme

        return write_theme(
            self.store,
            name,
            actor=self.actor,
            rename=rename,
            idea=idea,
            codes=codes,
            without_codes=without_codes,
            memos=memos,
            without_memos=without_memos,
        )

    def remove_analytic_theme(self, name: str) -> str:
        """Take an analytic theme away; its codes, quotes and memos stay where they are."""
        from harken.services.analytic_themes import remove_theme, theme_named

        return remove_theme(self.store, theme_named(self.store, name).id, actor=self.actor)

    # -- answers ----------------------------------------------------------------------------------

    def answers(
        self, *, filter: AnswerFilter | None = None, limit: int | None = None, redact: bool = True
    ) -> AnswerList:
        """The answers that a filter finds, everybody's work with them; in a blind round one's own alone.

        `AnswerFilter` is in `harken.services.browsing`. With `redact` brackets stand in the place of what
        coders marked as identifying.
        """
        from harken.services.browsing import AnswerFilter
        from harken.services.browsing.looking import list_answers

        return list_answers(
            self.store, filter or AnswerFilter(), actor=self.actor, most=limit, is_redacted=redact
        )

    def retrieval(
        self,
        *,
        filter: AnswerFilter | None = None,
        by: str | None = None,
        limit: int | None = None,
        redact: bool = True,
    ) -> Retrieval:
        """What has each code of the filter, or of the codebook, by the groups of a column.

        `limit` is of the answers under one heading; the figures in it stay whole. The look is noted in the
        project, unless its file is read-only.
        """
        from harken.services.browsing import AnswerFilter
        from harken.services.browsing.looking import retrieve_answers

        result = retrieve_answers(
            self.store, filter or AnswerFilter(), actor=self.actor, by=by, most=limit, is_redacted=redact
        )
        self.store.note_look(actor=self.actor, kind="answers", payload={"layout": "retrieval", "by": by})
        return result

    def framework_matrix(self, *, filter: AnswerFilter | None = None, redact: bool = True) -> FrameworkMatrix:
        """What each participant said by family, or by code where the filter names codes."""
        from harken.services.browsing import AnswerFilter
        from harken.services.browsing.looking import lay_out_matrix

        return lay_out_matrix(self.store, filter or AnswerFilter(), actor=self.actor, is_redacted=redact)

    def person(self, participant: str, *, redact: bool = True) -> PersonView:
        """All that one participant gave: groups, closed items, attributes and answers."""
        from harken.services.browsing.looking import view_person

        return view_person(self.store, participant, actor=self.actor, is_redacted=redact)

    # -- results ----------------------------------------------------------------------------------

    def agreement(
        self,
        *,
        rounds: Sequence[str] = (),
        coders: Sequence[str] = (),
        questions: Sequence[str] = (),
        by: str | None = None,
        level: float = 0.95,
        replicates: int = 2000,
        seed: int = 1,
        with_excluded: bool = False,
    ) -> Agreement:
        """Agreement where two coders decided: per code, exclusive family, whole set and pair of coders."""
        from harken.services.agreeing import measure_agreement
        from harken.stats.resampling import Resampling

        return measure_agreement(
            self.store,
            rounds=rounds,
            coders=coders,
            questions=questions,
            by=by,
            resampling=Resampling(replicates=replicates, seed=seed, level=level),
            with_excluded=with_excluded,
        )

    def themes(
        self,
        *,
        questions: Sequence[str] = (),
        by: str | None = None,
        basis: str = "default",
        base: str = "coded",
        level: float = 0.95,
        interval: str = "wilson",
        decimals: int = 1,
        with_excluded: bool = False,
    ) -> ThemeTable:
        """How many people mentioned each theme, of how many, by the groups of a column.

        `basis`: default, majority, any, all or coder:NAME. `base`: coded, eligible or substantive.
        `interval`: wilson or clopper-pearson. The look is noted in the project, unless its file is read-only.
        """
        from harken.services.tabulating import Base, tabulate
        from harken.stats.proportions import IntervalMethod

        result = tabulate(
            self.store,
            questions=questions,
            by=by,
            basis=basis,
            base=Base(base),
            level=level,
            interval=IntervalMethod(interval),
            decimals=decimals,
            with_excluded=with_excluded,
        )
        self.store.note_look(
            actor=self.actor, kind="themes", payload={"by": by, "questions": list(result.questions)}
        )
        return result

    def doctor(self, *, repair: bool = False) -> tuple[str, ...]:
        """What is wrong with the file, a sentence each; empty for a sound one.

        With `repair` everything that follows from the journal is made anew first.
        """
        from harken.services.checking import check_project, repair_project

        if repair:
            repair_project(self.store)
        return check_project(self.store)

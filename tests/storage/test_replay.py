"""Whatever is done, in whatever order: the tables are what the journal gives, and no answer is in it."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import plain_recount
from hypothesis import HealthCheck, settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from storage_study import LEAD, QUESTIONS, decision, take_in, take_in_codebook

from harken.errors import HarkenError
from harken.model import (
    Code,
    Coding,
    DecisionState,
    Family,
    ResponseKey,
    Round,
    RoundKind,
    TextList,
    TextRule,
)
from harken.services import analytic_themes, asking, memos
from harken.services.checking import check_project, repair_project
from harken.services.codebooks import (
    codes,
    export_codebook,
    families,
    import_codebook,
    merging,
    moving,
    undoing,
)
from harken.services.meeting import agenda, record_meeting
from harken.services.reading_mode import ReadingSession
from harken.services.studies import add_coders, add_round
from harken.services.withdrawing import include_participants, withdraw_participant
from harken.storage import coding, notes, study, survey
from harken.storage.codebooks import add_code, change_code, stored_codebook, usage
from harken.storage.schema import PROJECTIONS
from harken.storage.store import Store

PEOPLE = [f"P{number}" for number in range(1, 9)]
KEYS = ["trust", "time", "fear", "care", "pain"]
CODERS = [LEAD, LEAD, "ben"]
ROUNDS = ["main", "main", "second"]


class AnySequenceOfActions(RuleBasedStateMachine):
    """Every action there is, on a study in memory; a counter makes every text unlike any other."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.in_memory()
        self.n_texts = 0
        self.texts: list[str] = []

    def text(self, what: str) -> str:
        self.n_texts += 1
        self.texts.append(f"{what} number {self.n_texts} of nobody else’s concern")
        return self.texts[-1]

    @initialize()
    def begin(self) -> None:
        with self.store.action(LEAD) as action:
            action.append("project.created", {"title": "A study", "lead": LEAD})
            action.append("coder.added", {"name": LEAD})
            add_round(action, Round(name="main"))
        rows = [
            {"id": name, "team": "a", "ward": "w", **{q: self.text("answer") for q in QUESTIONS}}
            for name in PEOPLE[:4]
        ]
        take_in(self.store, Path(self.folder.name), rows)
        take_in_codebook(self.store, Path(self.folder.name), [f"theme.{key}" for key in KEYS[:3]])

    # -- the study

    @rule()
    def add_ben(self) -> None:
        add_coders(self.store, ["ben"], actor=LEAD)

    @precondition(lambda self: len(study.rounds(self.store)) == 1)
    @rule()
    def second_round(self) -> None:
        with self.store.action(LEAD) as action:
            add_round(action, Round(name="second", kind=RoundKind.RECODE, is_blind=True))

    @rule(title=strategies.sampled_from(["One", "Two"]))
    def rename(self, title: str) -> None:
        with self.store.action(LEAD) as action:
            action.append("settings.changed", {"title": title})

    # -- the survey

    @rule(data=strategies.data(), is_strict=strategies.booleans())
    def take_in_people(self, data, is_strict: bool) -> None:
        names = data.draw(strategies.lists(strategies.sampled_from(PEOPLE), unique=True, max_size=4))
        kinds = strategies.sampled_from(["answer", "answer", "n/a", " "])
        rows = [
            {"id": name, "team": "a", "ward": self.text("ward")}
            | {
                question: self.text("answer") if kind == "answer" else kind
                for question, kind in zip(QUESTIONS, data.draw(strategies.tuples(kinds, kinds)), strict=True)
            }
            for name in names
        ]
        if rows:
            take_in(self.store, Path(self.folder.name), rows, required=("q_good",) if is_strict else ())

    @rule(question=strategies.sampled_from(["", *QUESTIONS]), list=strategies.sampled_from(TextList))
    def list_text(self, question: str, list: TextList) -> None:
        rule = TextRule(list=list, text="N/A", question=question)
        payload = {"list": rule.list, "question": rule.question, "text": rule.text}
        with self.store.action(LEAD) as action:
            action.append("texts.listed", {"rules": [payload]})

    @precondition(lambda self: self.people())
    @rule(data=strategies.data())
    def exclude(self, data) -> None:
        name = data.draw(strategies.sampled_from(self.people()))
        with self.store.action(LEAD) as action:
            action.append("participants.excluded", {"participants": [name], "reason": "a doubt"})

    @precondition(lambda self: self.people())
    @rule(data=strategies.data())
    def include(self, data) -> None:
        name = data.draw(strategies.sampled_from(self.people()))
        include_participants(self.store, [name], actor=LEAD)

    @precondition(lambda self: self.people())
    @rule(data=strategies.data())
    def withdraw(self, data) -> None:
        withdraw_participant(self.store, data.draw(strategies.sampled_from(self.people())), actor=LEAD)

    def people(self) -> list[str]:
        return [person.name for person in survey.participants(self.store) if person.exclusion != "withdrawn"]

    # -- the codebook

    @rule(keys=strategies.lists(strategies.sampled_from(KEYS), unique=True, min_size=1))
    def take_in_codes(self, keys: list[str]) -> None:
        paths = [f"theme.{key}" for key in keys]
        gone = [path for path in usage(self.store) if path not in paths]
        take_in_codebook(self.store, Path(self.folder.name), paths, mapping=dict.fromkeys(gone, paths[0]))

    @rule()
    def take_in_what_is_there(self) -> None:
        """A codebook goes out and comes in without a difference."""
        file = Path(self.folder.name) / "codebook.yaml"
        file.write_bytes(export_codebook(self.store, "yaml"))
        assert import_codebook(self.store, file, actor=LEAD, is_trial=True).diff.is_empty
        file.unlink()

    @rule(key=strategies.sampled_from(KEYS))
    def make_code(self, key: str) -> None:
        stored = stored_codebook(self.store)
        if f"theme.{key}" not in stored.ids and "theme" in self.families():
            with self.store.action(LEAD) as action:
                add_code(action, parent="theme", code=Code(key=key, label=key.title()))

    @precondition(lambda self: stored_codebook(self.store).ids)
    @rule(data=strategies.data())
    def reword_code(self, data) -> None:
        stored = stored_codebook(self.store)
        path = data.draw(strategies.sampled_from(sorted(stored.ids)))
        with self.store.action(LEAD) as action:
            code = Code(key=path.rpartition(".")[2], label="Reworded", definition="As agreed")
            change_code(action, stored, path=path, code=code)

    @precondition(lambda self: stored_codebook(self.store).ids)
    @rule(data=strategies.data(), actor=strategies.sampled_from(CODERS), has_why=strategies.booleans())
    def change_the_codebook(self, data, actor: str, has_why: bool) -> None:
        """Any of its operations; those that make no sense just then are refused and leave nothing."""
        places = [*stored_codebook(self.store).ids, *self.families()]
        one, other = (data.draw(strategies.sampled_from(sorted(places))) for _ in range(2))
        key = data.draw(strategies.sampled_from([*KEYS, "hope"]))
        verbs = [
            lambda more: codes.add_code(self.store, one, Code(key=key, label=key), **more),
            lambda more: codes.change_code(self.store, one, wording={"label": key}, **more),
            lambda more: codes.rename_code(self.store, one, key, **more),
            lambda more: codes.remove_code(self.store, one, **more),
            lambda more: codes.retire_code(self.store, one, **more),
            lambda more: codes.restore_code(self.store, one, **more),
            lambda more: moving.move_code(self.store, one, under=other, **more),
            lambda more: moving.step(self.store, one, -1, **more),
            lambda more: merging.merge_codes(self.store, one, other, with_keywords=True, **more),
            lambda more: families.add_family(self.store, Family(key=key, label=key), before=one, **more),
            lambda more: families.rename_family(self.store, one, key, **more),
            lambda more: families.remove_family(self.store, one, **more),
        ]
        verb = data.draw(strategies.sampled_from(verbs))
        why = self.text("why") if has_why else ""
        with suppress(HarkenError):
            verb({"actor": actor, "why": why})

    @rule(actor=strategies.sampled_from(CODERS), keys=strategies.text("ur", min_size=1, max_size=3))
    def undo_and_redo_changes(self, actor: str, keys: str) -> None:
        for key in keys:
            with suppress(HarkenError):
                (undoing.undo_change if key == "u" else undoing.redo_change)(self.store, actor=actor)

    def families(self) -> list[str]:
        return [family.key for family in stored_codebook(self.store).codebook.families]

    # -- coding

    def some_codes(self, data) -> list[str]:
        paths = sorted(stored_codebook(self.store).ids)
        return data.draw(strategies.lists(strategies.sampled_from(paths), max_size=3)) if paths else []

    def some_place(self, data) -> tuple[ResponseKey, str, str]:
        people = self.people()
        key = ResponseKey(
            data.draw(strategies.sampled_from(people)), data.draw(strategies.sampled_from(QUESTIONS))
        )
        made = [round.name for round in study.rounds(self.store)]
        rounds = [name for name in ROUNDS if name in made]
        return key, data.draw(strategies.sampled_from(rounds)), data.draw(strategies.sampled_from(CODERS))

    @precondition(lambda self: self.people())
    @rule(data=strategies.data(), has_memo=strategies.booleans(), is_uncodable=strategies.booleans())
    def decide(self, data, has_memo: bool, is_uncodable: bool) -> None:
        key, round, coder = self.some_place(data)
        one = decision(
            key.participant,
            *([] if is_uncodable else self.some_codes(data)),
            question=key.question,
            round=round,
            coder=coder,
            state=DecisionState.UNCODABLE if is_uncodable else DecisionState.CODED,
            memo=self.text("memo") if has_memo else "",
            message=self.text("message") if has_memo else "",
        )
        with self.store.action(coder) as action:
            coding.decide(action, stored_codebook(self.store), one)

    @precondition(lambda self: self.people())
    @rule(data=strategies.data(), is_discarded=strategies.booleans())
    def draft(self, data, is_discarded: bool) -> None:
        key, round, coder = self.some_place(data)
        stored = stored_codebook(self.store)
        with self.store.action(coder) as action:
            if is_discarded:
                coding.discard_draft(action, stored, key, round=round, coder=coder)
            else:
                codings = tuple(Coding(code, 0, 3) for code in self.some_codes(data))
                draft = coding.Draft(codings=codings, memo=self.text("memo"))
                coding.put_draft(action, stored, key, draft, round=round, coder=coder)

    @rule(
        coder=strategies.sampled_from(CODERS),
        round=strategies.sampled_from(ROUNDS),
        keys=strategies.text("ur", min_size=1, max_size=4),
    )
    def undo_and_redo(self, coder: str, round: str, keys: str) -> None:
        for key in keys:
            (coding.undo if key == "u" else coding.redo)(self.store, coder=coder, round=round)

    @precondition(lambda self: self.people())
    @rule(data=strategies.data())
    def take_in_codings(self, data) -> None:
        decisions = [
            decision(name, *self.some_codes(data), coder="cy", memo=self.text("memo"))
            for name in self.people()
        ]
        with self.store.action(LEAD) as action:
            stored = stored_codebook(self.store)
            coding.import_decisions(action, stored, decisions, source={"file": "codings.csv"})

    # -- questions, alerts, meetings

    @rule(data=strategies.data(), with_rule=strategies.booleans())
    def reply(self, data, with_rule: bool) -> None:
        asked = asking.questions(self.store, viewer=LEAD).items
        codes = sorted(stored_codebook(self.store).ids)
        if asked:
            rule = (
                asking.Rule(code=data.draw(strategies.sampled_from(codes)), text="a rule of the book")
                if with_rule and codes
                else None
            )
            one = data.draw(strategies.sampled_from(asked))
            asking.reply(self.store, one, actor=LEAD, words=self.text("reply"), rule=rule)

    @precondition(lambda self: self.people())
    @rule(data=strategies.data())
    def alert(self, data) -> None:
        key, _, coder = self.some_place(data)
        asking.raise_alert(self.store, key, coder=coder, note=self.text("note"))

    @rule(data=strategies.data())
    def close_alert(self, data) -> None:
        found = asking.alerts(self.store, viewer=LEAD).items
        if found:
            one = data.draw(strategies.sampled_from(found))
            asking.close_alert(self.store, one, done=self.text("deed"), actor=LEAD)

    @rule()
    def meet(self) -> None:
        record_meeting(self.store, self.text("outcome"), actor=LEAD)
        assert agenda(self.store, viewer=LEAD).proposed == ()

    # -- memos, analytic themes, reading

    @rule(data=strategies.data(), actor=strategies.sampled_from(CODERS))
    def write_memo(self, data, actor: str) -> None:
        people, codes = self.people(), sorted(stored_codebook(self.store).ids)
        subjects = [memos.PROJECT, memos.on_question(self.store, "q_good")]
        subjects += [memos.on_code(self.store, path) for path in codes]
        subjects += [memos.on_participant(self.store, name) for name in people]
        subjects += [memos.on_answer(self.store, ResponseKey(name, "q_bad")) for name in people]
        subject = data.draw(strategies.sampled_from(subjects))
        memos.add_memo(self.store, subject, self.text("memo"), actor=actor)

    @rule(data=strategies.data(), actor=strategies.sampled_from(CODERS), is_removed=strategies.booleans())
    def change_memo(self, data, actor: str, is_removed: bool) -> None:
        known = [memo.id for memo in notes.memos(self.store) if memo.id]
        if known:
            id = data.draw(strategies.sampled_from(known))
            with suppress(HarkenError):
                if is_removed:
                    memos.remove_memo(self.store, id, actor=actor)
                else:
                    memos.change_memo(self.store, id, self.text("memo"), actor=actor)

    @rule(data=strategies.data(), name=strategies.sampled_from(["one", "two", "three"]))
    def write_theme(self, data, name: str) -> None:
        known = [memo.id for memo in memos.list_memos(self.store, coder=LEAD).memos if memo.id]
        analytic_themes.write_theme(
            self.store,
            name,
            actor=LEAD,
            idea=self.text("idea"),
            codes=self.some_codes(data),
            memos=[data.draw(strategies.sampled_from(known))] if known else [],
        )
        id = analytic_themes.theme_named(self.store, name).id
        for person in self.people()[:1]:
            quote = analytic_themes.ThemeQuote(key=ResponseKey(person, "q_good"))
            analytic_themes.toggle_quote(self.store, id, quote, actor=LEAD)

    @rule(name=strategies.sampled_from(["one", "two", "three"]))
    def remove_theme(self, name: str) -> None:
        with suppress(HarkenError):
            id = analytic_themes.theme_named(self.store, name).id
            analytic_themes.remove_theme(self.store, id, actor=LEAD)

    @rule(coder=strategies.sampled_from(CODERS), keys=strategies.text("rsub", min_size=1, max_size=5))
    def read(self, coder: str, keys: str) -> None:
        session = ReadingSession.open(self.store, coder=coder)
        if session.current is not None:
            for key in keys:
                {
                    "r": session.note_read,
                    "s": session.toggle_star,
                    "u": session.next_unread,
                    "b": lambda: session.step(-1),
                }[key]()

    # -- theme tables

    @rule(basis=strategies.sampled_from(["default", "default", "any", "all", f"coder:{LEAD}"]))
    def count(self, basis: str) -> None:
        """What was counted before and followed since is what a plain recount gives."""
        for by in (None, "team"):
            found = plain_recount.counted(self.store, basis=basis, by=by)
            assert found == plain_recount.recount(self.store, basis=basis, by=by)

    # -- what holds at the end

    def teardown(self) -> None:
        try:
            assert check_project(self.store) == ()
            plain_recount.counted(self.store)
            assert check_project(self.store) == ()
            payloads = " ".join(
                payload for (payload,) in self.store.connection.execute("SELECT payload FROM events")
            )
            assert [text for text in self.texts if text in payloads] == []
            before = self.tables()
            repair_project(self.store)
            assert self.tables() == before
        finally:
            self.store.close()
            self.folder.cleanup()

    def tables(self) -> dict[str, list]:
        return {
            table: sorted(self.store.connection.execute(f"SELECT * FROM {table}").fetchall())
            for table in PROJECTIONS
        }


AnySequenceOfActions.TestCase.settings = settings(
    max_examples=50,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestAnySequenceOfActions = AnySequenceOfActions.TestCase

"""A reply that is taken up, and a rule of a reply that is taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.model import Decision, ResponseKey
from harken.services.asking import (
    AskedState,
    Rule,
    find_question,
    keep_as_decided,
    questions,
    replies_to,
    reply,
    reply_to,
)
from harken.services.checking import check_project
from harken.services.codebooks.codes import retire_code
from harken.services.codebooks.history import codebook_history
from harken.services.codebooks.undoing import redo_change, undo_change
from harken.services.coding import CodingSession
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import Draft, decide, decision_at, put_draft
from harken.storage.store import Store
from harken.storage.survey import response_id

KEY = ResponseKey("p1", "q1")
RULE = Rule(code="theme.wait", text="slowness of any kind")


@pytest.fixture
def store(study) -> Store:
    """ann was unsure about p1, and the lead replied."""
    asking = replace(decision("ann", "p1", "q1", "theme.wait"), is_unsure=True, message="is it?", memo="hm")
    opened = study(
        people=["p1", "p2"],
        answers=[("p1", "q1", "slow"), ("p2", "q1", "rude")],
        codebook=codebook("theme.wait", "theme.staff"),
        decisions=[asking],
    )
    answer(opened)
    return opened


def answer(store: Store, rule: Rule | None = None) -> None:
    asked = find_question(store, KEY, viewer="lead")
    reply(store, asked, actor="lead", words="it is", rule=rule)


def visit(store: Store, coder: str = "ann") -> CodingSession:
    id = response_id(store, KEY)
    assert id is not None
    return CodingSession.visit(store, id, coder=coder)


def decided(store: Store) -> Decision:
    found = decision_at(store, stored_codebook(store), KEY, round="main", coder="ann")
    assert found is not None
    return replace(found, at="")


def waiting(store: Store) -> tuple[AskedState, ...]:
    return tuple(item.state for item in replies_to(store, coder="ann").items)


SURE = replace(decision("ann", "p1", "q1", "theme.wait"), memo="hm")


def test_enter_on_a_decision_with_a_reply_takes_the_reply_up_and_changes_nothing_else(store: Store) -> None:
    assert visit(store).decide() == "p1 stays as it was decided; the reply is taken up."
    assert (decided(store), waiting(store)) == (SURE, ())
    assert check_project(store) == ()


def test_undo_brings_the_question_and_its_reply_back(store: Store) -> None:
    session = visit(store)
    session.decide()
    session.undo()
    assert (decided(store).message, waiting(store)) == ("is it?", (AskedState.REPLIED,))
    session.redo()
    assert waiting(store) == ()


def test_enter_once_more_writes_nothing(store: Store) -> None:
    visit(store).decide()
    before = store.project_hash()
    assert visit(store).decide() == "p1 stays as it was decided."
    assert store.project_hash() == before


def test_a_question_nobody_replied_to_stays_when_its_answer_is_passed(store: Store) -> None:
    again = replace(decision("ann", "p1", "q1", "theme.wait"), is_unsure=True, message="and now?")
    with store.action("ann") as action:
        decide(action, stored_codebook(store), again)
    assert visit(store).decide() == "p1 stays as it was decided."
    assert decided(store).message == "and now?"


def test_an_uncodable_answer_stays_uncodable(store: Store) -> None:
    asking = replace(decision("ann", "p1", "q1", uncodable=True), is_unsure=True, message="is it?")
    with store.action("ann") as action:
        decide(action, stored_codebook(store), asking)
    answer(store)
    visit(store).decide()
    assert decided(store) == decision("ann", "p1", "q1", uncodable=True)


def test_keeping_as_decided_does_the_same(store: Store) -> None:
    (asked,) = replies_to(store, coder="ann").items
    keep_as_decided(store, asked, actor="ann")
    assert (decided(store), waiting(store)) == (SURE, ())
    (item,) = questions(store, viewer="ann", only_open=False).items
    assert (item.state, item.reply is not None and item.reply.asked) == (AskedState.SETTLED, "is it?")


def test_nobody_keeps_what_another_coder_asked_about(store: Store) -> None:
    (asked,) = replies_to(store, coder="ann").items
    with pytest.raises(HarkenError, match="Only ann, who asked"):
        keep_as_decided(store, asked, actor="lead")


def test_what_was_worked_on_meanwhile_is_not_kept(store: Store) -> None:
    (asked,) = replies_to(store, coder="ann").items
    with store.action("ann") as action:
        draft = Draft(memo="wait")
        put_draft(action, stored_codebook(store), KEY, draft, round="main", coder="ann")
    before = store.project_hash()
    with pytest.raises(HarkenError, match="worked on meanwhile"):
        keep_as_decided(store, asked, actor="ann")
    assert store.project_hash() == before


# -- rules -------------------------------------------------------------------------------------------


def said_rule(store: Store) -> str:
    id = response_id(store, KEY)
    assert id is not None
    given = reply_to(store, id, round="main", coder="ann")
    assert given is not None
    (item,) = questions(store, viewer="lead", only_open=False).items
    assert item.reply == given
    return given.said_rule


def test_a_reply_says_where_its_rule_is_and_whether_it_was_taken_back(store: Store) -> None:
    answer(store, RULE)
    said = [said_rule(store)]
    for act in (undo_change, redo_change, undo_change):
        act(store, actor="lead")
        said.append(said_rule(store))
    there, gone = "theme.wait (include)", "theme.wait (include), taken back since"
    assert said == [there, gone, there, gone]


def test_undoing_another_change_takes_no_rule_back(store: Store) -> None:
    answer(store, RULE)
    retire_code(store, "theme.staff", actor="lead")
    undo_change(store, actor="lead")
    assert said_rule(store) == "theme.wait (include)"


def test_the_history_names_the_wording_that_took_the_rule(store: Store) -> None:
    answer(store, RULE)
    last = codebook_history(store, "theme.wait").entries[-1]
    assert (last.what, last.why) == ("reworded", "a rule (include), in reply to a coder's question")


def test_a_rule_for_a_retired_code_is_refused_unless_it_is_meant(store: Store) -> None:
    retire_code(store, "theme.wait", actor="lead")
    before = store.project_hash()
    with pytest.raises(HarkenError, match=r"theme\.wait is retired.*`harken codebook restore theme\.wait`"):
        answer(store, RULE)
    assert store.project_hash() == before
    answer(store, replace(RULE, may_be_retired=True))
    code = stored_codebook(store).codebook.entries["theme.wait"].code
    assert (code.include, code.is_retired) == ("slowness of any kind", True)

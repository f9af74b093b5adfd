"""Questions to the lead and alerts: who sees them, what a reply does, and what of it a withdrawal leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.model import ResponseKey, Round
from harken.services.asking import (
    AskedState,
    Place,
    Rule,
    alert_on,
    alerts,
    alerts_report,
    close_alert,
    find_alert,
    find_question,
    questions,
    questions_report,
    raise_alert,
    replies_to,
    reply,
    reply_to,
)
from harken.services.asking.questions import count_asked
from harken.services.checking import check_project
from harken.services.coding.asking_lead import ask_lead
from harken.services.withdrawing import withdraw_participant
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import Draft, decide, put_draft
from harken.storage.store import Store
from harken.storage.survey import response_id

PEOPLE = ["p1", "p2", "p3"]
ANSWERS = [("p1", "q1", "slow"), ("p2", "q1", "rude"), ("p3", "q1", "dear")]
BLIND = Round(name="double", is_blind=True, coders=("ann", "bob", "lead"))
KEY = ResponseKey("p1", "q1")


DECISIONS = [decision("ann", "p3", "q1", "theme.wait"), decision("bob", "p3", "q1")]


@pytest.fixture
def store(study) -> Store:
    return study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=codebook("theme.wait", "theme.staff"),
        decisions=DECISIONS,
    )


@pytest.fixture
def blind_store(study) -> Store:
    """The same, and a blind round in which ann, bob and the lead have decided nothing yet."""
    return study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=codebook("theme.wait", "theme.staff"),
        rounds=[BLIND],
        decisions=DECISIONS,
    )


def ask(
    store: Store, words: str, *codes: str, person: str = "p1", coder: str = "ann", round: str = "main"
) -> None:
    asking = replace(decision(coder, person, "q1", *codes, round=round), is_unsure=bool(words), message=words)
    with store.action(coder) as action:
        decide(action, stored_codebook(store), asking)


def open_words(store: Store, viewer: str) -> list[str]:
    return [item.words for item in questions(store, viewer=viewer).items]


def test_an_unsure_decision_with_words_is_an_open_question(store: Store) -> None:
    ask(store, "is this waiting?", "theme.wait")
    (item,) = questions(store, viewer="lead").items
    assert (item.response.key, item.response.text, item.coder, item.round) == (KEY, "slow", "ann", "main")
    assert (item.words, item.codes, item.state, item.reply) == (
        "is this waiting?",
        ("theme.wait",),
        AskedState.OPEN,
        None,
    )


def test_an_unsure_decision_without_words_asks_nothing(store: Store) -> None:
    with store.action("ann") as action:
        decide(action, stored_codebook(store), replace(decision("ann", "p1", "q1"), is_unsure=True))
    assert questions(store, viewer="lead").items == ()


def test_a_draft_with_words_is_a_question_too(store: Store) -> None:
    with store.action("ann") as action:
        draft = Draft(is_unsure=True, message="which one?")
        put_draft(action, stored_codebook(store), KEY, draft, round="main", coder="ann")
    (item,) = questions(store, viewer="lead").items
    assert (item.words, item.is_draft, item.codes) == ("which one?", True, ())


def test_what_excluded_people_were_asked_about_is_in_no_queue(study) -> None:
    store = study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=codebook("theme.wait"),
        excluded={"item non-response": ["p1"]},
        decisions=[replace(decision("ann", "p1", "q1"), is_unsure=True, message="why?")],
    )
    assert questions(store, viewer="lead").items == ()


def test_a_reply_closes_the_question_and_reaches_the_coder_on_the_answer(store: Store) -> None:
    ask(store, "is this waiting?", "theme.wait")
    given = reply(store, find_question(store, KEY, viewer="lead"), actor="lead", words="yes, it is")
    assert (given.words, given.asked, given.by, given.rule_code) == (
        "yes, it is",
        "is this waiting?",
        "lead",
        "",
    )
    id = response_id(store, KEY)
    assert id is not None
    assert reply_to(store, id, round="main", coder="ann") == given
    assert reply_to(store, id, round="main", coder="bob") is None
    assert questions(store, viewer="lead").items == ()
    assert [item.reply for item in replies_to(store, coder="ann").items] == [given]


def test_a_reply_waits_until_the_coder_decides_anew(store: Store) -> None:
    ask(store, "is this waiting?")
    reply(store, find_question(store, KEY, viewer="lead"), actor="lead", words="yes")
    ask(store, "", "theme.wait")
    assert replies_to(store, coder="ann").items == ()
    (item,) = questions(store, viewer="ann", only_open=False).items
    assert (item.state, item.words) == (AskedState.SETTLED, "")
    assert item.reply is not None
    assert item.reply.asked == "is this waiting?"


def test_asking_again_in_other_words_opens_the_question_again(store: Store) -> None:
    ask(store, "is this waiting?")
    reply(store, find_question(store, KEY, viewer="lead"), actor="lead", words="yes")
    ask(store, "and if they only say slow?")
    (item,) = questions(store, viewer="lead").items
    assert (item.state, item.words) == (AskedState.OPEN, "and if they only say slow?")
    assert item.reply is not None
    assert item.reply.words == "yes"


def test_a_reply_to_words_that_changed_meanwhile_leaves_the_new_ones_open(store: Store) -> None:
    ask(store, "first")
    seen = find_question(store, KEY, viewer="lead")
    ask(store, "second")
    reply(store, seen, actor="lead", words="to the first")
    assert open_words(store, "lead") == ["second"]


@pytest.mark.parametrize(
    ("into", "wording"),
    [
        (Place.DEFINITION, ("Time lost. Slow counts", "phone", "")),
        (Place.INCLUDE, ("Time lost", "phone; Slow counts", "")),
        (Place.EXCLUDE, ("Time lost", "phone", "Slow counts")),
    ],
)
def test_a_rule_goes_into_the_wording_that_is_chosen(study, into: Place, wording: tuple[str, ...]) -> None:
    book = codebook("theme.wait")
    code = replace(book.families[0].codes[0], definition="Time lost", include="phone")
    book = replace(book, families=(replace(book.families[0], codes=(code,)),))
    store = study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=book,
        decisions=[replace(decision("ann", "p1", "q1"), is_unsure=True, message="slow?")],
    )
    rule = Rule(code="wait", text="Slow \n counts", into=into)
    given = reply(store, find_question(store, KEY, viewer="lead"), actor="lead", rule=rule)
    now = stored_codebook(store).codebook.entries["theme.wait"].code
    assert (now.definition, now.include, now.exclude) == wording
    assert (given.words, given.rule_code) == ("Slow \n counts", "theme.wait")


def test_a_rule_for_an_unknown_code_changes_nothing(store: Store) -> None:
    ask(store, "slow?")
    before = store.project_hash()
    with pytest.raises(HarkenError, match="No code 'wiat'"):
        reply(
            store,
            find_question(store, KEY, viewer="lead"),
            actor="lead",
            words="yes",
            rule=Rule(code="wiat", text="slow counts"),
        )
    assert store.project_hash() == before


def test_in_a_blind_round_coders_see_only_their_own_questions(blind_store: Store) -> None:
    ask(blind_store, "mine", coder="ann", round="double")
    assert {who: open_words(blind_store, who) for who in ("ann", "bob", "lead")} == {
        "ann": ["mine"],
        "bob": [],
        "lead": ["mine"],
    }


def test_questions_on_an_answer_wait_until_the_viewer_has_decided_it_blind(blind_store: Store) -> None:
    ask(blind_store, "is this waiting?", "theme.wait", coder="ann")
    before = open_words(blind_store, "bob"), count_asked(blind_store, viewer="bob").n_open
    ask(blind_store, "", "theme.staff", coder="bob", round="double")
    after = open_words(blind_store, "bob"), count_asked(blind_store, viewer="bob").n_open
    assert (before, after) == (([], 0), (["is this waiting?"], 1))


def test_from_a_lead_who_codes_blind_the_codes_in_other_rounds_are_hidden_too(blind_store: Store) -> None:
    ask(blind_store, "is this waiting?", "theme.wait", coder="ann")
    (before,) = questions(blind_store, viewer="lead").items
    ask(blind_store, "", "theme.staff", coder="lead", round="double")
    (after,) = questions(blind_store, viewer="lead").items
    assert (before.codes, after.codes) == (None, ("theme.wait",))


def test_a_lead_who_codes_in_a_blind_round_sees_no_codes_before_their_own_decision(
    blind_store: Store,
) -> None:
    ask(blind_store, "mine", "theme.wait", round="double")
    (before,) = questions(blind_store, viewer="lead").items
    ask(blind_store, "", "theme.staff", coder="lead", round="double")
    (after,) = questions(blind_store, viewer="lead").items
    assert (before.codes, after.codes) == (None, ("theme.wait",))


def test_in_a_blind_round_only_the_lead_replies(blind_store: Store) -> None:
    ask(blind_store, "mine", round="double")
    seen = find_question(blind_store, KEY, viewer="lead")
    with pytest.raises(HarkenError, match="In the blind round 'double' only the lead replies: --as lead"):
        reply(blind_store, seen, actor="bob", words="no")


def test_a_colleague_may_reply_in_an_open_round_but_not_to_themselves(store: Store) -> None:
    ask(store, "mine")
    seen = find_question(store, KEY, viewer="bob")
    with pytest.raises(HarkenError, match="your own question"):
        reply(store, seen, actor="ann", words="no")
    assert reply(store, seen, actor="bob", words="yes").by == "bob"


def test_two_questions_on_one_answer_must_be_told_apart(store: Store) -> None:
    ask(store, "one", coder="ann")
    ask(store, "two", coder="bob")
    with pytest.raises(HarkenError, match="--coder ann --round main, --coder bob --round main"):
        find_question(store, KEY, viewer="lead")
    assert find_question(store, KEY, viewer="lead", coder="bob").words == "two"


def test_an_alert_is_seen_by_the_lead_and_by_who_raised_it(store: Store) -> None:
    raise_alert(store, KEY, coder="ann", note="wants to die")
    shown = {who: [a.note for a in alerts(store, viewer=who).items] for who in ("lead", "ann", "bob")}
    assert shown == {"lead": ["wants to die"], "ann": ["wants to die"], "bob": []}


def test_an_alert_is_closed_by_the_lead_with_what_was_done(store: Store) -> None:
    raised = raise_alert(store, KEY, coder="ann", note="wants to die")
    with pytest.raises(HarkenError, match="who raised it, close this alert"):
        close_alert(store, raised, done="called", actor="bob")
    with pytest.raises(HarkenError, match="what was done"):
        close_alert(store, raised, done=" ", actor="lead")
    closed = close_alert(store, find_alert(store, KEY, viewer="lead"), done="called", actor="lead")
    assert (closed.is_open, closed.closed_by, closed.done) == (False, "lead", "called")
    assert alerts(store, viewer="lead").items == ()
    assert alerts(store, viewer="ann", only_open=False).items == (closed,)
    assert alert_on(store, KEY, coder="ann") == closed


def test_who_raised_an_alert_by_mistake_takes_it_back_with_a_reason(store: Store) -> None:
    raised = raise_alert(store, KEY, coder="ann", note="wants to die")
    closed = close_alert(store, raised, done="a joke, I misread it", actor="ann")
    assert (closed.closed_by, closed.done) == ("ann", "a joke, I misread it")
    assert alerts(store, viewer="lead", only_open=False).items == (closed,)
    assert check_project(store) == ()


def test_an_alert_raised_anew_is_not_closed_by_who_read_the_old_one(store: Store) -> None:
    old = raise_alert(store, KEY, coder="ann", note="sad")
    raise_alert(store, KEY, coder="ann", note="in danger")
    with pytest.raises(HarkenError, match="wrote this alert anew"):
        close_alert(store, old, done="nothing to do", actor="lead")


def test_the_same_alert_raised_twice_is_written_once(store: Store) -> None:
    first = raise_alert(store, KEY, coder="ann", note="sad")
    before = store.project_hash()
    assert raise_alert(store, KEY, coder="ann", note="sad") == first
    assert store.project_hash() == before


def test_replay_gives_the_same_and_a_withdrawal_erases_every_word(store: Store) -> None:
    ask(store, "secret question")
    rule = Rule(code="theme.wait", text="Slow counts")
    reply(store, find_question(store, KEY, viewer="lead"), actor="lead", words="secret reply", rule=rule)
    close_alert(
        store, raise_alert(store, KEY, coder="ann", note="secret note"), done="secret deed", actor="lead"
    )
    assert check_project(store) == ()
    withdraw_participant(store, "p1", actor="lead")
    assert check_project(store) == ()
    kept = [body for (body,) in store.connection.execute("SELECT body FROM contents")]
    assert [body for body in kept if "secret" in body] == []
    assert questions(store, viewer="lead", only_open=False).items == ()
    assert alerts(store, viewer="lead", only_open=False).items == ()


def test_the_reports_hold_what_was_asked_and_done(store: Store) -> None:
    ask(store, "is this waiting?", "theme.wait")
    ask(store, "and this?", person="p2")
    reply(store, find_question(store, KEY, viewer="lead"), actor="lead", words="yes")
    raise_alert(store, ResponseKey("p3", "q1"), coder="bob")
    asked = questions_report(questions(store, viewer="lead", only_open=False), title="Waits")
    assert [[cell.text for cell in row[:7]] for table in asked.tables for row in table.rows] == [
        ["p2", "q1", "rude", "ann", "main", "(no code applies)", "and this?"],
        ["p1", "q1", "slow", "ann", "main", "theme.wait", "is this waiting?"],
    ]
    alerted = alerts_report(alerts(store, viewer="lead"), title="Waits")
    assert [[cell.text for cell in row[:5]] for table in alerted.tables for row in table.rows] == [
        ["p3", "q1", "dear", "bob", "–"]
    ]


# -- asking ------------------------------------------------------------------------------------------


def test_asking_marks_what_was_decided_as_unsure_and_keeps_its_codes(store: Store) -> None:
    asked = ask_lead(store, ResponseKey("p3", "q1"), "wait or price? ", coder="ann")
    assert (asked.words, asked.codes, asked.is_draft) == ("wait or price?", ("theme.wait",), False)
    assert ask_lead(store, ResponseKey("p3", "q1"), "none?", coder="bob").codes == ()
    assert [one.words for one in questions(store, viewer="lead").items] == ["wait or price?", "none?"]
    assert check_project(store) == ()


def test_asking_about_what_is_undecided_leaves_it_so(store: Store) -> None:
    asked = ask_lead(store, KEY, "wait or staff?", coder="ann")
    assert (asked.words, asked.codes, asked.is_draft) == ("wait or staff?", (), True)
    ask_lead(store, KEY, "wait?", coder="ann")
    assert [one.words for one in questions(store, viewer="lead").items] == ["wait?"]


@pytest.mark.parametrize(
    ("key", "words", "says"),
    [
        (KEY, "  ", "A question to the lead is empty"),
        (ResponseKey("p9", "q1"), "what?", "No participant named 'p9'|No participant 'p9'"),
        (ResponseKey("p1", "q9"), "what?", "No question named 'q9'"),
    ],
)
def test_what_cannot_be_asked_is_refused(store: Store, key: ResponseKey, words: str, says: str) -> None:
    with pytest.raises(HarkenError, match=says):
        ask_lead(store, key, words, coder="ann")

"""The screen of questions and alerts: keys pressed, and what the project holds then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from coding_study import CodingStudy, screen_text
from test_hostile_texts import HOSTILE, hostile_study
from textual.pilot import Pilot

from harken.model import Coding, Decision, Mark, MarkKind, ResponseKey
from harken.services.asking import alerts, find_question, questions, raise_alert, replies_to, reply
from harken.services.codebooks.codes import retire_code
from harken.services.marking import set_mark
from harken.storage import study as stored_study
from harken.storage import survey
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import decide
from harken.tui import openings
from harken.tui.app import HarkenApp
from harken.tui.screens.asking.questions import QuestionsScreen

WORDS = "is this understanding?"


def ask(study: CodingStudy, person: str = "P1", words: str = WORDS, coder: str = "ben") -> None:
    one = Decision(
        key=ResponseKey(person, "q"),
        coder=coder,
        codings=(Coding("benefit.understanding"),),
        is_unsure=True,
        message=words,
    )
    with study.store.action(coder) as action:
        decide(action, stored_codebook(study.store), one)


@pytest.fixture
def asked(study: CodingStudy) -> CodingStudy:
    """The study with ben, who asks about P1."""
    with study.store.action("ada") as action:
        action.append("coder.added", {"name": "ben"})
    ask(study)
    return study


def app(study: CodingStudy, coder: str = "ada") -> HarkenApp:
    main = stored_study.round_named(study.store, "main")
    return HarkenApp(openings.questions(study.store, coder=coder, round=main), clock=study.clock)


def test_the_open_question_is_shown_with_answer_codes_and_words(asked: CodingStudy, press: Any) -> None:
    shown = press(app(asked))
    for words in ("P1 · q", "I understand it now.", "ben asks", WORDS, "benefit.understanding"):
        assert words in shown


def test_identifying_details_are_in_brackets_on_the_page_and_in_the_box(
    asked: CodingStudy, press: Any
) -> None:
    response = next(survey.responses(asked.store, participant="P1"))
    place = Mark(kind=MarkKind.IDENTIFYING, start=2, end=12, coder="ben", label="name")
    set_mark(asked.store, response, place, actor="ben")
    for keys in ((), ("r",)):
        shown = press(app(asked), *keys)
        assert ("I [name removed] it now." in shown, "I understand it now." in shown) == (True, False)


def test_a_reply_is_sent_by_f2_and_takes_the_question_off_the_list(asked: CodingStudy, press: Any) -> None:
    shown = press(app(asked), "r", *"yes", "f2")
    assert "Replied to ben on P1." in shown
    (item,) = questions(asked.store, viewer="ben", only_open=False).items
    assert item.reply is not None
    assert (item.reply.words, item.reply.by) == ("yes", "ada")


def test_escape_sends_nothing_and_keeps_what_was_written(asked: CodingStudy, press: Any) -> None:
    shown = press(app(asked), "r", *"hm", "escape", "r")
    assert "hm" in shown
    assert questions(asked.store, viewer="ada").n_open == 1


def test_an_empty_reply_is_not_sent(asked: CodingStudy, press: Any) -> None:
    assert "Write something first" in press(app(asked), "r", "f2")
    assert questions(asked.store, viewer="ada").n_open == 1


def test_a_rule_goes_into_the_chosen_wording_with_the_reply(asked: CodingStudy, press: Any) -> None:
    shown = press(app(asked), "m", "enter", *"also hints", "tab", "right", "f2", "f2")
    assert "Replied to ben on P1; the rule is in Understanding (exclude)." in shown
    code = asked.book.codebook.entries["benefit.understanding"].code
    assert code.exclude == "understanding as a wish only; also hints"
    (item,) = questions(asked.store, viewer="ben", only_open=False).items
    assert item.reply is not None
    assert (item.reply.words, item.reply.rule_code) == ("also hints", "benefit.understanding")


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ((), "include"),
        (("tab",), "include"),
        (("tab", "space"), "exclude"),
        (("tab", "left"), "definition"),
        (("tab", "space", "space", "space"), "include"),
    ],
)
def test_the_box_says_in_words_which_wording_takes_the_rule(
    asked: CodingStudy, press: Any, keys: tuple[str, ...], place: str
) -> None:
    shown = press(app(asked), "m", "enter", *"so", *keys)
    (line,) = [line for line in shown.splitlines() if "The rule goes into:" in line]
    said = f"▸ The rule goes into: ‹ {place} ›" if keys else f"The rule goes into: {place}"
    assert said in line


def test_tab_comes_back_to_the_words_and_changes_nothing(asked: CodingStudy, press: Any) -> None:
    press(app(asked), "m", "enter", *"als", "tab", "tab", "o", "f2", "f2")
    code = asked.book.codebook.entries["benefit.understanding"].code
    assert (code.include.endswith("also"), code.exclude) == (True, "understanding as a wish only")


def test_a_rule_goes_into_a_retired_code_only_after_asking(asked: CodingStudy, press: Any) -> None:
    retire_code(asked.store, "benefit.understanding", actor="ada")
    keys = ("m", "enter", "escape", *"so", "f2", "f2")
    assert "is retired" in press(app(asked), "m", "enter")
    press(app(asked), *keys)
    assert questions(asked.store, viewer="ada").n_open == 1
    assert "the rule is in Understanding (include)" in press(
        app(asked), "m", "enter", "enter", *"so", "f2", "f2"
    )


@pytest.fixture
def replied(asked: CodingStudy) -> CodingStudy:
    """The study in which ada replied to ben at length."""
    one = find_question(asked.store, ResponseKey("P1", "q"), viewer="ada")
    reply(asked.store, one, actor="ada", words=LONG)
    return asked


LONG = f"yes, {'any grasp of what the picture shows counts here, ' * 6}even a late one"


def test_k_keeps_the_answer_as_decided_and_takes_the_reply_off_the_list(
    replied: CodingStudy, press: Any
) -> None:
    assert "keep as decided" in press(app(replied, coder="ben"), size=(120, 30))
    shown = press(app(replied, coder="ben"), "k")
    assert "P1 stays as it was decided; the reply is taken up." in shown
    assert "Replies to you" not in shown
    assert replies_to(replied.store, coder="ben").items == ()


def test_enter_twice_takes_a_reply_up_on_the_coding_screen(replied: CodingStudy, press: Any) -> None:
    shown = press(app(replied, coder="ben"), "enter", "down", "enter")
    assert "Replies to you" not in shown
    assert replies_to(replied.store, coder="ben").items == ()


def test_the_coding_screen_shows_two_lines_of_a_long_reply_and_all_of_it_with_the_person(
    replied: CodingStudy, press: Any
) -> None:
    shown = press(app(replied, coder="ben"), "enter", size=(100, 40))
    lines = [line for line in shown.splitlines() if "any grasp of" in line or "counts here" in line]
    assert (len(lines), "…" in lines[-1]) == (2, True)
    assert "even a late one" in press(app(replied, coder="ben"), "enter", "space", "p", size=(100, 40))


def test_a_refused_reply_costs_no_word(asked: CodingStudy, press: Any) -> None:
    shown = press(app(asked, coder="ben"), "r", *"own", "f2", "r")
    assert "own" in shown
    assert questions(asked.store, viewer="ada").n_open == 1


def test_only_what_the_chosen_item_takes_is_offered(asked: CodingStudy, press: Any) -> None:
    raise_alert(asked.store, ResponseKey("P2", "q"), coder="ben", note="sounds hopeless")
    offered = [
        press(app(asked, coder=coder), *keys, size=(120, 30)).splitlines()[-1].split()
        for coder, keys in (("ada", ()), ("ada", ("down",)), ("ben", ("down",)))
    ]
    both = ["t", "all", "?", "help", "^q", "leave"]
    assert offered == [
        ["↵", "answer", "c", "close", *both],
        ["↵", "answer", "r", "reply", "m", "rule", *both],
        ["↵", "answer", *both],
    ]


def test_an_alert_heads_the_list_and_is_closed_with_what_was_done(asked: CodingStudy, press: Any) -> None:
    raise_alert(asked.store, ResponseKey("P2", "q"), coder="ben", note="sounds hopeless")
    shown = press(app(asked), "c", *"called", "f2")
    assert "The alert of ben on P2 is closed." in shown
    (alert,) = alerts(asked.store, viewer="ada", only_open=False).items
    assert (alert.closed_by, alert.done) == ("ada", "called")


def test_t_shows_what_was_replied_to_as_well(asked: CodingStudy, press: Any) -> None:
    shown = press(app(asked), "r", *"yes", "f2", "t")
    assert "Replied to" in shown
    assert "ada replied" in shown


def test_the_coder_finds_the_reply_first(asked: CodingStudy, press: Any) -> None:
    press(app(asked), "r", *"yes", "f2")
    assert "Replies to you" in press(app(asked, coder="ben"))


def test_enter_goes_to_the_answer(asked: CodingStudy, drive: Callable[..., Any]) -> None:
    gone: list[int | None] = []

    async def walk(pilot: Pilot[str]) -> None:
        main = stored_study.round_named(asked.store, "main")
        pilot.app.push_screen(QuestionsScreen(asked.store, coder="ada", round=main), gone.append)
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()

    drive(asked.app(), walk)
    (id,) = gone
    assert id == asked.store.connection.execute("SELECT min(id) FROM responses").fetchone()[0]


def test_enter_on_the_first_screen_codes_the_answer_and_comes_back(asked: CodingStudy, press: Any) -> None:
    with asked.store.action("ada") as action:
        stored = stored_codebook(asked.store)
        one = Decision(key=ResponseKey("P1", "q"), coder="ada", codings=(Coding("risk.worry"),))
        decide(action, stored, one)
    shown = press(app(asked), "enter", "t", "enter")
    assert "Open questions" in shown
    assert set(asked.decided("P1") or ()) == {"risk.worry", "benefit.trust"}


def test_nothing_open_says_where_questions_come_from(study: CodingStudy, press: Any) -> None:
    assert "Nothing is open" in press(app(study))
    assert "Nobody has asked anything yet" in press(app(study), "t")


@pytest.mark.parametrize("keys", [("r", "f2"), ("m", "enter"), ("c",), ("k",), ("enter",)])
def test_keys_without_an_item_do_no_harm(study: CodingStudy, press: Any, keys: tuple[str, ...]) -> None:
    before = study.store.project_hash()
    press(app(study), *keys)
    assert study.store.project_hash() == before


@pytest.mark.parametrize("size", [(20, 8), (80, 24), (160, 50)])
def test_hostile_texts_are_harmless(drive: Callable[..., Any], size: tuple[int, int]) -> None:
    words = "\n".join(HOSTILE.values())
    study = hostile_study(words)
    with study.store.action("ada") as action:
        action.append("coder.added", {"name": "ben"})
    for person in ("[/b]\x1b[2J",):
        one = Decision(
            key=ResponseKey(person, "q"),
            coder="ben",
            codings=(Coding("f.c0"),),
            is_unsure=True,
            message=words,
        )
        with study.store.action("ben") as action:
            decide(action, stored_codebook(study.store), one)
        raise_alert(study.store, ResponseKey(person, "q"), coder="ben", note=words)

    async def walk(pilot: Pilot[str]) -> None:
        for keys in (("down",), ("pagedown",), ("r",), ("escape",), ("m",), ("enter",), ("f2",), ("escape",)):
            await pilot.press(*keys)
            await pilot.pause()
            assert not any(ord(character) < 32 and character != "\n" for character in screen_text(pilot))
        await pilot.press("up", "c", *"[/b]", "f2")
        await pilot.pause()

    drive(app(study), walk, size=size)
    (alert,) = alerts(study.store, viewer="ada", only_open=False).items
    assert alert.done == "[/b]"

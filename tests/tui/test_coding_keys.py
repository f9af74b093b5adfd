"""Keys of the coding screen, by what the store holds after them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from coding_study import Clock, CodingStudy, make_study, screen_text, send_at_once
from textual.pilot import Pilot

from harken.model import Codebook as Book
from harken.model import Coding, DecisionState, Family, Round, RoundKind
from harken.storage.coding import Draft
from harken.storage.journal import replay

Press = Callable[..., str]


def line(screen: str, number: int) -> str:
    return screen.splitlines()[number]


def last_line(screen: str) -> str:
    return line(screen, -4).strip()


def message(screen: str) -> str:
    return line(screen, -3).strip()


def status(screen: str) -> str:
    return line(screen, -2).strip()


def test_a_letter_applies_its_code_and_enter_decides(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "u", "w", "enter")
    assert study.decided("P1") == ("benefit.understanding", "risk.worry")
    assert last_line(screen) == "✓ P1 understanding, worry"
    assert "It made me worry" in screen


def test_a_letter_pressed_again_takes_the_code_off(study: CodingStudy, press: Press) -> None:
    press(study.app(), "u", "w", "u")
    assert study.draft("P1") == Draft(codings=(Coding("risk.worry"),))


def test_a_code_that_is_not_decided_is_shown_as_a_draft(study: CodingStudy, press: Press) -> None:
    assert status(press(study.app(), "u")).endswith("✎ draft, not decided")


def test_enter_without_a_code_only_hints(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "enter")
    assert study.decided("P1") is None
    assert message(screen) == "! No code is applied yet. Press a code's letter, or 0 if none applies."


def test_zero_decides_that_no_code_applies(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "0")
    assert study.decided("P1") == ()
    assert last_line(screen) == "✓ P1 no code applies"


def test_zero_is_refused_while_a_code_is_applied(study: CodingStudy, press: Press) -> None:
    press(study.app(), "u", "0")
    assert study.decided("P1") is None


def test_the_last_answer_leads_to_the_end_of_the_queue(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "0", "0", "u", "enter")
    assert "Every answer in this queue is decided." in screen
    assert "│" not in screen
    assert status(screen).startswith("ada · main   3 done  0 left   saved 3")


def test_a_letter_without_a_code_says_so_and_changes_nothing(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "z")
    assert study.draft("P1") is None
    assert message(screen).startswith("! No code has the key “z”.")


def test_arrows_move_without_deciding_and_leave_a_draft(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "u", "right")
    assert study.decided("P1") is None
    assert study.draft("P1") == Draft(codings=(Coding("benefit.understanding"),))
    assert message(screen) == "P1 is left as a draft; it comes again."
    assert "1 draft" in status(screen)


def test_up_and_down_show_the_definition_of_the_focused_code(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "down", "down", "up", "up")
    assert "The image helps to understand." in screen
    assert study.draft("P1") is None


def test_undo_and_redo_reach_over_restarts(study: CodingStudy, press: Press) -> None:
    press(study.app(), "u", "enter")
    press(study.app(), "ctrl+z")
    assert study.decided("P1") is None
    press(study.app(), "ctrl+y")
    assert study.decided("P1") == ("benefit.understanding",)


def test_backspace_reopens_the_last_decision_for_a_correction(study: CodingStudy, press: Press) -> None:
    press(study.app(), "w", "enter", "backspace", "w", "u", "enter")
    assert study.decided("P1") == ("benefit.understanding",)
    assert study.decided("P2") is None


def test_an_exclusive_family_holds_one_code(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "g", "b", "enter")
    assert study.decided("P1") == ("valence.bad",)
    assert last_line(screen) == "✓ P1 bad"


# -- slips of a tired coder --------------------------------------------------------------------------


def test_caps_lock_is_folded_and_shown(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "U")
    assert study.draft("P1") == Draft(codings=(Coding("benefit.understanding"),))
    assert "CAPS LOCK" in status(screen)
    assert "CAPS LOCK" not in press(study.app(), "U", "u")


def test_a_deciding_key_too_soon_after_a_new_answer_is_ignored(study: CodingStudy, press: Press) -> None:
    study.clock = Clock(step=0.0)
    screen = press(study.app(), "u", "0")
    assert message(screen) == "! Too soon after the last key: that was not taken as a decision."
    assert study.draft("P1") == Draft(codings=(Coding("benefit.understanding"),))


@pytest.mark.parametrize("key", ["0", "enter"])
def test_a_held_key_decides_one_answer_only(
    study: CodingStudy, press: Press, drive: Callable[..., Any], key: str
) -> None:
    if key == "enter":
        press(study.app(), "u", "right", "u", "right", "u", "left", "left")
    study.clock = clock = Clock(step=0.0)

    async def hold(pilot: Pilot[str]) -> None:
        clock.now += 5
        await pilot.press(key)
        # A keyboard repeats after half a second, then thirty times a second.
        clock.now += 0.5
        for _ in range(25):
            await pilot.press(key)
            clock.now += 0.033

    drive(study.app(), hold)
    assert [study.decided(name) is not None for name in ("P1", "P2", "P3")] == [True, False, False]


def test_two_presses_of_one_key_at_a_persons_pace_both_count(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    study.clock = clock = Clock(step=0.0)

    async def press_thrice(pilot: Pilot[str]) -> None:
        for _ in range(3):
            clock.now += 0.35
            await pilot.press("0")

    drive(study.app(), press_thrice)
    assert [study.decided(name) for name in ("P1", "P2", "P3")] == [(), (), ()]


Burst = tuple[str | float, ...]
FIND = ("space", "f", *"anx", "enter")
MEMO = ("space", "m", *"why", "escape")


@pytest.mark.parametrize(
    ("burst", "kept"),
    [
        ((*FIND, *MEMO), Draft(codings=(Coding("risk.worry"),), memo="why")),
        # In two pieces, wherever the line parts them.
        ((*FIND, "space", 0.03, *MEMO[1:]), Draft(codings=(Coding("risk.worry"),), memo="why")),
        ((*FIND, "space", "m", 0.03, *MEMO[2:]), Draft(codings=(Coding("risk.worry"),), memo="why")),
        ((*FIND, "u"), Draft(codings=(Coding("risk.worry"), Coding("benefit.understanding")))),
    ],
)
def test_keys_that_arrive_together_go_where_one_after_the_other_would(
    study: CodingStudy, drive: Callable[..., Any], burst: Burst, kept: Draft
) -> None:
    async def send(pilot: Pilot[str]) -> None:
        send_at_once(pilot, burst)
        for _ in range(500):
            if study.draft("P1") == kept:
                return
            await pilot.pause(0.01)

    drive(study.app(), send)
    assert study.draft("P1") == kept


def test_the_same_deciding_key_counts_again_after_a_moment(study: CodingStudy, press: Press) -> None:
    study.clock = Clock(step=1.0)
    press(study.app(), "0", "0")
    assert (study.decided("P1"), study.decided("P2")) == ((), ())


def test_keys_in_a_dialog_never_reach_the_screen_below(study: CodingStudy, press: Press) -> None:
    press(study.app(), "u", "enter")
    for opening in (["f"], ["m"], ["u"], ["n"], ["g"], ["p"]):
        app = study.app()
        press(app, "space", *opening, *"0uwg1", "ctrl+z", "ctrl+y", "left", "right", "f3", "ctrl+p", "ctrl+q")
        assert study.decided("P1") == ("benefit.understanding",)
        assert study.decided("P2") is None
        draft = study.draft("P2")
        assert draft is None, opening


@pytest.mark.parametrize("key", ["0", "enter", "backspace", "ctrl+z", "left", "1", "z", "ctrl+q"])
def test_keys_that_the_menu_does_not_have_do_nothing(study: CodingStudy, press: Press, key: str) -> None:
    press(study.app(), "u", "enter")
    press(study.app(), "space", key, "escape")
    assert study.decided("P1") == ("benefit.understanding",)
    assert (study.decided("P2"), study.draft("P2")) == (None, None)


# -- the menu ----------------------------------------------------------------------------------------


def test_the_menu_takes_two_lines_of_80_cells(study: CodingStudy, press: Press) -> None:
    press(study.app(), "u", "enter")
    menu = [line.split() for line in press(study.app(), "space").splitlines()[-2:]]
    letters = [word for line in menu for word in line if len(word) == 1]
    assert letters == list("nfsmuxpgwqravlbdi")


def test_a_code_is_found_by_name_and_applied(study: CodingStudy, press: Press) -> None:
    press(study.app(), "space", "f", *"anx", "enter")
    assert study.draft("P1") == Draft(codings=(Coding("risk.worry"),))


def test_a_code_that_is_not_found_can_be_made(study: CodingStudy, press: Press) -> None:
    assert "Esc, then Space n makes one." in press(study.app(), "space", "f", *"zzzz")


def test_escape_leaves_find_without_a_change(study: CodingStudy, press: Press) -> None:
    press(study.app(), "space", "f", *"anx", "escape")
    assert study.draft("P1") is None


def test_the_codes_of_the_answer_before_are_applied_without_moving(study: CodingStudy, press: Press) -> None:
    press(study.app(), "u", "w", "enter", "space", "s")
    assert study.draft("P2") == Draft(codings=(Coding("benefit.understanding"), Coding("risk.worry")))
    assert study.decided("P2") is None


def test_escape_keeps_a_memo(study: CodingStudy, press: Press) -> None:
    press(study.app(), "space", "m", *"two", "enter", *"lines", "escape")
    assert study.draft("P1") == Draft(memo="two\nlines")


def test_unsure_keeps_the_question_to_the_lead(study: CodingStudy, press: Press) -> None:
    press(study.app(), "space", "u", *"why", "enter", "u", "enter")
    found = study.decision("P1")
    assert found is not None
    assert (found.is_unsure, found.message) == (True, "why")


def test_the_box_for_unsure_opened_by_mistake_marks_nothing(study: CodingStudy, press: Press) -> None:
    press(study.app(), "space", "u", "escape")
    assert study.draft("P1") is None


def test_escape_keeps_the_question_that_was_written(study: CodingStudy, press: Press) -> None:
    press(study.app(), "space", "u", *"why", "escape")
    assert study.draft("P1") == Draft(is_unsure=True, message="why")


def test_unsure_can_be_taken_back(study: CodingStudy, press: Press) -> None:
    press(study.app(), "space", "u", *"why", "enter", "space", "u", "tab", "escape")
    assert study.draft("P1") is None


def test_an_answer_is_decided_as_uncodable(study: CodingStudy, press: Press) -> None:
    press(study.app(), "space", "x")
    found = study.decision("P1")
    assert found is not None
    assert (found.state, found.codings) == (DecisionState.UNCODABLE, ())


def test_go_to_opens_an_answer_by_participant(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "space", "g", *"p3", "enter")
    assert "P3 · expert   3/3" in line(screen, 0)


def test_caps_lock_is_folded_in_the_menu(study: CodingStudy, press: Press) -> None:
    press(study.app(), "space", "X")
    found = study.decision("P1")
    assert found is not None
    assert found.state is DecisionState.UNCODABLE


def test_a_person_shows_other_answers_and_closed_items(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "space", "p")
    assert "wants: yes" in screen
    assert "q  ◂ this answer" in screen


def test_a_new_code_goes_into_the_chosen_family(study: CodingStudy, press: Press) -> None:
    press(study.app(), "space", "n", *"Hope", "down", "tab", "enter")
    entry = study.book.codebook.entries["risk.hope"]
    assert (entry.code.label, entry.code.examples) == ("Hope", ("I understand it now.",))
    assert study.draft("P1") == Draft(codings=(Coding("risk.hope"),))


def test_the_first_code_of_an_empty_codebook_is_made_from_the_answer(press: Press) -> None:
    study = make_study(book=Book())
    screen = press(study.app(), "space", "n", *"Sense", "enter", "s", "s", "enter")
    assert study.decided("P1") == ("theme.sense",)
    assert "Themes" in screen


def test_escape_keeps_the_name_of_a_new_code_for_the_next_try(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "space", "n", *"Hop", "escape", "space", "n")
    assert "Hop" in screen
    assert "benefit.hop" not in study.book.codebook.entries


def test_a_name_kept_from_escape_gives_way_to_what_is_typed(study: CodingStudy, press: Press) -> None:
    press(study.app(), "space", "n", *"Hope", "escape", "space", "n", *"Hope", "enter")
    assert study.book.codebook.entries["benefit.hope"].code.label == "Hope"


def test_an_empty_codebook_says_how_to_begin(press: Press) -> None:
    assert "Space n makes the first one" in press(make_study(book=Book()).app())


# -- keys of two letters -----------------------------------------------------------------------------


def many_codes() -> Book:
    from harken.model import Code

    codes = tuple(Code(key=f"c{number}", label=f"Code {number}") for number in range(302))
    return Book(families=(Family(key="f", label="Many", codes=codes),))


def two_letter_key(study: CodingStudy) -> tuple[str, str]:
    from harken.services.coding import CodingSession

    hotkeys = CodingSession.open(study.store, coder="ada").sheet.hotkeys
    return next((path, key) for path, key in hotkeys.items() if len(key) == 2)


def test_two_letters_apply_a_code_of_hundreds_and_bring_it_into_sight(press: Press) -> None:
    study = make_study(book=many_codes())
    path, key = two_letter_key(study)
    screen = press(study.app(), *key)
    assert study.draft("P1") == Draft(codings=(Coding(path),))
    label = study.book.codebook.entries[path].code.label
    assert f"▸✓ {key}  {label}" in screen


def test_the_first_of_two_letters_is_shown_as_begun(press: Press) -> None:
    study = make_study(book=many_codes())
    _, key = two_letter_key(study)
    screen = press(study.app(), key[0])
    assert message(screen).startswith(f"{key[0]}… and the second letter")
    assert f" {key}  " in screen


@pytest.mark.parametrize("key", ["enter", "0", "space", "right", "ctrl+z", "backspace", "escape"])
def test_a_begun_key_is_dropped_by_any_other_and_nothing_happens(press: Press, key: str) -> None:
    study = make_study(book=many_codes())
    _, hotkey = two_letter_key(study)
    app = study.app()
    screen = press(app, hotkey[0], key)
    assert (study.decided("P1"), study.draft("P1")) == (None, None)
    assert "P1 · expert   1/3" in line(screen, 0)


# -- suggestions, rounds, keymaps --------------------------------------------------------------------


async def until(pilot: Pilot[str], text: str) -> str:
    """The screen once it shows a text."""
    for _ in range(400):
        shown = screen_text(pilot)
        if text in shown:
            return shown
        await pilot.pause(0.05)
    raise AssertionError(f"{text!r} never came: {shown}")


def test_suggestions_come_from_the_other_process_and_digits_apply_them(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    async def keys(pilot: Pilot[str]) -> str:
        shown = await until(pilot, "“understand”")
        await pilot.press("1", "enter")
        await until(pilot, "“worry”")
        await pilot.press("9", "1", "2")
        return shown

    shown = drive(study.app(with_suggestions=True), keys)
    assert "1   Understanding " in shown
    assert study.decided("P1") == ("benefit.understanding",)
    draft = study.draft("P2")
    assert draft is not None
    assert sorted(draft.codes) == ["benefit.trust", "risk.worry"]
    (logged,) = [e.payload["suggestions"] for e in replay(study.store.connection) if e.kind == "decided"]
    assert (logged[0]["code"], logged[0]["shown"], logged[0]["accepted"]) == (
        "benefit.understanding",
        True,
        True,
    )


def test_a_suggested_code_that_is_merged_in_the_codebook_room_is_suggested_no_more(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    async def keys(pilot: Pilot[str]) -> str:
        await until(pilot, "“understand”")
        await pilot.press("space", "b")
        await until(pilot, "Codebook")
        await pilot.press("f", *"understanding", "enter", "j", *"trust", "enter", "enter")
        await until(pilot, "is merged into Trust")
        await pilot.press("escape")
        return await until(pilot, "P1 · expert")

    shown = drive(study.app(with_suggestions=True), keys)
    assert "Understanding" not in shown
    assert study.book.ids.keys() == {
        "benefit.trust",
        "benefit.trust.anatomy",
        "risk.worry",
        "valence.good",
        "valence.bad",
    }


def test_a_blind_round_hides_suggestions_until_they_are_asked_for(drive: Callable[..., Any]) -> None:
    blind = Round(name="blind", kind=RoundKind.RELIABILITY, is_blind=True)
    study = make_study(rounds=[blind])

    async def keys(pilot: Pilot[str]) -> str:
        hidden = await until(pilot, "hidden in this round")
        await pilot.press("1", "f2", "0")
        await until(pilot, "“worry”")
        return hidden

    hidden = drive(study.app(round="blind", with_suggestions=True), keys)
    assert "“understand”" not in hidden


def test_a_blind_round_hides_the_group(press: Press) -> None:
    blind = Round(name="blind", kind=RoundKind.RELIABILITY, is_blind=True, hides_group=True)
    study = make_study(rounds=[blind])
    assert "expert" in press(study.app())
    assert "expert" not in press(study.app(round="blind"))


def test_every_command_takes_another_key_from_a_keymap(study: CodingStudy, press: Press) -> None:
    keymap = {"code.no_code": "full_stop", "menu.uncodable": "k", "code.menu": "comma"}
    screen = press(study.app(keymap=keymap), "full_stop", "0", "comma", "k", "ctrl+p", *"uncod")
    assert study.decided("P1") == ()
    found = study.decision("P2")
    assert found is not None
    assert found.state is DecisionState.UNCODABLE
    assert ", k" in screen
    assert study.decided("P3") is None


def test_nothing_on_the_screen_takes_focus(study: CodingStudy, drive: Callable[..., Any]) -> None:
    async def keys(pilot: Pilot[str]) -> object:
        await pilot.press("tab", "tab")
        return pilot.app.focused

    assert drive(study.app(), keys) is None


def test_leaving_says_how_far_the_work_is(study: CodingStudy, press: Press) -> None:
    app = study.app()
    press(app, "0", "ctrl+q")
    assert app.return_value == "1 of 3 answers decided, 2 left; 1 decision saved by ada."

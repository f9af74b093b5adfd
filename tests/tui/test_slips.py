"""The slips of a tired coder: whatever the fingers do, nobody decides by mistake and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from coding_study import Clock, CodingStudy, make_study, send_at_once
from textual.events import Paste
from textual.pilot import Pilot

from harken.model import Coding
from harken.storage.coding import Draft

Press = Callable[..., str]
PEOPLE = ("P1", "P2", "P3")
UNDERSTOOD = Draft(codings=(Coding("benefit.understanding"),))


def work(study: CodingStudy) -> list[tuple[tuple[str, ...] | None, Draft | None]]:
    return [(study.decided(name), study.draft(name)) for name in PEOPLE]


NOTHING: list[tuple[tuple[str, ...] | None, Draft | None]] = [(None, None)] * 3


def message(screen: str) -> str:
    return screen.splitlines()[-3].strip()


def at_once(study: CodingStudy, drive: Callable[..., Any], keys: Sequence[str]) -> None:
    """Keys that arrive in one piece, as a paste does and as a slow line may bring them."""

    async def send(pilot: Pilot[str]) -> None:
        send_at_once(pilot, keys)
        await pilot.pause(0.5)

    drive(study.app(), send)


# -- held keys ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["enter", "0", "u", "backspace", "space", "x", "ctrl+z"])
def test_a_key_held_down_never_decides_more_than_one_answer(
    study: CodingStudy, press: Press, drive: Callable[..., Any], key: str
) -> None:
    press(study.app(), *["u", "right"] * 3, "left", "left")
    study.clock = clock = Clock(step=0.0)

    async def hold(pilot: Pilot[str]) -> None:
        clock.now += 5
        await pilot.press(key)
        clock.now += 0.5
        for _ in range(20):
            await pilot.press(key)
            clock.now += 0.033

    drive(study.app(), hold)
    assert sum(decided is not None for decided, _ in work(study)) <= 1


def test_a_held_enter_that_a_slow_line_brings_in_one_piece_decides_one_answer(
    study: CodingStudy, press: Press, drive: Callable[..., Any]
) -> None:
    press(study.app(), *["u", "right"] * 3, "left", "left")
    study.clock = Clock(step=0.0, now=9.0)
    at_once(study, drive, ["enter"] * 12)
    assert sum(decided is not None for decided, _ in work(study)) <= 1


def test_a_held_letter_leaves_a_draft_at_most(study: CodingStudy, press: Press) -> None:
    press(study.app(), *["u"] * 9)
    assert work(study) == [(None, UNDERSTOOD), (None, None), (None, None)]


# -- keyboards -----------------------------------------------------------------------------------------

GERMAN_LOST = {"?": "ß", "=": "0", "/": "7", "!": "1", ";": ",", ":": ".", "*": "+", "_": "-"}
"""What the key of a character sends on a German keyboard when Shift was not pressed far enough."""
GERMAN_TOO_MUCH = {"0": "=", "1": "!", "2": '"', "3": "§", "9": ")", "ß": "?", "u": "U"}
FRENCH_LOST = {"0": "à", "1": "&", "2": "é", "3": '"', "7": "è", "9": "ç", "?": ",", "/": ":", ".": ";"}
FRENCH_TOO_MUCH = {",": "?", ";": ".", ":": "/", "!": "§", "u": "U"}


@pytest.mark.parametrize(
    "sent",
    sorted(
        {*GERMAN_LOST.values(), *GERMAN_TOO_MUCH.values(), *FRENCH_LOST.values(), *FRENCH_TOO_MUCH.values()}
        - {"0", "U", "?"}
    ),
)
def test_what_a_shift_lost_or_kept_too_long_sends_does_nothing(
    study: CodingStudy, press: Press, sent: str
) -> None:
    screen = press(study.app(), sent)
    assert work(study) == NOTHING
    assert "P1 · expert   1/3" in screen.splitlines()[0]


def test_no_key_needs_a_sign_that_is_0_on_a_german_keyboard_without_shift() -> None:
    from harken.tui.commands import CODING, MENU, SELECTING, SELECTION_MENU

    keys = {
        key for binding in [*CODING, *MENU, *SELECTING, *SELECTION_MENU] for key in binding.key.split(",")
    }
    assert keys & {"equals_sign", "=", "right_curly_bracket", "}"} == set()


def test_the_0_of_a_lost_shift_is_refused_once_a_code_is_applied(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "u", "0")
    assert work(study) == [(None, UNDERSTOOD), (None, None), (None, None)]
    assert message(screen).startswith("! 0 says that no code applies; take Understanding off first")


def test_arrows_whose_shift_was_lost_move_the_selection_and_code_nothing(
    study: CodingStudy, press: Press
) -> None:
    press(study.app(), "space", "w", "right", "right", "left")
    assert work(study) == NOTHING


@pytest.mark.parametrize("keys", [("U", "W"), ("space", "S"), ("space", "W", "U")])
def test_caps_lock_changes_no_letters_meaning(keys: tuple[str, ...], press: Press) -> None:
    found = []
    for variant in (keys, tuple(key.lower() for key in keys)):
        study = make_study()
        press(study.app(), "t", "enter", *variant)
        found.append(work(study))
    assert found[0] == found[1]


# -- wrong keys --------------------------------------------------------------------------------------


def test_a_wrong_letter_and_backspace_leave_a_draft_and_say_so(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "t", "enter", "u", "backspace")
    assert work(study) == [(("benefit.trust",), None), (None, UNDERSTOOD), (None, None)]
    assert message(screen) == "Reopened. P2 before it is left as a draft; it comes again."


def test_a_wrong_letter_pressed_again_leaves_nothing(study: CodingStudy, press: Press) -> None:
    press(study.app(), "u", "u")
    assert work(study) == NOTHING


def test_an_answer_left_by_arrow_with_a_draft_comes_again(study: CodingStudy, press: Press) -> None:
    screen = press(study.app(), "u", "right", "0", "0")
    assert work(study) == [(None, UNDERSTOOD), ((), None), ((), None)]
    assert "P1 · expert   1/3" in screen.splitlines()[0]
    assert "✎ draft, not decided" in screen


def test_a_segment_begun_and_left_by_escape_and_arrow_stays_in_the_draft(
    study: CodingStudy, press: Press
) -> None:
    press(study.app(), "space", "w", "right", "u", "escape", "right")
    assert study.draft("P1") == Draft(codings=(Coding("benefit.understanding", 2, 12),))


def test_the_menus_letter_without_the_menu_is_a_code_or_nothing(study: CodingStudy, press: Press) -> None:
    press(study.app(), "x", "n", "q", "m")
    assert work(study) == NOTHING


def as_key(character: str) -> str:
    return {" ": "space", "\r": "enter"}.get(character, character)


# -- pasted texts ------------------------------------------------------------------------------------

LONG = " name the risk\rthen find\rit"
"""A text that begins as the keys do which make a code."""
PASTES = ("tub", "u\r0", "the trust\rwe go by\r0\r", "0\r0\r0\r", " x is it\r", "utwgb" * 40, LONG)


@pytest.mark.parametrize("text", PASTES)
def test_a_pasted_text_codes_nothing(study: CodingStudy, drive: Callable[..., Any], text: str) -> None:
    async def paste(pilot: Pilot[str]) -> None:
        pilot.app.post_message(Paste(text))
        await pilot.pause(0.1)

    drive(study.app(), paste)
    assert work(study) == NOTHING


@pytest.mark.parametrize("text", [text for text in PASTES if len(text) > 4])
def test_a_text_pasted_as_keys_codes_nothing(
    study: CodingStudy, drive: Callable[..., Any], text: str
) -> None:
    at_once(study, drive, [*map(as_key, text)])
    assert work(study) == NOTHING


def test_a_pasted_text_makes_no_code(study: CodingStudy, drive: Callable[..., Any]) -> None:
    before = study.book.codebook
    at_once(study, drive, [*map(as_key, LONG)])
    assert study.book.codebook == before


def test_a_text_pasted_as_keys_in_the_menu_or_over_selected_words_codes_nothing(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    for before in (["space"], ["space", "w"]):

        async def paste(pilot: Pilot[str], before: Sequence[str] = before) -> None:
            await pilot.press(*before)
            send_at_once(pilot, map(as_key, "x marks\rthe spot\r"))
            await pilot.pause(0.5)

        drive(study.app(), paste)
        assert work(study) == NOTHING


@pytest.mark.parametrize(
    ("letter", "kept"),
    [("m", Draft(memo="why\nso")), ("u", Draft(is_unsure=True, message="why so"))],
)
def test_a_pasted_text_goes_into_a_box_that_takes_text_once(
    study: CodingStudy, drive: Callable[..., Any], letter: str, kept: Draft
) -> None:
    async def paste(pilot: Pilot[str]) -> None:
        await pilot.press("space", letter)
        pilot.app.post_message(Paste("why\nso"))
        await pilot.pause(0.1)
        await pilot.press("escape")

    drive(study.app(), paste)
    assert study.draft("P1") == kept


def test_after_a_pasted_text_keys_count_again(study: CodingStudy, drive: Callable[..., Any]) -> None:
    async def paste(pilot: Pilot[str]) -> None:
        send_at_once(pilot, map(as_key, "but what"))
        await pilot.pause(0.3)
        await pilot.press("u")

    drive(study.app(), paste)
    assert work(study) == [(None, UNDERSTOOD), (None, None), (None, None)]

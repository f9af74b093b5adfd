"""The codebook screen, by keys: what the store holds after them, and what is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from coding_study import CodingStudy, make_study, screen_text
from textual.pilot import Pilot

from harken.model import Code, Codebook, Coding, Decision, Family, ResponseKey, Round
from harken.services.checking import check_project
from harken.services.codebooks import current_codebook
from harken.services.codebooks.codes import add_code, change_code, rename_code
from harken.services.codebooks.history import codebook_history
from harken.storage.coding import decide
from harken.storage.store import Store
from harken.tui import openings
from harken.tui.app import HarkenApp
from harken.tui.screens.codebook.screen import CodebookScreen
from harken.tui.widgets.code_tree import CodeTree

Press = Callable[..., str]


def app(store: Store, *, focus: str = "", round: str = "main", coder: str = "ada") -> HarkenApp:
    from harken.storage.study import round_named

    return HarkenApp(openings.codebook(store, coder=coder, round=round_named(store, round), focus=focus))


def paths(store: Store) -> tuple[str, ...]:
    assert check_project(store) == ()
    return current_codebook(store).paths


def code(store: Store, path: str) -> Code:
    return current_codebook(store).entries[path].code


def apply(study: CodingStudy, participant: str, *codes: str, coder: str = "ada", round: str = "main") -> None:
    with study.store.action(coder) as action:
        key = ResponseKey(participant, "q")
        codings = tuple(Coding(one) for one in codes)
        decide(action, study.book, Decision(key=key, coder=coder, round=round, codings=codings))


def message(screen: str) -> str:
    return screen.splitlines()[-2].strip()


# -- looking


def test_the_tree_shows_people_and_codings_and_the_page_the_answers(study: CodingStudy, press: Press) -> None:
    apply(study, "P1", "benefit.trust")
    apply(study, "P2", "benefit.trust")
    apply(study, "P2", "benefit.trust", coder="ben")
    screen = press(app(study.store, focus="benefit.trust"), size=(120, 40))
    (row,) = [line.split("│")[0].split() for line in screen.splitlines() if "Trust" in line.split("│")[0]]
    assert row == ["▸", "t", "Trust", "2", "3"]
    assert "P2  q · ada, ben" in screen
    assert "and then I trusted her." in screen


def test_in_a_blind_round_own_work_alone_is_counted_and_shown(press: Press) -> None:
    study = make_study(rounds=[Round(name="again", is_blind=True)])
    apply(study, "P1", "benefit.trust", coder="ben", round="again")
    apply(study, "P2", "benefit.trust", round="again")
    screen = press(app(study.store, focus="benefit.trust", round="again"), size=(120, 40))
    (row,) = [line.split("│")[0].split() for line in screen.splitlines() if "Trust" in line.split("│")[0]]
    assert row == ["▸", "t", "Trust", "1", "1"]
    assert "own work only" in screen
    assert "P1  q" not in screen
    study.store.close()


def test_arrows_walk_through_families_and_codes(study: CodingStudy, press: Press) -> None:
    screen = press(app(study.store), "down", "down", "down")
    assert "benefit.trust" in screen
    screen = press(app(study.store), "end")
    assert "valence.bad" in screen


def test_answers_are_read_page_by_page_to_the_last(press: Press) -> None:
    answers = {f"P{number:03}": f"I trust her, says number {number}." for number in range(200)}
    study = make_study(answers)
    for name in answers:
        apply(study, name, "benefit.trust")
    screen = press(app(study.store, focus="benefit.trust"), *["pagedown"] * 30)
    assert "says number 199." in screen
    assert "▼" not in screen.split("P199")[1]
    study.store.close()


def test_five_hundred_codes_cost_no_more_than_those_in_sight(drive: Callable[..., Any]) -> None:
    codes = tuple(Code(key=f"c{number}", label=f"Code {number}") for number in range(500))
    study = make_study(book=Codebook(families=(Family(key="all", label="All", codes=codes),)))

    async def look(pilot: Pilot[str]) -> tuple[int, str]:
        await pilot.press("end")
        await pilot.pause()
        return len(pilot.app.screen.query("*")), screen_text(pilot)

    n_widgets, screen = drive(app(study.store), look)
    assert n_widgets < 20
    assert "▸   Code 499" in screen
    study.store.close()


# -- changing


def test_a_code_is_edited_in_a_box(study: CodingStudy, press: Press) -> None:
    keys = [
        "enter",
        *["end"],
        "!",
        "tab",
        *"Yes",
        "tab",
        "tab",
        "tab",
        "tab",
        "enter",
        *"rely",
        "enter",
        *"count on",
        "f2",
    ]
    screen = press(app(study.store, focus="benefit.trust"), *map(key_of, keys))
    changed = code(study.store, "benefit.trust")
    assert (changed.label, changed.definition) == ("Trust!", "Yes")
    assert changed.keywords == ("trust", "rely", "count on")
    assert message(screen) == "Trust! is changed."


def key_of(character: str) -> str:
    return {" ": "space", "!": "exclamation_mark", "_": "underscore"}.get(character, character)


def test_a_line_kept_from_escape_gives_way_to_what_is_typed(study: CodingStudy, press: Press) -> None:
    press(app(study.store, focus="risk"), "b", *"Cost", "escape", "b", *"Cost", "f2")
    assert code(study.store, "risk.cost").label == "Cost"


def test_escape_keeps_what_was_typed_for_the_next_time(study: CodingStudy, press: Press) -> None:
    screen = press(app(study.store, focus="benefit.trust"), "enter", "tab", *"half", "escape")
    assert message(screen).startswith("Closed without saving; what was typed is there")
    assert code(study.store, "benefit.trust").definition == ""
    press(app(study.store, focus="benefit.trust"), "enter", "tab", *"half", "escape", "enter", "f2")
    assert code(study.store, "benefit.trust").definition == "half"


def test_what_cannot_be_saved_stays_in_its_box_with_the_reason(study: CodingStudy, press: Press) -> None:
    screen = press(app(study.store, focus="benefit.trust"), "k", "backspace", "u", "enter")
    assert "! benefit.trust: the hotkey 'u' is taken by" in " ".join(screen.split())
    assert code(study.store, "benefit.trust").hotkey == "t"
    press(app(study.store, focus="benefit.trust"), "k", "u", "enter", "backspace", "z", "enter")
    assert code(study.store, "benefit.trust").hotkey == "z"


def test_two_people_on_one_wording_see_both_and_lose_nothing(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    async def both(pilot: Pilot[str]) -> str:
        for key in ["enter", "tab", *"mine"]:
            await pilot.press(key)
        change_code(study.store, "trust", actor="ben", wording={"definition": "theirs entirely"})
        await pilot.press("f2")
        await pilot.pause()
        refused = screen_text(pilot)
        assert code(study.store, "benefit.trust").definition == "theirs entirely"
        await pilot.press("f2")
        await pilot.pause()
        return refused

    refused = drive(app(study.store, focus="benefit.trust"), both, size=(100, 30))
    assert "mine" in refused
    assert "theirs: theirs entirely" in refused
    assert "was changed meanwhile by somebody else" in " ".join(refused.split())
    assert code(study.store, "benefit.trust").definition == "mine"


def test_a_code_that_was_renamed_under_an_open_box_is_still_saved(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    async def both(pilot: Pilot[str]) -> None:
        await pilot.press("enter", "tab", *"mine")
        rename_code(study.store, "trust", "reliance", actor="ben")
        await pilot.press("f2")
        await pilot.press("f2")

    drive(app(study.store, focus="benefit.trust"), both)
    assert code(study.store, "benefit.reliance").definition == "mine"


def test_the_box_of_a_key_says_that_the_name_stays_and_typing_replaces_the_key(
    study: CodingStudy, press: Press
) -> None:
    box = " ".join(press(app(study.store, focus="benefit.trust"), "r", *"faith").replace("│", "").split())
    assert "Key of Trust: its address, benefit.trust" in box
    assert "The printed name stays Trust: Enter changes that." in box
    press(app(study.store, focus="benefit.trust"), "r", *"faith", "f2")
    assert code(study.store, "benefit.faith").label == "Trust"


def test_the_heading_counts_codes_in_use_and_retired_ones_apart(study: CodingStudy, press: Press) -> None:
    shown = press(app(study.store, focus="benefit.trust"), "t", "enter")
    assert "5 codes, 1 retired" in shown


def test_codes_and_families_are_made_where_one_stands(study: CodingStudy, press: Press) -> None:
    press(app(study.store, focus="benefit.understanding"), "n", *"Hope", "f2")
    press(app(study.store, focus="benefit.trust"), "b", *"Blind", "f2")
    press(app(study.store), "a", *"Tone", "f2")
    assert paths(study.store) == (
        *("benefit.understanding", "benefit.understanding.anatomy", "benefit.hope", "benefit.trust"),
        *("benefit.trust.blind", "risk.worry", "valence.good", "valence.bad"),
    )
    assert current_codebook(study.store).families[-1] == Family(key="tone", label="Tone")


def test_the_first_family_and_code_are_made_in_an_empty_codebook(press: Press) -> None:
    study = make_study(book=Codebook())
    assert "The codebook is empty." in press(app(study.store))
    press(app(study.store), "a", *"Theme", "f2", "n", *"First", "f2")
    assert paths(study.store) == ("theme.first",)
    study.store.close()


def test_a_family_is_edited_with_a_tick(study: CodingStudy, press: Press) -> None:
    press(app(study.store, focus="risk"), "enter", "tab", "tab", "space", "f2")
    assert current_codebook(study.store).family("risk").exclusive


def test_keys_letters_and_places_change_by_letters(study: CodingStudy, press: Press) -> None:
    press(app(study.store, focus="benefit.trust"), "r", *["backspace"] * 5, *"faith", "tab", *"ok", "enter")
    press(app(study.store, focus="benefit.faith"), "m", *"risks", "enter", "enter")
    press(app(study.store, focus="risk.faith"), "u")
    assert paths(study.store)[:4] == (
        *("benefit.understanding", "benefit.understanding.anatomy", "risk.faith", "risk.worry"),
    )
    entries = codebook_history(study.store, "faith").entries
    assert [(entry.what, entry.why) for entry in entries] == [
        *(("made", ""), ("renamed", "ok"), ("moved", ""), ("moved", "")),
    ]


CODES_TO_SORT = Codebook(
    families=(
        Family(key="new", label="New", codes=tuple(Code(key=key, label=key) for key in "abcd")),
        Family(key="benefit", label="Benefits", codes=(Code(key="trust", label="Trust"),)),
    )
)


@pytest.mark.parametrize("verb", ["m", "j"])
def test_code_after_code_goes_to_the_same_place_with_three_keys_each(press: Press, verb: str) -> None:
    study = make_study(book=CODES_TO_SORT)
    target = "Benefits" if verb == "m" else "Trust"
    screen = press(
        app(study.store, focus="new.b"),
        *(verb, *target, "enter", "enter"),
        *(verb, "enter", "enter"),
        *(verb, "enter", "enter"),
        size=(120, 40),
    )
    left = {
        "m": ("new.a", "benefit.trust", "benefit.b", "benefit.c", "benefit.d"),
        "j": ("new.a", "benefit.trust"),
    }
    assert paths(study.store) == left[verb]
    assert "▸   a " in screen
    study.store.close()


@pytest.mark.parametrize(
    ("place", "then"), [("new.a", "b"), ("new.d", "c"), ("benefit.trust", "Benefits"), ("new.b", "c")]
)
def test_the_focus_stays_at_the_place_of_a_code_that_is_removed(press: Press, place: str, then: str) -> None:
    study = make_study(book=CODES_TO_SORT)
    screen = press(app(study.store, focus=place), "x", "enter")
    (focused,) = [line.split("│")[0].split() for line in screen.splitlines() if "▸" in line]
    assert focused[1] == then
    study.store.close()


def test_a_merge_shows_first_what_it_does(study: CodingStudy, press: Press) -> None:
    apply(study, "P1", "benefit.trust", "risk.worry")
    apply(study, "P2", "benefit.trust")
    keys = ("j", *"worry", "enter")
    box = press(app(study.store, focus="benefit.trust"), *keys)
    said = " ".join(box.replace("│", "").split())
    assert "2 answers go over; 1 of these has both already. Undo gives every coding back." in said
    assert "[ ] its 1 keywords go along: trust" in box
    screen = press(app(study.store, focus="benefit.trust"), *keys, "tab", "space", "f2")
    assert message(screen) == "Trust is merged into Anxiety or worry."
    assert code(study.store, "risk.worry").keywords == ("worry", "trust")
    assert study.decided("P2") == ("risk.worry",)
    press(app(study.store), "ctrl+z")
    assert study.decided("P2") == ("benefit.trust",)
    press(app(study.store), "y")
    assert study.decided("P2") == ("risk.worry",)
    assert check_project(study.store) == ()


def test_a_code_is_retired_and_taken_into_use_again(study: CodingStudy, press: Press) -> None:
    screen = press(app(study.store, focus="benefit.trust"), "t", *"old", "enter")
    assert "(Trust)" in screen
    assert "Retired: offered for no new decision." in " ".join(screen.split())
    assert code(study.store, "benefit.trust").is_retired
    press(app(study.store, focus="benefit.trust"), "t", "enter")
    assert not code(study.store, "benefit.trust").is_retired


def test_what_is_in_use_is_not_removed(study: CodingStudy, press: Press) -> None:
    apply(study, "P1", "benefit.trust")
    screen = press(app(study.store, focus="benefit.trust"), "x", "enter")
    assert "is applied to answers. Retire it" in " ".join(screen.split())
    press(app(study.store, focus="benefit.understanding.anatomy"), "x", "enter")
    assert "benefit.understanding.anatomy" not in paths(study.store)


def test_caps_lock_gives_the_same_commands(study: CodingStudy, press: Press) -> None:
    press(app(study.store, focus="benefit.trust"), "T", "enter")
    assert code(study.store, "benefit.trust").is_retired


def test_letters_that_need_a_code_are_refused_on_a_family(study: CodingStudy, press: Press) -> None:
    assert message(press(app(study.store), "t")) == "! That works on a code; a family is in focus."


def test_find_goes_to_a_code_and_history_shows_its_changes(study: CodingStudy, press: Press) -> None:
    change_code(study.store, "worry", actor="ben", wording={"definition": "Fear of it"}, why="the meeting")
    screen = press(app(study.store), "f", *"worr", "enter", "h")
    for words in ("History of Anxiety or worry", "ben  reworded", "why: the meeting", "+ Fear of it"):
        assert words in screen


def test_what_others_change_shows_at_the_next_step(study: CodingStudy, drive: Callable[..., Any]) -> None:
    async def step(pilot: Pilot[str]) -> str:
        add_code(study.store, "benefit", Code(key="hope", label="Hope"), actor="ben")
        await pilot.press("down")
        await pilot.pause()
        return screen_text(pilot)

    assert "Hope" in drive(app(study.store), step)


def test_undo_that_cannot_be_is_said_and_changes_nothing(study: CodingStudy, press: Press) -> None:
    screen = press(app(study.store), "ctrl+z")
    assert message(screen).startswith("! Your last change is the import of book.yaml")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 50), (40, 15), (20, 10)])
def test_hostile_labels_and_answers_are_harmless_in_every_box(press: Press, size) -> None:
    hostile = "[/b] [red]\x1b[31m\u202e=1+1\u2028x"
    label = hostile.replace("\u2028", "")
    codes = (
        Code(key="x", label=label, definition=hostile, examples=(hostile,), keywords=(label,)),
        Code(key="y", label="Y" + label),
    )
    study = make_study(
        {"P[/b]": hostile}, book=Codebook(families=(Family(key="f", label=label, codes=codes),))
    )
    apply(study, "P[/b]", "f.x")
    for keys in (
        (),
        ("enter",),
        ("enter", "f2"),
        ("down", "enter", "f2"),
        ("down", "j", "enter", "tab", "space", "f2", "ctrl+z"),
        ("down", "m"),
        ("down", "t", "enter", "h"),
        ("f",),
        ("question_mark",),
    ):
        screen = press(app(study.store), *keys, size=size)
        assert "\x1b" not in screen
        assert "\u202e" not in screen
    assert check_project(study.store) == ()
    study.store.close()


def test_the_screen_goes_back_to_the_one_that_opened_it(
    study: CodingStudy, drive: Callable[..., Any]
) -> None:
    async def there_and_back(pilot: Pilot[str]) -> str:
        round = Round(name="main")
        pilot.app.push_screen(CodebookScreen(study.store, coder="ada", round=round, focus="risk.worry"))
        await pilot.pause()
        place = pilot.app.screen.query_one(CodeTree).focused_place
        await pilot.press("escape")
        await pilot.pause()
        return f"{place} {type(pilot.app.screen).__name__}"

    assert drive(study.app(), there_and_back) == "risk.worry CodingScreen"


def test_a_retired_code_stands_apart_where_it_is_applied_and_its_letter_takes_it_off(
    study: CodingStudy, press: Press
) -> None:
    press(study.app(), "t")
    press(app(study.store, focus="benefit.trust"), "t", "enter")
    screen = press(study.app())
    lines = [line.split("│")[-1].split() for line in screen.splitlines()]
    assert lines[lines.index(["Retired"]) + 1] == ["✓", "t", "Trust"]
    assert "✓ Trust (retired)" in screen
    assert message_of_coding(press(study.app(), "enter")).startswith("! Trust was retired")
    assert message_of_coding(press(study.app(), "t")) == "Trust taken off."
    assert message_of_coding(press(study.app(), "t")).startswith("! Trust is retired and goes to no further")


def message_of_coding(screen: str) -> str:
    return screen.splitlines()[-3].strip()


def test_a_merge_made_on_the_way_is_seen_in_the_open_answer(study: CodingStudy, press: Press) -> None:
    merged = ("t", "space", "b", *map(key_of, "fTrust"), "enter", "j", *"worry", "enter", "enter", "escape")
    screen = press(study.app(), *merged)
    assert "✓ Anxiety or worry" in screen
    screen = press(study.app(), "enter")
    assert study.decided("P1") == ("risk.worry",)

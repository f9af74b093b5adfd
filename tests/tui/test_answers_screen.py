"""The answers screen, by what it lists and says after keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from answers_study import answers_app, answers_screen, decide, listed, two_coders_study
from coding_study import CodingStudy, make_study, screen_text
from textual.pilot import Pilot

from harken.model import Round
from harken.services.browsing import AnswerFilter
from harken.storage.audit import findings

Drive = Callable[..., Any]
Press = Callable[..., str]


@pytest.fixture
def study() -> Iterator[CodingStudy]:
    made = two_coders_study()
    yield made
    made.store.close()


def after(drive: Drive, study: CodingStudy, *keys: str, size: tuple[int, int] = (100, 30)) -> list[str]:
    """Participants listed after keys."""

    async def work(pilot: Pilot[str]) -> list[str]:
        await pilot.press(*keys)
        await pilot.pause()
        return listed(pilot)

    found: list[str] = drive(answers_app(study.store), work, size=size)
    return found


def line_of(screen: str, participant: str) -> str:
    return next(line for line in screen.splitlines() if participant in line).strip()


def test_a_line_tells_state_person_group_words_and_everybodys_codes(study: CodingStudy, press: Press) -> None:
    screen = press(answers_app(study.store), size=(120, 40))
    assert " ".join(line_of(screen, "P1").split()) == (
        "▸✓ P1 expert I understand it now. memo Understanding · ben: Anx…"
    )
    assert " ".join(line_of(screen, "P2").split()) == (
        "○ P2 patient It made me worry and then I trusted her. ben: Trust, Anxiety or worry"
    )


def test_codes_that_the_filter_names_stand_first(study: CodingStudy, press: Press) -> None:
    decide(study, "P1", "benefit.understanding", "benefit.trust", "risk.worry")
    for filter in (AnswerFilter(codes=("worry",)), AnswerFilter(families=("risk",))):
        shown = line_of(press(answers_app(study.store, filter=filter), size=(100, 30)), "P1")
        assert shown.endswith("  Anxiety or worry, Unders…")


def test_the_chosen_row_is_counted_right_of_the_filter(study: CodingStudy, press: Press) -> None:
    screen = press(answers_app(study.store, filter=AnswerFilter(text="wor")), "down", size=(100, 30))
    assert screen.splitlines()[1].split() == ["“wor”", "row", "1"]


def test_the_heading_counts(study: CodingStudy, press: Press) -> None:
    assert press(answers_app(study.store)).splitlines()[0].strip().endswith("ada · main   3 answers")
    searched = press(answers_app(study.store), "slash", *"worr")
    assert searched.splitlines()[0].strip().endswith("ada · main   1 of 3 answers")


def test_the_list_follows_a_search_letter_by_letter(study: CodingStudy, drive: Drive) -> None:
    async def work(pilot: Pilot[str]) -> list[list[str]]:
        await pilot.press("slash")
        seen = []
        for letter in "not":
            await pilot.press(letter)
            await pilot.pause()
            seen.append(listed(pilot))
        return seen

    assert drive(answers_app(study.store), work) == [["P1", "P3"], ["P1", "P3"], ["P3"]]


def test_enter_leaves_the_search_line_and_escape_takes_the_search_away(
    study: CodingStudy, drive: Drive
) -> None:
    assert after(drive, study, "slash", *"nothing", "enter") == ["P3"]
    assert after(drive, study, "slash", *"nothing", "escape") == ["P1", "P2", "P3"]
    assert after(drive, study, "slash", *"nothing", "enter", "slash", "escape") == ["P1", "P2", "P3"]


def test_letters_are_commands_again_after_down(study: CodingStudy, drive: Drive) -> None:
    assert after(drive, study, "slash", *"nothing", "down", "x") == ["P1", "P2", "P3"]


def test_a_search_of_only_quotes_is_said_to_have_no_word_and_lists_what_was_listed(
    study: CodingStudy, drive: Drive
) -> None:
    async def work(pilot: Pilot[str]) -> tuple[list[str], str]:
        await pilot.press("slash", '"', '"')
        await pilot.pause()
        return listed(pilot), screen_text(pilot)

    found, screen = drive(answers_app(study.store), work)
    assert found == ["P1", "P2", "P3"]
    assert "has no word in it" in screen


def test_a_filter_that_fits_nothing_says_so_and_x_takes_it_away(study: CodingStudy, drive: Drive) -> None:
    async def work(pilot: Pilot[str]) -> tuple[str, list[str]]:
        await pilot.press("slash", *"zebra", "enter")
        await pilot.pause()
        nothing = screen_text(pilot)
        await pilot.press("enter", "p", "d", "t", "e", "end", "pagedown", "x")
        await pilot.pause()
        return nothing, listed(pilot)

    nothing, found = drive(answers_app(study.store), work)
    assert "No answer fits this filter. x takes the last filter away." in nothing
    assert found == ["P1", "P2", "P3"]


@pytest.mark.parametrize(
    ("keys", "words", "found"),
    [
        (("f", *"code", "enter", *"trust", "enter"), "code benefit.trust", ["P2"]),
        (("f", *"without code", "enter", *"worry", "enter"), "without code risk.worry", ["P3"]),
        (("f", *"code fam", "enter", *"bene", "enter"), "family benefit", ["P1", "P2"]),
        (("f", *"without code f", "enter", *"bene", "enter"), "without family benefit", ["P3"]),
        (("f", *"state", "enter", *"undec", "enter"), "undecided", ["P2", "P3"]),
        (("f", *"question", "enter", "enter"), "question q", ["P1", "P2", "P3"]),
        (("f", *"group", "enter", *"patient", "enter"), "group = patient", ["P2", "P3"]),
        (("f", *"wants", "enter", "enter"), "wants = yes", ["P1", "P2", "P3"]),
        (("f", *"coder", "enter", *"ben", "enter"), "work of ben", ["P1", "P2"]),
        (("f", *"round", "enter", "enter"), "work in round main", ["P1", "P2"]),
        (("f", *"words in the", "enter", *"worr", "enter"), "“worr”", ["P2"]),
        (("f", *"words in a m", "enter", *"clear", "enter"), "memo “clear”", ["P1"]),
        (("f", *"at least", "enter", "5", "enter"), "5 words or more", ["P2"]),
        (("f", *"at most", "enter", "1", "enter"), "1 words or fewer", ["P3"]),
        (("f", *"partic", "enter", *"P2", "enter"), "participant P2", ["P2"]),
        (("f", *"order", "enter", *"shortest", "enter"), "shortest first", ["P3", "P1", "P2"]),
        (("c", *"worry", "enter"), "code risk.worry", ["P1", "P2"]),
        (("g", *"expert", "enter"), "group = expert", ["P1"]),
        (("u",), "undecided", ["P2", "P3"]),
        (("s", *"longest", "enter"), "longest first", ["P2", "P1", "P3"]),
        (("c", *"worry", "enter", "g", *"pat", "enter"), "code risk.worry · group = patient", ["P2"]),
        (("c", *"worr", "enter", "c", *"und", "enter"), "code risk.worry or code benefit.u", ["P1", "P2"]),
    ],
)
def test_every_filter_is_reached_by_keys_and_stands_in_words_above_the_list(
    study: CodingStudy, drive: Drive, keys: tuple[str, ...], words: str, found: list[str]
) -> None:
    async def work(pilot: Pilot[str]) -> tuple[str, list[str]]:
        await pilot.press(*("space" if key == " " else key for key in keys))
        await pilot.pause()
        return screen_text(pilot).splitlines()[1], listed(pilot)

    said, listed_now = drive(answers_app(study.store), work, size=(100, 30))
    assert (said.strip().startswith(words), listed_now) == (True, found)


def test_choosing_a_value_again_takes_it_off(study: CodingStudy, drive: Drive) -> None:
    assert after(drive, study, "g", *"exp", "enter", "g", *"exp", "enter") == ["P1", "P2", "P3"]
    assert after(drive, study, "u", "u") == ["P1", "P2", "P3"]


def test_the_chosen_answer_stays_chosen_where_the_new_list_has_it(study: CodingStudy, drive: Drive) -> None:
    async def work(pilot: Pilot[str]) -> str:
        await pilot.press("end", "g", *"patient", "enter")
        await pilot.pause()
        chosen = answers_screen(pilot).chosen
        return "" if chosen is None else chosen.key.participant

    assert drive(answers_app(study.store), work) == "P3"


def test_a_filter_given_at_the_start_is_shown_and_can_be_taken_away(study: CodingStudy, drive: Drive) -> None:
    filter = AnswerFilter(codes=("risk.worry",), where=(("group", "patient"),))

    async def work(pilot: Pilot[str]) -> list[list[str]]:
        seen = [listed(pilot)]
        for _ in range(2):
            await pilot.press("backspace")
            await pilot.pause()
            seen.append(listed(pilot))
        return seen

    found = drive(answers_app(study.store, filter=filter), work)
    assert found == [["P2"], ["P1", "P2"], ["P1", "P2", "P3"]]


def test_an_unknown_code_at_the_start_is_said_with_the_way_out(study: CodingStudy, press: Press) -> None:
    screen = press(answers_app(study.store, filter=AnswerFilter(codes=("nope",))))
    assert "No code 'nope' in the codebook." in screen
    assert "3 answers" in press(answers_app(study.store, filter=AnswerFilter(codes=("nope",))), "x")


def test_home_end_and_pages_reach_every_answer(drive: Drive) -> None:
    study = make_study({f"P{number:03}": f"answer {number}" for number in range(250)})

    async def work(pilot: Pilot[str]) -> list[str]:
        seen = []
        for key in ("end", "pageup", "home", "pagedown", "up"):
            await pilot.press(key)
            await pilot.pause()
            screen = answers_screen(pilot)
            assert screen.chosen is not None
            assert f"▸○  {screen.chosen.key.participant}" in screen_text(pilot)
            seen.append(screen.chosen.key.participant)
        return seen

    found = drive(answers_app(study.store), work)
    room = 250 - 1 - int(found[1][1:])
    assert found == ["P249", f"P{249 - room:03}", "P000", f"P{room:03}", f"P{room - 1:03}"]


def test_a_blind_round_shows_ones_own_codes_alone(press: Press) -> None:
    blind = Round(name="blind", is_blind=True, coders=("ada", "ben"))
    study = two_coders_study(rounds=(blind,))
    decide(study, "P2", "benefit.trust", coder="ben", round="blind")
    screen = press(answers_app(study.store, round="blind"), "down", size=(120, 40))
    assert ("Trust" in screen, "ben" in screen) == (False, False)


def test_a_round_that_hides_groups_shows_none_and_offers_none(press: Press) -> None:
    study = two_coders_study(rounds=(Round(name="hidden", hides_group=True, coders=("ada",)),))
    screen = press(answers_app(study.store, round="hidden"), "g", size=(120, 40))
    assert ("patient" in screen, "no groups here" in screen) == (False, True)


def test_everything_can_be_done_with_caps_lock_on(study: CodingStudy, drive: Drive) -> None:
    assert after(drive, study, "U") == ["P2", "P3"]


def test_a_project_without_answers_says_how_to_take_some_in(press: Press) -> None:
    screen = press(answers_app(make_study({}).store), "end", "down", "enter")
    assert "There are no answers yet. Take in a survey with `harken import FILE`." in screen


def test_definitions_are_shown_on_demand(study: CodingStudy, press: Press) -> None:
    meaning = "The image helps to understand."
    assert meaning not in press(answers_app(study.store), size=(120, 40))
    assert meaning in press(answers_app(study.store), "i", size=(120, 40))


def test_a_star_is_written_and_taken_off_again(study: CodingStudy, press: Press, drive: Drive) -> None:
    assert "✓★ P1" in press(answers_app(study.store), "t")
    assert after(drive, study, "f", *"state", "enter", *"starred", "enter") == ["P1"]
    assert "✓★ P1" not in press(answers_app(study.store), "t")
    assert list(findings(study.store)) == []


def test_a_memo_is_written_and_read_in_full(study: CodingStudy, press: Press) -> None:
    screen = press(answers_app(study.store), "w", *"mine", "escape", "m")
    assert ("clear case" in screen, "mine" in screen) == (True, True)


def test_an_empty_memo_writes_nothing(study: CodingStudy, press: Press) -> None:
    before = study.store.project_hash()
    press(answers_app(study.store), "w", "escape")
    assert study.store.project_hash() == before


def test_a_persons_page_has_closed_items_and_all_answers(study: CodingStudy, press: Press) -> None:
    screen = press(answers_app(study.store), "down", "p", size=(100, 40))
    for said in ("P2", "wants  yes", "group  patient", "It made me worry", "ben · main", "Risks: Anxiety"):
        assert said in screen


def test_a_codes_page_has_its_answers_by_group(study: CodingStudy, press: Press) -> None:
    screen = press(answers_app(study.store), "d", *"worry", "enter", size=(100, 40))
    lines = [line.strip() for line in screen.splitlines() if line.strip()]
    assert lines[0].startswith("Anxiety or worry")
    assert "expert   1 of 1 people" in lines
    assert "patient   1 of 1 people" in lines
    assert "│ I understand it now." in lines


def test_a_page_leads_back_to_the_same_answer(study: CodingStudy, drive: Drive) -> None:
    async def work(pilot: Pilot[str]) -> str:
        await pilot.press("down", "p", "escape")
        await pilot.pause()
        chosen = answers_screen(pilot).chosen
        return "" if chosen is None else chosen.key.participant

    assert drive(answers_app(study.store), work) == "P2"


def test_the_help_lists_every_filter_key(study: CodingStudy, press: Press) -> None:
    screen = press(answers_app(study.store), "question_mark", size=(110, 60))
    for said in ("Only answers with a code.", "Only answers of a group of people.", "The order of the list."):
        assert said in screen


def test_keys_can_be_given_other_places(study: CodingStudy, drive: Drive) -> None:
    async def work(pilot: Pilot[str]) -> list[str]:
        await pilot.press("z")
        await pilot.pause()
        return listed(pilot)

    app = answers_app(study.store, keymap={"answers.undecided": "z"})
    assert drive(app, work) == ["P2", "P3"]

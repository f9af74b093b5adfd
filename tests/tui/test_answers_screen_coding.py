"""From the answers screen to coding one answer and back, to files, and beside others who write."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from answers_study import answers_app, answers_screen, decide, listed, on_file, two_coders_study
from coding_study import Clock, CodingStudy, make_study, screen_text
from test_hostile_texts import HOSTILE, hostile_study
from textual.pilot import Pilot

from harken.model import Coding
from harken.services.browsing import AnswerFilter, AnswerMark, reader_for
from harken.services.browsing.keeping_up import put_star
from harken.storage import survey
from harken.storage.coding import Draft
from harken.tui.app import HarkenApp
from harken.tui.screens.answers import screen as answers
from harken.tui.screens.answers.screen import AnswersScreen

Drive = Callable[..., Any]
Press = Callable[..., str]


@pytest.fixture
def study() -> Iterator[CodingStudy]:
    made = two_coders_study()
    yield made
    made.store.close()


async def _until(pilot: Pilot[str], is_there: Callable[[], bool]) -> None:
    """Let the program go on until something has happened; a test that waits in vain fails."""
    for _ in range(500):
        if is_there():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never happened")


def test_enter_codes_the_answer_and_comes_back_to_its_line(study: CodingStudy, drive: Drive) -> None:
    async def work(pilot: Pilot[str]) -> str:
        await pilot.press("down", "enter", "u", "enter")
        await pilot.pause()
        return screen_text(pilot)

    screen = drive(answers_app(study.store), work, size=(100, 30))
    assert study.decided("P2") == ("benefit.understanding",)
    assert "▸✓  P2  patient  It made me worry" in screen
    assert "Understanding" in next(line for line in screen.splitlines() if "P2" in line)


def test_escape_leaves_a_draft_and_comes_back(study: CodingStudy, drive: Drive) -> None:
    async def work(pilot: Pilot[str]) -> str:
        await pilot.press("down", "enter", "u", "escape")
        await pilot.pause()
        return screen_text(pilot)

    assert "▸✎  P2" in drive(answers_app(study.store), work)
    assert study.draft("P2") == Draft(codings=(Coding("benefit.understanding"),))


def test_an_answer_that_is_decided_opens_with_its_codes_and_can_be_changed(
    study: CodingStudy, press: Press
) -> None:
    press(answers_app(study.store), "enter", "w", "enter")
    assert study.decided("P1") == ("benefit.understanding", "risk.worry")


def test_no_other_answer_is_reached_from_the_one_that_is_open(study: CodingStudy, press: Press) -> None:
    screen = press(answers_app(study.store), "enter", "right", "left", "backspace", size=(100, 30))
    assert ("I understand it now." in screen, "Esc back to the list" in screen) == (True, True)


def test_an_enter_that_is_held_does_not_open_the_answer_again(study: CodingStudy, drive: Drive) -> None:
    async def work(pilot: Pilot[str]) -> int:
        await pilot.press("enter", "w")
        study.clock.step = 0.02
        study.clock.now += 5
        await pilot.press(*["enter"] * 4)
        await pilot.pause()
        return len(pilot.app.screen_stack)

    assert drive(answers_app(study.store, clock=study.clock), work) == 1


def test_an_answer_outside_of_ones_queue_is_refused_in_words(press: Press) -> None:
    study = make_study({"P1": "", "P2": "fine"})
    with study.store.action("ada") as action:
        action.append("participants.excluded", {"participants": ["P2"], "reason": "too late"})
    assert "P1 gave no answer here (non-response)" in press(answers_app(study.store), "enter")
    screen = press(answers_app(study.store), "down", "enter", size=(100, 30))
    assert "P2 is excluded (too late)" in screen


def test_a_list_opened_to_find_an_answer_gives_its_id(study: CodingStudy, drive: Drive) -> None:
    found: list[int | None] = []

    async def work(pilot: Pilot[str]) -> None:
        reader = reader_for(study.store, "ada")
        screen = AnswersScreen(study.store, reader=reader, clock=study.clock, picks=True)
        await pilot.app.push_screen(screen, found.append)
        await pilot.press("slash", *"worr", "enter", "o")
        await pilot.pause()
        await pilot.app.push_screen(
            AnswersScreen(study.store, reader=reader, clock=study.clock, picks=True), found.append
        )
        await pilot.press("escape")
        await pilot.pause()

    drive(study.app(), work)
    assert found == [survey.response_id(study.store, survey.response(study.store, 2).key), None]


def test_a_series_is_recoded_without_an_arrow_key(drive: Drive) -> None:
    study = make_study({f"P{number}": "a worry" for number in range(1, 5)})
    for name in ("P1", "P3", "P4"):
        decide(study, name, "risk.worry")

    async def work(pilot: Pilot[str]) -> list[str]:
        said = []
        for _ in range(3):
            await pilot.press("enter", "w", "t", "enter")
            await pilot.pause()
            said.append(screen_text(pilot).splitlines()[-2].strip())
        return said

    said = drive(answers_app(study.store, filter=AnswerFilter(codes=("risk.worry",))), work)
    assert [study.decided(f"P{number}") for number in range(1, 5)] == [
        ("benefit.trust",),
        None,
        ("benefit.trust",),
        ("benefit.trust",),
    ]
    assert said == [
        "P1 is decided and no longer fits the filter. The next one is chosen.",
        "P3 is decided and no longer fits the filter. The next one is chosen.",
        "P4 is decided and no longer fits the filter. It is the last one of the list.",
    ]


def test_an_answer_that_still_fits_the_filter_stays_chosen(study: CodingStudy, drive: Drive) -> None:
    async def work(pilot: Pilot[str]) -> str:
        await pilot.press("enter", "t", "enter")
        await pilot.pause()
        return screen_text(pilot)

    assert "▸✓  P1" in drive(answers_app(study.store, filter=AnswerFilter(codes=("risk.worry",))), work)
    assert set(study.decided("P1") or ()) == {"benefit.understanding", "benefit.trust"}


def test_a_draft_that_is_left_stays_chosen(study: CodingStudy, drive: Drive) -> None:
    async def work(pilot: Pilot[str]) -> str:
        await pilot.press("enter", "w", "escape")
        await pilot.pause()
        return screen_text(pilot)

    filter = AnswerFilter(states=(AnswerMark.UNDECIDED,))
    assert "▸✎  P2" in drive(answers_app(study.store, filter=filter), work)


def test_no_list_opens_from_an_answer_of_a_list(study: CodingStudy, drive: Drive) -> None:
    async def work(pilot: Pilot[str]) -> tuple[int, str]:
        await pilot.press("enter", "space")
        await pilot.pause()
        menu = screen_text(pilot)
        await pilot.press("l")
        await pilot.pause()
        return len(pilot.app.screen_stack), menu

    n_screens, menu = drive(answers_app(study.store), work, size=(120, 30))
    assert (n_screens, "b codebook" in menu, "l list" in menu) == (2, True, False)


def test_what_is_listed_is_written_to_a_file(
    study: CodingStudy, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    screen = press(answers_app(study.store), "c", *"worry", "enter", "e", *"wanted.csv", "enter")
    assert "2 answers written to wanted.csv." in screen
    assert [row[:4] for row in csv.reader(io.StringIO(Path("wanted.csv").read_text())) if len(row) > 1] == [
        ["Participant", "group", "Question", "Answer"],
        ["P1", "expert", "q", "I understand it now."],
        ["P2", "patient", "q", "It made me worry\nand then I trusted her."],
    ]


def test_a_file_that_is_there_is_not_overwritten_and_the_name_is_kept(
    study: CodingStudy, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.md").write_text("mine")
    refused = press(answers_app(study.store), "e", *"mine.md", "enter")
    again = press(answers_app(study.store), "e", *"mine.md", "enter", "e", "escape", "e", "end", "2", "enter")
    assert "mine.md exists already; choose another name." in refused
    assert "mine.md2: end the name in .csv, .xlsx, .docx or .md" in again
    assert Path("mine.md").read_text() == "mine"


def test_what_others_write_appears_on_the_lines(
    study: CodingStudy, drive: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "LOOK_SECONDS", 0.01)
    store = on_file(study, tmp_path / "shared.db")
    other = on_file_again(tmp_path / "shared.db")

    async def work(pilot: Pilot[str]) -> None:
        put_star(other.store, survey.response(other.store, 3).key, coder="ada", is_starred=True)
        decide(other, "P3", "benefit.trust", coder="ben")
        await _until(pilot, lambda: "○★ P3" in screen_text(pilot) and "ben: Trust" in screen_text(pilot))

    drive(answers_app(store), work, size=(120, 30))
    other.store.close()
    store.close()


def on_file_again(path: Path) -> CodingStudy:
    from harken.storage.store import Store

    return CodingStudy(Store.open(path))


def test_a_search_in_a_file_runs_beside_and_finds_everything(drive: Drive, tmp_path: Path) -> None:
    texts = {f"P{number:04}": f"word {'odd' if number % 2 else 'even'} {number}" for number in range(1000)}
    store = on_file(make_study(texts), tmp_path / "many.db")

    async def work(pilot: Pilot[str]) -> tuple[int, list[str]]:
        await pilot.press("slash", *"odd", "enter")
        screen = answers_screen(pilot)
        await _until(pilot, lambda: screen.is_complete and len(screen.pages) == 500)
        await pilot.press("end")
        await pilot.pause()
        return len(screen.pages), listed(pilot)[-1:]

    assert drive(answers_app(store), work) == (500, ["P0999"])
    store.close()


def test_a_terminal_shrunk_in_mid_work_and_back_keeps_search_place_and_filter(
    study: CodingStudy, drive: Drive
) -> None:
    async def work(pilot: Pilot[str]) -> tuple[list[str], str]:
        await pilot.press("g", *"patient", "enter", "slash", "n")
        for width, height in ((20, 6), (1, 1), (20, 24), (300, 5), (20, 10)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
        await pilot.press("o")
        await pilot.press("enter", "p", "escape", "f", "escape")
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        return listed(pilot), screen_text(pilot)

    found, screen = drive(answers_app(study.store), work, size=(100, 30))
    assert found == ["P3"]
    assert "group = patient · “no”" in screen
    assert "▸○  P3  patient  nothing" in screen


@pytest.mark.parametrize("size", [(20, 6), (20, 24), (40, 10), (60, 15)])
def test_the_chosen_answer_is_in_sight_in_small_windows_too(
    study: CodingStudy, press: Press, size: tuple[int, int]
) -> None:
    assert "I underst" in press(answers_app(study.store), size=size)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_go_through_every_part_as_data(text: str, drive: Drive) -> None:
    study = hostile_study(text)
    decide(study, "[/b]\x1b[2J", *study.book.codebook.paths, memo=text)

    async def work(pilot: Pilot[str]) -> str:
        seen = ""
        for keys in (
            ("i", "right", "m", "escape", "p", "pagedown", "end", "home", "escape"),
            ("d", "enter", "down", "pagedown", "escape"),
            ("slash", *"a[/b]'(\"*", "enter", "f", "escape", "g", "enter", "c", "enter", "x", "x", "x"),
            ("w", "a", "escape", "s", "enter", "enter", "escape", "end", "pageup"),
        ):
            await pilot.press(*keys)
            await pilot.pause()
            seen += screen_text(pilot)
        return seen

    screen = drive(answers_app(study.store), work, size=(80, 24))
    assert not any(ord(character) < 32 and character != "\n" for character in screen)
    assert "\u202e" not in screen


def test_a_key_too_many_does_not_end_the_program_on_its_first_screen(
    study: CodingStudy, drive: Drive
) -> None:
    async def work(pilot: Pilot[str]) -> tuple[bool, str]:
        before = screen_text(pilot)
        await pilot.press("escape", "escape")
        await pilot.pause()
        return "back" in before, screen_text(pilot)

    app: HarkenApp = answers_app(study.store, filter=AnswerFilter(text="worry"), clock=Clock())
    offers_a_way_back, shown = drive(app, work)
    assert not offers_a_way_back
    assert "Ctrl+Q leaves. Everything is on disk." in shown

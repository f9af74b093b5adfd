"""`harken code --plain`: lines in, lines out, and what is on disk then."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pytest
from command_line import HARKEN, Harken, Outcome

from harken.cli.plain_lines import PLAIN_COMMANDS, PlainLine, read_line
from harken.errors import HarkenError
from harken.services.coding import CodingSession
from harken.storage.store import Store

Plain = Callable[..., Outcome]

FIRST = [
    "lea, round main: 0 of 5 answers decided, 5 left. /help lists the commands.",
    "Question q1.",
    "p1, north, answer 1 of 5:",
    "too slow on the phone",
]
SECOND = ["p2, south, answer 2 of 5:", "nobody picked up the phone"]
END = ["Every answer in this queue is decided. /back reopens the last decision, /quit leaves."]


@pytest.fixture
def plain(study: Path, harken: Harken, monkeypatch: pytest.MonkeyPatch) -> Plain:
    """The plain mode, without suggestions, reading lines from a pipe."""
    del study

    def run(*lines: str | bytes, options: tuple[str, ...] = ("--no-suggestions",)) -> Outcome:
        typed = b"".join(line if isinstance(line, bytes) else f"{line}\n".encode() for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
        return harken("code", "--plain", *options)

    return run


def said(outcome: Outcome) -> list[str]:
    """What was said before the line on leaving."""
    return outcome.out.splitlines()[:-1]


def decisions(coder: str = "lea") -> dict[tuple[str, str], tuple[str, ...]]:
    with Store.open(Path("harken.db")) as store:
        rows = store.connection.execute(
            "SELECT participant, question, code, state FROM v_codings WHERE coder = ?", (coder,)
        ).fetchall()
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for participant, question, code, state in rows:
        said = code or ("uncodable" if state == "uncodable" else "none")
        found[participant, question] = (*found.get((participant, question), ()), said)
    return found


# -- lines -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("", PlainLine(word="repeat")),
        ("  \t ", PlainLine(word="repeat")),
        (".", PlainLine(word="decide", argument=".")),
        ("Done", PlainLine(word="decide", argument="done")),
        ("0", PlainLine(word="none", argument="0")),
        ("none", PlainLine(word="none", argument="none")),
        ("uncodable", PlainLine(word="uncodable", argument="uncodable")),
        ("u  -t 2", PlainLine(word="apply", codes=("u", "-t", "2"))),
        ("u t .", PlainLine(word="apply", codes=("u", "t"), decides=True)),
        ("u done", PlainLine(word="apply", codes=("u", "done"))),
        ("?", PlainLine(word="help")),
        ("/m  two  words", PlainLine(word="memo", argument="two words")),
        ("/MEMO two", PlainLine(word="memo", argument="two")),
        ("/z", PlainLine(word="undo")),
    ],
)
def test_a_line_is_codes_a_decision_or_a_command_behind_a_slash(typed: str, line: PlainLine) -> None:
    assert read_line(typed) == line


@pytest.mark.parametrize("typed", ["/", "/mmo x", "/done", "/1"])
def test_an_unknown_command_is_refused(typed: str) -> None:
    with pytest.raises(HarkenError, match="There is no command"):
        read_line(typed)


def test_no_two_commands_share_a_word_or_a_letter() -> None:
    names = [name for one in PLAIN_COMMANDS for name in (one.word, one.letter) if name]
    assert sorted(names) == sorted(set(names))


# -- reading out -------------------------------------------------------------------------------------


def test_the_first_answer_is_read_out_with_its_question_person_and_group(plain: Plain) -> None:
    outcome = plain()
    assert (said(outcome), outcome.code, outcome.err) == (FIRST, 0, "")


def test_the_question_is_said_again_only_when_it_changes(plain: Plain) -> None:
    outcome = plain("/next", "/next", "/next")
    assert said(outcome) == [
        *FIRST,
        *SECOND,
        "p3, north, answer 3 of 5:",
        "nothing",
        "Question q2.",
        "p1, north, answer 4 of 5:",
        "rude staff",
    ]


def test_an_empty_line_reads_the_answer_again_and_decides_nothing(plain: Plain) -> None:
    outcome = plain("w", "", "")
    again = ["Question q1.", "p1, north, answer 1 of 5:", "too slow on the phone"]
    again.append("Applied: Waiting. Not decided.")
    assert said(outcome) == [
        *FIRST,
        "Applied: Waiting. Not decided.",
        *again,
        *again,
        "p1 is left as a draft.",
    ]
    assert decisions() == {}


def test_by_participant_one_person_s_answers_stand_together(plain: Plain) -> None:
    outcome = plain("0", options=("--no-suggestions", "--by-participant"))
    assert said(outcome) == [
        *FIRST,
        "Saved: p1: no code applies. 4 left.",
        "Question q2.",
        "p1, north, answer 2 of 5:",
        "rude staff",
    ]


def test_a_text_of_many_lines_says_how_many_and_comes_without_control_characters(
    plain: Plain, harken: Harken, folder: Path
) -> None:
    (folder / "more.csv").write_text('id,q1,group\np9,"one\x1b[2J\ntwo",north\n')
    assert harken("import", "more.csv", "--id", "id", "--question", "q1", "--group", "group").code == 0
    assert said(plain("/go p9"))[4:] == ["p9, north, answer 4 of 6, 2 lines:", "one␛[2J", "two"]


def test_suggestions_are_numbered_with_their_reasons_and_taken_by_number(plain: Plain) -> None:
    outcome = plain("1 .", options=())
    assert said(outcome)[4:6] == ["1 Waiting, “slow”, “phone”", "Saved: p1: Waiting. 4 left."]
    assert decisions() == {("p1", "q1"): ("theme.wait",)}


def test_a_blind_round_shows_no_suggestions_until_they_are_asked_for(plain: Plain, folder: Path) -> None:
    from harken.model import Round
    from harken.services.studies import add_round

    with Store.open(folder / "harken.db") as store, store.action("lea") as action:
        add_round(action, Round(name="blind", is_blind=True))
    outcome = plain("/suggest", "/next", options=("--round", "blind"))
    assert said(outcome) == [
        FIRST[0].replace("main", "blind"),
        "Suggestions are hidden in this round; /suggest shows them from the next answer on.",
        *FIRST[1:],
        "Suggestions are shown from the next answer on.",
        *SECOND,
        "1 Waiting, “phone”",
    ]


# -- deciding ----------------------------------------------------------------------------------------


def test_codes_by_key_and_address_then_a_dot_decide_and_what_is_saved_is_said(plain: Plain) -> None:
    outcome = plain("w theme.staff", ".")
    assert said(outcome) == [
        *FIRST,
        "Applied: Waiting, Staff. Not decided.",
        "Saved: p1: Staff, Waiting. 4 left.",
        *SECOND,
    ]
    assert decisions() == {("p1", "q1"): ("theme.staff", "theme.wait")}


def test_a_code_is_taken_off_with_a_minus_and_applying_twice_is_once(plain: Plain) -> None:
    outcome = plain("w s", "w -s -wait", "-s", "s s .")
    assert said(outcome)[4:-2] == [
        "Applied: Waiting, Staff. Not decided.",
        "Staff taken off.",
        "Waiting taken off.",
        "No code is applied. Not decided.",
        "Staff was not applied.",
        "No code is applied. Not decided.",
        "Saved: p1: Staff. 4 left.",
    ]


def test_no_code_and_uncodable_decide_alone(plain: Plain) -> None:
    assert plain("none", "/x", "0").code == 0
    assert decisions() == {("p1", "q1"): ("none",), ("p2", "q1"): ("uncodable",), ("p3", "q1"): ("none",)}


def test_the_end_of_the_queue_is_said_and_going_back_still_works(plain: Plain) -> None:
    outcome = plain(*"00000", "/back", ".")
    assert said(outcome)[-7:] == [
        *END,
        "Reopened. Change it and decide again, or leave it as it stands.",
        "p3, north, answer 5 of 5:",
        "the price",
        "Decided: no code applies.",
        "p3 stays as it was decided.",
        *END,
    ]


def test_a_finished_queue_is_said_at_once(plain: Plain) -> None:
    plain(*"00000")
    assert said(plain()) == [
        "lea, round main: 5 of 5 answers decided, 0 left. /help lists the commands.",
        *END,
    ]


def test_undo_and_redo_say_what_stands_then(plain: Plain) -> None:
    outcome = plain("w .", "/undo", "/redo", "/z")
    assert said(outcome)[7:11] == [
        "The decision on p1 is undone.",
        "p1, north, answer 1 of 5:",
        "too slow on the phone",
        "Applied: Waiting. Not decided.",
    ]
    assert decisions() == {}


def test_memo_and_question_to_the_lead_are_kept_with_the_answer(plain: Plain) -> None:
    outcome = plain("/memo first", "/memo second", "/memo", "/unsure is it?", "/unsure", "w .", "/back")
    assert said(outcome)[4:9] == [
        "Memo kept.",
        "Memo kept.",
        "Memo: first / second",
        "Marked unsure.",
        "It is marked unsure already.",
    ]
    assert said(outcome)[-3:] == ["Decided: Waiting.", "Marked unsure: is it?.", "Memo: first / second"]
    with Store.open(Path("harken.db")) as store:
        session = CodingSession.open(store, coder="lea")
        session.reopen()
        assert session.current is not None
        work = session.current.work
    assert (work.memo, work.message, work.is_unsure) == ("first\nsecond", "is it?", True)


def test_parts_of_an_answer_are_coded_quoted_and_hidden_by_their_words(plain: Plain) -> None:
    outcome = plain("/part w slow on", "/quote too slow", "/hide pl: PHONE", ".", "/back")
    assert said(outcome)[4:9] == [
        "Waiting on “slow on”.",
        "Applied: Waiting on “slow on”. Not decided.",
        "Quote: “too slow”.",
        "“phone” is printed as [place removed].",
        "Saved: p1: Waiting. 4 left.",
    ]
    assert said(outcome)[-3:] == [
        "Decided: Waiting on “slow on”.",
        "Quote: “too slow”",
        "Hidden: “phone”",
    ]


def test_an_alert_reaches_the_lead_and_is_read_with_the_answer(plain: Plain) -> None:
    outcome = plain("/alert please look", "")
    assert said(outcome)[4:] == [
        "The lead is alerted to this answer. Go on coding it as usual.",
        *FIRST[1:],
        "Alert to the lead: please look",
    ]


def test_a_new_code_is_made_in_the_only_family_and_applied(plain: Plain) -> None:
    outcome = plain("/new Opening hours", ".")
    assert said(outcome)[4:7] == [
        "Opening hours made in Theme and applied; its key is o.",
        "Applied: Opening hours. Not decided.",
        "Saved: p1: Opening hours. 4 left.",
    ]


def test_codes_are_listed_found_and_explained(plain: Plain) -> None:
    outcome = plain("w", "/codes", "/find staf", "/about w")
    assert said(outcome)[5:-1] == [
        "Theme:",
        "w Waiting, applied",
        "s Staff",
        "Theme:",
        "s Staff",
        "Waiting, in Theme, key w, address theme.wait.",
        "It has no definition.",
    ]


def test_a_person_s_other_answers_are_read(plain: Plain) -> None:
    assert said(plain("/person"))[4:] == ["p1, north:", "q1: this answer", "q2: rude staff"]


def test_going_to_a_person_prefers_the_answer_that_waits(plain: Plain) -> None:
    plain("0")
    assert said(plain("/go P1"))[-3:] == ["Question q2.", "p1, north, answer 4 of 5:", "rude staff"]
    assert said(plain("/go p1 q1"))[-1] == "Decided: no code applies."
    assert said(plain("/go #3"))[-2:] == ["p3, north, answer 3 of 5:", "nothing"]


# -- lines that cannot be done -----------------------------------------------------------------------


def test_a_refused_line_is_named_and_what_a_script_meant_for_its_answer_falls_on_no_other(
    plain: Plain,
) -> None:
    outcome = plain("w zz", ".", "s", ".", "/go p2 q1", "w .")
    assert (outcome.code, outcome.err.splitlines()) == (
        1,
        [
            "line 1: No code has the key 'zz'. Nothing is changed. /codes lists the keys; type spaces "
            "between them. Lines that code are skipped from here to the next /go.",
            "error: 1 line refused and 3 lines after them skipped; the others are done and on disk.",
        ],
    )
    assert decisions() == {("p2", "q1"): ("theme.wait",)}


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (".", "No code is applied yet. Write codes before the dot, or 0"),
        ("7", "There is no suggestion 7 for this answer."),
        ("9" * 5000, "There is no suggestion 9999"),
        ("theme.price", "theme.price may not be applied to q1."),
        ("nowhere", "No code is called 'nowhere'. Nothing is changed. /find TEXT looks for codes, /codes"),
        ("waits", "No code is called 'waits'. Nothing is changed. Perhaps w (Waiting)?"),
        ("same", "No code is called 'same'. Nothing is changed. /same is the command."),
        ("-", "No code is called ''. Nothing is changed. /find TEXT looks for codes"),
        ("/hide d: slow", "'d' does not say what it is. Kinds: name, place, date, organisation, "),
        ("/hide town: slow", "'town' does not say what it is."),
        ("/fidn", "There is no command '/fidn'. Did you mean /find?"),
        ("/go p77", "No answer by 'p77' is in this queue."),
        ("/go #6", "There is no answer #6; the queue has 5."),
        ("/go #" + "9" * 5000, "There is no answer #9999"),
        ("/undo", "Nothing to undo."),
        ("/back", "No earlier decision to reopen."),
        ("/same", "The answer before has no codes to repeat."),
        ("/new", "Write the name of the code behind it"),
        ("/about", "Write the key or address of a code behind it"),
        ("/part w", "Write the words of the answer behind it"),
        ("/part w fast", "'fast' stands nowhere in this answer."),
        ("/quote o", "'o' stands 5 times; write more of them."),
        (b"caf\xe9\n", "This line is no UTF-8 text."),
    ],
)
def test_what_cannot_be_done_is_said_with_its_line_and_ends_in_exit_code_1(
    plain: Plain, typed: str | bytes, why: str
) -> None:
    outcome = plain("", typed)
    first, last = outcome.err.splitlines()
    assert (outcome.code, first.startswith(f"line 2: {why}")) == (1, True)
    assert last == "error: 1 line refused; the others are done and on disk."
    assert decisions() == {}


def test_a_word_that_decides_and_is_a_code_too_is_refused(plain: Plain, harken: Harken, folder: Path) -> None:
    (folder / "book2.yaml").write_text(
        (folder / "book.yaml").read_text() + "      - {key: none, label: Nothing wrong}\n"
    )
    assert harken("codebook", "import", "book2.yaml").code == 0
    outcome = plain("none")
    assert "'none' decides, and is a code too. Write 0 to decide, or theme.none for the code." in outcome.err
    assert decisions() == {}


def test_a_windows_file_with_a_byte_order_mark_is_understood(plain: Plain) -> None:
    assert plain(b"\xef\xbb\xbfw\r\n.\r\n").code == 0
    assert decisions() == {("p1", "q1"): ("theme.wait",)}


def test_leaving_reads_no_further_line(plain: Plain) -> None:
    assert plain("/quit", "0").code == 0
    assert decisions() == {}


# -- as a program ------------------------------------------------------------------------------------


def test_every_decision_is_on_disk_before_the_next_line_is_read(study: Path) -> None:
    """The program is killed while it waits for a line."""
    del study
    with subprocess.Popen(
        [*HARKEN, "code", "--plain", "--no-suggestions"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(b"w .\ns\n")
        program.stdin.flush()
        while not program.stdout.readline().startswith(b"Applied: Staff"):
            pass
        program.kill()
    with Store.open(Path("harken.db")) as store:
        drafts = store.connection.execute("SELECT count(*) FROM drafts").fetchone()
    assert (decisions(), drafts) == ({("p1", "q1"): ("theme.wait",)}, (1,))


def test_in_a_terminal_every_answer_is_followed_by_a_line_that_asks_and_nothing_moves_the_cursor(
    study: Path,
) -> None:
    del study
    terminal = pexpect.spawn(
        HARKEN[0], [*HARKEN[1:], "code", "--plain", "--no-suggestions"], encoding="utf-8", timeout=20
    )
    shown = ""
    for typed in ("w", "qq", ".", "/quit"):
        terminal.expect_exact("Codes?\r\n")
        shown += terminal.before
        terminal.sendline(typed)
    terminal.expect(pexpect.EOF)
    shown += terminal.before
    terminal.close()
    assert terminal.exitstatus == 0
    assert "Not done: No code has the key 'qq'." in shown
    assert "Saved: p1: Waiting. 4 left." in shown
    assert "\x1b" not in shown
    assert decisions() == {("p1", "q1"): ("theme.wait",)}

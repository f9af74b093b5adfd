"""What every command shares: where options may stand, exit codes, streams, refusals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from command_line import HARKEN, LAYOUT, contents, in_process_of_its_own

from harken import Project
from harken.storage import study as stored_study


def test_without_a_project_it_says_how_to_make_one(harken, folder) -> None:
    outcome = harken()
    assert (outcome.code, outcome.err) == (0, "")
    assert "harken init" in outcome.out
    assert contents(folder) == {}


def test_with_a_project_it_says_what_comes_next(harken, study) -> None:
    outcome = harken()
    assert outcome.code == 0
    assert outcome.out.startswith("Waits\n")
    assert "harken agreement  |  harken themes --by COLUMN" in outcome.out


# -- init --------------------------------------------------------------------------------------------


def test_init_makes_a_project_named_after_its_file(harken, folder) -> None:
    outcome = harken("init", "study.db", "--lead", "lea")
    assert (outcome.code, outcome.out) == (0, "Made study.db (study), led by lea.\n")
    assert outcome.err == "Next: harken import FILE\n"
    with Project.open(folder / "study.db") as project:
        assert project.actor == "lea"
        assert [round.name for round in stored_study.rounds(project.store)] == ["main"]


@pytest.mark.parametrize(
    "words", [("--project", "a.db", "init"), ("init", "--project", "a.db"), ("init", "a.db")]
)
def test_the_file_of_init_is_named_in_any_of_three_ways(harken, folder, words) -> None:
    assert harken(*words, "--lead", "lea").code == 0
    assert list(contents(folder)) == ["a.db"]


def test_init_makes_the_file_that_the_environment_names(harken, folder, monkeypatch) -> None:
    monkeypatch.setenv("HARKEN_PROJECT", "b.db")
    assert harken("init", "--lead", "lea").code == 0
    assert list(contents(folder)) == ["b.db"]


def test_init_refuses_an_existing_file_and_leaves_it(harken, folder) -> None:
    (folder / "harken.db").write_bytes(b"mine")
    outcome = harken("init", "--lead", "lea")
    assert outcome.code == 1
    assert outcome.err == "error: harken.db exists already; name another file or use it as it is.\n"
    assert contents(folder) == {"harken.db": b"mine"}


def test_init_as_somebody_makes_them_the_lead(harken) -> None:
    assert harken("--as", "lea", "init").out == "Made harken.db (harken), led by lea.\n"


@pytest.mark.parametrize(
    "words", [("--project", "a.db", "init", "b.db"), ("--as", "lea", "init", "--lead", "ann")]
)
def test_init_refuses_two_answers_to_one_question(harken, folder, words) -> None:
    assert harken(*words).code == 2
    assert contents(folder) == {}


# -- where options may stand -------------------------------------------------------------------------

PLACES = [
    ("{}", "coders", "add", "zoe"),
    ("coders", "{}", "add", "zoe"),
    ("coders", "add", "{}", "zoe"),
    ("coders", "add", "zoe", "{}"),
]


def put(words: tuple[str, ...], *option: str) -> list[str]:
    return [part for word in words for part in (option if word == "{}" else (word,))]


@pytest.mark.parametrize("words", PLACES)
def test_the_actor_may_stand_before_and_behind_a_command(harken, study, words) -> None:
    assert harken(*put(words, "--as", "ann")).code == 0
    with Project.open(study) as project:
        row = project.store.connection.execute("SELECT actor FROM events ORDER BY seq DESC").fetchone()
    assert row == ("ann",)


@pytest.mark.parametrize("words", PLACES)
def test_the_project_may_stand_before_and_behind_a_command(harken, study, folder, words) -> None:
    study.rename(folder / "other.db")
    assert harken(*put(words, "--project", "other.db")).code == 0
    assert harken("--project", "other.db", "coders", "list").out == "lea\nann\nbob\nzoe\n"


@pytest.mark.parametrize(
    "words",
    [
        ("agreement", "--replicates", "2"),
        ("themes",),
        ("flow",),
        ("codebook", "show"),
        ("codebook", "diff", "book.yaml"),
        ("codebook", "check", "book.yaml"),
        ("codings", "export"),
        ("codings", "import", "codings.csv"),
        ("doctor",),
        ("import", "survey.csv", *LAYOUT),
        (),
    ],
)
def test_an_unknown_actor_is_refused_everywhere_with_the_known_ones(harken, study, words) -> None:
    outcome = harken("--as", "zoe", *words)
    if words[:2] == ("codebook", "check"):  # needs no project, so nobody acts in one
        assert outcome.code == 0
        return
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        "error: No coder named 'zoe' in this project. Known coders: lea, ann, bob. "
        "Add one with `harken coders add zoe`.\n"
    )


def test_the_environment_names_the_coder_and_an_option_counts_more(harken, study, monkeypatch) -> None:
    monkeypatch.setenv("HARKEN_CODER", "zoe")
    assert harken("flow").code == 1
    assert harken("--as", "ann", "flow").code == 0


def test_the_environment_names_the_project_and_an_option_counts_more(harken, study, monkeypatch) -> None:
    monkeypatch.setenv("HARKEN_PROJECT", "nowhere.db")
    outcome = harken("flow")
    assert (outcome.code, outcome.err) == (
        1,
        "error: No project at nowhere.db. There is harken.db: name it with --project harken.db, "
        "or in HARKEN_PROJECT. Or make a new one with `harken init nowhere.db`.\n",
    )
    assert harken("flow", "--project", "harken.db").code == 0


# -- usage -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("frobnicate",), "No command 'frobnicate'. Commands: init, demo, import, flow"),
        (("codebook", "frobnicate"), "No command 'frobnicate'. Commands: add, change, check, diff, edit"),
        (("codebook",), "No command given. Commands: add, change, check, diff, edit, export"),
        (("codebook", "--map", "a=b", "import", "book.yaml"), "No such option '--map'."),
        (("codings", "--replace", "import", "codings.csv"), "No such option '--replace'."),
        (("--format", "json", "themes"), "No such option '--format'."),
        (("import",), "Missing argument 'FILE'."),
        (("import", "a.csv", "b.csv"), "Got unexpected extra argument"),
        (("agreement", "--level", "95"), "Invalid value for '--level'"),
        (
            ("agreement", "--format", "pdf"),
            "Invalid value for '--format': 'pdf' is not one of 'table', 'json'",
        ),
        (("init", "--approach", "vibes"), "Invalid value for '--approach': 'vibes' is not one of"),
        (("codebook", "import", "book.yaml", "--map", "wait"), "--map 'wait': write OLD=NEW."),
        (
            ("codebook", "import", "book.yaml", "--map", "a=b", "--map", "a=c"),
            "--map names 'a' twice: 'b' and 'c'.",
        ),
        (("import", "survey.csv", "--asked", "q1"), "--asked 'q1': write QUESTION=COLUMN."),
        (("--as", "lea", "demo"), "The sample study has its own file and coders"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_two(harken, study, folder, words, says) -> None:
    before = contents(folder)
    outcome = harken(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"error: {says}")
    assert outcome.err.count("\n") == 1
    assert "--help`." in outcome.err
    assert contents(folder) == before


def test_a_refusal_shows_control_characters_instead_of_sending_them(harken, study) -> None:
    outcome = harken("participants", "include", "p\x1b]0;title\x07\u202e\r\n9")
    assert outcome.code == 1
    assert outcome.err.isprintable() or outcome.err[:-1].isprintable()
    assert outcome.err.count("\n") == 1


def test_a_name_that_is_no_text_is_refused(harken, study) -> None:
    outcome = harken("init", "new.db", "--lead", "lea", "--title", os.fsdecode(b"caf\xe9"))
    assert (outcome.code, outcome.out) == (1, "")
    assert "no text" in outcome.err


# -- streams -----------------------------------------------------------------------------------------


def test_data_go_to_stdout_and_narration_to_stderr(harken, study) -> None:
    outcome = harken("codings", "export")
    assert outcome.err == ""
    assert outcome.out.splitlines()[0].startswith("participant,question,occasion,round,coder,code")
    written = harken("codings", "export", "out.csv")
    assert (written.out, written.err) == ("", "Wrote 10 rows to out.csv.\n")


@pytest.mark.parametrize("command", ["agreement", "themes", "flow"])
def test_json_is_strict_and_alone_on_stdout(harken, study, command) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    outcome = harken(command, "--format", "json")
    assert isinstance(json.loads(outcome.out, parse_constant=refuse), dict)


@pytest.mark.parametrize(
    ("command", "suffix"),
    [
        *(
            (command, suffix)
            for command in ("agreement", "themes", "flow")
            for suffix in ("json", "csv", "md")
        ),
        ("suggest", "jsonl"),
    ],
)
def test_an_output_file_holds_what_stdout_shows_and_is_never_overwritten_unasked(
    harken, study, folder, command, suffix
) -> None:
    shown = harken(command, "--format", suffix)
    assert harken(command, "--output", f"out.{suffix}").code == 0
    assert (folder / f"out.{suffix}").read_bytes() == shown.stdout
    before = contents(folder)
    refused = harken(command, "--output", f"out.{suffix}")
    assert refused.code == 1
    assert "--force" in refused.err
    assert contents(folder) == before
    assert harken(command, "--output", f"out.{suffix}", "--force").code == 0


@pytest.mark.parametrize("words", [("codings", "export"), ("codebook", "export"), ("themes",), ("--help",)])
def test_a_reader_who_leaves_early_is_no_error(study, words) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as out:
        done = subprocess.run(
            [*HARKEN, *words], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_interrupt_is_code_130_and_leaves_everything_as_it_was(harken, folder) -> None:
    harken("init", "--lead", "lea")
    text = "many words " * 20
    rows = "".join(f"p{n},{text}{n}\n" for n in range(60_000))
    (folder / "survey.csv").write_text("id,q1\n" + rows)
    before = contents(folder)
    command = [*HARKEN, "import", "survey.csv", "--id", "id", "--question", "q1"]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        wal = folder / "harken.db-wal"
        deadline = time.monotonic() + 30
        while not (wal.exists() and wal.stat().st_size > 0):
            assert process.poll() is None, "it ended before it could be interrupted"
            assert time.monotonic() < deadline
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert contents(folder) == before


def test_nothing_is_asked_without_a_terminal(harken, study, folder) -> None:
    before = contents(folder)
    outcome = harken("participants", "withdraw", "p1")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == "error: Withdrawing 'p1' cannot be undone; say --yes to do it.\n"
    assert contents(folder) == before


def test_the_coding_screen_is_refused_without_a_terminal(harken, study) -> None:
    outcome = harken("code", "--as", "bob")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("error: `harken code` needs a terminal")


def test_the_module_runs_as_the_script_does() -> None:
    done = in_process_of_its_own("--version")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"harken, version ")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_narrow_terminal_encoding_ends_no_command(study, encoding) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = in_process_of_its_own("themes", "--by", "group", env=environment)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_project_file_that_is_none_is_refused_and_left(harken, folder) -> None:
    for name, content in (
        ("empty.db", b""),
        ("text.db", b"hello"),
        ("cut.db", b"SQLite format 3\0" + b"\0" * 84),
    ):
        (folder / name).write_bytes(content)
    before = contents(folder)
    for name in ("empty.db", "text.db", "cut.db", "."):
        outcome = harken("--project", name, "flow")
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (1, "", 1), name
    assert contents(folder) == before
    assert not Path("empty.db-wal").exists()

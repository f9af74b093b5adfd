"""What the looks at a study refuse: one line with the way out, nothing on stdout, and the file as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import LAYOUT, Harken, contents

HEADER = "theme,group,n,base\n"
COUNTS = {
    "nothing": (b"", "in.csv is empty (0 bytes)"),
    "no header": (b"worry,north,3,10\n", "column 'theme', 'n', 'base' is missing"),
    "another header": (b"code,group,count,N\nworry,x,3,9\n", "column 'theme', 'base' is missing"),
    "more than all": (HEADER + "worry,x,11,10\n", "row 2, column 'n': 11 is more than the base, 10"),
    "less than nobody": (HEADER + "worry,x,-1,10\n", "row 2, column 'n': '-1' is no whole number"),
    "half a person": (HEADER + "worry,x,1.5,10\n", "row 2, column 'n': '1.5' is no whole number"),
    "thousands": (HEADER + 'worry,x,"1,204",9999\n', "row 2, column 'n': '1,204' is no whole number"),
    "a blank n": (HEADER + "worry,x,,10\n", "row 2, column 'n' is blank"),
    "a blank base": (HEADER + "worry,x,3,\n", "row 2, column 'base' is blank"),
    "a blank theme": (HEADER + ",x,3,10\n", "row 2, column 'theme' is blank"),
    "twice": (
        HEADER + "worry,x,3,10\nworry,x,3,10\n",
        "row 3, column 'theme': 'worry' of group 'x' stands in",
    ),
    "no percentage": (
        "theme,group,n,base,percent\na,x,3,10,many\n",
        "column 'percent': 'many' is no percentage",
    ),
    "cp1252": (
        "theme,group,n,base\nÄrger,x,3,10\n".encode("cp1252"),
        "line 2: byte 0xc4 at offset 19 is not utf-8",
    ),
    "300 groups": (
        HEADER + "".join(f"worry,g{at},1,30\n" for at in range(300)),
        "column 'group': 300 different groups; a table compares 50 at most",
    ),
}


@pytest.mark.parametrize("name", COUNTS)
def test_a_bad_file_of_counts_is_refused(harken: Harken, folder: Path, name: str) -> None:
    data, says = COUNTS[name]
    (folder / "in.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
    outcome = harken("themes", "--counts", "in.csv", "--output", "table.csv")
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (1, "", 1)
    assert outcome.err.startswith("error: ")
    assert says in outcome.err
    assert sorted(contents(folder)) == ["in.csv"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("themes", "--by", "gruop"),
            "No column 'gruop' to compare by. Did you mean 'group'? Columns: group.",
        ),
        (("crosstab", "--by", "gruop"), "Did you mean 'group'?"),
        (("closed", "--by", "gruop"), "closed items"),
        (("quotes", "--by", "gruop"), "Did you mean 'group'?"),
        (("why", "theme.wait", "--by", "gruop"), "Did you mean 'group'?"),
        (("report", "out", "--by", "gruop"), "Did you mean 'group'?"),
        (("themes", "--where", "group=nroth"), "Nobody has 'nroth' in column 'group'. Did you mean 'north'?"),
        (("cooccurrence", "--where", "ward=1"), "No column 'ward' to choose people by. Columns: group."),
        (
            ("saturation", "--question", "q9"),
            "No question named 'q9' in this project. Known questions: q1, q2.",
        ),
        (("themes", "--weights", "group"), "The weight of participant 'p1' in column 'group' is 'north'"),
        (("why", "theme.wiat"), "No code 'theme.wiat' in the codebook."),
        (("why", "theme.wait", "--by", "group", "--group", "nroth"), "Did you mean 'north'?"),
        (("quotes", "--consent", "agreed"), "No column 'agreed' that could say who agreed to be quoted."),
        (("quotes", "clear", "p9", "q1"), "No participant 'p9'"),
        (
            ("quotes", "edit", "p1", "q1", "--words", "far too slow"),
            "'far' does not stand there in the answer.",
        ),
        (("themes", "prespecify", "theme.wiat"), "No code 'theme.wiat' in the codebook."),
        (("archive", "here.tar"), "an archive's name ends in .zip"),
        (("archive", "here.zip", "--attribute", "age"), "No column 'age' in this project."),
        (("report", "no/where"), "The folder no does not exist; make it first."),
        (("report", "survey.csv", "--force"), "survey.csv is a file; name a folder, new or empty."),
        (("report", "out", "--checklist", "strode"), "Did you mean 'strobe'?"),
        (("report", "out", "--suppress", "5", "--memos"), "Memos quote answers and name people"),
    ],
)
def test_what_a_look_cannot_use_is_refused_and_changes_nothing(
    harken: Harken, study: Path, folder: Path, words: tuple[str, ...], says: str
) -> None:
    # The sets of people are stored at the first look; what is refused afterwards writes nothing.
    assert harken("themes").code == 0
    before = contents(folder)
    outcome = harken(*words)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.splitlines()[-1].startswith("error: ")
    assert says in outcome.err.splitlines()[-1]
    assert contents(folder) == before


@pytest.mark.parametrize("command", [("themes",), ("crosstab",), ("closed",), ("report", "out")])
@pytest.mark.parametrize("level", ["0", "1", "95", "nan"])
def test_a_level_that_is_none_is_a_mistake_in_the_call(
    harken: Harken, study: Path, folder: Path, command: tuple[str, ...], level: str
) -> None:
    before = contents(folder)
    outcome = harken(*command, "--level", level)
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (2, "", 1)
    assert contents(folder) == before


@pytest.mark.parametrize(
    "command",
    [("themes",), ("crosstab",), ("closed",), ("cooccurrence",), ("flow",), ("quotes",), ("report", "o")],
)
def test_to_hide_counts_below_one_is_a_mistake_in_the_call(
    harken: Harken, study: Path, folder: Path, command: tuple[str, ...]
) -> None:
    before = contents(folder)
    outcome = harken(*command, "--suppress", "1")
    assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (2, "", 1)
    assert contents(folder) == before


def test_a_column_of_300_values_is_no_comparison(harken: Harken, folder: Path) -> None:
    rows = "".join(f"p{at},ward {at},too slow,rude\n" for at in range(300))
    (folder / "survey.csv").write_text("id,group,q1,q2\n" + rows)
    assert harken("init", "--lead", "lea").code == 0
    assert harken("import", "survey.csv", *LAYOUT).code == 0
    for words in (
        ("themes", "--by", "group"),
        ("crosstab",),
        ("flow", "--by", "group"),
        ("report", "o", "--by", "group"),
    ):
        outcome = harken(*words)
        assert (outcome.code, outcome.out) == (1, "")
        assert "Column 'group' makes 300 groups and a table holds 50 at most." in outcome.err
    assert not (folder / "o").exists()


LOOKS = ("themes", "cooccurrence", "saturation", "quotes", "flow", "releases")


@pytest.mark.parametrize("command", LOOKS)
@pytest.mark.parametrize("format", ["table", "json", "csv", "md", "html", "tex"])
def test_a_study_without_answers_or_codes_has_empty_tables(
    harken: Harken, folder: Path, command: str, format: str
) -> None:
    assert harken("init", "--lead", "lea").code == 0
    outcome = harken(command, "--format", format)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out

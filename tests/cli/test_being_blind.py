"""What commands say to a coder who has answers left in a blind round; retired codes in a codings file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command_line import Harken

from harken.model import Round
from harken.services.studies import add_round
from harken.storage.store import Store


@pytest.fixture
def blind(study: Path) -> Path:
    """The study with a blind round of ann's, in which she has decided nothing."""
    with Store.open(study) as store, store.action("lea") as action:
        add_round(action, Round(name="double", is_blind=True, hides_group=True, coders=("ann",)))
    return study


def disagreements(harken: Harken, coder: str) -> tuple[list[str], int]:
    found = json.loads(harken("--as", coder, "agreement", "--replicates", "2", "--format", "json").out)
    return [one["participant"] for one in found["disagreements"]], found["n_blind_disagreements"]


def test_disagreements_that_would_tell_are_left_out_and_counted(harken: Harken, blind: Path) -> None:
    assert {name: disagreements(harken, name) for name in ("ann", "lea")} == {
        "ann": ([], 1),
        "lea": (["p2"], 0),
    }


def test_the_list_of_disagreements_says_what_it_leaves_out(harken: Harken, blind: Path) -> None:
    words = ("agreement", "--replicates", "2", "--disagreements", "--format", "md")
    said = "Left out: 1 on answers that you have yet to decide in a blind round."
    assert [said in harken("--as", name, *words).out for name in ("ann", "lea")] == [True, False]


def test_a_codings_file_is_whole_and_warns_whoever_has_to_be_blind(harken: Harken, blind: Path) -> None:
    of_lead, of_ann = (harken("--as", name, "codings", "export") for name in ("lea", "ann"))
    assert (of_lead.err, of_ann.stdout) == ("", of_lead.stdout)
    assert of_ann.err == (
        "warning: a codings file holds everybody's codes, and ann has 5 answers yet to decide in a blind "
        "round; leave the file to the lead.\n"
    )


def test_answers_show_no_group_while_a_round_hides_them(harken: Harken, blind: Path) -> None:
    listed = {
        name: json.loads(harken("--as", name, "answers", "--format", "json").out)["answers"][0]["groups"]
        for name in ("ann", "bob")
    }
    assert listed == {"ann": {}, "bob": {"group": "north"}}
    refused = harken("--as", "ann", "answers", "--where", "group=north", "--format", "json")
    assert (refused.code, "A round of yours hides the groups" in refused.err) == (1, True)


def test_retired_codes_that_a_file_applies_anew_are_named_and_kept(
    harken: Harken, study: Path, folder: Path
) -> None:
    assert harken("codebook", "retire", "wait").code == 0
    (folder / "more.csv").write_text("participant,question,coder,code\np3,q1,cam,wait\np1,q1,cam,wait\n")
    taken = harken("codings", "import", "more.csv")
    assert (taken.code, taken.err) == (
        0,
        "New coder: cam\nwarning: 1 retired code applied anew, and kept: theme.wait (2).\n",
    )
    rows = csv.DictReader(io.StringIO(harken("codings", "export").out, newline=""))
    assert [row["code"] for row in rows if row["coder"] == "cam"] == ["theme.wait"] * 2


def test_codings_that_the_project_has_already_warn_of_no_retired_code(
    harken: Harken, study: Path, folder: Path
) -> None:
    assert harken("codebook", "retire", "wait").code == 0
    assert harken("codings", "export", "all.csv").code == 0
    assert "retired" not in harken("codings", "import", "all.csv").err

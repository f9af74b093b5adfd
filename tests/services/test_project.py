"""The Python API: a study from files to figures, as a script would do it."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from harken import Project
from harken.errors import HarkenError, ProjectFileError

SURVEY = """id,group,q1,q2
p1,north,too slow on the phone,rude staff
p2,south,nobody picked up,
p3,north,,fine
"""
BOOK = """harken: 1
families:
  - key: theme
    label: Theme
    codes:
      - {key: wait, label: Waiting, keywords: [slow]}
      - {key: staff, label: Staff, keywords: [rude]}
"""
CODINGS = """participant,question,coder,code
p1,q1,ann,wait
p1,q2,ann,staff
p2,q1,ann,
p1,q1,bob,wait
p1,q2,bob,
"""


@pytest.fixture
def project(tmp_path: Path):
    for name, text in (("survey.csv", SURVEY), ("book.yaml", BOOK), ("codings.csv", CODINGS)):
        (tmp_path / name).write_text(text)
    with Project.create(tmp_path / "study.db", title="Waits", lead="lea") as made:
        made.import_survey(
            str(tmp_path / "survey.csv"), id="id", questions=["q1", "q2"], groups=["group"], required=["q1"]
        )
        made.import_codebook(tmp_path / "book.yaml")
        made.import_codings(tmp_path / "codings.csv")
        yield made


def test_a_study_goes_from_files_to_figures(project) -> None:
    assert (project.title, project.actor) == ("Waits", "lea")
    assert [(one.name, one.returned, one.usable) for one in project.flow(by="group").groups] == [
        ("north", 2, 1),
        ("south", 1, 1),
    ]
    assert project.agreement(replicates=20).whole.scope.n_units_pairable == 2
    counted = {
        (record["code"], record["group"]): record["n"]
        for record in project.themes(by="group").to_records()
        if record["question"] == "" and record["group"] in ("north", "south")
    }
    assert counted["theme.wait", "north"] == 1
    assert counted["theme.wait", "south"] == 0
    assert project.overview().n_codable == 3
    assert project.doctor() == ()


def test_a_look_at_the_themes_is_noted_as_on_the_command_line(project) -> None:
    project.themes(by="group", questions=["q1"])
    assert project.store.connection.execute("SELECT actor, kind, payload FROM looks").fetchall() == [
        ("lea", "themes", '{"by":"group","questions":["q1"]}')
    ]


def test_the_coders_stand_in_the_order_in_which_they_came(project) -> None:
    assert project.add_coders("cy", "ann") == ("cy",)
    assert project.coders == ("lea", "ann", "bob", "cy")


def test_suggestions_are_rows_with_their_rank(project) -> None:
    records = project.suggest(questions=["q1"], top=1).to_records()
    assert [(record["participant"], record["rank"], record["code"]) for record in records][:1] == [
        ("p1", 1, "theme.wait")
    ]
    assert set(records[0]) == {
        *("participant", "question", "occasion", "rank", "code", "score", "confidence", "reason", "evidence")
    }


def test_people_are_taken_back_in_and_out_for_good(project) -> None:
    assert project.include("p3") == ("p3",)
    report = project.withdraw("p3")
    assert report.participant == "p3"
    assert project.overview().n_participants == 2


def test_what_is_exported_comes_in_again(project, tmp_path) -> None:
    (tmp_path / "out.yaml").write_bytes(project.export_codebook())
    (tmp_path / "out.csv").write_bytes(project.export_codings())
    assert project.import_codebook(tmp_path / "out.yaml").diff.is_empty
    assert project.import_codings(tmp_path / "out.csv").n_known == 5


def test_coders_are_added_and_act(project, tmp_path) -> None:
    assert project.add_coders("zoe", "ann") == ("zoe",)
    with Project.open(tmp_path / "study.db", actor="zoe") as other:
        assert other.actor == "zoe"


@pytest.mark.parametrize("options", [{"basis": "vibes"}, {"base": "all"}, {"interval": "wald"}])
def test_a_word_that_an_option_does_not_know_is_refused(project, options) -> None:
    with pytest.raises((HarkenError, ValueError), match=next(iter(options.values()))):
        project.themes(**options)


def test_opening_refuses_what_is_no_project_and_unknown_coders(project, tmp_path) -> None:
    with pytest.raises(ProjectFileError, match="No project at"):
        Project.open(tmp_path / "gone.db")
    with pytest.raises(HarkenError, match="Known coders: lea, ann, bob"):
        Project.open(tmp_path / "study.db", actor="zoe")


@pytest.mark.parametrize(
    "name", [name for name in dir(Project) if not name.startswith("_") and callable(getattr(Project, name))]
)
def test_every_verb_has_words_and_takes_options_by_name_alone(name) -> None:
    verb = getattr(Project, name)
    assert name == "close" or verb.__doc__
    parameters = list(inspect.signature(verb).parameters.values())
    optional = [one for one in parameters if one.default is not one.empty]
    assert [one.name for one in optional if one.kind is not one.KEYWORD_ONLY] == []

"""Every command, option and statistic has its place in the docs, and generated parts are up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from harken import Project
from harken.cli.main import harken
from harken.services.sample_study import build_sample_study
from harken.services.tabulating.result import Tie
from harken.stats.agreement import VariableAgreement
from harken.stats.estimate import Undefined
from harken.stats.pair_agreement import PairAgreement
from harken.stats.sets.agreement import SetAgreement
from harken.stats.verdicts import Verdict

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
THEMES = (ROOT / "docs" / "methods" / "themes.md").read_text(encoding="utf-8")
AGREEMENT = (ROOT / "docs" / "methods" / "agreement.md").read_text(encoding="utf-8")


def commands(group: click.Group, words: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            if command.invoke_without_command:
                yield f"{words} {name}", command
            yield from commands(command, f"{words} {name}")
        else:
            yield f"{words} {name}", command


ALL = dict(commands(harken, "harken"))


@pytest.mark.parametrize("words", ALL)
def test_every_command_has_a_section_with_each_of_its_options(words: str) -> None:
    heading = f"\n## {words}\n"
    assert heading in COMMANDS
    section = COMMANDS.split(heading)[1].split("\n## ")[0]
    options = [option for parameter in ALL[words].params for option in parameter.opts if option[0] == "-"]
    assert [option for option in options if option not in section] == []


def test_the_commands_page_names_no_command_that_does_not_exist() -> None:
    assert set(re.findall(r"^## (harken .+)$", COMMANDS, re.MULTILINE)) - set(ALL) == set()


@pytest.mark.parametrize(
    "name",
    [
        *(field.name for field in fields(VariableAgreement)),
        *(field.name for field in fields(PairAgreement) if field.name not in ("coders", "n_units")),
        *(field.name for field in fields(SetAgreement)),
        *(reason.value for reason in Undefined if reason is not Undefined.UNBOUNDED),
        *(verdict.value for verdict in Verdict),
    ],
)
def test_every_agreement_statistic_is_explained(name: str) -> None:
    assert f"`{name}`" in AGREEMENT


def test_a_ratio_without_bounds_is_explained_with_the_groups_compared() -> None:
    assert f"`{Undefined.UNBOUNDED.value}`" in THEMES


def keys(document: object) -> set[str]:
    """Every key in a JSON document, at any depth."""
    if isinstance(document, dict):
        return {*document, *(key for value in document.values() for key in keys(value))}
    return {key for value in document for key in keys(value)} if isinstance(document, list | tuple) else set()


def test_every_key_of_themes_and_flow_is_explained(tmp_path: Path) -> None:
    with Project.open(build_sample_study(tmp_path)) as project:
        written = keys(project.themes(by="group").as_json()) | keys(project.flow(by="group").as_json())
    named = {*written, *(field.name for field in fields(Tie))}
    assert sorted(key for key in named if f"`{key}`" not in THEMES) == []


def test_every_key_of_agreement_is_explained(tmp_path: Path) -> None:
    with Project.open(build_sample_study(tmp_path)) as project:
        written = keys(project.agreement(by="group", replicates=2).as_json()) - set(project.coders)
    assert sorted(key for key in written if f"`{key}`" not in AGREEMENT) == []


def test_generated_outputs_and_options_are_what_the_program_prints_now() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "generate.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("", 0)


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "codebooks" / "README.md", *(ROOT / "docs").rglob("*.md")]
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert dead == []

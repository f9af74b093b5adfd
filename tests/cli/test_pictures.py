"""The figures of a report as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from command_line import Harken

from harken.cli.destination import Destination
from harken.cli.render import emit
from harken.errors import HarkenError
from harken.report import Dot, DotPlot, Figure, Report


class Nothing:
    def as_json(self) -> Mapping[str, object]:
        return {}


def written(report: Report, path: Path) -> bytes:
    format = path.suffix[1:]
    emit(Nothing(), report, Destination(format=format, output=path, force=False, spreadsheet_safe=False))
    return path.read_bytes()


@pytest.mark.parametrize(("name", "start"), [("f.svg", b"<?xml"), ("f.png", b"\x89PNG\r\n\x1a\n")])
def test_the_first_figure_of_a_report_is_written(tmp_path: Path, name: str, start: bytes) -> None:
    plot = DotPlot(rows=(Dot(label="code", value=0.5),), axis="alpha")
    report = Report(title="r", figures=(Figure(title="f", alt="One code.", plot=plot),))
    assert written(report, tmp_path / name).startswith(start)


def test_a_report_with_nothing_to_draw_says_so(tmp_path: Path) -> None:
    with pytest.raises(HarkenError) as raised:
        written(Report(title="Agreement"), tmp_path / "f.svg")
    assert str(raised.value) == (
        "There is no figure to write as svg: 'Agreement' has nothing to draw. "
        "Tables go into .html, .docx, .xlsx or .csv files."
    )
    assert not (tmp_path / "f.svg").exists()


@pytest.mark.usefixtures("study")
def test_a_picture_that_stands_alone_says_what_study_it_is_of(harken: Harken, folder: Path) -> None:
    assert harken("agreement", "--output", "alpha.svg").code == 0
    assert "Waits: agreement between coders" in (folder / "alpha.svg").read_text(encoding="utf-8")


@pytest.mark.usefixtures("study")
def test_a_picture_of_groups_shows_each_of_them(harken: Harken, folder: Path) -> None:
    done = harken("agreement", "--by", "group", "--output", "groups.svg")
    assert done.code == 0
    shown = (folder / "groups.svg").read_text(encoding="utf-8")
    assert ">Alpha of each code</text>" in shown
    assert ">Alpha of each code, north</text>" in shown


def test_what_a_picture_leaves_out_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = tuple(
        Figure(
            title=axis, alt="", plot=DotPlot(rows=(Dot(label="x", value=0.5),), axis=axis), notes=("Few.",)
        )
        for axis in ("alpha", "share")
    )
    written(Report(title="r", figures=figures), tmp_path / "f.svg")
    said = capsys.readouterr().err
    assert said.startswith("Few.\n1 figure left out; .html and .docx hold every one.\nWrote ")

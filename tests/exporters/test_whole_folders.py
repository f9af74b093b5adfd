"""Folders are written whole or not at all, and nothing of somebody's own is ever replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from harken.errors import HarkenError
from harken.exporters.whole_folders import write_folder

MARKER = "made-by.json"
FILES = {"page.html": b"<p>", "figures/one.svg": b"<svg/>"}


def write(folder: Path, files: dict[str, bytes] | None = None, *, force: bool = False) -> None:
    write_folder(folder, FILES if files is None else files, marker=MARKER, about={"tool": "x"}, force=force)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_new_folder_holds_the_files_and_the_marker(tmp_path: Path) -> None:
    write(tmp_path / "out")

    assert names(tmp_path) == ["out/figures/one.svg", "out/made-by.json", "out/page.html"]


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()

    write(tmp_path / "out")

    assert (tmp_path / "out" / "page.html").read_bytes() == b"<p>"


def test_what_we_wrote_is_replaced_with_force_and_nothing_of_it_stays(tmp_path: Path) -> None:
    write(tmp_path / "out")

    write(tmp_path / "out", {"other.html": b"new"}, force=True)

    assert names(tmp_path) == ["out/made-by.json", "out/other.html"]


def test_what_we_wrote_is_not_replaced_without_force(tmp_path: Path) -> None:
    write(tmp_path / "out")

    with pytest.raises(HarkenError, match="holds a report already; name another folder, or replace it"):
        write(tmp_path / "out", {"other.html": b"new"})
    assert "out/page.html" in names(tmp_path)


def test_a_folder_of_other_files_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")

    with pytest.raises(HarkenError, match=r"holds files that no report wrote \('thesis.txt'\)"):
        write(tmp_path / "out", force=True)
    assert names(tmp_path) == ["out/thesis.txt"]


def test_a_file_that_somebody_put_beside_a_report_keeps_it_from_being_replaced(tmp_path: Path) -> None:
    write(tmp_path / "out")
    (tmp_path / "out" / "figures" / "mine.txt").write_text("mine")

    with pytest.raises(HarkenError, match=r"1 file beside its report \('figures/mine.txt'\)"):
        write(tmp_path / "out", force=True)


def test_a_file_that_somebody_edited_keeps_a_report_from_being_replaced(tmp_path: Path) -> None:
    write(tmp_path / "out")
    (tmp_path / "out" / "page.html").write_text("my own words")

    with pytest.raises(HarkenError, match=r"'page\.html' was changed after the report was written"):
        write(tmp_path / "out", force=True)
    assert (tmp_path / "out" / "page.html").read_text() == "my own words"


@pytest.mark.parametrize("body", ["", "{", "[]", '{"files": 3}', "\xff"])
def test_a_file_with_the_marker_s_name_alone_makes_no_folder_ours(tmp_path: Path, body: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MARKER).write_text(body, encoding="latin-1")

    with pytest.raises(HarkenError, match="holds files that no report wrote"):
        write(tmp_path / "out", force=True)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")

    with pytest.raises(HarkenError, match="out is a file; name a folder, new or empty"):
        write(tmp_path / "out", force=True)


def test_the_folder_above_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(HarkenError, match="does not exist; make it first"):
        write(tmp_path / "no" / "out")


def test_the_folder_one_is_in_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(HarkenError, match="is the folder you are in"):
        write(Path())


def test_where_writing_fails_the_older_folder_is_as_it_was(tmp_path: Path) -> None:
    write(tmp_path / "out")

    with pytest.raises(HarkenError, match=r"cannot be written: .*What was there is as it was"):
        write(tmp_path / "out", {"x": b"1", "x/y": b"2"}, force=True)
    assert names(tmp_path) == ["out/figures/one.svg", "out/made-by.json", "out/page.html"]


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")

    write(tmp_path / "out")

    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "real" / "page.html").read_bytes() == b"<p>"


def test_the_draft_of_a_killed_run_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".out.0a1b2c3d.new").mkdir()
    (tmp_path / ".out.0a1b2c3d.new" / "page.html").write_text("half")
    (tmp_path / ".out.mine.new").mkdir()

    write(tmp_path / "out")

    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.mine.new", "out"]


def test_what_a_killed_run_had_moved_away_comes_back(tmp_path: Path) -> None:
    write(tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / ".out.0a1b2c3d.old")

    with pytest.raises(HarkenError, match="holds a report already"):
        write(tmp_path / "out", {"other.html": b"new"})
    assert names(tmp_path) == ["out/figures/one.svg", "out/made-by.json", "out/page.html"]

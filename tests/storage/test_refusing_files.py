"""Files that cannot be used are refused in one line, and not a byte is written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from other_user import as_other_user, open_folder
from storage_study import bytes_of, decide_one, decision, new_study, take_in

from harken.errors import HarkenError, ProjectFileError
from harken.services.checking import check_project
from harken.storage import driver, survey
from harken.storage.store import Store

needs_users = pytest.mark.skipif(os.name == "nt", reason="users and their rights are POSIX")


def garbage_in(path: Path, at: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\xa5" * length)


def set_pragma(path: Path, pragma: str) -> None:
    connection = driver.sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA {pragma}")
    connection.close()


def cut(path: Path, by: int) -> None:
    os.truncate(path, path.stat().st_size - by)


def other_program(path: Path) -> None:
    path.unlink()
    connection = driver.sqlite3.connect(path)
    connection.execute("CREATE TABLE notes (body TEXT)")
    connection.close()


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


UNUSABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (Path.unlink, r"^No project at .*study\.db\. Make one with `harken init .*study\.db`\.$"),
    "a folder": (folder, r"^.*study\.db is a folder; name the file in it: .*harken\.db\.$"),
    "empty": (lambda path: path.write_bytes(b""), r"study\.db is empty, not a project\. Delete it and run"),
    "a text": (
        lambda path: path.write_text("id,answer\n" * 99),
        r"not a Harken project \(not an SQLite file",
    ),
    "a short text": (lambda path: path.write_text("id"), r"not a Harken project \(not an SQLite file\)"),
    "another program's": (other_program, r"an SQLite file of another program, not a Harken project"),
    "without its magic": (lambda path: garbage_in(path, 0, 16), r"not a Harken project"),
    "with a damaged header": (lambda path: garbage_in(path, 16, 84), r"not a Harken project|is damaged"),
    "with a damaged first page": (lambda path: garbage_in(path, 100, 3000), r"is damaged \(.*Use a backup"),
    "cut in its last page": (lambda path: cut(path, 100), r"is damaged \(\d+ bytes of \d+\)\. Use a backup"),
    "cut by a page": (lambda path: cut(path, 4096), r"is damaged \(.*\)\. Use a backup"),
    "cut in half": (lambda path: cut(path, path.stat().st_size // 2), r"is damaged \(.*\)\. Use a backup"),
    "with garbage in a page": (
        lambda path: garbage_in(path, path.stat().st_size // 2 // 4096 * 4096, 4096),
        r"is damaged \(.*\)\. Use a backup",
    ),
    "of a later version": (
        lambda path: set_pragma(path, "user_version = 99"),
        r"written by a later Harken \(schema 99, this one knows 3\)\. Update Harken to open it\.$",
    ),
}


@pytest.fixture
def project(path: Path) -> Path:
    """A closed project with people and decisions."""
    with new_study(path, [f"P{number}" for number in range(40)]) as store:
        decide_one(store, decision("P1", "theme.trust"))
    return path


@pytest.mark.parametrize("kind", UNUSABLE)
@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_an_unusable_file_is_refused_and_nothing_is_written(project, kind, mode):
    spoil, message = UNUSABLE[kind]
    set_pragma(project, f"journal_mode = {mode}")
    spoil(project)
    before = bytes_of(project.parent)
    with pytest.raises(ProjectFileError, match=message) as caught:
        Store.open(project)
    assert "\n" not in str(caught.value)
    assert bytes_of(project.parent) == before


def test_where_none_lies_the_projects_beside_it_are_named(project, tmp_path):
    for name in ("a.db", "b.db", "c.db"):
        shutil.copy(project, tmp_path / name)
    other_program(project)
    (tmp_path / "notes.db").write_text("id")
    with pytest.raises(ProjectFileError) as caught:
        Store.open(tmp_path / "harken.db")
    a, b, c = (tmp_path / name for name in ("a.db", "b.db", "c.db"))
    assert str(caught.value) == (
        f"No project at {tmp_path / 'harken.db'}. There are {a}, {b}, {c}: name it with --project {a}, or in "
        f"HARKEN_PROJECT. Or make a new one with `harken init {tmp_path / 'harken.db'}`."
    )


@needs_users
def test_what_is_no_ordinary_file_is_refused(path):
    os.mkfifo(path)
    with pytest.raises(ProjectFileError, match="no ordinary file"):
        Store.open(path)


def test_a_later_version_that_only_the_log_tells_of_is_refused(project, tmp_path):
    copy = tmp_path / "copy.db"
    connection = driver.sqlite3.connect(project, isolation_level=None)
    connection.execute("PRAGMA user_version = 99")
    for suffix in ("", "-wal"):
        shutil.copy(f"{project}{suffix}", f"{copy}{suffix}")
    connection.close()
    with pytest.raises(ProjectFileError, match="written by a later Harken"):
        Store.open(copy)


def test_what_a_crash_left_in_the_log_is_read(project, tmp_path):
    copy = tmp_path / "copy.db"
    with Store.open(project) as store:
        decide_one(store, decision("P2", "theme.fear"))
        for suffix in ("", "-wal"):
            shutil.copy(f"{project}{suffix}", f"{copy}{suffix}")
    with Store.open(copy) as store:
        (n,) = store.connection.execute("SELECT count(*) FROM decisions").fetchone()
        assert (n, check_project(store)) == (2, ())


@needs_users
def test_a_linked_file_is_read_with_the_log_that_a_crash_left_beside_it(project, tmp_path):
    copy, link = tmp_path / "copy.db", tmp_path / "elsewhere" / "link.db"
    with Store.open(project) as store:
        take_in(store, tmp_path, [{"id": f"Q{n}", "q_good": "A new answer " * 99} for n in range(99)])
        for suffix in ("", "-wal"):
            shutil.copy(f"{project}{suffix}", f"{copy}{suffix}")
    link.parent.mkdir()
    link.symlink_to(copy)
    with Store.open(link) as store:
        assert len(survey.participant_names(store)) == 139


def test_a_name_with_marks_of_a_uri_is_an_ordinary_name(path):
    odd = path.with_name("a?b#c %41 [d]é.db")
    new_study(odd).close()
    with Store.open(odd) as store:
        assert len(survey.participant_names(store)) == 3
    assert [file.name for file in path.parent.iterdir()] == [odd.name]


def test_looking_at_a_file_does_not_drop_the_locks_of_this_program(project):
    with Store.open(project) as store:
        driver.refuse_foreign_file(project)
        assert driver.is_project(project)
        Store.open(project).close()
        script = (
            "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT * FROM coders').fetchall()"
        )
        subprocess.run([sys.executable, "-I", "-c", script, project], check=True)
        # Had the locks gone, the other program would have deleted the log as the last to leave.
        decide_one(store, decision("P2", "theme.fear"))
        store.connection.execute("PRAGMA query_only = ON")
        with Store.open(project) as other:
            (n,) = other.connection.execute("SELECT count(*) FROM decisions").fetchone()
    assert n == 2
    with Store.open(project) as store:
        assert store.connection.execute("SELECT count(*) FROM decisions").fetchone() == (2,)


# -- no right to write -------------------------------------------------------------------------------------


@pytest.fixture
def lent():
    """A project that others may read and not write, in a folder of the same kind."""
    with open_folder() as folder:
        file = folder / "study.db"
        with new_study(file) as store:
            decide_one(store, decision("P1", "theme.trust"))
        file.chmod(0o444)
        folder.chmod(0o555)
        yield file
        folder.chmod(0o755)


def read_and_try(file: Path) -> str:
    with Store.open(file) as store:
        (n,) = store.connection.execute("SELECT count(*) FROM v_codings").fetchone()
        noted = store.note_look(actor="ada", kind="themes.looked", payload={})
        said = f"{n} {check_project(store)} {noted} "
        try:
            decide_one(store, decision("P2", "theme.fear"))
        except HarkenError as error:
            said += str(error)
    return said


@needs_users
def test_a_project_that_cannot_be_written_is_read_and_says_so_on_a_write(lent):
    before = bytes_of(lent.parent)
    assert as_other_user(lambda: read_and_try(lent)) == (
        f"1 () False {lent} is read-only; copy it to a folder of your own to change it."
    )
    assert bytes_of(lent.parent) == before


@needs_users
def test_a_writable_project_in_a_folder_that_is_not_is_read_only_too(lent):
    lent.chmod(0o666)
    before = bytes_of(lent.parent)
    assert "is read-only; copy it" in as_other_user(lambda: read_and_try(lent))
    assert bytes_of(lent.parent) == before


@needs_users
def test_a_project_that_cannot_be_written_is_read_while_its_owner_has_it_open(lent):
    lent.parent.chmod(0o755)
    lent.chmod(0o644)
    with Store.open(lent) as store:
        decide_one(store, decision("P3", "theme.time"))
        said = as_other_user(lambda: read_and_try(lent))
    assert said == f"2 () False {lent} is read-only; copy it to a folder of your own to change it."


@needs_users
def test_a_project_that_cannot_be_read_says_so(lent):
    lent.chmod(0o000)
    assert as_other_user(lambda: read_and_try(lent)) == (
        f"harken.errors.ProjectFileError: {lent} cannot be read: permission denied. Ask its owner for a copy."
    )


@needs_users
def test_no_project_is_made_in_a_folder_that_cannot_be_written(lent):
    new, before = lent.with_name("new.db"), bytes_of(lent.parent)
    assert as_other_user(lambda: str(Store.create(new))) == (
        f"harken.errors.ProjectFileError: The folder {lent.parent} cannot be written; choose another one."
    )
    assert bytes_of(lent.parent) == before


# -- a full disk -------------------------------------------------------------------------------------------


def decide_at_length(store: Store) -> None:
    """Decide with so many words that a small disk is full before the end."""
    for number in range(1, 999):
        decide_one(store, decision("P1", "theme.time", memo=f"{number} " + "memo " * 2_000))


def test_a_write_on_a_full_disk_leaves_what_was_there_and_the_project_usable(study, path):
    decide_one(study, decision("P2", "theme.trust"))
    (n_pages,) = study.connection.execute("PRAGMA page_count").fetchone()
    study.connection.execute(f"PRAGMA max_page_count = {n_pages + 20}")
    with pytest.raises(HarkenError) as caught:
        decide_at_length(study)
    assert str(caught.value) == f"No space left on the disk of {path}; nothing was changed. Make room first."
    assert check_project(study) == ()
    study.connection.execute("PRAGMA max_page_count = 100000")
    decide_one(study, decision("P3", "theme.trust"))
    assert check_project(study) == ()


@pytest.fixture
def small_disk():
    """A file system of 1 MB."""
    with open_folder() as folder:
        mounting = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
        if os.name == "nt" or shutil.which("mount") is None or os.getuid() != 0:
            pytest.skip("only root can mount a small disk")
        if subprocess.run(mounting, capture_output=True).returncode != 0:
            pytest.skip("this machine does not let a disk be mounted")
        yield folder
        subprocess.run(["umount", str(folder)], check=True)


def test_on_a_disk_that_fills_up_nothing_decided_is_lost(small_disk):
    with new_study(small_disk / "study.db") as store:
        with pytest.raises(HarkenError, match="No space left on the disk"):
            decide_at_length(store)
        assert check_project(store) == ()
        n_decided = store.connection.execute("SELECT count(*) FROM decision_log").fetchone()
    with Store.open(small_disk / "study.db") as store:
        assert store.connection.execute("SELECT count(*) FROM decision_log").fetchone() == n_decided
        assert check_project(store) == ()
    assert n_decided > (5,)


def test_no_project_and_no_leftover_is_made_on_a_full_disk(small_disk):
    free = os.statvfs(small_disk)
    (small_disk / "filler").write_bytes(bytes(free.f_bavail * free.f_frsize))
    with pytest.raises(HarkenError, match="No space left on the disk"):
        new_study(small_disk / "study.db")
    assert [file.name for file in small_disk.iterdir()] == ["filler"]

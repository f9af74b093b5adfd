"""What a coder learns of what others wrote in the same file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from study_builder import codebook

from harken.services.codebooks import export_codebook, import_codebook
from harken.services.codebooks.desk import CodebookDesk
from harken.services.coding.writing import News, SharedFile
from harken.storage.codebooks import CODEBOOK_KINDS
from harken.storage.store import Store

CHANGES: dict[str, Callable[[CodebookDesk], Any]] = {
    "family.added": lambda desk: desk.add("mood", label="Mood"),
    "family.changed": lambda desk: desk.change("theme", definition="What was said."),
    "family.renamed": lambda desk: desk.rename("theme", "topic"),
    "family.moved": lambda desk: desk.move("other", before="theme"),
    "family.removed": lambda desk: desk.remove("empty"),
    "code.added": lambda desk: desk.add("theme.price", label="Price"),
    "code.changed": lambda desk: desk.change("wait", definition="Waiting."),
    "code.renamed": lambda desk: desk.rename("wait", "waiting"),
    "code.moved": lambda desk: desk.move("wait", under="other"),
    "code.merged": lambda desk: desk.merge("wait", "staff"),
    "code.retired": lambda desk: desk.retire("wait"),
    "code.removed": lambda desk: desk.remove("wait"),
}


@pytest.fixture
def store(study: Callable[..., Store]) -> Store:
    made = study(
        people=["p1"],
        answers=[("p1", "q", "slow")],
        codebook=codebook("theme.wait", "theme.staff", "other.x"),
    )
    CodebookDesk(made, actor="lead").add("empty", label="Empty")
    return made


@pytest.mark.parametrize("kind", CHANGES)
def test_every_change_of_the_codebook_is_news_to_others(store: Store, kind: str) -> None:
    shared = SharedFile(store, coder="ann")
    CHANGES[kind](CodebookDesk(store, actor="lead"))
    assert _last_kind(store) == kind
    assert shared.news() == News(codebook=True)
    assert shared.news() == News()


@pytest.mark.parametrize(
    ("before", "kind"), [("code.merged", "code.unmerged"), ("code.retired", "code.restored")]
)
def test_what_is_undone_in_the_codebook_is_news_too(store: Store, before: str, kind: str) -> None:
    desk = CodebookDesk(store, actor="lead")
    CHANGES[before](desk)
    shared = SharedFile(store, coder="ann")
    desk.undo()
    assert _last_kind(store) == kind
    assert shared.news() == News(codebook=True)


def test_a_codebook_that_is_imported_is_news_too(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "book.yaml"
    file.write_bytes(export_codebook(store, "yaml").replace(b"Wait", b"Waiting"))
    shared = SharedFile(store, coder="ann")
    import_codebook(store, file, actor="lead")
    assert _last_kind(store) == "codebook.imported"
    assert shared.news() == News(codebook=True)


def test_no_kind_of_change_is_left_out_here() -> None:
    assert {*CHANGES, "code.unmerged", "code.restored", "codebook.imported"} == set(CODEBOOK_KINDS)


def _last_kind(store: Store) -> str:
    (kind,) = store.connection.execute("SELECT kind FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    return str(kind)

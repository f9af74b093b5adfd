"""The page on marks explains every key of their JSON."""

from __future__ import annotations

from test_documentation import ROOT, keys

from harken.model import ResponseKey
from harken.services.marked import Marked, MarkedKind, MarkedList


def test_every_key_of_marks_is_explained_on_their_page() -> None:
    page = (ROOT / "docs" / "marks.md").read_text(encoding="utf-8")
    link = Marked(
        kind=MarkedKind.LINK, key=ResponseKey("p", "q"), coder="ann", at="", to=ResponseKey("p", "r")
    )
    written = keys(MarkedList(viewer="ann", is_blind=False, n_left_out=0, items=(link,)).as_json())
    assert sorted(key for key in written if f"`{key}`" not in page) == []

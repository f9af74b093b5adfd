"""The history of a code as a text to read: who changed what, when and why."""

from __future__ import annotations

from textual.content import Content

from harken.report import visible
from harken.services.codebooks.history import codebook_history
from harken.storage.store import Store


def history_text(store: Store, place: str) -> Content:
    """The latest change first."""
    parts: list[Content] = []
    for entry in reversed(codebook_history(store, place).entries):
        what = entry.said
        when = entry.at[:16].replace("T", " ")
        code = "" if entry.code == place else entry.code
        later = "(undone later)" if entry.is_undone else ""
        said = "  ".join(filter(None, [entry.coder, what, code, later]))
        parts.append(Content.assemble((f"{when}  ", "$quiet"), (visible(said), "bold")))
        if entry.why:
            parts.append(Content.assemble(("  why: ", "$quiet"), visible(entry.why)))
        for one in entry.rewordings:
            if one.field == "retired":
                continue
            parts.append(Content.assemble((f"  {one.field}", "$quiet")))
            if one.before:
                parts.append(Content(f"    - {_lines(one.before)}"))
            if one.after:
                parts.append(Content(f"    + {_lines(one.after)}"))
        parts.append(Content(""))
    return Content("\n").join(parts) if parts else Content("Nothing was changed yet.")


def _lines(text: str) -> str:
    return visible(text, keep_lines=True).replace("\n", "\n      ")

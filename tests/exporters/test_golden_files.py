"""Theme tables in every text format, kept as files: a change of any character is seen and read.

HARKEN_UPDATE_SNAPSHOTS=1 writes the files in golden/ anew; then read the difference line by line before
it is committed. What the files hold was checked by hand when they were made.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from every_format import TEXTS
from reports_study import Shown, opened_study

from harken.exporters.structured import dumps
from harken.services.tabulating import tabulate_counts, theme_report

GOLDEN = Path(__file__).parent / "golden"
TABLES = ("suppressed", "small_base", "counts")


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shown]:
    """Hidden cells below parents and families; bases below 20; and <0.1, >99.9 and a false percentage."""
    folder = tmp_path_factory.mktemp("study")
    with opened_study(folder) as project:
        suppressed = project.themes(by="group", questions=["q_see"], suppress=3)
        small_base = project.themes(by="group", questions=["q_wish"])
    counts = tabulate_counts(folder / "counts.csv")
    return {
        "suppressed": Shown.of(suppressed, theme_report),
        "small_base": Shown.of(small_base, theme_report, is_full=True, with_p=True),
        "counts": Shown.of(counts, theme_report, with_p=True),
    }


def _rounded(value: Any) -> Any:
    """The document with its figures to nine digits: the last ones differ between machines."""
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    return float(f"{value:.9g}") if isinstance(value, float) else value


def _written(shown: Shown, suffix: str) -> str:
    written = TEXTS[suffix](shown)
    if suffix == "json":
        return dumps(_rounded(json.loads(written)))
    if suffix == "html":
        # Pictures and their styles are another library's, and differ with its version.
        return re.sub(r"(?s)<(svg|style)\b.*?(</\1>)", r"<\1>\2", written)
    return written


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("suffix", TEXTS)
def test_a_theme_table_is_written_as_it_was(tables: dict[str, Shown], name: str, suffix: str) -> None:
    written = _written(tables[name], suffix)
    path = GOLDEN / f"{name}.{suffix}"
    if os.environ.get("HARKEN_UPDATE_SNAPSHOTS"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(written, encoding="utf-8", newline="")
    assert written == path.read_bytes().decode()

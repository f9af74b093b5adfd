"""The pages on quotes and on where figures come from explain every key of their JSON."""

from __future__ import annotations

from pathlib import Path

from test_documentation import ROOT, keys

from harken import Project
from harken.services.sample_study import build_sample_study


def unexplained(name: str, written: set[str]) -> list[str]:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    return sorted(key for key in written if f"`{key}`" not in page)


def test_every_key_of_quotes_and_why_is_explained(tmp_path: Path) -> None:
    with Project.open(build_sample_study(tmp_path)) as project:
        quotes = project.quotes(codes=["anxiety"], with_ids=True)
        behind = project.why("anxiety", questions=["q_risks"], outside=True).as_json()
    standings = set(behind.pop("standings"))
    assert unexplained("quotes.md", keys(quotes.as_json())) == []
    assert unexplained("why.md", keys(behind) | {"standings"}) == []
    page = (ROOT / "docs" / "why.md").read_text(encoding="utf-8")
    assert [name for name in standings if name not in page] == []


def test_the_rule_on_the_page_names_the_limits_that_hold() -> None:
    from harken.services.quoting import passages, wording

    page = (ROOT / "docs" / "quotes.md").read_text(encoding="utf-8")
    assert f"fewer than {passages.SHORTEST} words" in page
    assert f"more than {passages.LONGEST} words" in page
    assert passages.LEAST_LEFT == 3
    assert f"up to\n{wording.MOST_REPLACED} words" in page

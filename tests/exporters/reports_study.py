"""A small study with something of everything that a report shows, and every report that it has.

Made up from end to end: 24 experts and 36 patients, two open questions, a closed item, two coders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harken import Project
from harken.report import Book, Report
from harken.services.agreeing import agreement_report, measure_file_agreement
from harken.services.closed_items.report import closed_report
from harken.services.cooccurring.report import cooccurrence_report
from harken.services.crosstabulating.report import crosstab_report
from harken.services.describing.participants_page import participants_report
from harken.services.flowing.report import flow_report
from harken.services.prespecifying import prespecification_report
from harken.services.quoting.report import quotes_report
from harken.services.releasing import releases_report
from harken.services.reporting import ReportOptions, gather_book
from harken.services.saturating.report import saturation_report
from harken.services.tabulating import tabulate_counts, theme_report
from harken.services.tracing.report import why_report

BOOK = """harken: 1
families:
  - key: benefit
    label: Benefits
    codes:
      - key: understanding
        label: Understanding
        codes:
          - {key: picture, label: "Of the picture & its parts"}
          - {key: words, label: Of the words}
      - {key: trust, label: Trust}
      - {key: none_stated, label: No benefit stated}
  - key: risk
    label: Risks
    codes:
      - {key: worry, label: Worry}
      - {key: cost, label: "Cost_of 100 % more"}
"""
COUNTS = """theme,group,n,base,percent
Understanding,experts,92,121,76.0
Understanding,patients,1,2820,<0.1
Trust,experts,120,121,99.2
Trust,patients,2819,2820,>99.9
Worry,experts,0,121,0.0
Worry,patients,45,2820,1.5
Cost,experts,4,19,
Cost,patients,0,12,
"""
"""One printed percentage does not follow: 45 of 2820 is 1.6."""
RATINGS = """unit,question,ann,bob,eve
1,q1,fear,fear,fear
2,q1,fear; cost,fear,
3,q1,fear,(none),fear
4,q1,(none),(none),(none)
5,q2,cost,cost,
6,q2,,(none),cost
7,q2,fear,,
8,q2,cost,cost,cost
"""


def write_study(folder: Path) -> Path:
    """The study's project file, in a folder that is there."""
    for name, text in (
        ("survey.csv", _survey()),
        ("book.yaml", BOOK),
        ("codings.csv", _codings()),
        ("counts.csv", COUNTS),
        ("ratings.csv", RATINGS),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    with Project.create(folder / "harken.db", title="Pictures <made up> & 100 %", lead="lea") as project:
        project.import_survey(
            folder / "survey.csv",
            id="id",
            groups=["group"],
            attributes=["sex"],
            closed=["agree"],
            questions=["q_see", "q_wish"],
            required=["q_see"],
        )
        project.import_codebook(folder / "book.yaml")
        project.import_codings(folder / "codings.csv")
        project.prespecify_themes("risk.worry", by="group")
    return folder / "harken.db"


def _people() -> Iterator[tuple[int, str, str]]:
    for number in range(60):
        is_expert = number % 5 < 2
        yield number, f"{'E' if is_expert else 'P'}{number:02}", "experts" if is_expert else "patients"


def _wishes(number: int) -> bool:
    """Few have anything to say to the second question: a base below 20."""
    return number % 4 == 1


def _survey() -> str:
    lines = ["id,group,sex,agree,q_see,q_wish"]
    for number, name, group in _people():
        agree = "" if number % 11 == 3 else str(1 + (number + number // 5) % 5)
        see = "" if number in (17, 38) else f"I saw | what_they mean #{number} " + "and so on " * (number % 9)
        wish = f"=SUM({number}) of 100 % & more" if _wishes(number) else ""
        lines.append(f"{name},{group},{'f' if number % 3 else 'm'},{agree},{see.strip()},{wish}")
    return "\n".join(lines) + "\n"


def _codes(number: int, group: str) -> list[str]:
    has = {
        "benefit.understanding.picture": number % 2 == 0 if group == "experts" else number % 6 == 2,
        "benefit.understanding.words": number % 7 == 1,
        "benefit.understanding": number % 13 == 5,
        "benefit.trust": number % 5 == 1 or number == 3,
        "benefit.none_stated": number % 10 == 9,
        "risk.worry": number % 9 in (4, 7),
    }
    return [code for code, is_there in has.items() if is_there]


def _wish_codes(number: int) -> list[str]:
    has = {
        "benefit.understanding.picture": number % 20 == 1,
        "benefit.trust": number % 16 in (1, 5, 13),
        "risk.worry": number % 3 == 0,
    }
    return [code for code, is_there in has.items() if is_there]


def _codings() -> str:
    lines = ["participant,question,coder,code"]
    for number, name, group in _people():
        if number not in (17, 38):
            lines += [f"{name},q_see,ann,{code}" for code in _codes(number, group) or [""]]
        if _wishes(number):
            lines += [f"{name},q_wish,ann,{code}" for code in _wish_codes(number) or [""]]
    # The second coder differs on one answer of six.
    lines += [
        f"{name},q_see,bob,{'risk.worry' if number == 20 else code}"
        for number, name, group in _people()
        if number % 10 == 0 and number != 17
        for code in _codes(number, group) or [""]
    ]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Shown:
    """A result with what is drawn of it."""

    result: Any
    report: Report

    @classmethod
    def of(cls, result: Any, report: Callable[..., Report], **options: Any) -> Shown:
        return cls(result, report(result, **options))


def _beside(project: Project, name: str) -> Path:
    return project.store.path.parent / name


def _agreement(result: Any) -> Report:
    return agreement_report(result, None, title="", is_full=True, with_disagreements=True)


SHOWN: dict[str, Callable[[Project], Shown]] = {
    "themes": lambda p: Shown.of(p.themes(by="group"), theme_report, is_full=True, with_p=True),
    "themes of one question": lambda p: Shown.of(
        p.themes(by="group", questions=["q_see"], suppress=3), theme_report
    ),
    "themes of all questions": lambda p: Shown.of(p.themes(by="group"), theme_report, united=True),
    "themes by answers": lambda p: Shown.of(p.themes(by="agree"), theme_report),
    "themes of counts": lambda p: Shown.of(
        tabulate_counts(_beside(p, "counts.csv")), theme_report, with_p=True
    ),
    "prespecified": lambda p: Shown.of(p.prespecification(), prespecification_report),
    "flow": lambda p: Shown.of(p.flow(by="group"), flow_report, title=p.title),
    "closed": lambda p: Shown.of(
        p.closed_items(by="group", nets=["agree=4|5"], themes=["benefit", "risk.worry"]), closed_report
    ),
    "closed, suppressed": lambda p: Shown.of(p.closed_items(by="group", suppress=3), closed_report),
    "cooccurrence": lambda p: Shown.of(p.cooccurrence(), cooccurrence_report),
    "cooccurrence, suppressed": lambda p: Shown.of(p.cooccurrence(suppress=3), cooccurrence_report),
    "saturation": lambda p: Shown.of(p.saturation(), saturation_report),
    "crosstab": lambda p: Shown.of(p.crosstab("group", "sex"), crosstab_report, with_p=True),
    "quotes": lambda p: Shown.of(p.quotes(by="group"), quotes_report),
    "quotes as data": lambda p: Shown.of(p.quotes(by="group", with_ids=True), quotes_report, as_data=True),
    "why": lambda p: Shown.of(p.why("risk.worry", by="group", group="experts"), why_report),
    "participants": lambda p: Shown.of(p.participants(by="group"), participants_report),
    "agreement": lambda p: Shown.of(p.agreement(replicates=50), _agreement),
    "agreement of a file": lambda p: Shown.of(
        measure_file_agreement(_beside(p, "ratings.csv"), replicates=50), _agreement
    ),
    "releases": lambda p: Shown.of(p.releases(), releases_report),
}
"""Every look at a study, by what it is called here."""


def whole_book(project: Project) -> Book:
    """The study's whole report."""
    options = ReportOptions(by="group", has_looks=True, has_memos=True, checklists=("coreq",))
    return gather_book(project.store, options, actor=project.actor)


@contextmanager
def opened_study(folder: Path) -> Iterator[Project]:
    """The study, written into the folder and open."""
    with Project.open(write_study(folder)) as project:
        yield project

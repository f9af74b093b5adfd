"""Theme tables of made-up people, without a project, and the people themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from harken.services.tabulating.result import (
    Caveats,
    GroupBases,
    Theme,
    ThemeCell,
    ThemeFigures,
    ThemeSlice,
    ThemeTable,
)

Answers = tuple[frozenset[str] | None, ...]
"""The codes of a person's answer to each question; None: undecided."""
_NO_CAVEATS = Caveats(
    n_undecided=0,
    n_open_disagreements=0,
    n_several_coders=0,
    n_uncounted_decisions=0,
    n_not_asked=0,
    n_off_question=0,
    routing_unknown=(),
)


@dataclass(frozen=True, kw_only=True)
class Study:
    """People by group, and the codes by family."""

    groups: tuple[tuple[Answers, ...], ...]
    codes: Mapping[str, Sequence[str]]
    n_questions: int

    @property
    def scopes(self) -> list[Sequence[int]]:
        """Everything, then each question if there are several."""
        every = range(self.n_questions)
        return [every, *([at] for at in every)] if self.n_questions > 1 else [every]

    def rows(self) -> list[tuple[str, str, frozenset[str]]]:
        """Kind, code and the codes that count towards it."""
        every = [code for codes in self.codes.values() for code in codes]
        found = [("family", family, frozenset(codes)) for family, codes in self.codes.items()]
        found += [
            ("theme", code, frozenset(one for one in every if one == code or one.startswith(code + ".")))
            for code in every
        ]
        return found


def said(answers: Answers, scope: Iterable[int]) -> frozenset[str] | None:
    """What a person said over some questions; None where not everything is decided."""
    parts = [answers[at] for at in scope]
    if any(part is None for part in parts):
        return None
    return frozenset().union(*(part for part in parts if part is not None))


def table_of(study: Study) -> ThemeTable:
    """The table of the study."""
    figures = [_figures(study, scope) for scope in study.scopes]
    return ThemeTable(
        title="Made up",
        basis="default",
        base="coded",
        by="group",
        level=0.95,
        interval="wilson",
        decimals=1,
        sampling="",
        with_excluded=False,
        questions=tuple(f"q{at}" for at in range(study.n_questions)),
        united=figures[0],
        slices=tuple(
            ThemeSlice(question=f"q{at}", occasion="", figures=part) for at, part in enumerate(figures[1:])
        ),
        ties=(),
    )


def _figures(study: Study, scope: Sequence[int]) -> ThemeFigures:
    names = [f"g{at}" for at in range(len(study.groups))]
    coded = [
        [codes for answers in group if (codes := said(answers, scope)) is not None] for group in study.groups
    ]
    sizes = [len(group) for group in study.groups]

    def row(kind: str, code: str, members: frozenset[str]) -> Theme:
        ns = [sum(bool(codes & members) for codes in group) for group in coded]
        bases = [len(group) for group in coded]
        return Theme(
            code=code,
            label=code,
            family=code.split(".")[0],
            depth=0 if kind == "family" else code.count(".") - 1,
            applies=True,
            is_retired=False,
            cells=tuple(map(_cell, names, ns, bases)),
            total=_cell("total", sum(ns), sum(bases)),
        )

    def bases(name: str, groups: Sequence[int]) -> GroupBases:
        n_coded = sum(len(coded[at]) for at in groups)
        size = sum(sizes[at] for at in groups)
        return GroupBases(
            name=name,
            returned=size,
            excluded=0,
            participants=size,
            eligible=size,
            answered=size,
            non_response=0,
            undecided=size - n_coded,
            uncodable=0,
            coded=n_coded,
            nothing_to_code=sum(not codes for at in groups for codes in coded[at]),
            codes_per_person=1.0,
        )

    rows = [(kind, row(kind, code, members)) for kind, code, members in study.rows()]
    return ThemeFigures(
        groups=tuple(bases(name, [at]) for at, name in enumerate(names)),
        total=bases("total", range(len(names))),
        themes=tuple(theme for kind, theme in rows if kind == "theme"),
        families=tuple(theme for kind, theme in rows if kind == "family"),
        caveats=_NO_CAVEATS,
    )


def _cell(group: str, n: int, base: int) -> ThemeCell:
    return ThemeCell(
        group=group,
        n=n,
        base=base,
        proportion=n / base if base else None,
        low=0.0,
        high=1.0,
        percent=None,
        n_all=n,
        n_any=n,
        mentions=n,
    )


def random_study(
    random: Random,
    *,
    sizes: Sequence[int],
    codes: Mapping[str, Sequence[str]],
    n_questions: int = 1,
    share: Callable[[], float] | float = 0.2,
    undecided: float = 0.0,
) -> Study:
    """People who say each code as often as its share, drawn anew for each code."""
    every = [code for family in codes.values() for code in family]
    shares = {code: share() if callable(share) else share for code in every}

    def answer() -> frozenset[str] | None:
        if random.random() < undecided:
            return None
        return frozenset(code for code in every if random.random() < shares[code])

    return Study(
        groups=tuple(
            tuple(tuple(answer() for _ in range(n_questions)) for _ in range(size)) for size in sizes
        ),
        codes=codes,
        n_questions=n_questions,
    )

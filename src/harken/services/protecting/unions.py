"""What readers of a theme table know of one group: which rows are unions of which others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from harken.model import NONE_STATED
from harken.services.tabulating.result import ThemeFigures
from harken.stats.suppression import Publication

RowKey = tuple[str, str]
"""Kind and code of a row."""
ANY_CODE: RowKey = ("", "any code")
"""Everybody with any code: coded, and not without anything to code."""
_MOST_PARTS = 4
"""Children, and questions, up to which it is looked at what each leaves to the others."""


class Amount(NamedTuple):
    """A number of people by the numbers of counts with their factors, and a constant."""

    terms: tuple[tuple[int, int], ...]
    constant: int = 0

    @classmethod
    def of(cls, parts: Iterable[tuple[int, Self]]) -> Self:
        """A sum of amounts, each with its factor."""
        terms: dict[int, int] = {}
        constant = 0
        for factor, part in parts:
            constant += factor * part.constant
            for at, own in part.terms:
                terms[at] = terms.get(at, 0) + factor * own
        return cls(tuple((at, factor) for at, factor in terms.items() if factor), constant)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unions:
    """The rows of one group: over all questions, and in each slice where they apply."""

    publication: Publication
    united: Mapping[RowKey, Amount]
    slices: Sequence[Mapping[RowKey, Amount]]
    is_settled: bool
    """Whether nobody of the group is undecided, so that who counts in a slice counts in the union."""
    n_undecided: int
    n_undecided_in_slices: Sequence[int]

    def relate(self, figures: ThemeFigures) -> None:
        """Add all that is known of them."""
        for parent, children in children_of(figures).items():
            has_own = parent[0] == "theme"
            for scope in (self.united, *self.slices):
                if parent in scope:
                    known = [scope[child] for child in children if child in scope]
                    is_one_answer = scope is not self.united or not self.slices
                    self._relate_children(scope[parent], known, has_own=has_own, is_one_answer=is_one_answer)
            if parent in self.united and self.slices:
                self._relate_both(parent, [one for one in children if one in self.united], has_own=has_own)
        for family in figures.families:
            for scope in (self.united, *self.slices):
                self._relate_stated(scope, figures, family.code)
        for row, whole in self.united.items():
            parts = [
                (scope[row], self.n_undecided - n_undecided)
                for scope, n_undecided in zip(self.slices, self.n_undecided_in_slices, strict=True)
                if row in scope
            ]
            if parts:
                self._at_least_0([*((1, part) for part, _ in parts), (-1, whole)])
                for part, n_only_there in parts:
                    # Who is undecided at this question is so over all of them.
                    self._within(part, whole, n_only_there=n_only_there)

    def _at_least_0(self, parts: Iterable[tuple[int, Amount]], *, is_certain: bool = True) -> bool:
        terms, constant = Amount.of(parts)
        return self.publication.relate_where_true(terms, low=-constant, is_certain=is_certain)

    def _within(self, small: Amount, large: Amount, *, n_only_there: int | None = None) -> None:
        """One is part of another, save who counts in the one's scope alone."""
        if not self.is_settled:
            slack = Amount((), self.n_undecided if n_only_there is None else n_only_there)
            self._at_least_0([(1, large), (1, slack), (-1, small)])
        self._at_least_0([(1, large), (-1, small)], is_certain=self.is_settled)

    def _relate_children(
        self, parent: Amount, children: Sequence[Amount], *, has_own: bool, is_one_answer: bool
    ) -> None:
        for child in children:
            self._within(child, parent)
        if children:
            self._at_least_0([(-1, parent), *((1, child) for child in children)], is_certain=not has_own)
        if is_one_answer and len(children) > 1:
            # One answer has one code of an exclusive family; people's codes then add up.
            self._at_least_0([(1, parent), *((-1, child) for child in children)], is_certain=False)

    def _relate_both(self, parent: RowKey, children: Sequence[RowKey], *, has_own: bool) -> None:
        """What ties a union of codes to a union of questions."""
        is_certain = self.is_settled and not has_own
        scopes = [scope for scope in self.slices if parent in scope]
        whole = (-1, self.united[parent])
        for scope in scopes:
            # Whom the parent gains from a question to all of them, its children gain.
            parts = [(1, scope[parent]), whole]
            for child in children:
                parts.append((1, self.united[child]))
                if child in scope:
                    parts.append((-1, scope[child]))
            self._at_least_0(parts, is_certain=is_certain)
        for child in children:
            parts = [(1, self.united[child]), whole]
            for scope in scopes:
                parts.append((1, scope[parent]))
                if child in scope:
                    parts.append((-1, scope[child]))
            self._at_least_0(parts, is_certain=is_certain)
        if 2 <= len(children) <= _MOST_PARTS:
            for parts in self._left_to_a_child(parent, children, scopes):
                self._at_least_0(parts, is_certain=is_certain)
        if 2 <= len(scopes) <= _MOST_PARTS:
            for parts in self._left_to_a_question(parent, children, scopes):
                self._at_least_0(parts, is_certain=is_certain)

    def _left_to_a_child(
        self, parent: RowKey, children: Sequence[RowKey], scopes: Sequence[Mapping[RowKey, Amount]]
    ) -> Iterator[list[tuple[int, Amount]]]:
        """Who has the parent at a question and none of the other children has this one.

        Whoever is left over at every question has none of the others at all.
        """
        for child in children:
            left = []
            for scope in scopes:
                left.append((-1, scope[parent]))
                left += [(1, scope[other]) for other in children if other != child and other in scope]
            for other in children:
                if other != child:
                    yield [
                        (len(scopes) - 1, self.united[child]),
                        (1, self.united[parent]),
                        (-1, self.united[other]),
                        *left,
                    ]

    def _left_to_a_question(
        self, parent: RowKey, children: Sequence[RowKey], scopes: Sequence[Mapping[RowKey, Amount]]
    ) -> Iterator[list[tuple[int, Amount]]]:
        """Who has a child and has it at none of the other questions has it, and the parent, at this one.

        Whom every child leaves to this question is without the parent at all others.
        """
        for scope in scopes:
            others = [one for one in scopes if one is not scope]
            left = []
            for child in children:
                left.append((-1, self.united[child]))
                left += [(1, other[child]) for other in others if child in other]
            for other in others:
                yield [
                    (len(children) - 1, scope[parent]),
                    (1, self.united[parent]),
                    (-1, other[parent]),
                    *left,
                ]

    def _relate_stated(self, scope: Mapping[RowKey, Amount], figures: ThemeFigures, family: str) -> None:
        """A family's net without those who only stated that there is none."""
        net, whole = scope.get(("stated", family)), scope.get(("family", family))
        if net is None or whole is None:
            return
        own = [theme.code for theme in figures.themes if theme.family == family]
        stated = [code for code in own if code.rpartition(".")[2] == NONE_STATED]
        others = [code for code in own if code.rpartition(".")[0] == family and code not in stated]
        self._within(net, whole)
        known = [scope[key] for code in stated if (key := ("theme", code)) in scope]
        self._at_least_0([(1, net), (-1, whole), *((1, one) for one in known)])
        known = [scope[key] for code in others if (key := ("theme", code)) in scope]
        self._at_least_0([(-1, net), *((1, one) for one in known)])
        for code in others:
            if ("theme", code) in scope and not any(one.startswith(code + ".") for one in stated):
                self._within(scope["theme", code], net)


def children_of(figures: ThemeFigures) -> dict[RowKey, list[RowKey]]:
    """For each parent code and family the rows right below it; for everybody with any code the families."""
    codes = {theme.code for theme in figures.themes}
    found: dict[RowKey, list[RowKey]] = {}
    for theme in figures.themes:
        above = theme.code.rpartition(".")[0]
        if theme.family:
            parent = ("theme", above) if above in codes else ("family", theme.family)
            found.setdefault(parent, []).append(("theme", theme.code))
    if figures.families:
        found[ANY_CODE] = [("family", family.code) for family in figures.families]
    return found

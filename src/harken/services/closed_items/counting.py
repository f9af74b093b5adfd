"""Counting what people chose in closed items, by group, and what those who chose it wrote about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from harken.errors import Choice
from harken.services.closed_items.choosing import ChosenValues, choose_items, chosen_values, few_answers
from harken.services.closed_items.cross_tables import Mentions, themes_by_answer
from harken.services.closed_items.result import Answer, ClosedItem, ClosedItems, ItemBases
from harken.services.closed_items.scales import (
    Net,
    in_order,
    numbers_of,
    read_scales,
    remember_scales,
    settle_scales,
)
from harken.services.counting.loading import load_sheet
from harken.services.counting.people import People
from harken.services.counting.upkeep import bring_up_to_date
from harken.services.shares.cells import ShareMaker
from harken.services.shares.comparing import Difference, adjusted, difference_of_shares, why_not
from harken.services.tabulating.figures import TOTAL
from harken.stats.association import group_test, table_cramers_v, table_test
from harken.stats.differences import DifferenceMethod
from harken.stats.proportions import IntervalMethod
from harken.stats.quartiles import middle_and_quartiles
from harken.stats.two_groups import TestResult
from harken.storage import study, survey
from harken.storage.store import Store


class ClosedBase(Choice):
    """Of whom the share is taken."""

    ANSWERED = "answered"
    PARTICIPANTS = "participants"
    """Everybody who is counted, the blank ones too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figures:
    """How counts become cells."""

    people: People
    shares: ShareMaker
    difference: DifferenceMethod
    seed: int

    def answer(self, label: str, values: tuple[str, ...], ns: Sequence[int], bases: Sequence[int]) -> Answer:
        names = self.people.groups
        return Answer(
            label=label,
            values=values,
            cells=tuple(self.shares.cell(*parts) for parts in zip(names, ns, bases, strict=True)),
            total=self.shares.cell(TOTAL, sum(ns), sum(bases)),
            difference=self._difference(ns, bases),
        )

    def _difference(self, ns: Sequence[int], bases: Sequence[int]) -> Difference | None:
        if len(ns) != 2:
            return None
        return difference_of_shares(
            ns[0], bases[0], ns[1], bases[1], level=self.shares.level, method=self.difference
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Untested:
    """An item before its tests are adjusted over the items shown."""

    item: ClosedItem
    test: TestResult | None
    net_tests: tuple[TestResult | None, ...]
    theme_tests: tuple[TestResult | None, ...]


def count_closed_items(
    store: Store,
    *,
    items: Sequence[str] = (),
    by: str | None = None,
    nets: Iterable[Net] = (),
    order: Sequence[str] = (),
    themes: Sequence[str] = (),
    questions: Sequence[str] = (),
    basis: str = "default",
    base: ClosedBase = ClosedBase.ANSWERED,
    level: float = 0.95,
    interval: IntervalMethod = IntervalMethod.WILSON,
    difference: DifferenceMethod = DifferenceMethod.MIETTINEN_NURMINEN,
    decimals: int = 1,
    with_excluded: bool = False,
    where: Sequence[tuple[str, str]] = (),
    seed: int = 1,
) -> ClosedItems:
    """Count people by what they chose in each item (none named: all closed ones), by the groups of `by`.

    `nets` and `order` hold for every item that has one of their values, and come before what the project
    remembers. `themes` are codes, or families, whose share of mentions stands within each answer;
    `questions` and `basis` are those of theme tables. Raises `HarkenError` for an item, a value, a code or a
    column that is not there.
    """
    bring_up_to_date(store)
    with store.snapshot():
        variables, left_out = choose_items(survey.variables(store), items, by=by)
        sheet = load_sheet(
            store, questions=questions, by=by, basis=basis, with_excluded=with_excluded, where=where
        )
        people = sheet.people
        chosen = {name: chosen_values(store, name, people) for name in variables}
        remembered = read_scales(store)
        settings = study.settings(store)
    if not items:
        chosen, many = few_answers(chosen)
        left_out += many
    scales = settle_scales(
        {name: one.values for name, one in chosen.items()}, remembered, order=order, nets=nets
    )
    mentions = Mentions.of(sheet, themes) if themes else None
    figures = _Figures(
        people=people,
        shares=ShareMaker(level=level, interval=IntervalMethod(interval), decimals=decimals),
        difference=DifferenceMethod(difference),
        seed=seed,
    )
    counted = []
    for name, one in chosen.items():
        values, is_numeric = in_order(one.values, scales[name].order)
        source = "given" if set(order) & set(one.values) else "remembered" if scales[name].order else ""
        counted.append(
            _count(
                name,
                replace(one, values=values),
                figures,
                nets=scales[name].nets,
                order=source or ("numeric" if is_numeric else "appearance"),
                base=ClosedBase(base),
                mentions=mentions,
            )
        )
    return ClosedItems(
        title=settings.get("title", ""),
        by=by,
        base=ClosedBase(base).value,
        level=level,
        interval=IntervalMethod(interval).value,
        decimals=decimals,
        sampling=settings.get("sampling", ""),
        with_excluded=with_excluded,
        where=tuple(where),
        n_undecided=mentions.n_undecided if mentions else 0,
        items=_tested(counted),
        left_out=tuple(left_out),
    )


def _count(
    name: str,
    chosen: ChosenValues,
    figures: _Figures,
    *,
    nets: Sequence[Net],
    order: str,
    base: ClosedBase,
    mentions: Mentions | None,
) -> _Untested:
    people = figures.people
    groups = range(len(people.groups))
    table = {value: [0] * len(people.groups) for value in chosen.values}
    n_people, answered = [0] * len(people.groups), [0] * len(people.groups)
    for group, value in zip(people.group_of, chosen.of_place, strict=True):
        n_people[group] += 1
        if value:
            answered[group] += 1
            table[value][group] += 1
    bases = answered if base is ClosedBase.ANSWERED else n_people
    answers = tuple(figures.answer(value, (value,), ns, bases) for value, ns in table.items())
    netted = [
        (net, [sum(table[value][group] for value in net.values if value in table) for group in groups])
        for net in nets
    ]
    reasons = [why_not(ns, bases, people.groups) for _, ns in netted]
    rows = [ns for ns in table.values() if any(ns)]
    reason = _why_no_table(rows, answered, people.groups)
    found = themes_by_answer(
        mentions, chosen.of_place, chosen.values, nets, figures.shares.cell, seed=figures.seed
    )
    return _Untested(
        item=ClosedItem(
            item=name,
            order=order,
            groups=tuple(
                _bases(people, chosen, [group], name=people.groups[group], n=n_people, answered=answered)
                for group in groups
            ),
            total=_bases(people, chosen, groups, name=TOTAL, n=n_people, answered=answered),
            answers=answers,
            nets=tuple(
                replace(figures.answer(net.label, net.values, ns, bases), not_tested=why)
                for (net, ns), why in zip(netted, reasons, strict=True)
            ),
            test=None,
            not_tested=reason,
            cramers_v=None if reason else table_cramers_v(rows, level=figures.shares.level),
            themes=tuple(theme for theme, _ in found),
        ),
        test=None if reason else table_test(rows, seed=figures.seed),
        net_tests=tuple(
            None if why else group_test(ns, bases, seed=figures.seed)
            for (_, ns), why in zip(netted, reasons, strict=True)
        ),
        theme_tests=tuple(test for _, test in found),
    )


def _bases(
    people: People,
    chosen: ChosenValues,
    groups: Iterable[int],
    *,
    name: str,
    n: Sequence[int],
    answered: Sequence[int],
) -> ItemBases:
    own = set(groups)
    values = [
        value for group, value in zip(people.group_of, chosen.of_place, strict=True) if value and group in own
    ]
    numbers = numbers_of(chosen.values)
    median = iqr = None
    if numbers is not None:
        number = dict(zip(chosen.values, numbers, strict=True))
        median, iqr = middle_and_quartiles([number[value] for value in values])
    excluded = 0 if people.with_excluded else sum(sum(people.excluded[group].values()) for group in own)
    n_people, n_answered = sum(n[group] for group in own), sum(answered[group] for group in own)
    return ItemBases(
        name=name,
        returned=sum(people.returned[group] for group in own),
        excluded=excluded,
        participants=n_people,
        answered=n_answered,
        missing=n_people - n_answered,
        median=median,
        iqr=iqr,
    )


def _why_no_table(rows: Sequence[Sequence[int]], answered: Sequence[int], names: Sequence[str]) -> str | None:
    if len(names) < 2:
        return "one group"
    empty = [name for name, n in zip(names, answered, strict=True) if n == 0]
    if len(names) - len(empty) < 2:
        return f"nobody answered in {', '.join(empty)}"
    return "everybody gave the same answer" if len(rows) < 2 else None


def _tested(counted: Sequence[_Untested]) -> tuple[ClosedItem, ...]:
    """The items with their tests; p is adjusted over the items, over the nets and over the themes apart."""
    of_items = adjusted([one.test for one in counted])
    of_nets = iter(adjusted([test for one in counted for test in one.net_tests]))
    of_themes = iter(adjusted([test for one in counted for test in one.theme_tests]))
    return tuple(
        replace(
            one.item,
            test=test,
            nets=tuple(replace(net, test=next(of_nets)) for net in one.item.nets),
            themes=tuple(replace(theme, test=next(of_themes)) for theme in one.item.themes),
        )
        for one, test in zip(counted, of_items, strict=True)
    )


def remember_given(
    store: Store, shown: ClosedItems, *, nets: Sequence[Net], order: Sequence[str], actor: str
) -> tuple[str, ...]:
    """Keep the order and nets of a look for the items of it that have one of their values.

    Returns the items where something changed.
    """
    values = {
        item.item: [answer.label for answer in item.answers if answer.total.n or answer.label not in order]
        for item in shown.items
    }
    scales = settle_scales(values, read_scales(store), order=order, nets=nets)
    return remember_scales(store, scales, actor=actor)

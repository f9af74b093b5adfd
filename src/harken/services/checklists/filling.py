"""Which checklists go with a study, and each item with what the project knows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from harken.errors import HarkenError, near_match
from harken.services.agreeing.result import Agreement
from harken.services.checklists.cherries import CHERRIES
from harken.services.checklists.coreq import COREQ
from harken.services.checklists.facts import KnownFact, known_facts
from harken.services.checklists.grras import GRRAS
from harken.services.checklists.items import Checklist, ChecklistItem
from harken.services.checklists.rtarg import RTARG
from harken.services.checklists.srqr import SRQR
from harken.services.checklists.strobe import STROBE
from harken.services.describing.facts import StudyFacts
from harken.services.tabulating.result import ThemeTable

CHECKLISTS = {one.key: one for one in (STROBE, CHERRIES, SRQR, GRRAS, RTARG, COREQ)}
"""Every checklist by its key."""


class ItemState(StrEnum):
    """How far the project answers an item."""

    FILLED = "filled in"
    PARTLY = "in part"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledItem:
    """An item with its answer; `left` is what the authors have to say."""

    number: str
    topic: str
    asked: str
    state: ItemState
    answer: str
    left: str
    section: str
    """Where in the report it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledChecklist:
    """A checklist, filled in where the project knows the fact."""

    checklist: Checklist
    items: tuple[FilledItem, ...]

    def n(self, state: ItemState) -> int:
        return sum(item.state is state for item in self.items)

    def as_json(self) -> dict[str, Any]:
        return {
            "checklist": self.checklist.key,
            "name": self.checklist.name,
            "source": self.checklist.source,
            "items": [{**asdict(item), "state": item.state.value} for item in self.items],
        }


def checklist_named(name: str) -> Checklist:
    """The checklist of this key or name; raises, naming the known ones, if there is none."""
    if name.casefold() in CHECKLISTS:
        return CHECKLISTS[name.casefold()]
    raise HarkenError(
        f"No checklist {name!r}.{near_match(name, list(CHECKLISTS))} Checklists: {', '.join(CHECKLISTS)}."
    )


def fitting_checklists(
    *, has_agreement: bool, is_reflexive: bool, also: Sequence[str] = ()
) -> tuple[Checklist, ...]:
    """STROBE, CHERRIES and SRQR always; GRRAS with agreement; RTARG for reflexive work; others by name."""
    wanted = {"strobe", "cherries", "srqr", *(checklist_named(name).key for name in also)}
    if has_agreement:
        wanted.add("grras")
    if is_reflexive:
        wanted.add("rtarg")
    return tuple(one for key, one in CHECKLISTS.items() if key in wanted)


def fill(checklist: Checklist, facts: Mapping[str, KnownFact]) -> FilledChecklist:
    """Each item with what is known of it."""
    return FilledChecklist(checklist=checklist, items=tuple(_filled(item, facts) for item in checklist.items))


def _filled(item: ChecklistItem, facts: Mapping[str, KnownFact]) -> FilledItem:
    known = [facts[key] for key in item.facts if key in facts]
    left = "; ".join(filter(None, (item.left, *(fact.left for fact in known)))) if known else item.asked
    state = (ItemState.PARTLY if left else ItemState.FILLED) if known else ItemState.OPEN
    return FilledItem(
        number=item.number,
        topic=item.topic,
        asked=item.asked,
        state=state,
        answer=" ".join(dict.fromkeys(fact.answer for fact in known)),
        left=left,
        section=", ".join(dict.fromkeys(fact.section for fact in known if fact.section)),
    )


def fill_checklists(
    study: StudyFacts,
    *,
    table: ThemeTable | None = None,
    agreement: Agreement | None = None,
    also: Sequence[str] = (),
    has_quotes: bool = False,
    has_flow_diagram: bool = False,
    has_characteristics: bool = False,
    n_analytic_themes: int = 0,
    threshold: int | None = None,
) -> tuple[FilledChecklist, ...]:
    """Every checklist that fits the study, filled in; `also` names further ones."""
    facts = known_facts(
        study,
        table=table,
        agreement=agreement,
        has_quotes=has_quotes,
        has_flow_diagram=has_flow_diagram,
        has_characteristics=has_characteristics,
        n_analytic_themes=n_analytic_themes,
        threshold=threshold,
    )
    fitting = fitting_checklists(
        has_agreement=agreement is not None, is_reflexive=study.is_reflexive, also=also
    )
    return tuple(fill(checklist, facts) for checklist in fitting)

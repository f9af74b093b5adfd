"""Gathering the agenda: what came up since the last meeting that was recorded, or ever."""

from __future__ import annotations

from collections.abc import Sequence

from harken.model import RoundKind
from harken.services.agreeing import Disagreed, find_disagreements
from harken.services.asking.alerting import alerts
from harken.services.asking.questions import printed, questions
from harken.services.meeting.codebook_news import codebook_news
from harken.services.meeting.result import Agenda, Meeting, OpenDisagreement
from harken.storage import standing, study, survey, talk
from harken.storage.store import Store


def agenda(store: Store, *, viewer: str) -> Agenda:
    """What there is to talk about. Nothing of a blind round is: its coders must not know of each other."""
    with store.snapshot():
        settings = study.settings(store)
        last = (talk.meetings(store) or (None,))[-1]
        meeting_id = last.id if last else ""
        rounds = study.rounds(store)
        blind = {round.name for round in rounds if round.is_blind}
        # In a repeat round nobody is compared with anybody else.
        open_rounds = [r.name for r in rounds if not r.is_blind and r.kind is not RoundKind.REPEAT]
        asked = questions(store, viewer=viewer).items
        new, n_older = _unsettled(store, find_disagreements(store, rounds=open_rounds), meeting_id)
        return Agenda(
            title=settings.get("title", ""),
            viewer=viewer,
            since=None
            if last is None
            else Meeting(held_by=last.held_by, at=last.at, outcome=talk.words(store, last.outcome_hash)),
            alerts=alerts(store, viewer=viewer).items,
            disagreements=new,
            n_older_disagreements=n_older,
            questions=tuple(one for one in asked if one.round not in blind),
            n_blind=sum(one.round in blind for one in asked),
            news=codebook_news(store, meeting_id=meeting_id, lead=settings.get("lead", "")),
        )


def _unsettled(
    store: Store, found: Sequence[Disagreed], meeting_id: str
) -> tuple[tuple[OpenDisagreement, ...], int]:
    """Those that nobody has settled: the ones decided since the meeting, and how many are older."""
    settled = standing.settled_ids(store)
    places = [(survey.response_id(store, one.key) or 0, one) for one in found]
    unsettled = [(id, one) for id, one in places if id not in settled]
    new = talk.decided_since(store, meeting_id, [id for id, _ in unsettled])
    chosen = []
    for id, one in unsettled:
        if (id, one.round) in new:
            response = survey.response(store, id)
            chosen.append(
                OpenDisagreement(
                    response=response, printed=printed(store, response), round=one.round, codes=one.codes
                )
            )
    return tuple(chosen), len(unsettled) - len(chosen)

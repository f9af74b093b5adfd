"""Gathering the agenda: what came up since the last meeting that was recorded, or ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harken.model import CodebookEntry, RoundKind
from harken.services.agreeing import Disagreed, find_disagreements
from harken.services.agreeing.disagreements.confusions import confused_in
from harken.services.asking.alerting import alerts
from harken.services.asking.questions import printed, questions
from harken.services.blindness import undecided_blind_in_team
from harken.services.meeting.codebook_news import codebook_news
from harken.services.meeting.result import Agenda, ConfusedPair, Meeting, OpenDisagreement
from harken.stats.ratings import collect_set_ratings
from harken.storage import codebooks, standing, study, survey, talk
from harken.storage.store import Store


def agenda(store: Store, *, viewer: str) -> Agenda:
    """What there is to talk about. Nothing of a blind round is: its coders must not know of each other.

    Neither is an answer that somebody has yet to decide in one, whatever round it came up in.
    """
    with store.snapshot():
        settings = study.settings(store)
        last = (talk.meetings(store) or (None,))[-1]
        meeting_id = last.id if last else ""
        rounds = study.rounds(store)
        blind = {round.name for round in rounds if round.is_blind}
        # In a repeat round nobody is compared with anybody else.
        open_rounds = [r.name for r in rounds if not r.is_blind and r.kind is not RoundKind.REPEAT]
        undecided = undecided_blind_in_team(store, viewer)
        asked = questions(store, viewer=viewer).items
        open_asked = tuple(
            one for one in asked if one.round not in blind and one.response.id not in undecided
        )
        unsettled = _unsettled(store, find_disagreements(store, rounds=open_rounds))
        shown = [(id, one) for id, one in unsettled if id not in undecided]
        new = _new(store, shown, meeting_id)
        return Agenda(
            title=settings.get("title", ""),
            viewer=viewer,
            since=None
            if last is None
            else Meeting(held_by=last.held_by, at=last.at, outcome=talk.words(store, last.outcome_hash)),
            alerts=alerts(store, viewer=viewer).items,
            disagreements=new,
            confusions=_confusions(store, new),
            n_older_disagreements=len(shown) - len(new),
            n_blind_disagreements=len(unsettled) - len(shown),
            questions=open_asked,
            n_blind=len(asked) - len(open_asked),
            news=codebook_news(store, meeting_id=meeting_id, lead=settings.get("lead", "")),
        )


def _confusions(store: Store, apart: Sequence[OpenDisagreement]) -> tuple[ConfusedPair, ...]:
    """A border between two codes is worth a meeting's time where it was missed more than once."""
    entries = codebooks.stored_codebook(store).codebook.entries
    sets = collect_set_ratings(
        (((one.response.id, one.round), coder, codes) for one in apart for coder, codes in one.codes.items()),
        codes=tuple(entries),
    )
    return tuple(
        ConfusedPair(
            codes=found.codes,
            kind=found.kind,
            n_responses=found.n_responses,
            used=found.used,
            definitions=(_definition(found.codes[0], entries), _definition(found.codes[1], entries)),
        )
        for found in confused_in(sets)
        if found.n_responses > 1
    )


def _definition(path: str | None, entries: Mapping[str, CodebookEntry]) -> str:
    entry = entries.get(path or "")
    return "" if entry is None else entry.code.definition


def _unsettled(store: Store, found: Sequence[Disagreed]) -> list[tuple[int, Disagreed]]:
    """Those that the adjudicated layer does not hold, by response id."""
    settled = standing.settled_ids(store)
    places = [(survey.response_id(store, one.key) or 0, one) for one in found]
    return [(id, one) for id, one in places if id not in settled]


def _new(
    store: Store, unsettled: Sequence[tuple[int, Disagreed]], meeting_id: str
) -> tuple[OpenDisagreement, ...]:
    """Those on which somebody decided since the meeting."""
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
    return tuple(chosen)

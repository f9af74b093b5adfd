"""What is left to do or look at before tables are final, each with the command that does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harken.model import MAIN_ROUND
from harken.services.asking.alerting import n_open_alerts
from harken.services.asking.questions import AskedCounts
from harken.services.browsing import AnswerFilter, AnswerMark, count_answers, reader_for
from harken.services.standing.commands import answers_command, code_command
from harken.services.standing.result import CoderWork, Matter, ToDo
from harken.storage import codebooks, standing, survey
from harken.storage.store import Store


def before_tables(
    store: Store, work: Sequence[CoderWork], asked: AskedCounts, *, viewer: str
) -> tuple[ToDo, ...]:
    """Alerts first: a person comes before a table. Undecided and open answers are those of the tables."""
    return tuple(todo for todo in _matters(store, work, asked, viewer) if todo.n)


def _open_answers(store: Store) -> tuple[int, int]:
    """Answers that are undecided, and those that coders decided differently, as tables count them."""
    if not survey.n_codable(store):
        return 0, 0
    from harken.services.counting.loading import load_sheet  # its arrays are slow to load

    answers = load_sheet(store).answers
    return sum(unit.n_undecided for unit in answers), sum(unit.n_open for unit in answers)


def _matters(store: Store, work: Sequence[CoderWork], asked: AskedCounts, viewer: str) -> Iterator[ToDo]:
    n_undecided, n_open = _open_answers(store)
    own_left = [one for one in work if one.coder == viewer and one.n_left]
    own_drafts = [one for one in work if one.coder == viewer and one.n_drafts]
    yield _todo(
        Matter.ALERTS,
        n_open_alerts(store, viewer=viewer),
        ("alert to the lead is open", "alerts to the lead are open"),
        "harken alerts",
    )
    yield _todo(
        Matter.UNDECIDED,
        n_undecided,
        ("answer is undecided", "answers are undecided"),
        _code_command(own_left),
    )
    yield _todo(
        Matter.DISAGREEMENTS,
        n_open,
        ("answer was decided differently by its coders", "answers were decided differently by their coders"),
        "harken agreement disagreements",
    )
    yield _todo(
        Matter.DRAFTS,
        sum(one.n_drafts for one in work),
        ("draft waits for its decision", "drafts wait for their decision"),
        _code_command(own_drafts),
    )
    yield _todo(
        Matter.QUESTIONS,
        asked.n_open,
        ("question waits for a reply", "questions wait for a reply"),
        "harken questions",
    )
    yield _todo(
        Matter.REPLIES,
        asked.n_all_replies,
        ("reply is not taken up by its coder", "replies are not taken up by their coders"),
        "harken questions --mine --as NAME",
    )
    yield _listed(
        store,
        Matter.UNSURE,
        _unsure(store, viewer),
        ("answer is marked unsure", "answers are marked unsure"),
        viewer=viewer,
    )
    yield _listed(
        store,
        Matter.RETIRED,
        _retired(store, viewer),
        ("answer has a code that was retired", "answers have a code that was retired"),
        viewer=viewer,
    )
    yield _todo(
        Matter.EXCLUDED,
        standing.people(store)[1],
        ("participant is excluded: look at why", "participants are excluded: look at why"),
        "harken flow",
    )


def _unsure(store: Store, viewer: str) -> AnswerFilter | None:
    """What the coders marked who were unsure; a viewer who is blind is told of their own marks alone."""
    is_blind = reader_for(store, viewer).is_blind
    places = [place for place in standing.unsure_places(store) if not is_blind or place[0] == viewer]
    coders, rounds = (tuple(dict.fromkeys(place[at] for place in places)) for at in (0, 1))
    if not places:
        return None
    return AnswerFilter(
        states=(AnswerMark.UNSURE,), coders=coders, rounds=() if rounds == (MAIN_ROUND,) else rounds
    )


def _retired(store: Store, viewer: str) -> AnswerFilter | None:
    """What has any of the retired codes that some answer still has."""
    entries = codebooks.stored_codebook(store).codebook.entries
    retired = [path for path, entry in entries.items() if entry.code.is_retired]
    used = tuple(path for path in retired if _n_found(store, AnswerFilter(codes=(path,)), viewer))
    return AnswerFilter(codes=used) if used else None


def _listed(
    store: Store, matter: Matter, filter: AnswerFilter | None, said: tuple[str, str], *, viewer: str
) -> ToDo:
    """A matter of answers: as many as its command lists to the viewer."""
    n = 0 if filter is None else _n_found(store, filter, viewer)
    return _todo(matter, n, said, "" if filter is None else answers_command(filter, viewer=viewer))


def _n_found(store: Store, filter: AnswerFilter, viewer: str) -> int:
    round = filter.rounds[0] if len(filter.rounds) == 1 else MAIN_ROUND
    return count_answers(store, filter, reader_for(store, viewer, round=round))


def _code_command(own: Sequence[CoderWork]) -> str:
    """For the viewer where the work is theirs, else for whoever's it is."""
    return code_command(own[0].coder, own[0].round) if own else "harken code --as NAME"


def _todo(matter: Matter, n: int, said: tuple[str, str], command: str) -> ToDo:
    return ToDo(matter=matter, n=n, sentence=f"{n:,} {said[n != 1]}", command=command)

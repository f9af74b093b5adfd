"""The status as tables."""

from __future__ import annotations

from collections.abc import Sequence

from harken.errors import many
from harken.report import DASH, Cell, Column, Report, Table, count, decimal, text
from harken.services.standing.result import CoderWork, Forecast, Standing


def status_report(state: Standing) -> Report:
    """What `harken status` prints: what comes first, the work, paces, what is left before tables."""
    tables = [*([_work_table(state.work)] if state.work else []), _pace_table(state), _left_table(state)]
    return Report(title=f"{state.title}: status", notes=tuple(_notes(state)), tables=tuple(tables))


def _notes(state: Standing) -> list[str]:
    notes = []
    if state.n_alerts:
        notes.append(f"{many(state.n_alerts, 'open alert')}: `harken alerts`.")
    if state.n_replies:
        notes.append(f"{many(state.n_replies, 'reply', 'replies')} to you: `harken questions --mine`.")
    if not state.work:
        notes.append("Nobody has anything to code yet.")
    return notes


def _work_table(work: Sequence[CoderWork]) -> Table:
    numbers = ("to do", "done", "left", "drafts", "unsure", "uncodable")
    return Table(
        title="Coding",
        columns=(
            *(Column(heading=name) for name in ("coder", "round", "question")),
            *(Column(heading=name, align="right") for name in numbers),
        ),
        rows=tuple(
            (
                *map(text, (one.coder, one.round, one.question)),
                *map(
                    count,
                    (one.n_to_do, one.n_done, one.n_left, one.n_drafts, one.n_unsure, one.n_uncodable),
                ),
            )
            for one in work
        ),
    )


def _pace_table(state: Standing) -> Table:
    rows = [_pace_row(state.viewer, state.own)]
    notes = [
        f"A pause of more than {state.pause_minutes:g} minutes between two decisions counts as none of the "
        "time, and the answer after it as none of the answers. The day is told from how many answers were "
        "decided a calendar day in the last 14 days.",
    ]
    if state.study is None:
        notes.append(
            "The study's pace is not shown: with fewer than two colleagues it would tell one person's. "
            "Nobody sees another person's times."
        )
    else:
        rows.append(_pace_row("everybody", state.study))
        notes.append("Nobody sees another person's times.")
    return Table(
        title="Pace",
        columns=(
            Column(heading="who"),
            *(
                Column(heading=name, align="right")
                for name in ("left", "answers an hour", "active hours", "hours left", "done by")
            ),
        ),
        rows=tuple(rows),
        notes=tuple(notes),
    )


def _pace_row(who: str, found: Forecast) -> tuple[Cell, ...]:
    return (
        text(who),
        count(found.n_left),
        DASH if found.per_hour is None else decimal(found.per_hour, 0),
        decimal(found.active_hours, 1),
        DASH if found.hours_left is None else decimal(found.hours_left, 1),
        DASH if found.finish is None or not found.n_left else text(found.finish.isoformat()),
    )


def _left_table(state: Standing) -> Table:
    nothing = (text("nothing is left"), text("harken themes"))
    if not state.n_codable:
        nothing = (text("there is no answer to code yet"), text("harken import FILE"))
    return Table(
        title="Before tables are final",
        columns=(Column(heading="what"), Column(heading="command")),
        rows=tuple((text(one.sentence), text(one.command)) for one in state.before_tables) or (nothing,),
    )

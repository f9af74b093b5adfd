"""The status of a study as one coder may see it."""

from __future__ import annotations

import time

from harken.services.asking.alerting import n_open_alerts
from harken.services.asking.questions import count_asked
from harken.services.standing.before_tables import before_tables
from harken.services.standing.forecast import forecasts
from harken.services.standing.result import Standing
from harken.services.standing.work import read_work
from harken.stats.pace import LONGEST_GAP
from harken.storage import study, survey
from harken.storage.store import Store


def status(
    store: Store, *, viewer: str, pause_minutes: float = LONGEST_GAP / 60, now: float | None = None
) -> Standing:
    """How far everybody is, the viewer's own pace, and what is left before tables are final.

    Counts of others are shown, blind rounds included: they tell nobody's codes. Times are a person's own;
    the study's appear where at least two colleagues have a pace. `now` is a time in seconds since 1970.
    """
    with store.snapshot():
        work = read_work(store)
        asked = count_asked(store, viewer=viewer)
        own, everybody = forecasts(
            store,
            work,
            viewer=viewer,
            now=time.time() if now is None else now,
            longest_gap=60 * pause_minutes,
        )
        return Standing(
            title=study.settings(store).get("title", ""),
            viewer=viewer,
            n_codable=survey.n_codable(store),
            work=work,
            own=own,
            study=everybody,
            before_tables=before_tables(store, work, asked, viewer=viewer),
            n_replies=asked.n_replies,
            n_alerts=n_open_alerts(store, viewer=viewer),
            pause_minutes=pause_minutes,
        )

"""Alerting the lead to an answer whose participant may be in distress or in danger."""

from __future__ import annotations

from collections.abc import Iterable

from harken.errors import HarkenError
from harken.model import ResponseKey
from harken.services.asking.questions import is_lead, printed
from harken.services.asking.result import Alert, Alerts
from harken.storage import study, survey, talk
from harken.storage.store import Store
from harken.storage.talk import AlertRow


def raise_alert(store: Store, response: ResponseKey, *, coder: str, note: str = "") -> Alert:
    """Alert the lead to an answer; a closed alert of the same coder is open again, with the new note."""
    known = talk.alert_at(store, response, coder=coder)
    if survey.response_id(store, response) is None:
        survey.participant_named(store, response.participant)
        survey.question_named(store, response.question)
    if known is not None and known.closed_by == "" and talk.words(store, known.note_hash) == note.strip():
        return _alert(store, known)
    with store.action(coder) as action:
        talk.put_alert(action, response, coder=coder, note=note.strip())
    return _alert(store, _row(store, response, coder))


def close_alert(store: Store, alert: Alert, *, done: str, actor: str) -> Alert:
    """Close an alert with what was done about it: the lead's to do, and who raised it may take it back."""
    if not done.strip():
        raise HarkenError("An alert is closed with what was done about it. Say it in a few words.")
    if actor != alert.coder and not is_lead(store, actor):
        lead = study.settings(store).get("lead", "")
        raise HarkenError(
            f"Only the lead (--as {lead}) and {alert.coder}, who raised it, close this alert. "
            "Nothing is changed."
        )
    key = alert.response.key
    with store.action(actor) as action:
        row = _row(store, key, alert.coder)
        if row.closed_by:
            raise HarkenError(f"The alert on {key.participant!r} was closed by {row.closed_by} already.")
        if row.raised_at != alert.raised_at:
            raise HarkenError(f"{alert.coder} wrote this alert anew meanwhile. Read it again, then close it.")
        talk.close_alert(action, key, coder=alert.coder, done=done.strip())
    return _alert(store, _row(store, key, alert.coder))


def alerts(store: Store, *, viewer: str, only_open: bool = True) -> Alerts:
    """The alerts that `viewer` may see: as lead all, else their own."""
    with store.snapshot():
        return Alerts(
            viewer=viewer, items=tuple(_alert(store, row) for row in _visible(store, viewer, only_open))
        )


def alert_on(store: Store, response: ResponseKey, *, coder: str) -> Alert | None:
    """A coder's own alert on an answer, open or closed, for the screen that shows the answer."""
    row = talk.alert_at(store, response, coder=coder)
    return None if row is None else _alert(store, row)


def find_alert(store: Store, response: ResponseKey, *, viewer: str, coder: str = "") -> Alert:
    """The one open alert on an answer that is meant."""
    found = [
        alert
        for alert in alerts(store, viewer=viewer).items
        if alert.response.key == response and coder in ("", alert.coder)
    ]
    if not found:
        survey.participant_named(store, response.participant)
        survey.question_named(store, response.question)
        raise HarkenError(
            f"No open alert that you can see on the answer of {response.participant!r} to "
            f"{response.question!r}. `harken alerts --all` lists every alert."
        )
    if len(found) > 1:
        who = ", ".join(f"--coder {alert.coder}" for alert in found)
        raise HarkenError(f"{len(found)} alerts on this answer; say whose: {who}.")
    return found[0]


def n_open_alerts(store: Store, *, viewer: str) -> int:
    """Open alerts that `viewer` may see."""
    return len(list(_visible(store, viewer, only_open=True)))


def _visible(store: Store, viewer: str, only_open: bool) -> Iterable[AlertRow]:
    sees_all = is_lead(store, viewer)
    return [row for row in talk.alerts(store, only_open=only_open) if sees_all or row.coder == viewer]


def _row(store: Store, response: ResponseKey, coder: str) -> AlertRow:
    row = talk.alert_at(store, response, coder=coder)
    if row is None:
        raise HarkenError(f"No alert of {coder} on the answer of {response.participant!r} any more.")
    return row


def _alert(store: Store, row: AlertRow) -> Alert:
    response = survey.response(store, row.response_id)
    return Alert(
        response=response,
        printed=printed(store, response),
        coder=row.coder,
        note=talk.words(store, row.note_hash),
        raised_at=row.raised_at,
        closed_by=row.closed_by,
        done=talk.words(store, row.done_hash),
        closed_at=row.closed_at,
    )

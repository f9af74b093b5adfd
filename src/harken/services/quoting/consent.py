"""Who agreed to be quoted: a column of the survey, remembered by the project."""

from __future__ import annotations

import json
from dataclasses import dataclass

from harken.errors import HarkenError, listed, near_match, quoted
from harken.storage import study, survey
from harken.storage.store import Store

_SETTING = "quote_consent"
_YES = frozenset(
    {"1", "1.0", "y", "yes", "true", "t", "consent", "consented", "agree", "agreed", "ja", "oui", "sí", "si"}
)
"""What a cell says, case folded, where the person agreed, unless the column was named with a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The column that says who may be quoted; with a `value`, those who have exactly this."""

    column: str
    value: str | None = None

    def is_given(self, cell: str) -> bool:
        """Whether a person with this cell may be quoted."""
        return cell == self.value if self.value is not None else cell.strip().casefold() in _YES


def read_consent(store: Store) -> Consent | None:
    """The column that the project remembers; None where nobody named one."""
    stored = json.loads(study.settings(store).get(_SETTING, "null"))
    return Consent(column=stored["column"], value=stored["value"]) if stored else None


def parse_consent(store: Store, words: str) -> Consent | None:
    """`COLUMN` or `COLUMN=VALUE`; nothing means that no column says so. Raises where it would find nobody."""
    if not words:
        return None
    known = {variable.name: variable for variable in survey.variables(store)}
    column, separator, value = words.rpartition("=")
    consent = (
        Consent(column=words) if words in known or not separator else Consent(column=column, value=value)
    )
    if consent.column not in known:
        raise HarkenError(
            f"No column {consent.column!r} that could say who agreed to be quoted."
            f"{near_match(consent.column, sorted(known))} Columns: {', '.join(known) or 'none'}."
        )
    if known[consent.column].per_response:
        raise HarkenError(
            f"Column {consent.column!r} differs within participants, so it says nothing of the whole person. "
            "Name one that holds for a person."
        )
    cells = [one.attributes.get(consent.column, "") for one in survey.participants(store)]
    if not any(map(consent.is_given, cells)):
        raise HarkenError(
            f"By column {consent.column!r} nobody agreed to be quoted. Its values: "
            f"{listed(dict.fromkeys(cells))}. Say which one means yes: --consent {consent.column}=VALUE."
        )
    return consent


def remember_consent(store: Store, consent: Consent | None, *, actor: str) -> None:
    """Keep the column for the next time, as an event; the same one again writes nothing."""
    if consent == read_consent(store):
        return
    kept = None if consent is None else {"column": consent.column, "value": consent.value}
    with store.action(actor) as action:
        action.append("settings.changed", {_SETTING: json.dumps(kept, sort_keys=True)})


def missing_consent(store: Store, participant: str) -> str:
    """A sentence on a person who did not agree by the column that the project remembers; else empty."""
    consent = read_consent(store)
    if consent is None:
        return ""
    person = survey.participant_named(store, participant)
    if consent.is_given(person.attributes.get(consent.column, "")):
        return ""
    return (
        f"By column {quoted(consent.column)} {quoted(participant)} did not agree to be quoted: no list of "
        "quotes will have it."
    )

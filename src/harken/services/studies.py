"""Setting a study up: the project file, its coders, and who is acting."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Sequence
from pathlib import Path

from harken.errors import HarkenError, unknown_name
from harken.model import CONSENSUS, MAIN_ROUND, Approach, Round, RoundKind, Sampling
from harken.storage import study
from harken.storage.store import Action, Store


def create_study(
    path: Path,
    *,
    title: str = "",
    lead: str = "",
    approach: Approach = Approach.CONTENT,
    sampling: Sampling = Sampling.CONVENIENCE,
) -> Store:
    """Make a project file with its lead and the round `main`; defaults: file name, login name."""
    lead = clean_coder_name(lead or _login_name())

    def begin(action: Action) -> None:
        action.append(
            "project.created",
            {"title": title or path.stem, "lead": lead, "approach": approach, "sampling": sampling},
        )
        action.append("coder.added", {"name": lead})
        add_round(action, Round(name=MAIN_ROUND))

    return Store.create(path, actor=lead, first_action=begin)


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise HarkenError(
            "This machine has no name for you; say who leads the study: --lead NAME."
        ) from error


def add_round(action: Action, round: Round) -> None:
    """Add a round to the journal; one of that name that is there already stays."""
    action.append(
        "round.added",
        {
            "name": round.name,
            "kind": round.kind,
            "is_blind": round.is_blind,
            "hides_group": round.hides_group,
            "primary_coder": round.primary_coder,
            "coders": list(round.coders),
        },
    )


def clean_coder_name(name: str) -> str:
    """A name that can stand in a file and on a line; raises for one that cannot be a coder's."""
    cleaned = name.strip()
    if not cleaned or not cleaned.isprintable():
        raise HarkenError(f"{name!r} cannot be a coder's name; use letters, as in `--as ada`.")
    if cleaned == CONSENSUS:
        raise HarkenError(f"{CONSENSUS!r} names the adjudicated layer, not a person; choose another name.")
    return cleaned


def add_coders(store: Store, names: Sequence[str], *, actor: str) -> tuple[str, ...]:
    """Add coders; those who are there already stay. Returns the new ones."""
    known = set(study.coders(store))
    alike = {name.casefold(): name for name in known}
    for name in names:
        twin = alike.get(name.strip().casefold())
        if twin is not None and twin != name.strip():
            raise HarkenError(f"Coder {twin!r} differs from {name!r} in capitals alone. Use --as {twin}.")
    new = tuple(dict.fromkeys(name for name in map(clean_coder_name, names) if name not in known))
    if new:
        with store.action(actor) as action:
            for name in new:
                action.append("coder.added", {"name": name})
    return new


def acting_coder(store: Store, name: str | None) -> str:
    """The coder in whose name something happens: the one asked for, else the lead. Raises if unknown."""
    if not name:
        return study.settings(store)["lead"]
    known = study.coders(store)
    if name not in known:
        raise HarkenError(f"{unknown_name('coder', name, known)} Add one with `harken coders add {name}`.")
    return name


def add_unknown_rounds(action: Action, known: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Make the rounds that a file names and the project lacks; returns their names."""
    new = tuple(dict.fromkeys(name for name in names if name not in set(known)))
    for name in new:
        add_round(action, Round(name=name, kind=RoundKind.MAIN))
    return new

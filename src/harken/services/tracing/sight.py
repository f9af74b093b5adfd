"""What somebody may see of single answers and the decisions behind a figure."""

from __future__ import annotations

from collections.abc import Iterable

from harken.errors import HarkenError
from harken.services.blindness import sight_of
from harken.services.browsing.retrieval import hidden_groups
from harken.storage.store import Store


def sees_own_alone(store: Store, viewer: str, *, basis: str, columns: Iterable[str] = ()) -> bool:
    """Whether only the viewer's own decisions may be shown; raises where figures rest on others' as well.

    `columns` are those that people are grouped or chosen by.
    """
    sight = sight_of(store, viewer)
    own = f"coder:{viewer}"
    if sight.is_blind and basis != own:
        raise HarkenError(
            f"A blind round of {viewer!r} is not done, so what others decided stays hidden. "
            f"Finish it first, or look at your own decisions: --basis {own}."
        )
    for column in columns if sight.hides_group else ():
        if column in hidden_groups(store):
            raise HarkenError(f"A round of yours hides the groups: leave {column} out.")
    return sight.is_blind

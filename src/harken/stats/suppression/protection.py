"""Choosing which counts to hide: the small ones, and others so that nothing published gives them away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harken.stats.suppression.bounds import feasible_range, propagated_ranges
from harken.stats.suppression.cheapest import cheapest_room
from harken.stats.suppression.moves import Assignment, Mover
from harken.stats.suppression.publication import Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What is hidden, and the proof that it is safe."""

    publication: Publication
    """What was published, and whether zeros may be hidden in it; `audit` takes it."""
    primary: frozenset[int]
    secondary: frozenset[int]
    witnesses: tuple[Mapping[int, int], ...]
    """Other values of hidden counts that fit all that is published; `audit` takes them."""

    @property
    def hidden(self) -> frozenset[int]:
        return self.primary | self.secondary


class _Choice:
    """What is hidden so far, and how far each count is known to be able to differ."""

    def __init__(self, publication: Publication, hidden: set[int]) -> None:
        self.publication = publication
        self.mover = Mover(publication)
        self.by_count = publication.by_count()
        self.hidden = hidden
        self.low = list(publication.values)
        self.high = list(publication.values)
        self.witnesses: list[Assignment] = []

    def room(self, at: int) -> int:
        return self.high[at] - self.low[at]

    def take(self, *moves: Assignment) -> None:
        for move in moves:
            self.hidden.update(move)
            self.witnesses.append(move)
            for at, value in move.items():
                self.low[at], self.high[at] = min(self.low[at], value), max(self.high[at], value)

    def cost(self, moves: tuple[Assignment, ...]) -> tuple[int, int]:
        new = {at for move in moves for at in move} - self.hidden
        return len(new), sum(self.publication.values[at] for at in new)


def protect_counts(
    publication: Publication, *, threshold: int, progress: Callable[[float], None] | None = None
) -> Pattern:
    """Hide every count below the threshold, and as few others as could be found so that none is told.

    Secondary counts are chosen one primary count after the other: the fewest further counts, then the
    smallest, that let it differ by the threshold while everything that is published still holds. The
    choice for all at once may need fewer. Where that is out of reach if a reader knows all that is true, it
    is held against what every reader knows. Zeros are published, unless they leave a count less room than
    the threshold and its base do; then any may be hidden. The same publication gives the same pattern.

    Definition and judgement as in the audit of cell suppression: Fischetti and Salazar-González (2001).

    Parameters
    ----------
    publication
        What would be published, and the relations that readers know.
    threshold
        Counts from 1 to below it are hidden; 2 or more.
    progress
        Hears the share of them that are done.

    Returns
    -------
    Pattern
        The counts hidden, by why, and values that prove that each could be another.

    Examples
    --------
    >>> row = Publication()
    >>> cells = [row.add(n, base) for n, base in ((2, 60), (7, 60), (30, 90), (11, 70))]
    >>> row.sums(row.add(50, 280), cells)
    >>> sorted(protect_counts(row, threshold=5).hidden)
    [0, 1]
    """
    choice, held, is_enough = _choose(publication, threshold, progress=progress)
    if not is_enough and not publication.hides_zeros:
        publication = publication.with_zeros()
        choice, held, _ = _choose(publication, threshold, before=(choice, held), progress=progress)
    primary = publication.primary(threshold)
    return Pattern(
        publication=publication,
        primary=frozenset(primary),
        secondary=frozenset(choice.hidden.difference(primary)),
        witnesses=(*choice.witnesses, *held.witnesses),
    )


def _choose(
    publication: Publication,
    threshold: int,
    *,
    before: tuple[_Choice, _Choice] | None = None,
    progress: Callable[[float], None] | None = None,
) -> tuple[_Choice, _Choice, bool]:
    """What to hide, for readers who know all that is true and for those who know what everybody does.

    Also whether each small count has the room that the threshold and its base leave. What was hidden
    `before` stays so.
    """
    primary = publication.primary(threshold)
    certain = publication.certain()
    utmost = propagated_ranges(certain)
    hidden = before[0].hidden if before else set(primary)
    choice, held = _Choice(publication, hidden), _Choice(certain, hidden)
    if before:
        choice.take(*before[0].witnesses)
        held.take(*before[1].witnesses)
    is_enough = True
    for n_done, at in enumerate(primary):
        if progress is not None:
            progress(n_done / len(primary))
        needed = min(threshold, utmost[at][1] - utmost[at][0])
        is_enough &= needed >= min(threshold, publication.bases[at])
        if not _make_room(choice, at, needed):
            is_enough &= _make_room(held, at, needed)
    return choice, held, is_enough


def _make_room(choice: _Choice, at: int, needed: int) -> bool:
    """Hide what lets a count differ by what it needs, or by all there can be; says whether it is enough."""
    if choice.room(at) < needed:
        choice.take(
            *(
                _cheapest_moves(choice, at, needed)
                or _solved(choice, at, needed)
                or _all_there_is(choice, at, needed)
            )
        )
    return choice.room(at) >= needed


def _cheapest_moves(choice: _Choice, at: int, needed: int) -> tuple[Assignment, ...] | None:
    """The cheapest of: up by all that is needed, down by it, or down to the least and up from there."""
    publication, mover = choice.publication, choice.mover
    value, least = publication.values[at], publication.least(at)
    found: list[tuple[Assignment, ...]] = []
    for target in (choice.low[at] + needed, choice.high[at] - needed):
        move = mover.move(at, target, choice.hidden)
        if move is not None:
            found.append((move,))
    if not found or choice.cost(found[0])[0]:
        for target in range(least, value):
            down = mover.move(at, target, choice.hidden)
            if down is None:
                continue
            up = mover.move(at, target + needed, choice.hidden | down.keys())
            if up is not None:
                found.append((down, up))
            break
    return min(found, key=choice.cost, default=None)


def _solved(choice: _Choice, at: int, room: int) -> tuple[Assignment, ...] | None:
    known = choice.low[at], choice.high[at]
    return cheapest_room(
        choice.publication, choice.by_count, at, room=room, known=known, hidden=choice.hidden
    )


def _all_there_is(choice: _Choice, at: int, needed: int) -> tuple[Assignment, ...]:
    """The moves where a count cannot have the room it needs: all the room there can be."""
    publication = choice.publication
    hideable = [one for one in range(len(publication.values)) if publication.is_hideable(one)]
    low, high = feasible_range(publication, hideable, at) if publication.is_hideable(at) else (0, 0)
    room = min(needed, high - low)
    if room <= choice.room(at):
        return ()
    found = _solved(choice, at, room)
    if found is None:
        raise ArithmeticError(f"No counts could be found that keep count {at} from being told")
    return found

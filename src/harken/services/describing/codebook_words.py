"""Sentences on the codebook: how large it is, and whether it was there before the coding or grew from it."""

from __future__ import annotations

from collections.abc import Iterator

from harken.errors import many
from harken.services.describing.facts import StudyFacts
from harken.services.describing.words import joined, number, sentence


def codebook_sentences(facts: StudyFacts) -> Iterator[str]:
    """Nothing for a study without codes."""
    if not facts.n_codes:
        return
    families = facts.codebook.families
    labels = joined(family.label for family in families)
    version = f" (version {facts.codebook_version} of {facts.codebook_day})" if facts.codebook_day else ""
    yield (
        f"The codebook{version} has {many(facts.n_codes, 'code')} in "
        f"{number(len(families), 'family', 'families')}: {labels}."
    )
    exclusive = [family.label for family in families if family.exclusive]
    if exclusive:
        yield f"Of {joined(exclusive)} an answer was given one code at most; of the others any number."
    elif not facts.is_reflexive:
        yield "An answer could be given any number of codes, or none."
    yield from origin_sentences(facts)


def origin_sentences(facts: StudyFacts) -> Iterator[str]:
    """Deductive, inductive or both, where the order of the journal tells."""
    course = facts.course
    if not course.is_ordered:
        return
    if not course.n_during:
        yield (
            "All codes existed before the first answer was coded"
            + (
                f"; the codebook was reworded or rearranged in {many(course.n_changes_during, 'change')} "
                "afterwards."
                if course.n_changes_during
                else "."
            )
        )
        return
    if not course.n_before:
        yield f"All {course.n_during:,} codes were made from the answers while these were coded (inductive)."
    else:
        yield (
            f"{sentence(number(course.n_before, 'code'))} existed before the first answer was coded "
            f"(deductive); {number(course.n_during, 'was', 'were')} made from the answers during coding "
            "(inductive)."
        )
    lost = [
        *([f"{number(course.n_merged, 'code')} merged into others"] if course.n_merged else []),
        *([f"{number(course.n_removed, 'code')} removed"] if course.n_removed else []),
        *([f"{number(course.n_retired, 'code')} retired"] if course.n_retired else []),
    ]
    ended = f"; {joined(lost)}" if lost else ""
    yield f"The codebook changed {number(course.n_changes_during, 'time')} during coding{ended}."

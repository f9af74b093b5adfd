"""Parts that every table of disagreements is made of: the answers, and codes as they are named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harken.model import Codebook
from harken.report import Cell, Column, Table, percentage, text
from harken.services.agreeing.disagreements.result import Disagreements, DisputedAnswer

NOTHING_ELSE = "no other code"
"""What stands in the place of the second code where others applied none instead."""
WORDINGS = ("label", "definition", "include", "exclude")
"""Fields of a code that tables show."""


def percent_cell(n: int, base: int) -> Cell:
    return Cell(percentage(n, base), 100 * n / base)


def marked_code(path: str, is_retired: bool) -> Cell:
    return Cell(f"{path} (retired)" if is_retired else path, path)


def code_cell(path: str | None, codebook: Codebook) -> Cell:
    if path is None:
        return Cell(NOTHING_ELSE, None)
    entry = codebook.entries.get(path)
    return marked_code(path, entry is not None and entry.code.is_retired)


def answers_table(
    result: Disagreements,
    answers: Sequence[DisputedAnswer],
    *,
    title: str,
    headings: Sequence[str],
    said: Iterable[Sequence[str]],
    group: str = "",
) -> Table:
    """The answers with who gave them, then under `headings` what is `said` of each."""
    has_occasions = any(answer.key.occasion for answer in answers)
    has_rounds = len(result.rounds) > 1
    return Table(
        title=title,
        columns=(
            Column(heading="participant"),
            *([Column(heading="question")] if len(result.questions) > 1 else []),
            *([Column(heading="occasion")] if has_occasions else []),
            *([Column(heading="round")] if has_rounds else []),
            Column(heading="answer"),
            *(Column(heading=heading, group=group) for heading in headings),
        ),
        rows=tuple(
            (
                text(answer.key.participant),
                *([text(answer.key.question)] if len(result.questions) > 1 else []),
                *([text(answer.key.occasion)] if has_occasions else []),
                *([text(answer.round)] if has_rounds else []),
                text(answer.text),
                *(text(words) for words in cells),
            )
            for answer, cells in zip(answers, said, strict=True)
        ),
    )

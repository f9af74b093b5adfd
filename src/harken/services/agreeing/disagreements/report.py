"""Answers that coders decided differently, as tables to work through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from harken.errors import many
from harken.model import Codebook
from harken.report import Column, Report, Table, count, text
from harken.services.agreeing.disagreements.confusion_tables import confusion_table, pair_tables
from harken.services.agreeing.disagreements.result import (
    Disagreements,
    DisagreementSort,
    DisputedAnswer,
    DisputedCode,
)
from harken.services.agreeing.disagreements.table_parts import (
    WORDINGS,
    answers_table,
    code_cell,
    marked_code,
    percent_cell,
)

_MOST = 10
"""Confused pairs that are shown above lists that are not sorted by them."""


def disagreements_report(
    result: Disagreements, codebook: Codebook, *, sort: DisagreementSort = DisagreementSort.ANSWER
) -> Report:
    """The report of `harken agreement disagreements`: codes, confused pairs, then the answers.

    Sorted by answer they stand in one table, by code below each code's definition, by confusion below the
    definitions of the two codes.
    """
    title = f"{result.title}: disagreements between coders"
    if not result.answers:
        return Report(title=title, notes=tuple(_notes(result)))
    sections = {
        DisagreementSort.ANSWER: lambda: [_answer_table(result, codebook)],
        DisagreementSort.CODE: lambda: [
            table for code in result.codes for table in _code_tables(result, code)
        ],
        DisagreementSort.CONFUSION: lambda: pair_tables(result, codebook),
    }
    most = None if sort is DisagreementSort.CONFUSION else _MOST
    tables = (
        _summary(result),
        confusion_table(result.confusions, codebook, most=most),
        *sections[sort](),
    )
    return Report(
        title=title, notes=tuple(_notes(result)), tables=tuple(table for table in tables if table.rows)
    )


def _notes(result: Disagreements) -> Iterator[str]:
    who = (
        f"{result.compares_with} compared with everybody else"
        if result.compares_with
        else f"coders: {', '.join(result.coders) or 'none'}"
    )
    on = f"; on {' or '.join(result.chosen_codes)}" if result.chosen_codes else ""
    yield (
        f"Decided differently: {len(result.answers):,} of {many(result.n_units_pairable, 'response')} that "
        f"two coders decided; rounds: {', '.join(result.rounds)}; {who}{on}."
    )
    yield from left_out(result.n_blind_disagreements)
    if result.answers:
        yield (
            "A code counts as applied where it or a code below it is in the coder's set. "
            "Answers of excluded people are left out."
        )


def _summary(result: Disagreements) -> Table:
    coders = _in_order(result, {name for code in result.codes for name in code.applied_by})
    return Table(
        title="Codes that coders part on",
        short_title="Codes",
        columns=(
            Column(heading="code"),
            Column(heading="apart", align="right"),
            Column(heading="of", align="right"),
            Column(heading="%", align="right"),
            *(Column(heading=name, group="Applied by", align="right") for name in coders),
        ),
        rows=tuple(
            (
                marked_code(code.code, code.is_retired),
                count(code.n_disagreements),
                count(code.n_units_pairable),
                percent_cell(code.n_disagreements, code.n_units_pairable),
                *(count(code.applied_by.get(name, 0)) for name in coders),
            )
            for code in result.codes
        ),
        notes=("Apart: responses where some applied the code and others did not. Applied by: of these.",),
    )


def _in_order(result: Disagreements, names: Iterable[str]) -> list[str]:
    """These coders, first those asked for."""
    known = set(names)
    return [*(name for name in result.coders if name in known), *sorted(known - set(result.coders))]


def _code_tables(result: Disagreements, code: DisputedCode) -> Iterator[Table]:
    said = [(name, getattr(code, name)) for name in WORDINGS if getattr(code, name)]
    yield Table(
        title=marked_code(code.code, code.is_retired).text,
        columns=(Column(heading=""), Column(heading="codebook")),
        rows=tuple((text(name), text(words)) for name, words in said),
    )
    answers = result.on_code(code.code)
    yield answers_table(
        result,
        answers,
        title=f"{code.code}: applied by some, not by others",
        headings=("applied", "not applied"),
        said=((", ".join(one.parted[code.code]), ", ".join(one.without(code.code))) for one in answers),
    )


def _answer_table(result: Disagreements, codebook: Codebook) -> Table:
    coders = _in_order(result, {name for answer in result.answers for name in answer.codes})

    def words(codes: Iterable[str]) -> str:
        return ", ".join(code_cell(code, codebook).text for code in codes)

    return answers_table(
        result,
        result.answers,
        title="Answers that coders decided differently",
        headings=("all of them", *coders),
        said=(
            [words(answer.shared), *(_own(answer, coder, words) for coder in coders)]
            for answer in result.answers
        ),
        group="Codes of",
    )


def _own(answer: DisputedAnswer, coder: str, words: Callable[[Iterable[str]], str]) -> str:
    """What one coder applied besides what all did; empty where they have not decided the answer."""
    if coder not in answer.codes:
        return ""
    own = [code for code in answer.codes[coder] if code not in answer.shared]
    return words(own) or ("nothing else" if answer.shared else "no code applies")


def left_out(n_blind: int) -> tuple[str, ...]:
    """The note on disagreements that stay hidden; none for none."""
    if not n_blind:
        return ()
    return (f"Left out: {n_blind:,} on answers that you have yet to decide in a blind round.",)

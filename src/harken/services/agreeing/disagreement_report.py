"""Answers that coders decided differently, as tables to work through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import permutations

from harken.errors import many
from harken.model import Codebook
from harken.report import Cell, Column, Report, Table, count, percentage, text
from harken.services.agreeing.confusions import ConfusedCodes, ConfusionKind
from harken.services.agreeing.disputes import (
    Disagreements,
    DisagreementSort,
    DisputedAnswer,
    DisputedCode,
)
from harken.services.agreeing.result import Agreement, Disagreed

KINDS = {
    ConfusionKind.SWAPPED: "swapped",
    ConfusionKind.DEPTH: "code and its parent",
    ConfusionKind.ALONE: "left out",
}
"""How two codes were confused, as tables say it."""
_PLACE = ("participant", "question", "occasion", "round")
_TO_SETTLE = "To settle them: a codings file with one decision each, `harken codings import --adjudicated`."
_MOST = 10
"""Confused pairs that are shown above lists that are not sorted by them."""
NOTHING_ELSE = "no other code"
"""What stands in the place of the second code where others applied none instead."""
Codes = tuple[str, str | None]
_FIELDS = (("label", "label"), ("definition", "definition"), ("include", "include"), ("exclude", "exclude"))


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
        DisagreementSort.CONFUSION: lambda: _all_pair_tables(result, codebook),
    }
    most = None if sort is DisagreementSort.CONFUSION else _MOST
    tables = (
        _summary(result),
        confusion_table(result.confusions, codebook, most=most, elsewhere="--sort confusion"),
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


# -- codes -------------------------------------------------------------------------------------------


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
                _retired(code.code, code.is_retired),
                count(code.n_disagreements),
                count(code.n_units_pairable),
                _percent(code.n_disagreements, code.n_units_pairable),
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


def _percent(n: int, base: int) -> Cell:
    return Cell(percentage(n, base), 100 * n / base)


def _retired(path: str, is_retired: bool) -> Cell:
    return Cell(f"{path} (retired)" if is_retired else path, path)


def _code_tables(result: Disagreements, code: DisputedCode) -> Iterator[Table]:
    said = [(name, getattr(code, field)) for name, field in _FIELDS if getattr(code, field)]
    yield Table(
        title=_retired(code.code, code.is_retired).text,
        columns=(Column(heading=""), Column(heading="codebook")),
        rows=tuple((text(name), text(words)) for name, words in said),
    )
    answers = result.on_code(code.code)
    yield _answers(
        result,
        answers,
        title=f"{code.code}: applied by some, not by others",
        headings=("applied", "not applied"),
        said=((", ".join(one.parted[code.code]), ", ".join(one.without(code.code))) for one in answers),
    )


# -- confused codes ----------------------------------------------------------------------------------


def confusion_table(
    confusions: Sequence[ConfusedCodes],
    codebook: Codebook,
    *,
    most: int | None = None,
    elsewhere: str = "",
) -> Table:
    """The pairs of codes that were confused.

    Of more than `most` the first are shown; `elsewhere` says how to see the others.
    """
    n_more = 0 if most is None else max(len(confusions) - most, 0)
    more = (f"{many(n_more, 'more pair')}: `{elsewhere}`.",) if n_more else ()
    return Table(
        title="Most confused codes",
        short_title="Confused codes",
        columns=(
            Column(heading="code"),
            Column(heading="instead"),
            Column(heading="how"),
            Column(heading="answers", align="right"),
            Column(heading="of", align="right"),
            Column(heading="%", align="right"),
            Column(heading="who", is_detail=True),
        ),
        rows=tuple(
            (
                _code_cell(pair.codes[0], codebook),
                _code_cell(pair.codes[1], codebook),
                text(KINDS[pair.kind]),
                count(pair.n_responses),
                count(pair.n_either),
                _percent(pair.n_responses, pair.n_either),
                text(_who(pair)),
            )
            for pair in confusions[:most]
        ),
        notes=("Of: responses that two coders decided and to which anybody applied either code.", *more),
    )


def _code_cell(path: str | None, codebook: Codebook) -> Cell:
    if path is None:
        return Cell(NOTHING_ELSE, None)
    entry = codebook.entries.get(path)
    return _retired(path, entry is not None and entry.code.is_retired)


def _said(path: str, field: str, codebook: Codebook) -> str:
    return str(getattr(codebook.entries[path].code, field))


def _who(pair: ConfusedCodes) -> str:
    """How often who applied which, as in `ada 3, ben 1 / ben 3, ada 1`."""
    return " / ".join(", ".join(f"{name} {n}" for name, n in one.items()) for one in pair.used)


def _all_pair_tables(result: Disagreements, codebook: Codebook) -> list[Table]:
    confused = _confused_answers(result)
    return [
        table
        for pair in result.confusions
        for table in _pair_tables(result, codebook, pair, confused[pair.codes])
    ]


def _pair_tables(
    result: Disagreements, codebook: Codebook, pair: ConfusedCodes, confused: Mapping[int, Sides]
) -> Iterator[Table]:
    names = [_code_cell(path, codebook).text for path in pair.codes]
    defined = [path for path in pair.codes if path is not None and path in codebook.entries]
    yield Table(
        title=" / ".join(names),
        columns=(Column(heading=""), *(Column(heading=path) for path in defined)),
        rows=tuple(
            (text(name), *(text(words) for words in said))
            for name, field in _FIELDS
            if any(said := [_said(path, field, codebook) for path in defined])
        ),
    )
    yield _answers(
        result,
        [result.answers[place] for place in confused],
        title=f"{names[0]}, or {names[1]}",
        headings=(names[0], names[1]),
        said=([", ".join(side) for side in sides] for sides in confused.values()),
    )


Sides = tuple[dict[str, None], dict[str, None]]
"""Who applied the one code, and who the other in its stead."""


def _confused_answers(result: Disagreements) -> dict[Codes, dict[int, Sides]]:
    """Of every pair of codes the places of the answers where they were confused."""
    found: dict[Codes, dict[int, Sides]] = {pair.codes: {} for pair in result.confusions}
    for place, answer in enumerate(result.answers):
        for one, other in permutations(answer.codes, 2):
            if not result.compares_with or result.compares_with in (one, other):
                for codes in _confused(answer.codes[one], answer.codes[other]):
                    if codes in found:
                        ones, others = found[codes].setdefault(place, ({}, {}))
                        ones[one] = others[other] = None
    return found


def _confused(here: tuple[str, ...], there: tuple[str, ...]) -> Iterator[Codes]:
    """Each code that only the first set has with each that only the second has, else with none."""
    only_there = [code for code in there if code not in here]
    for code in here:
        if code not in there:
            yield from ((code, other) for other in only_there)
            if not only_there:
                yield code, None


# -- answers -----------------------------------------------------------------------------------------


def _answers(
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


def _answer_table(result: Disagreements, codebook: Codebook) -> Table:
    coders = _in_order(result, {name for answer in result.answers for name in answer.codes})

    def words(codes: Iterable[str]) -> str:
        return ", ".join(_code_cell(code, codebook).text for code in codes)

    return _answers(
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


# -- below the figures of agreement ------------------------------------------------------------------


def disagreement_table(result: Agreement) -> Table:
    """The answers that coders decided differently, below the figures of agreement; a file holds no texts."""
    coders = result.whole.scope.coders
    is_project = result.circumstances is not None
    return Table(
        title="Answers that coders decided differently",
        columns=tuple(
            Column(heading=heading) for heading in (*_PLACE, *(("answer",) if is_project else ()), *coders)
        ),
        rows=tuple(
            (
                *map(text, item.key),
                text(item.round),
                *((text(item.text),) if is_project else ()),
                *(text(_decided(item, coder)) for coder in coders),
            )
            for item in sorted(result.disagreements, key=lambda item: (item.key.question, item.key))
        ),
        notes=(
            *left_out(result.n_blind_disagreements),
            *((_TO_SETTLE,) if is_project else ()),
        ),
    )


def left_out(n_blind: int) -> tuple[str, ...]:
    """The note on disagreements that stay hidden; none for none."""
    if not n_blind:
        return ()
    return (f"Left out: {n_blind:,} on answers that you have yet to decide in a blind round.",)


def _decided(item: Disagreed, coder: str) -> str:
    if coder not in item.codes:
        return ""
    return ", ".join(item.codes[coder]) or "no code applies"

"""What the project knows of each matter that checklists ask about, with where the report says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from harken.errors import many
from harken.model import Sampling
from harken.services.agreeing.reporting.facts import ON_PAPER_ONLY, grras_facts
from harken.services.agreeing.result import Agreement
from harken.services.describing.codebook_words import codebook_sentences, origin_sentences
from harken.services.describing.coding_words import coding_sentences
from harken.services.describing.counting_words import (
    counting_sentences,
    described_themes,
    prespecified_sentences,
    statistics_sentences,
)
from harken.services.describing.data_words import tells_nobody
from harken.services.describing.facts import StudyFacts
from harken.services.describing.words import NAMES, joined, number, sentence
from harken.services.shares.wording import level_in_percent
from harken.services.tabulating.result import ThemeTable

METHODS, PARTICIPANTS, THEMES, AGREEMENT = "Methods", "Participants", "Themes", "Agreement between coders"
"""Sections of the report."""


class KnownFact(NamedTuple):
    """What the project knows of a matter; `left` is what it cannot know of it."""

    answer: str
    section: str = ""
    left: str = ""


def known_facts(
    study: StudyFacts,
    *,
    table: ThemeTable | None = None,
    agreement: Agreement | None = None,
    has_quotes: bool = False,
    has_flow_diagram: bool = False,
    has_characteristics: bool = False,
    n_analytic_themes: int = 0,
    threshold: int | None = None,
) -> dict[str, KnownFact]:
    """Facts by key, those alone that are known; the flags say what the report shows."""
    found = dict(_on_people(study, has_flow_diagram, has_characteristics))
    if threshold is not None and not tells_nobody(study, threshold):
        found.update({key: KnownFact("Shown, small counts kept back.", PARTICIPANTS) for key in _COUNTS})
    found.update(_on_instruments(study))
    found.update(_on_coding(study, agreement))
    if table is not None:
        found.update(_on_figures(study, table))
    if agreement is not None:
        found.update(_on_agreement(agreement))
    if has_quotes:
        found["quotes"] = KnownFact("Quotes stand by theme, each person once, under pseudonyms.", "Quotes")
    if n_analytic_themes:
        n = number(n_analytic_themes, "analytic theme")
        found["analytic_themes"] = KnownFact(f"{sentence(n)} with their central ideas.", "Analytic themes")
    if threshold is not None:
        said = f"Counts above 0 and below {threshold} are hidden, and what would tell them."
        found["protection"] = KnownFact(f"{_PROTECTION} {said}", METHODS)
    return {key: fact for key, fact in found.items() if fact.answer}


_COUNTS = ("flow", "exclusions", "missing_by_question", "completion")
"""Facts that count people."""
_PROTECTION = (
    "Answers are kept in one file on the researchers' own machine and analysed without a network; what tells "
    "who somebody is is replaced by brackets where it was marked."
)


def _on_people(
    study: StudyFacts, has_flow_diagram: bool, has_characteristics: bool
) -> Iterator[tuple[str, KnownFact]]:
    total = study.flow.total
    yield "flow", KnownFact(sentence(total.line) + "." if total.returned else "", PARTICIPANTS)
    reasons = ", ".join(f"{why.reason} {why.printed}" for why in total.excluded)
    left_out = f"Left out after the return: {reasons}." if reasons else "Nobody who answered was left out."
    yield "exclusions", KnownFact(left_out if total.returned else "", PARTICIPANTS)
    if has_flow_diagram:
        yield "flow_diagram", KnownFact("Drawn.", PARTICIPANTS)
    if has_characteristics:
        yield (
            "characteristics",
            KnownFact(
                "A table of participants' characteristics, by group.", "Characteristics of participants"
            ),
        )
    sampling = {
        Sampling.CONVENIENCE: "A convenience sample.",
        Sampling.PROBABILITY: "A probability sample.",
        Sampling.CENSUS: "A census: everybody was asked.",
    }
    yield "sampling", KnownFact(sampling[study.sampling], METHODS)
    gaps = [
        f"{part.question} {total.usable - part.total.answered:,} of {total.usable:,}"
        for part in study.flow.questions
    ]
    yield (
        "missing_by_question",
        KnownFact(f"People without an answer: {', '.join(gaps)}." if gaps else "", PARTICIPANTS),
    )
    if total.returned and total.usable:
        yield (
            "completion",
            KnownFact(f"{total.usable:,} of {total.returned:,} returned were usable.", PARTICIPANTS),
        )


def _on_instruments(study: StudyFacts) -> Iterator[tuple[str, KnownFact]]:
    yield "design", KnownFact(f"The analysis is {NAMES[study.approach]}.", METHODS)
    if study.questions:
        yield (
            "questions",
            KnownFact(f"Open questions: {joined(study.questions)}.", METHODS, "their wording"),
        )
        closed = f" and {number(len(study.closed), 'closed item')}" if study.closed else ""
        yield (
            "items",
            KnownFact(f"{sentence(number(len(study.questions), 'open question'))}{closed}.", METHODS),
        )
    if study.routed:
        yield "routing", KnownFact(f"Not everybody was asked {joined(study.routed)}.", METHODS)
    groups = f" Groups: {joined(study.groups)}." if study.groups else ""
    yield (
        "variables",
        KnownFact(
            f"Outcomes are themes mentioned ({many(study.n_codes, 'code')}, defined in the codebook).{groups}"
            if study.n_codes
            else "",
            "Codebook",
        ),
    )
    yield "groups", KnownFact(f"Compared by {study.by}, as the survey has it." if study.by else "", METHODS)
    yield "codebook", KnownFact(_said(codebook_sentences(study)), "Codebook")
    yield "origin", KnownFact(_said(origin_sentences(study)), METHODS)
    files = joined(f"{name} (SHA-256 {digest[:12]}…)" for name, digest in study.files if digest)
    yield "files", KnownFact(f"Survey files: {files}." if files else "")
    yield (
        "integrity",
        KnownFact(
            "Every import, change of the codebook and decision stands in an append-only journal that is "
            f"checked by its hash ({study.project_hash[:12]}…).",
            METHODS,
        ),
    )
    yield "software", KnownFact(f"Harken {study.version}.", METHODS)
    yield "protection", KnownFact(_PROTECTION)
    yield "written", KnownFact("Does not apply: participants wrote their answers.")


def _on_coding(study: StudyFacts, agreement: Agreement | None) -> Iterator[tuple[str, KnownFact]]:
    coding = study.coding
    if not coding.n_answers:
        return
    yield "coding", KnownFact(_said(coding_sentences(study)), METHODS)
    n = number(len(coding.coders), "researcher")
    yield "coders", KnownFact(f"Coded by {n}: {joined(coding.coders)}.", METHODS)
    yield "n_coders", KnownFact(f"{sentence(number(len(coding.coders), 'coder'))}.", METHODS)
    if coding.first_day and not coding.n_imported:
        yield "dates", KnownFact(f"Coding went from {coding.first_day} to {coding.last_day}.", METHODS)
    if coding.is_blind and not coding.n_imported:
        yield "blinding", KnownFact("Coders did not see each other's work until they had decided.", METHODS)
    if coding.n_settled and not study.is_reflexive:
        yield "settled", KnownFact(f"{coding.n_settled:,} answers have an adjudicated decision.", METHODS)
    if coding.n_memos:
        yield "memos", KnownFact(f"{sentence(number(coding.n_memos, 'memo'))} were written.", METHODS)
    if coding.n_double:
        yield (
            "together",
            KnownFact(f"{coding.n_double:,} answers were read by more than one researcher.", METHODS),
        )
    if agreement is not None:
        yield "agreement", KnownFact("Agreement between coders is reported with intervals.", AGREEMENT)


def _on_figures(study: StudyFacts, table: ThemeTable) -> Iterator[tuple[str, KnownFact]]:
    yield "statistics", KnownFact(_said(statistics_sentences(table)), METHODS)
    yield "outcomes", KnownFact("For each theme and group: n, its base and the percentage.", THEMES)
    yield "counting", KnownFact(_said(counting_sentences(table)), METHODS)
    yield "prespecified", KnownFact(_said(prespecified_sentences(study.prespecified, table)), METHODS)
    comparisons = [theme.comparison for theme in described_themes(table)]
    intervals = f"Percentages with {level_in_percent(table.level)} intervals"
    differences = any(one.difference and one.difference.low is not None for one in comparisons)
    more = "; differences of groups with intervals, not adjusted for other variables" if differences else ""
    yield "estimates", KnownFact(f"{intervals}{more}.", THEMES)
    if differences:
        yield "comparisons", KnownFact(f"Themes were compared by {table.by}.", THEMES)
        yield "absolute", KnownFact("Differences are of percentages, that is absolute ones.", THEMES)
    by_length = any(
        one.difference_by_length and one.difference_by_length.value is not None for one in comparisons
    )
    several = table.united.caveats.n_several_coders
    sensitivity = [
        *(["a Mantel–Haenszel difference over fifths of answer length"] if by_length else []),
        *(
            ["percentages by what every coder of an answer said, and by what any of them said"]
            if several
            else []
        ),
    ]
    if sensitivity:
        yield "sensitivity", KnownFact(f"Beside the figures stand {joined(sensitivity)}.", THEMES)
    if by_length:
        said = "That people who write more mention more is looked at by length of answer."
        yield "length", KnownFact(said, THEMES)
    yield (
        "missing",
        KnownFact(
            "People without an answer are not in the base of percentages; how many they are stands with each "
            "table of bases. An answer that nobody decided makes its person undecided, not a no.",
            THEMES,
        ),
    )
    if table.weights:
        yield "weights", KnownFact(f"Shares are weighted by {table.weights}.", METHODS)
        yield "claims", KnownFact(f"Survey weights ({table.weights}), linearised errors.", METHODS)
    elif study.sampling is Sampling.CONVENIENCE:
        yield "claims", KnownFact("Intervals hold as if people had been sampled at random.", METHODS)
    limits = "A theme's share is of those who answered, and says what was written, not what is held."
    if table.is_provisional:
        limits += " Figures are provisional."
    yield "limits", KnownFact(limits, METHODS)


def _on_agreement(agreement: Agreement) -> Iterator[tuple[str, KnownFact]]:
    every = list(grras_facts(agreement))
    for item in map(str, range(1, 16)):
        facts = [fact for fact in every if item in fact.items.split(", ")]
        answers = [f"{fact.asked}: {fact.answer}" for fact in facts if fact.answer != ON_PAPER_ONLY]
        left = [fact.asked.casefold() for fact in facts if ON_PAPER_ONLY in fact.answer]
        said = "; ".join(answers).replace(f": {ON_PAPER_ONLY}", ": see below")
        yield f"grras_{item}", KnownFact(f"{said}." if said else "", AGREEMENT, "; ".join(left))


def _said(sentences: Iterable[str]) -> str:
    return " ".join(sentences)

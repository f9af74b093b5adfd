"""From prevalences, the project's own or given ones, to the answers that codes take."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from harken.errors import HarkenError, quoted
from harken.model import Codebook
from harken.services.agreeing.planning.prevalences import Applications, count_applications
from harken.services.agreeing.planning.result import (
    AgreementPlan,
    PlannedCode,
    PlannedSample,
    PrevalenceSource,
    name_of,
)
from harken.stats.planning import (
    Aim,
    checked_prevalence,
    count_units_for_target,
    count_units_for_uses,
    count_units_for_width,
    find_rarest_prevalence,
)
from harken.storage import codebooks, standing, study, survey
from harken.storage.store import Store

_PERCENTAGES = (10, 20, 30, 50, 100)
"""Samples shown unless others are asked for, in percent of the answers to code."""
_SIZES = (50, 100, 200, 400, 800)
"""The same where nobody knows how many answers there are."""


def plan_for_prevalences(
    prevalences: Mapping[str, float],
    *,
    supposed: Sequence[float] = (),
    aim: Aim | None = None,
    double_coded: Sequence[int] = (),
) -> AgreementPlan:
    """Answers needed for codes of these prevalences, by name, and of `supposed` ones, without a project."""
    aim = aim or Aim()
    codes = [
        *(_given(name, value, aim=aim, n_answers=None) for name, value in prevalences.items()),
        *_supposed(supposed, aim=aim, n_answers=None),
    ]
    if not codes:
        raise HarkenError(
            "No project here and no prevalence to plan for. Give one, as in --prevalence 0.1, or name the "
            "project with --project FILE."
        )
    return _plan(codes, aim=aim, n_answers=None, double_coded=double_coded)


def plan_agreement(
    store: Store,
    *,
    prevalences: Mapping[str, float] | None = None,
    supposed: Sequence[float] = (),
    aim: Aim | None = None,
    double_coded: Sequence[int] = (),
    questions: Sequence[str] = (),
    rounds: Sequence[str] = (),
) -> AgreementPlan:
    """Answers needed for each code of the project, by how often coders applied it so far.

    `prevalences`, by code, take the place of what was decided; `supposed` ones stand beside the codes. Rounds
    are those whose decisions count; default every one. Samples default to shares of the answers to code.
    """
    aim = aim or Aim()
    with store.snapshot():
        codebook = codebooks.stored_codebook(store).codebook
        given = _resolved(codebook, prevalences or {})
        known = survey.questions(store)
        asked = tuple(dict.fromkeys(survey.question_named(store, name).name for name in questions))
        asked = asked or tuple(question.name for question in known)
        in_rounds = tuple(dict.fromkeys(study.round_named(store, name).name for name in rounds))
        n_codable = standing.n_codable_by_question(store)
        n_answers = {one.name: n_codable.get(one.id, 0) for one in known if one.name in asked}
        applied = count_applications(store, codebook, questions=asked, rounds=in_rounds)
        title = study.settings(store)["title"]
    n_decided = applied.n_decided_of(asked)
    if not (n_decided or given or supposed):
        where = f" in {'round' if len(in_rounds) == 1 else 'rounds'} {', '.join(in_rounds)}" * bool(in_rounds)
        raise HarkenError(
            f"Nobody has decided an answer{where} yet, so no prevalence is known. Code about 50 answers "
            "first, or give prevalences: --prevalence CODE=0.1, or --prevalence 0.1 for any code like that."
        )
    total = sum(n_answers.values()) or None
    codes = [
        *_codes_of(codebook, given, applied, n_answers, aim),
        *_supposed(supposed, aim=aim, n_answers=total),
    ]
    if not codes:
        raise HarkenError(
            "No code of the codebook may be applied here. `harken codebook import` reads a codebook; "
            "--prevalence 0.1 plans without one."
        )
    return _plan(
        codes,
        aim=aim,
        n_answers=total,
        double_coded=double_coded,
        title=title,
        questions=asked,
        rounds=in_rounds,
        n_decided=n_decided,
        n_retired=sum(entry.code.is_retired for entry in codebook.entries.values()),
    )


def _resolved(codebook: Codebook, prevalences: Mapping[str, float]) -> dict[str, float]:
    found: dict[str, float] = {}
    for address, value in prevalences.items():
        path = codebook.resolve(address)
        if found.setdefault(path, value) != value:
            raise HarkenError(f"Code {path} is given two prevalences: {found[path]:g} and {value:g}.")
    return found


def _codes_of(
    codebook: Codebook,
    given: Mapping[str, float],
    applied: Applications,
    n_answers: Mapping[str, int],
    aim: Aim,
) -> list[PlannedCode]:
    """Every code that may be applied to an answer in scope and is not retired."""
    found = []
    for path, entry in codebook.entries.items():
        applicable = [question for question in n_answers if entry.applies_to(question)]
        n = sum(n_answers[question] for question in applicable) or None
        if path in given:
            if n_answers and not applicable:
                raise HarkenError(
                    f"Code {path} may not be applied to {', '.join(map(quoted, n_answers))}; it is for "
                    f"{', '.join(map(quoted, sorted(entry.questions)))}. Leave its prevalence out."
                )
            found.append(_given(path, given[path], aim=aim, n_answers=n))
        elif applicable and not entry.code.is_retired:
            prevalence = applied.prevalence(path, applicable)
            found.append(
                _planned(
                    path,
                    prevalence,
                    aim=aim,
                    source=None if prevalence is None else PrevalenceSource.DECISIONS,
                    n_decided=applied.n_decided_of(applicable),
                    n_answers=n,
                )
            )
    return found


def _given(name: str, prevalence: float, *, aim: Aim, n_answers: int | None) -> PlannedCode:
    return _planned(
        name,
        checked_prevalence(prevalence),
        aim=aim,
        source=PrevalenceSource.GIVEN,
        n_decided=None,
        n_answers=n_answers,
    )


def _supposed(prevalences: Sequence[float], *, aim: Aim, n_answers: int | None) -> list[PlannedCode]:
    return [_given("", value, aim=aim, n_answers=n_answers) for value in dict.fromkeys(prevalences)]


def _planned(
    name: str,
    prevalence: float | None,
    *,
    aim: Aim,
    source: PrevalenceSource | None,
    n_decided: int | None,
    n_answers: int | None,
) -> PlannedCode:
    # A code that every decision has shows as little as one that none has: no number would do.
    if prevalence is None or prevalence == 1:
        return PlannedCode(
            code=name, prevalence=prevalence, source=source, n_decided=n_decided, n_answers=n_answers
        )
    return PlannedCode(
        code=name,
        prevalence=prevalence,
        source=source,
        n_decided=n_decided,
        n_answers=n_answers,
        n_for_uses=count_units_for_uses(prevalence, aim),
        n_for_targets=tuple(count_units_for_target(prevalence, target, aim) for target in aim.targets),
        n_for_width=count_units_for_width(prevalence, aim),
    )


def _plan(
    codes: Sequence[PlannedCode],
    *,
    aim: Aim,
    n_answers: int | None,
    double_coded: Sequence[int],
    title: str = "",
    questions: tuple[str, ...] = (),
    rounds: tuple[str, ...] = (),
    n_decided: int = 0,
    n_retired: int = 0,
) -> AgreementPlan:
    for n in double_coded:
        if n < 1:
            raise HarkenError(f"At least 1 answer is double-coded; got {n}.")
    usual = _SIZES if n_answers is None else [math.ceil(n_answers * share / 100) for share in _PERCENTAGES]
    return AgreementPlan(
        title=title,
        aim=aim,
        questions=questions,
        rounds=rounds,
        n_answers=n_answers,
        n_decided=n_decided,
        n_retired=n_retired,
        codes=tuple(codes),
        samples=tuple(_sample(n, codes, aim, n_answers) for n in sorted({*(double_coded or usual)})),
    )


def _sample(n: int, codes: Sequence[PlannedCode], aim: Aim, n_answers: int | None) -> PlannedSample:
    def is_enough(code: PlannedCode, needed: int) -> bool:
        # Of a sample drawn evenly, a code for some questions alone gets only the part that answers them.
        of_code = n if code.n_answers is None or n_answers is None else n * code.n_answers / n_answers
        return round(of_code, 9) >= needed

    return PlannedSample(
        n_double_coded=n,
        codes=tuple(
            tuple(
                name_of(code)
                for code in codes
                if code.n_for_targets is not None and is_enough(code, code.n_for_targets[place])
            )
            for place in range(len(aim.targets))
        ),
        rarest=tuple(find_rarest_prevalence(n, target, aim) for target in aim.targets),
        n_with_uses=sum(code.n_for_uses is not None and is_enough(code, code.n_for_uses) for code in codes),
    )

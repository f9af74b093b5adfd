"""`agreement plan`: how many answers to double-code, before a round is made."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from harken.cli.destination import Destination, reporting
from harken.cli.numbers import decimal_number, whole_number
from harken.cli.options import Context, acting, leveled, opened, project_path
from harken.cli.scope import over_questions


@click.command("plan")
@click.option(
    "--prevalence",
    "given",
    multiple=True,
    metavar="[CODE=]P",
    help="Plan for a code used in this share of answers, as in 0.1; may be repeated. With CODE it takes the "
    "place of what was decided. No project is needed then.",
)
@click.option(
    "--target-alpha",
    "targets",
    type=decimal_number(like="0.667"),
    multiple=True,
    metavar="A",
    help="Alpha to be shown, at least; may be repeated, the first is told first. Default: 0.667 and 0.8.",
)
@click.option(
    "--p",
    type=decimal_number(like="0.05"),
    default=0.05,
    show_default=True,
    help="How often a code below the target may seem to reach it. 0.025 is as strict as the verdicts.",
)
@click.option(
    "--width",
    type=decimal_number(like="0.2"),
    metavar="W",
    help="Plan for an interval of alpha no wider than this, too.",
)
@click.option(
    "--assumed-alpha",
    type=decimal_number(like="0.8"),
    default=0.8,
    show_default=True,
    metavar="A",
    help="The alpha at which the interval is to be so narrow.",
)
@leveled
@click.option(
    "--double-coded",
    type=whole_number(),
    multiple=True,
    metavar="N",
    help="Say what so many double-coded answers could show; may be repeated. Default: 10, 20, 30, 50 and "
    "100 % of the answers to code.",
)
@over_questions
@click.option(
    "--round",
    "rounds",
    multiple=True,
    metavar="R",
    help="Prevalences from this round alone; may be repeated. Default: every round.",
)
@reporting("table", "json", "csv", "md")
@acting
@click.pass_obj
def agreement_plan(
    context: Context,
    given: tuple[str, ...],
    targets: tuple[float, ...],
    p: float,
    width: float | None,
    assumed_alpha: float,
    level: float,
    double_coded: tuple[int, ...],
    questions: tuple[str, ...],
    rounds: tuple[str, ...],
    destination: Destination,
) -> None:
    """Double-coded answers that each code takes to show agreement, and what a sample of them could show.

    By how often coders applied each code so far, or by prevalences that you give. Ask before a round is made.
    """
    from harken.cli.render import emit
    from harken.services.agreeing.planning import plan_for_prevalences, plan_report
    from harken.stats.planning import DEFAULT_TARGETS, Aim

    of_codes, supposed = _prevalences(given)
    if questions or rounds or _has_project(context):
        with opened(context) as project:
            plan = project.plan_agreement(
                targets=targets,
                p=p,
                width=width,
                assumed_alpha=assumed_alpha,
                level=level,
                prevalences=of_codes,
                supposed=supposed,
                double_coded=double_coded,
                questions=questions,
                rounds=rounds,
            )
    else:
        aim = Aim(
            targets=targets or DEFAULT_TARGETS, p=p, width=width, assumed_alpha=assumed_alpha, level=level
        )
        plan = plan_for_prevalences(of_codes, supposed=supposed, aim=aim, double_coded=double_coded)
    emit(plan, plan_report(plan), destination)


def _has_project(context: Context) -> bool:
    """Whether a project is named, or lies here."""
    is_named = context.project is not None or bool(os.environ.get("HARKEN_PROJECT"))
    return is_named or project_path(None).exists()


def _prevalences(given: Sequence[str]) -> tuple[dict[str, float], list[float]]:
    """Those of codes, and those on their own."""
    of_codes: dict[str, float] = {}
    supposed: list[float] = []
    for words in given:
        code, separator, number = words.rpartition("=")
        try:
            value = float(number)
        except ValueError:
            raise click.UsageError(
                f"--prevalence {words!r}: write CODE=P or P, a share between 0 and 1 as in 0.1."
            ) from None
        if not separator:
            supposed.append(value)
        elif not code:
            raise click.UsageError(f"--prevalence {words!r} names no code; write CODE=P, or P alone.")
        elif of_codes.setdefault(code, value) != value:
            raise click.UsageError(f"--prevalence names {code!r} twice: {of_codes[code]:g} and {value:g}.")
    return of_codes, supposed

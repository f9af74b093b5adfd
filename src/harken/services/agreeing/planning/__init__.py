"""Planning agreement: how many answers two coders must decide before codes can be judged."""

from harken.services.agreeing.planning.planning import plan_agreement, plan_for_prevalences
from harken.services.agreeing.planning.report import plan_report
from harken.services.agreeing.planning.result import (
    AgreementPlan,
    PlannedCode,
    PlannedSample,
    PrevalenceSource,
)

__all__ = [
    "AgreementPlan",
    "PlannedCode",
    "PlannedSample",
    "PrevalenceSource",
    "plan_agreement",
    "plan_for_prevalences",
    "plan_report",
]

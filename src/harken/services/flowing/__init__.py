"""Who came and who is left: returned, excluded with reasons, usable, answered, coded."""

from harken.services.flowing.counting import flow
from harken.services.flowing.diagram import flow_figures
from harken.services.flowing.report import flow_report
from harken.services.flowing.result import Exclusion, Flow, FlowSteps, QuestionFlow

__all__ = ["Exclusion", "Flow", "FlowSteps", "QuestionFlow", "flow", "flow_figures", "flow_report"]

"""Where a study stands: each coder's work, pace and finish, and what is left before tables are final."""

from harken.services.standing.overview import CoderProgress, Overview, overview, overview_report
from harken.services.standing.report import status_report
from harken.services.standing.result import CoderWork, Forecast, Matter, Standing, ToDo
from harken.services.standing.status import status

__all__ = [
    "CoderProgress",
    "CoderWork",
    "Forecast",
    "Matter",
    "Overview",
    "Standing",
    "ToDo",
    "overview",
    "overview_report",
    "status",
    "status_report",
]

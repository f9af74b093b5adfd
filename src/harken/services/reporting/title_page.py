"""What a report's first page says, and the line on every page: what made it, of which data, how."""

from __future__ import annotations

from harken._version import __version__
from harken.services.reporting.options import ReportOptions
from harken.storage import study
from harken.storage.store import Store

_APPROACHES = {
    "content": "content analysis",
    "structured-tabular": "structured tabular analysis",
    "codebook": "codebook approach",
    "reflexive": "reflexive approach",
}
_SAMPLING = {"probability": "probability sample", "census": "census", "convenience": "convenience sample"}


def title_facts(store: Store, options: ReportOptions) -> tuple[tuple[str, str], ...]:
    """Names and values that are the same whenever and wherever the same project is reported."""
    settings = study.settings(store)
    approach, sampling = settings.get("approach", ""), settings.get("sampling", "")
    facts = [
        ("Approach", _APPROACHES.get(approach, approach)),
        ("Sampling", _SAMPLING.get(sampling, sampling)),
        ("Data as of", f"{study.last_change_at(store)[:16].replace('T', ' ')} UTC, the last change"),
        ("Project hash", store.project_hash()),
        ("Made with", f"Harken {__version__}"),
        ("Command", options.command),
    ]
    if options.threshold is not None:
        facts.append(
            (
                "Small counts",
                f"above 0 and below {options.threshold} are hidden, with what would give them away; parts "
                "whose counts are not protected so are left out: analytic themes, codes that go together, "
                "saturation and, unless asked for, agreement",
            )
        )
    return tuple((name, value) for name, value in facts if value)


def running_line(store: Store, options: ReportOptions) -> str:
    """The line at the foot of every page."""
    return f"Harken {__version__} · project hash {store.project_hash()} · {options.command}"

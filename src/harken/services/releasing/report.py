"""How the log of releases is laid out."""

from __future__ import annotations

from harken.report import Column, Report, Table, count, text
from harken.services.releasing.result import Releases


def releases_report(result: Releases) -> Report:
    """A row for each release."""
    note = (
        "Written with --suppress and --output, or as a report. What was printed on a screen, and what "
        "another copy of this file released, is not known here."
    )
    return Report(
        title="Releases with small counts hidden",
        notes=(note if result.releases else f"None so far. {note}",),
        tables=(
            Table(
                title="Releases",
                columns=(
                    Column(heading="When (UTC)"),
                    Column(heading="Who"),
                    Column(heading="Command"),
                    Column(heading="File"),
                    Column(heading="Below", align="right"),
                    Column(heading="Shown", align="right"),
                    Column(heading="Hidden", align="right"),
                    Column(heading="Project hash", is_detail=True),
                ),
                rows=tuple(
                    (
                        text(one.at[:16].replace("T", " ")),
                        text(one.actor),
                        text(one.command),
                        text(one.file),
                        count(one.suppress),
                        count(one.n_shown),
                        count(one.n_hidden),
                        text(one.project_hash[:12]),
                    )
                    for one in result.releases
                ),
            ),
        )
        if result.releases
        else (),
    )

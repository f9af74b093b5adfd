"""The table of segments: whether coders mark the same places, whatever they agree on otherwise."""

from __future__ import annotations

from harken.model import Codebook
from harken.report import Column, Table, count, interval, text
from harken.services.agreeing.reporting.wording import figure, label, percent
from harken.services.agreeing.result import Figures


def segment_table(figures: Figures, codebook: Codebook | None) -> Table:
    """Each code that was applied to parts of answers, with the alpha of unitizing and plain overlap."""
    return Table(
        title="Segments: where in the text a code was applied",
        short_title="Segments",
        columns=(
            Column(heading="code"),
            Column(heading="responses", align="right"),
            Column(heading="segments"),
            Column(heading="alpha", group="unitizing", align="right"),
            Column(heading="interval", group="unitizing", align="right"),
            Column(heading="equal weight", group="unitizing", align="right", is_detail=True),
            Column(heading="% same", group="characters", align="right", is_detail=True),
            Column(heading="overlap", group="characters", align="right"),
        ),
        rows=tuple(
            (
                label(found.code, codebook),
                count(found.n_responses),
                text(", ".join(f"{coder} {n:,}" for coder, n in found.n_segments.items())),
                figure(found.u_alpha),
                interval(found.u_alpha.low, found.u_alpha.high, 2),
                figure(found.u_alpha_equal_responses),
                percent(found.percent_characters),
                figure(found.overlap),
            )
            for found in figures.segments
        ),
        notes=(
            "This is agreement on places, a matter apart from the tables above. Unitizing alpha "
            "(Krippendorff and others 2016) weighs characters, so long answers count more; “equal weight” "
            "counts every answer the same. “% same” and “overlap” (Jaccard of characters) are not corrected "
            "for chance.",
        ),
    )

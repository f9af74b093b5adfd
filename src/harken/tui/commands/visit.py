"""What the coding screen has besides its own commands when it was opened from a list, on one answer."""

from __future__ import annotations

from textual.binding import Binding

VISIT = [
    Binding(
        "escape",
        "dismiss_message",
        "back to the list",
        id="visit.back",
        key_display="Esc",
        tooltip="Go back to the list; what was begun stays as a draft.",
    )
]

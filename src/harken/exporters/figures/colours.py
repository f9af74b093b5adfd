"""The only colours of a plot, so that a page can put its own in their place."""

INK, PAPER, FAINT = "#000000", "#ffffff", "#8c8c8c"

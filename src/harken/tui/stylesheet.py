"""The program's styles, of which each source is parsed once as long as the colours stay the same."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class KeptStylesheet(Stylesheet):
    """Textual parses everything again as the program begins, and whenever a screen brings its own styles.

    That is a twentieth of the start. What was parsed is kept here until the variables change.
    """

    def set_variables(self, variables: dict[str, str]) -> None:
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        self.parse()

"""Styles are parsed once as long as the colours stay the same."""

from __future__ import annotations

from harken.tui.stylesheet import KeptStylesheet

CSS = "Screen { color: $quiet; }"


def sheet(**variables: str) -> KeptStylesheet:
    found = KeptStylesheet(variables=variables)
    found.add_source(CSS, read_from=("one", ""))
    return found


def test_parsing_again_with_the_same_colours_gives_the_very_same_rules() -> None:
    styles = sheet(quiet="red")
    (before,) = styles.rules
    styles.set_variables({"quiet": "red"})
    styles.reparse()
    (after,) = styles.rules
    assert after is before


def test_other_colours_are_taken_up() -> None:
    styles = sheet(quiet="red")
    before = styles.css
    styles.set_variables({"quiet": "blue"})
    styles.reparse()
    assert (before, styles.css) == ("Screen {\n    color: #FF0000;\n}", "Screen {\n    color: #0000FF;\n}")


def test_a_source_that_comes_later_is_taken_up() -> None:
    styles = sheet(quiet="red")
    styles.reparse()
    styles.add_source("Static { color: $quiet; }", read_from=("two", ""))
    styles.reparse()
    assert [rule.selector_names for rule in styles.rules] == [{"Screen"}, {"Static"}]

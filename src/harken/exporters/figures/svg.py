"""Makes of a drawing an SVG that says what it shows, and one that fits into a page."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from harken.exporters.figures.colours import FAINT, INK, PAPER
from harken.exporters.office_text import office_text
from harken.report import Figure

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_FONTS = "'DejaVu Sans', Verdana, Arial, sans-serif"
_LINES = "stroke-linejoin: round; stroke-linecap: butt"
_OF_PAGE = {
    INK: "currentColor",
    PAPER: "var(--paper, #ffffff)",
    FAINT: "var(--faint, #8c8c8c)",
}
_LEAST_SCALE = 0.7
"""A narrow page shrinks a drawing no further; it scrolls."""


def svg_file(drawn: bytes, figure: Figure) -> bytes:
    """A file of its own, on white."""
    root = _described(drawn, figure, name="figure")
    root.set("style", f"font-family: {_FONTS}; {_LINES}")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + _written(root).encode() + b"\n"


def svg_element(drawn: bytes, figure: Figure, *, name: str) -> str:
    """An element of an HTML page, in the colours of its text and paper."""
    root = _described(drawn, figure, name=name)
    for element in root.iter():
        style = element.get("style", "")
        for colour, of_page in _OF_PAGE.items():
            style = style.replace(colour, of_page)
        if style:
            element.set("style", style)
    narrowest = float(root.get("width", "0pt").removesuffix("pt")) * _LEAST_SCALE
    root.set("style", f"font-family: {_FONTS}; {_LINES}; fill: currentColor; min-width: {narrowest:.0f}pt")
    return _written(root)


def _described(drawn: bytes, figure: Figure, *, name: str) -> Any:
    """The drawing with its title and description, and with ids that begin with a name."""
    root = ElementTree.fromstring(drawn)
    for defs in root.findall(f"{{{_SVG}}}defs"):
        # Its rules would hold for the whole page; those that matter are the root's own.
        root.remove(defs)
    for element in root.iter():
        for key in ("id", f"{{{_XLINK}}}href", "clip-path"):
            value = element.get(key)
            if value is not None:
                element.set(key, re.sub(r"^(url\(#|#|)", rf"\1{name}-", value))
        if "style" in element.attrib:
            element.set("style", re.sub(r"; font-family: [^;]*", "", element.attrib["style"]))
        if element.get("transform", "").startswith("rotate(-0 "):
            del element.attrib["transform"]
    title = ElementTree.Element(f"{{{_SVG}}}title", id=f"{name}-title")
    title.text = office_text(figure.title)
    description = ElementTree.Element(f"{{{_SVG}}}desc", id=f"{name}-desc")
    description.text = office_text(figure.alt)
    title.tail = description.tail = "\n "
    root[:0] = [title, description]
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-desc")
    return root


def _written(root: Any) -> str:
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    return ElementTree.tostring(root, encoding="unicode")

"""A bar on stderr for long work, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_WIDTH = 30


@contextmanager
def progress_bar() -> Iterator[Callable[[str, float], None] | None]:
    """A function to tell the stage and its share done, or None where nobody watches; wiped at the end."""
    if not sys.stderr.isatty():
        yield None
        return
    shown = ""

    def draw(stage: str, share: float) -> None:
        nonlocal shown
        n_done = int(_WIDTH * min(share, 1.0))
        line = f"{stage:<10}{'█' * n_done}{'░' * (_WIDTH - n_done)} {share:4.0%}"
        if line != shown:
            shown = line
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()

    try:
        yield draw
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()

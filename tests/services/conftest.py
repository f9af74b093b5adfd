from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from study_builder import build_study

from harken.storage.store import Store


@pytest.fixture
def study() -> Iterator[Callable[..., Store]]:
    """`build_study`, with every project closed at the end."""
    stores: list[Store] = []

    def build(**parts: Any) -> Store:
        stores.append(build_study(**parts))
        return stores[-1]

    yield build
    for store in stores:
        store.close()

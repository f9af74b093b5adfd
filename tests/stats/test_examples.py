"""The examples in docstrings of the public functions run as they are printed."""

from __future__ import annotations

import doctest
import inspect
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

import harken
import harken.stats

FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: getattr(module, name)
    for module in (harken, harken.stats)
    for name in module.__all__
    if inspect.isfunction(getattr(module, name))
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_public_function_says_what_it_takes_and_gives_and_shows_it(name: str) -> None:
    documented = inspect.getdoc(FUNCTIONS[name]) or ""
    wanted = ["Examples"]
    if len(inspect.signature(FUNCTIONS[name]).parameters) > 2:
        wanted += ["Parameters", "Returns"]
    assert [section for section in wanted if f"\n{section}\n{'-' * len(section)}\n" not in documented] == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_examples_print_what_they_say(name: str) -> None:
    function = FUNCTIONS[name]
    module = sys.modules[function.__module__]
    (example,) = doctest.DocTestFinder(recurse=False).find(function, name, module=module)
    assert example.examples
    said: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(example, out=said.append)
    assert (results.failed, "".join(said)) == (0, "")


def test_every_public_name_of_the_statistics_is_there_and_has_a_sentence() -> None:
    assert sorted(harken.stats.__all__) == sorted(set(harken.stats.__all__))
    missing = [name for name in harken.stats.__all__ if not inspect.getdoc(getattr(harken.stats, name))]
    assert missing == []


def test_the_statistics_are_loaded_when_asked_for() -> None:
    code = "import sys, harken.stats, harken; print('numpy' in sys.modules, 'harken.storage' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ}
    )
    assert done.stdout.split() == ["False", "False"]

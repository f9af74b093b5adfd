"""F2 saves in every box that takes text, as Escape or Enter does."""

from __future__ import annotations

from collections.abc import Callable

from coding_study import CodingStudy


def test_f2_saves_a_memo(study: CodingStudy, press: Callable[..., str]) -> None:
    press(study.app(), "space", "m", *"odd", "f2")
    draft = study.draft("P1")
    assert draft is not None
    assert draft.memo == "odd"


def test_f2_marks_an_answer_unsure(study: CodingStudy, press: Callable[..., str]) -> None:
    press(study.app(), "space", "u", *"who", "f2")
    draft = study.draft("P1")
    assert draft is not None
    assert (draft.is_unsure, draft.message) == (True, "who")


def test_f2_makes_a_new_code_and_does_nothing_in_a_box_without_text(
    study: CodingStudy, press: Callable[..., str]
) -> None:
    press(study.app(), "space", "n", *"Hope", "f2")
    draft = study.draft("P1")
    assert draft is not None
    assert [coding.code for coding in draft.codings] == ["benefit.hope"]
    assert "scroll" in press(study.app(), "space", "p", "f2")

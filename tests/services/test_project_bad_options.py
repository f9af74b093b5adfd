"""From Python, too, an option that makes no sense is one sentence that says what would."""

from __future__ import annotations

from typing import Any

import pytest
from study_builder import LEAD, codebook, decision

from harken.errors import HarkenError
from harken.services.project import Project


@pytest.fixture
def project(study: Any) -> Project:
    people = {f"p{at}": {"group": "north"} for at in range(30)}
    store = study(
        people=people,
        answers=[(name, "q1", "the wait") for name in people],
        codebook=codebook("theme.wait", "theme.staff"),
        decisions=[decision("ada", name, "q1", "theme.wait") for name in people],
    )
    return Project(store, actor=LEAD)


@pytest.mark.parametrize(
    ("verb", "arguments", "options", "says"),
    [
        ("themes", (), {"base": "code"}, "'code' is none of 'coded', 'eligible', 'substantive'. Choose one"),
        ("themes", (), {"interval": "wald"}, "'wald' is none of 'wilson', 'clopper-pearson'."),
        ("themes", (), {"difference": "wald"}, "'wald' is none of 'miettinen-nurminen', 'newcombe', 'mee'."),
        ("themes", (), {"level": 95}, "A confidence level lies between 0 and 1, as in 0.95; got 95."),
        ("themes", (), {"suppress": 1}, "Counts below 1 cannot be hidden"),
        ("themes", (), {"decimals": -1}, "Percentages are printed with 0 to 6 decimals; got -1."),
        ("themes", (), {"decimals": 99}, "Percentages are printed with 0 to 6 decimals; got 99."),
        ("themes", (), {"by": "gruop"}, "No column 'gruop' to compare by. Did you mean 'group'? Columns"),
        ("themes", (), {"where": [("group", "nroth")]}, "Did you mean 'north'? Its values are: 'north'."),
        ("themes", (), {"weights": "wieght"}, "No column 'wieght' to weight by. Columns: group."),
        ("closed_items", (), {"base": "x"}, "'x' is none of 'answered', 'participants'."),
        ("closed_items", (), {"interval": "x"}, "'x' is none of 'wilson', 'clopper-pearson'."),
        ("crosstab", (), {"base": "x"}, "'x' is none of 'coded', 'eligible', 'substantive'."),
        ("saturation", (), {"unit": "x"}, "'x' is none of 'person', 'answer'."),
        ("saturation", (), {"bases": [0]}, "A base has 1 unit or more; got 0."),
        ("saturation", (), {"runs": [-1]}, "A run has 1 unit or more; got -1."),
        ("saturation", (), {"thresholds": [1.0]}, "A threshold is a share from 0 to below 1, as in 0.05"),
        ("saturation", (), {"thresholds": [float("nan")]}, "A threshold is a share from 0 to below 1"),
        ("why", ("theme.wait",), {"base": "x"}, "'x' is none of 'coded', 'eligible', 'substantive'."),
        ("archive", ("a.zip",), {"text": "some"}, "'some' is none of 'none', 'redacted', 'full'."),
    ],
)
def test_an_option_that_makes_no_sense_is_one_sentence(
    project: Project, verb: str, arguments: tuple[str, ...], options: dict[str, Any], says: str
) -> None:
    with pytest.raises(HarkenError) as error:
        getattr(project, verb)(*arguments, **options)
    assert says in str(error.value)

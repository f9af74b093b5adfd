from __future__ import annotations

import pytest

from harken.model import Code, Codebook, Family


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    benefits = (
        Code(
            key="understanding",
            label="Understanding of the condition",
            keywords=("understand", "make sense"),
            patterns=(({"LEMMA": "see"}, {"LOWER": "myself"}),),
            examples=("I could finally see what the doctor meant",),
        ),
        Code(key="control", label="Sense of control", keywords=("control",), questions=("benefits",)),
        Code(key="none_stated", label="None stated", keywords=("none", "nothing"), examples=("no benefits",)),
    )
    risks = (
        Code(key="anxiety", label="Anxiety or worry", keywords=("anxiety", "worry"), questions=("risks",)),
        Code(key="time", label="Clinician time", definition="Explaining takes minutes of the appointment."),
    )
    return Codebook(
        title="Images",
        families=(
            Family(key="benefit", label="Benefits", codes=benefits),
            Family(key="risk", label="Risks", codes=risks),
        ),
    )

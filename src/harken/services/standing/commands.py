"""The commands with which somebody goes on coding, or looks at answers."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from harken.model import MAIN_ROUND

if TYPE_CHECKING:
    from harken.services.browsing import AnswerFilter


def code_command(coder: str, round: str) -> str:
    """As it is typed in a shell."""
    in_round = [] if round == MAIN_ROUND else ["--round", round]
    return shlex.join(["harken", "code", "--as", coder, *in_round])


def answers_command(filter: AnswerFilter, *, viewer: str) -> str:
    """Lists what the filter finds for the viewer; of its fields codes, states, coders and rounds count."""
    options = [
        *(("--code", code) for code in filter.codes),
        *(("--state", state.value) for state in filter.states),
        *(("--coder", coder) for coder in filter.coders),
        *(("--round", round) for round in filter.rounds),
    ]
    words = [word for option in options for word in option]
    return shlex.join(["harken", "answers", *words, "--as", viewer])

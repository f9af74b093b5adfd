"""The command with which somebody goes on coding."""

from __future__ import annotations

import shlex

from harken.model import MAIN_ROUND


def code_command(coder: str, round: str) -> str:
    """As it is typed in a shell."""
    in_round = [] if round == MAIN_ROUND else ["--round", round]
    return shlex.join(["harken", "code", "--as", coder, *in_round])

"""The same study gives the same bytes in every format, on whatever machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import every_format
from every_format import FILES, TEXTS
from reports_study import SHOWN, write_study


def _written(project: Path, folder: Path, **environment: str) -> dict[str, bytes]:
    subprocess.run(
        [sys.executable, every_format.__file__, project, folder],
        env={**os.environ, **environment},
        cwd=folder.parent,
        check=True,
    )
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_bytes_depend_on_no_hash_seed_time_zone_or_language(tmp_path: Path) -> None:
    project = write_study(tmp_path)
    one = _written(
        project, tmp_path / "one", PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C", LANG="C"
    )
    two = _written(
        project,
        tmp_path / "two",
        PYTHONHASHSEED="2",
        TZ="America/St_Johns",
        LC_ALL="de_DE.UTF-8",
        LANG="tr_TR",
    )
    assert len(one) > len(SHOWN) * (len(TEXTS) + len(FILES))
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []

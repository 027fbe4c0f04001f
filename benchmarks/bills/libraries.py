"""invoice2data, the peer, in a folder of its own: the addon and its tests never see it."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from ground import templates
from ground.settings import CACHE, PYTHON, say

from .truth import DataError

#: ``pdftotext`` (poppler-utils) is the program that its templates are written for.
PACKAGES = ("invoice2data==1.0.1", "dateparser==1.2.2", "python-dateutil==2.9.0.post0", "PyYAML==6.0.2", "click==8.1.8")


def folder() -> Path:
    """Where it is installed, once.

    :raise DataError: it can't be
    """
    if not shutil.which("pdftotext"):
        raise DataError("invoice2data needs pdftotext (Debian: poppler-utils); --no-peers leaves it out")
    key = hashlib.sha256(" ".join((sys.version, *PACKAGES)).encode()).hexdigest()[:10]
    target = CACHE / f"bench-bills-{key}"
    with templates.locked("bench-bills"):
        if not (target / "complete").exists():
            say("installing invoice2data ...")
            command = [PYTHON, "-m", "pip", "install", "-q", "--upgrade", "--target", str(target), *PACKAGES]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise DataError(f"invoice2data can't be installed: {done.stderr[-2000:]}; --no-peers leaves it out")
            (target / "complete").touch()
    return target

"""scikit-learn for the classifiers, in a folder of its own: the addon and its tests never see it."""

from __future__ import annotations

import hashlib
import subprocess
import sys

from ground import templates
from ground.settings import CACHE, PYTHON, say

#: The last that run on Python 3.10 and on 3.13.
PACKAGES = ("scikit-learn==1.7.2", "numpy==2.2.6", "scipy==1.15.3")


def add_libraries() -> None:
    """Install them once, then make them importable in this process.

    :raise RuntimeError: with the end of the installer's output
    """
    key = hashlib.sha256(" ".join((sys.version, *PACKAGES)).encode()).hexdigest()[:10]
    target = CACHE / f"bench-{key}"
    with templates.locked("bench"):
        if not (target / "complete").exists():
            say("installing scikit-learn for the peers ...")
            command = [PYTHON, "-m", "pip", "install", "-q", "--upgrade", "--target", str(target), *PACKAGES]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(done.stderr[-2000:])
            (target / "complete").touch()
    if str(target) not in sys.path:
        sys.path.append(str(target))

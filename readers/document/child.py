"""The process that reads one file: told on its standard input, answering on its standard output. Run as a script."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import importlib.util
import os
import resource
import signal
import sys
from pathlib import Path

_CELLAR = Path(__file__).resolve().parent.parent
_PR_SET_PDEATHSIG = 1
#: Address space that the libraries themselves take before a file is looked at.
_LIBRARIES = 1_000_000_000
_OPEN_FILES = 64
_FILE_BYTES = 100_000_000
_GRACE = 5


def _confine(limits):
    """Limits of this process; those that it starts get them too."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    memory = int(limits["memory"]) + _LIBRARIES
    seconds = int(limits["seconds"]) + _GRACE
    for name, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, _FILE_BYTES),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        _soft, hard = resource.getrlimit(name)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(name, (allowed, allowed))


def _load():
    """The package ``readers``, wherever the addon lies and whatever it is called there."""
    places = {"submodule_search_locations": [str(_CELLAR)]}
    spec = importlib.util.spec_from_file_location("readers", _CELLAR / "__init__.py", **places)
    module = importlib.util.module_from_spec(spec)
    sys.modules["readers"] = module
    spec.loader.exec_module(module)


def _imported(name):
    return importlib.import_module(f"readers.document.{name}")


def _answer(told, content):
    wire, page, reader = _imported("wire"), _imported("page"), _imported("reader")
    limits = _imported("limits").Limits(**told["limits"])
    try:
        if told["do"] == "render":
            which = told["page"] if isinstance(told["page"], int) else page.Page.from_json(told["page"])
            return wire.packed({}, [reader.render(content, which, told["width"], limits=limits)])
        options = {name: told[name] for name in ("languages", "images", "first", "seconds")}
        return wire.packed_scan(reader.read(content, told["filename"], limits=limits, **options))
    except page.DocumentError as error:
        return wire.packed_error(error)
    except MemoryError:
        return wire.packed_error(page.DocumentError("too_large", memory=limits.memory))


def main():
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_THREAD_LIMIT"):
        os.environ[name] = "1"
    request = sys.stdin.buffer.read()
    # Only this script has written the output so far; libraries that print must not mix into the answer.
    output = os.dup(1)
    os.dup2(2, 1)
    _load()
    told, (content,) = _imported("wire").unpacked(request)
    sys.path[:] = told["path"]
    _confine(told["limits"])
    with open(output, "wb") as stream:
        stream.write(_answer(told, content))


if __name__ == "__main__":
    main()

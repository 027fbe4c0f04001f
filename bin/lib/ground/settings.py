"""What bin/lib/environment.sh exported: where this checkout's things live."""

import os
import sys
from pathlib import Path

CHECKOUT = Path(os.environ["AIB_CHECKOUT"])
CACHE = Path(os.environ["AIB_CACHE"])
STATE = Path(os.environ["AIB_STATE"])
ADDONS = Path(os.environ["AIB_ADDONS"])
ADDON = ADDONS / "ai_bookkeeper"
KEY = os.environ["AIB_KEY"]
ODOO_PATH = Path(os.environ["AIB_ODOO_PATH"])
PYTHON = str(Path(os.environ["AIB_VENV"]) / "bin" / "python")


def say(text):
    print(text, file=sys.stderr, flush=True)

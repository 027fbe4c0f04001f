"""A power cut at a named place of the sync desk. Never shipped.

The file that ``AIB_CRASH`` names arms it: ``{"point": "after_intent", "hit": 2}`` ends the process with SIGKILL when
that place is reached for the second time since then. The file is renamed first, so that the next process lives.
"""

import json
import os
import signal
import threading
import time

from odoo.addons.ai_bookkeeper.models.sync import crash_points

from . import models

_lock = threading.Lock()
_seen = {"armed": None, "hits": 0}


def reach(point, *_kind):
    path = os.environ.get("AIB_CRASH")
    if not path or not os.path.exists(path):
        return
    with _lock:
        try:
            with open(path) as file:
                text = file.read()
                plan = json.loads(text)
        except (OSError, ValueError):
            return
        if plan["point"] != point:
            return
        if _seen["armed"] != text:
            _seen.update(armed=text, hits=0)
        _seen["hits"] += 1
        if _seen["hits"] < plan.get("hit", 1):
            return
        os.rename(path, f"{path}.fired")
        # The whole group: a master would start another worker at once.
        os.killpg(os.getpgrp(), signal.SIGKILL)
        time.sleep(60)


crash_points.reach = reach

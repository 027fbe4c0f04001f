"""What is asked for again and again while people decide, kept per process."""

from collections import OrderedDict
from threading import Lock

#: Learners and the texts of snapshots.
KEPT = 8


class Shelf:
    """The last few values by what they are made of; what is in it is never changed."""

    def __init__(self, kept=KEPT):
        self._kept = kept
        self._lock = Lock()
        self._found = OrderedDict()

    def get(self, key):
        """The value, or None."""
        with self._lock:
            value = self._found.get(key)
            if value is not None:
                self._found.move_to_end(key)
            return value

    def put(self, key, value):
        """Keep it, and let go of what was not asked for longest."""
        with self._lock:
            self._found[key] = value
            while len(self._found) > self._kept:
                self._found.popitem(last=False)


SHELF = Shelf()

"""Loaded by the process whose clock is off: libfaketime gets the absolute moment wrong that Python's sleep asks for."""

import threading
import time

time.sleep = lambda seconds: threading.Event().wait(seconds)

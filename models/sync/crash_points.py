"""Places where a test kills the process. Nothing happens here in production."""

NAMES = (
    "before_intent",
    "after_intent",
    "during_call",
    "after_2xx",
    "before_record",
    "after_record",
    "before_done",
)


def reach(name):
    """The runner is at the place ``name`` (of ``NAMES``); a test addon replaces this function."""

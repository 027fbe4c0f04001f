"""Places where a test kills the process. Nothing happens here in production."""

NAMES = (
    "before_intent",
    "after_intent",
    "during_call",  # in a thread
    "after_2xx",
    "before_record",
    "in_record",  # written, not committed
    "after_record",
    "before_done",
    "before_work",
    "in_work",  # written, not committed
    "after_work",
    "in_tick",
    "after_tick",
    "in_intake",
    "after_intake",
)


def reach(name, kind=""):
    """A job of ``kind`` is at the place ``name`` (of ``NAMES``). A test addon replaces this function, so it is called
    through the module only."""

"""The one error that clients raise."""


class ClientError(Exception):
    """What the other side, or the way to it, refused. The text is redacted and may be shown.

    ``permanent``: trying again changes nothing. ``retry_after``: seconds that the other side asked to wait, or None.
    ``status``: the HTTP status, or None when there was no answer. ``reason``: a word, the same for the same cause.
    ``reply``: the ``http.Reply`` of a status that is no success. ``maybe_done``: it was sent, and no answer came.
    """

    def __init__(
        self, message, permanent=False, retry_after=None, status=None, *, reason=None, reply=None, maybe_done=False
    ):
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after
        self.status = status
        self.reason = reason
        self.reply = reply
        self.maybe_done = maybe_done

    @property
    def unsent(self):
        """Whether it is sure that nothing reached the other side."""
        return self.status is None and not self.maybe_done

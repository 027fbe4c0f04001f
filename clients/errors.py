"""The one error that clients raise."""


class ClientError(Exception):
    """What the other side, or the way to it, refused. The text is redacted and may be shown.

    ``permanent``: trying again changes nothing. ``retry_after``: seconds that the other side asked to wait, or None.
    ``status``: the HTTP status, or None when there was no answer.
    """

    def __init__(self, message, permanent=False, retry_after=None, status=None):
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after
        self.status = status

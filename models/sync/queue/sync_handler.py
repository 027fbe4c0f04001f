"""How one kind of job is done. ``sync.job`` of kind ``x`` is handled by ``sync.handler.x``, found by name."""

from odoo import models


class NotNowError(Exception):
    """Nothing is wrong with the job: what it needs was stopped between claim and sending. It waits again, uncounted."""


class SyncHandler(models.AbstractModel):
    """Contract of the runner with a kind of job.

    ``_lane`` is ``http`` (short; something is sent) or ``work`` (long; nothing leaves the server).

    HTTP lane, in this order: ``_prepare`` (working cursor, reads), the runner commits the intent, ``_send`` (a thread
    without cursor or environment), the runner commits the outcome, ``_record`` (working cursor, writes), the runner
    finishes the job. ``_record`` may run twice after a crash and must then change nothing more.
    """

    _name = "sync.handler"
    _description = "Handler of Sync Jobs"
    _lane = "work"
    #: Seconds that a claim lasts without a sign of life.
    _lease = 120
    #: False: it goes on while syncing is paused, for nothing leaves the server and nothing came from outside.
    _stops_on_pause = True
    #: True: after a 5xx it is asked for before it is sent again, for the next attempt may carry something else.
    _doubts_errors = False

    # --- lane http -----------------------------------------------------------------------------------------------

    def _prepare(self, job):
        """What to send: a ``clients.http.Request``, or None when nothing is to be done any more.

        :raise UserError: it can't be sent as things are; the job fails with these words
        :raise NotNowError: it will be possible later, by itself or after what a person does elsewhere
        """
        raise NotImplementedError

    def _send(self, request):
        """Called in a thread: no environment, no cursor.

        :return: a ``clients.http.Reply``, or such a dict as ``_record`` gets
        :raise clients.errors.ClientError: with ``permanent`` and ``retry_after``
        """
        raise NotImplementedError

    def _record(self, job, reply):
        """Write down what the reply means: binding, numbers, remote ids. An answer that can't be understood raises a
        ``ClientError``: it is forgotten, and ``_probe`` is asked before anything is sent again.

        :param dict reply: ``status``, ``headers`` (names in lower case, secrets masked) and ``body`` in bytes
        """

    def _attempted(self, job, request, reply, error, duration_ms):
        """Each attempt, good or bad, after its outcome was committed: for logs. ``reply`` or ``error`` is None."""

    def _probe(self, job):
        """Ask the other side whether an attempt without a known outcome took effect.

        Asked before an attempt whenever the one before has no known outcome.

        :return: a ``Request`` whose reply goes to ``_probed``; None: cannot be asked, and sending again with the same
            idempotency key is safe; False: cannot be asked and sending again is not safe (a person decides)
        """
        return None

    def _probed(self, job, reply, error):
        """What the answer to the question says. After a passing trouble it is asked again later, without this.

        :param reply: what it answered, or None
        :param error: its permanent refusal (404: it knows nothing of it), or None
        :return: ``("done", reply)``: it took effect, go on with ``_record``; ``("again", None)``: it did not, send it
        """
        return ("again", None)

    # --- lane work -----------------------------------------------------------------------------------------------

    def _work(self, job, seconds):
        """Do some of it in the working transaction, at most so many seconds; the runner commits.

        :return: True when all is done, False when another slice is to follow
        """
        raise NotImplementedError

    # --- both ----------------------------------------------------------------------------------------------------

    def _explain(self, job, reason):
        """``(error, fix)`` in plain words for a reason of the engine; fix may be empty."""
        return ("", "")

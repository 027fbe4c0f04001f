"""The sequencer: committed events get their numbers, and subscribers their jobs, in one transaction."""

import logging
import time
import zlib

import psycopg2
from psycopg2.extensions import TransactionRollbackError

from odoo import SUPERUSER_ID, api, models

from .. import crash_points

_logger = logging.getLogger(__name__)

#: Who is asked for jobs.
SUBSCRIBERS = ("sync.webhook", "sync.connection")
#: Events a transaction numbers: what a killed sequencer does again.
BATCH = 1000
SECONDS = 20
_LOCK = zlib.crc32(b"ai_bookkeeper.sequencer") - 2**31
# A transaction that commits later, however early it began, gets a later number: nothing ever appears behind a cursor.
NUMBER = """
WITH batch AS (
    SELECT id FROM sync_event WHERE seq IS NULL ORDER BY id LIMIT %(limit)s
), numbered AS (
    SELECT id, %(head)s + row_number() OVER (ORDER BY id) AS number FROM batch
)
UPDATE sync_event event SET seq = numbered.number FROM numbered WHERE event.id = numbered.id
RETURNING event.seq, event.id
"""


class SyncEvent(models.Model):
    _name = "sync.event"
    _inherit = "sync.event"

    @api.model
    def _tick(self, seconds=SECONDS):
        """Number what was committed and hand it to the subscribers, batch by batch, for so long at most. Never raises:
        who calls it has other work, too, and the watchdog sees that nothing ticks.

        One sequencer works at a time; another one that comes meanwhile leaves at once.

        :return: how many events were numbered
        """
        until, done, count = time.monotonic() + seconds, 0, BATCH
        try:
            # Before the first transaction: what is marked outside was committed, so it must be seen inside.
            mark = self.env["sync.generation"]._read_mark()
            while count == BATCH and time.monotonic() < until:
                count = self._tick_once(mark)
                done += count
                mark = None
        except Exception:
            _logger.exception("sync: the sequencer failed")
        else:
            self.env["sync.tick"]._beat("sequencer")
        return done

    @api.model
    def _tick_once(self, mark=None):
        """One batch in a transaction of its own; see ``sync.generation._current`` for ``mark``."""
        with self.env["sync.job"]._short_cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cr.execute("SELECT pg_try_advisory_xact_lock(%s)", (_LOCK,))
            if not cr.fetchone()[0]:
                return 0
            count = env["sync.event"]._number(mark)
            if count:
                crash_points.reach("in_tick")
        if count:
            crash_points.reach("after_tick")
        return count

    @api.model
    def _number(self, mark):
        """Number the next batch and fan it out, in this transaction. The caller holds the lock."""
        generation = self.env["sync.generation"]._current(mark)
        self.env.cr.execute(NUMBER, {"limit": BATCH, "head": generation.head})
        ids = [event_id for _seq, event_id in sorted(self.env.cr.fetchall())]
        events = self.browse(ids)
        events.invalidate_recordset(["seq"])
        before = generation.head
        if ids:
            generation._advance(before + len(ids))
        self._fan_out(events, before)
        if len(ids) < BATCH:
            generation._settle_doubt()
        return len(ids)

    # === FANNING OUT === #

    @api.model
    def _fan_out(self, events, before):
        """Jobs for ``events``, whose numbers follow ``before``; who is behind is tried again by itself."""
        laggards = self.env["sync.laggard"]
        behind = laggards.search([])
        for name in SUBSCRIBERS:
            late = {row.res_id for row in behind if row.res_model == name}
            subscribers = self.env[name].search([("id", "not in", list(late))])
            for subscriber, error in self._hand_over(subscribers, events).items():
                laggards._fall_behind(subscriber, before, error)
        behind._catch_up()

    @api.model
    def _hand_over(self, subscribers, events):
        """Enqueue what ``subscribers`` want of ``events``.

        :return: {subscriber: error} of those that could not say: they stop only themselves
        """
        if not subscribers or not events:
            return {}
        try:
            with self.env.cr.savepoint():
                happened = {event.id: event.at for event in events}
                values = [
                    {"created_at": happened.get(vals.get("event_id")), **vals}
                    for vals in subscribers._job_values(events)
                ]
                self.env["sync.job"]._enqueue(values)
            return {}
        except (TransactionRollbackError, psycopg2.InterfaceError):
            raise
        except Exception as error:
            if len(subscribers) == 1:
                _logger.warning("No jobs could be made for %s", subscribers, exc_info=True)
                return {subscribers: error}
        troubles = {}
        for subscriber in subscribers:
            troubles.update(self._hand_over(subscriber, events))
        return troubles

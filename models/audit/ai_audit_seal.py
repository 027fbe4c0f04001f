"""Seals: committed rows of the audit log, chained after the fact, so that writers never wait for each other."""

import logging
import zlib

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.audit import chain
from .ai_audit_log import APPEND_ONLY

_logger = logging.getLogger(__name__)

#: Rows a transaction seals: what a killed sealer does again, and what it holds in memory.
BATCH = 10_000
#: Rows may commit in another order than they were numbered; the minute's run looks back so far. See chain.LATE.
LOOK_BACK = chain.LATE
_LOCK = zlib.crc32(b"ai_bookkeeper.seal") - 2**31

INSERT = """
INSERT INTO ai_audit_seal (seq, log_id, digest, head, sealed_at)
SELECT seq, log_id, digest, head, %s
  FROM unnest(%s::int[], %s::int[], %s::varchar[], %s::varchar[]) AS v(seq, log_id, digest, head)
"""


class AiAuditSeal(models.Model):
    """``head`` commits to every row before it. One seal a row; the order is the sealing's, not the rows' numbers."""

    _name = "ai.audit.seal"
    _description = "Audit Seal"
    _order = "seq desc"
    _log_access = False
    _rec_name = "seq"

    seq = fields.Integer(readonly=True, required=True, string="Number", aggregator=False)
    log_id = fields.Integer(readonly=True, required=True, string="Log Row", aggregator=False)
    digest = fields.Char(readonly=True, required=True, help="SHA-256 of the row, as it was sealed.")
    head = fields.Char(readonly=True, required=True, help="SHA-256 over the head before, the row and the time.")
    sealed_at = fields.Datetime(readonly=True, required=True)

    _seq_uniq = models.UniqueIndex("(seq)", "A seal has its own number.")
    _log_uniq = models.UniqueIndex("(log_id)", "A row is sealed once.")

    def init(self):
        """Make the database itself refuse every change of a seal."""
        self.env.cr.execute(APPEND_ONLY.format(table=self._table))

    def action_open_log(self):
        """Open the row that this seal is about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "ai.audit.log",
            "res_id": self.log_id,
            "views": [(False, "form")],
        }

    # === SEALING === #

    @api.model
    def _cron_seal(self):
        """Each minute: seal what was committed lately."""
        self._seal()

    @api.model
    def _cron_seal_all(self):
        """Once a day: look at all rows, for those that committed very late."""
        self._seal(complete=True)

    @api.model
    def _seal(self, complete=False):
        """Seal in transactions of its own, one sealer at a time. Returns how many rows were sealed.

        The lock is taken and the transaction ended before anything is read: a snapshot from before the lock would
        not show the last sealer's head.
        """
        done = 0
        with self.env.registry.cursor() as cr:
            sealer = self.with_env(self.env(cr=cr))
            [(locked,)] = sealer.env.execute_query(SQL("SELECT pg_try_advisory_lock(%s)", _LOCK))
            cr.commit()  # pylint: disable=invalid-commit
            if not locked:
                return 0
            try:
                start = 0 if complete else sealer._first_unsure()
                while rows := sealer._unsealed(start, BATCH):
                    sealer._chain(rows)
                    cr.commit()  # pylint: disable=invalid-commit
                    start, done = rows[-1][0], done + len(rows)
            finally:
                # A session lock outlives the transaction: it goes back whatever happened.
                cr.rollback()
                sealer.env.execute_query(SQL("SELECT pg_advisory_unlock(%s)", _LOCK))
                cr.commit()  # pylint: disable=invalid-commit
        return done

    def _first_unsure(self):
        """The id before the first row that may have committed since the last run."""
        since = fields.Datetime.now() - LOOK_BACK
        [(last,)] = self.env.execute_query(SQL("SELECT COALESCE(max(log_id), 0) FROM ai_audit_seal"))
        [(first,)] = self.env.execute_query(SQL("SELECT min(id) FROM ai_audit_log WHERE at >= %s", since))
        return min(last, first - 1) if first else last

    def _unsealed(self, after, limit):
        """[(id, digest) ...] of rows above ``after`` without a seal, by id."""
        return self.env.execute_query(
            SQL(
                """SELECT l.id, l.digest FROM ai_audit_log l
                    WHERE l.id > %s AND NOT EXISTS (SELECT 1 FROM ai_audit_seal s WHERE s.log_id = l.id)
                    ORDER BY l.id LIMIT %s""",
                after,
                limit,
            )
        )

    def _chain(self, rows):
        """Append seals for ``rows`` to the chain."""
        seq, head = self._last()
        now = fields.Datetime.to_string(fields.Datetime.now())
        numbers, heads = [], []
        for log_id, digest in rows:
            seq += 1
            head = chain.next_head(head, seq, log_id, digest, now)
            numbers.append(seq)
            heads.append(head)
        log_ids, digests = map(list, zip(*rows, strict=True))
        self.env.cr.execute(INSERT, (now, numbers, log_ids, digests, heads))

    @api.model
    def _last(self):
        """(number, head) of the last seal."""
        rows = self.env.execute_query(SQL("SELECT seq, head FROM ai_audit_seal ORDER BY seq DESC LIMIT 1"))
        return rows[0] if rows else (0, chain.GENESIS)

    @api.model
    def _head_at(self, seq):
        """The head after seal number ``seq``."""
        if not seq:
            return chain.GENESIS
        [(head,)] = self.env.execute_query(SQL("SELECT head FROM ai_audit_seal WHERE seq = %s", seq))
        return head

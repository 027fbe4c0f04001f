"""How often an address may knock at the public page: counted over all workers."""

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac

#: what is counted: (how many, in how many seconds)
LIMITS = {"page": (60, 60), "answer": (20, 60), "wrong": (20, 600)}


class AiQuestionGuard(models.Model):
    """One counter per keyed address and window. Nobody reads it; addresses are stored as keyed digests only."""

    _name = "ai.question.guard"
    _description = "Knocks at the Question Page"
    _log_access = False

    key = fields.Char(required=True, readonly=True)
    began = fields.Datetime(required=True, readonly=True)
    count = fields.Integer(readonly=True)

    _key_uniq = models.UniqueIndex("(key)", "One counter per address.")

    @api.model
    def _knock(self, what, address):
        """Count one knock; seconds to wait when there were too many, else 0.

        On a cursor of its own: a refused request rolls back, its count must stay.
        """
        limit, seconds = LIMITS[what]
        with self.env.registry.cursor() as cursor:
            cursor.execute(
                SQL(
                    """INSERT INTO ai_question_guard AS guard (key, began, count)
                       VALUES (%(key)s, now() AT TIME ZONE 'UTC', 1)
                       ON CONFLICT (key) DO UPDATE SET
                           count = CASE WHEN %(fresh)s THEN guard.count + 1 ELSE 1 END,
                           began = CASE WHEN %(fresh)s THEN guard.began ELSE excluded.began END
                       RETURNING count,
                           CEIL(%(seconds)s - EXTRACT(EPOCH FROM (now() AT TIME ZONE 'UTC') - began))""",
                    key=self._key(what, address),
                    fresh=SQL("guard.began > (now() AT TIME ZONE 'UTC') - %s * interval '1 second'", seconds),
                    seconds=seconds,
                )
            )
            [(count, left)] = cursor.fetchall()
        return max(1, int(left)) if count > limit else 0

    @api.model
    def _is_barred(self, what, address):
        """Whether the address is over its limit now; counts nothing."""
        limit, seconds = LIMITS[what]
        self.env.cr.execute(
            SQL(
                """SELECT 1 FROM ai_question_guard
                    WHERE key = %s AND count >= %s AND began > (now() AT TIME ZONE 'UTC') - %s * interval '1 second'""",
                self._key(what, address),
                limit,
                seconds,
            )
        )
        return bool(self.env.cr.rowcount)

    def _key(self, what, address):
        # The secret is the database's own; reading it takes the superuser.
        return hmac(self.env(su=True), "ai_bookkeeper-knock", (what, address))

    @api.autovacuum
    def _gc_knocks(self):
        self.env.cr.execute("DELETE FROM ai_question_guard WHERE began < (now() AT TIME ZONE 'UTC') - interval '1 day'")

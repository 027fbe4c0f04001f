"""Refused attempts are logged, although the transaction that tried is rolled back; a flood of them is counted."""

import logging

from odoo import api, fields, models
from odoo.http import request
from odoo.service.server import thread_local
from odoo.sql_db import Cursor
from odoo.tools import SQL

from ..agents import acting_key

_logger = logging.getLogger(__name__)

MODULE = "ai_bookkeeper"
#: Ids of refused records that one row of the log names.
MOST_IDS = 20
#: Different methods that one user's refusals of a minute are told apart by.
MOST_METHODS = 20
OTHER_METHODS = "(others)"


class AiRefusal(models.Model):
    """Counts one user's refused calls of one method in one minute. The first goes to the log at once, the number of
    the others when the minute is over."""

    _name = "ai.refusal"
    _description = "Refused Attempts in a Minute"
    _log_access = False
    _rec_name = "method"

    user_id = fields.Integer(required=True, readonly=True)
    method = fields.Char(required=True, readonly=True)
    minute = fields.Datetime(required=True, readonly=True, index=True)
    times = fields.Integer(required=True, readonly=True)

    _minute_uniq = models.Constraint("UNIQUE(user_id, method, minute)", "A minute is counted in one row.")

    # === NOTICING === #

    @api.model
    def _concerns(self, model_name):
        """Whether refusals on this model are logged: the addon's own models, and for agents everything."""
        model = self.env.registry.get(model_name)
        own = model is not None and model._original_module == MODULE
        return own or self.env["ai.agent"]._is_agent(self.env.user)

    @api.model
    def _note(self, records, operation=None):
        """A call was refused. What is noted here is written when its transaction is rolled back.

        :param records: those that the refusal is about; empty for a whole model
        :param operation: read, write, create or unlink, where the ORM refused
        """
        called = self._called()
        if called is None:
            return
        cursor = self.env.cr
        noted = cursor.postrollback.data.setdefault("ai_refusal", {})
        if not noted:
            user_id, registry = self.env.uid, self.env.registry
            key_id = acting_key.acting(cursor)

            def write_down():
                _write_down(registry, user_id, key_id, noted)

            cursor.postrollback.add(write_down)
        method, named = called
        ids = [res_id for res_id in records.ids or named if isinstance(res_id, int)]
        noted["method"] = method
        noted["payload"] = {
            "method": method,
            "model": records._name,
            "operation": operation or "",
            "ids": ids[:MOST_IDS],
            "count": len(ids),
        }

    @api.model
    def _called(self):
        """(model.method, ids) of the call that is being served; None outside of calls, as in scheduled actions.

        Names that do not exist are left out: a caller can't fill the log with inventions.
        """
        if not request:
            name = getattr(thread_local, "rpc_model_method", "")
            return (self._known_method(*name.rpartition(".")[::2]), []) if name else None
        asked = getattr(request, "params", None) or {}
        if "__model__" in asked:
            ids = asked.get("ids") or []
            return self._known_method(asked["__model__"], asked["__method__"]), ids if isinstance(ids, list) else []
        if "model" in asked and "method" in asked:
            arguments = asked.get("args") or [[]]
            ids = arguments[0] if isinstance(arguments[0], list) else []
            return self._known_method(asked["model"], asked["method"]), ids
        return getattr(request, "ai_route", "http"), []

    def _known_method(self, model_name, method):
        model = self.env.registry.get(model_name) if isinstance(model_name, str) else None
        if model is None:
            return "(no such model)"
        if not isinstance(method, str) or not callable(getattr(model, method, None)):
            return f"{model_name}.(no such method)"
        return f"{model_name}.{method}"

    # === WRITING === #

    @api.model
    def _count(self, method):
        """Count one refusal; returns the name to log it under, or None when this minute's first is in the log."""
        self.env.cr.execute(
            SQL(
                """
                WITH clock AS (SELECT date_trunc('minute', clock_timestamp() AT TIME ZONE 'utc') AS minute),
                     known AS (SELECT count(*) AS methods, bool_or(method = %(method)s) AS told
                                 FROM ai_refusal JOIN clock USING (minute) WHERE user_id = %(user)s)
                INSERT INTO ai_refusal AS r (user_id, method, minute, times)
                SELECT %(user)s, CASE WHEN methods < %(most)s OR told THEN %(method)s ELSE %(others)s END, minute, 1
                  FROM clock, known
                ON CONFLICT (user_id, method, minute) DO UPDATE SET times = r.times + 1
                RETURNING method, times
                """,
                method=method,
                user=self.env.uid,
                most=MOST_METHODS,
                others=OTHER_METHODS,
            )
        )
        name, times = self.env.cr.fetchone()
        return name if times == 1 else None

    @api.model
    def _cron_tell(self):
        """Say how often the refusals of closed minutes were repeated, and forget the counters."""
        closed = self.search([("minute", "<", fields.Datetime.subtract(self.env.cr.now(), minutes=1))])
        for row in closed.filtered(lambda row: row.times > 1):
            user = self.env["res.users"].browse(row.user_id).exists()
            payload = {"method": row.method, "minute": str(row.minute), "repeated": row.times - 1}
            if user:
                self.env["ai.audit.log"].with_user(user)._append("refused", user, [payload])
        closed.unlink()


def _write_down(registry, user_id, key_id, noted):
    """Log a refusal in a transaction of its own. Never raises: the caller is being told of the refusal."""
    try:
        with registry.cursor() as cursor:
            if isinstance(cursor, Cursor):
                # Two workers count at once: they wait for each other instead of failing.
                cursor.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            acting_key.remember(cursor, key_id)
            env = api.Environment(cursor, user_id, {})
            name = env["ai.refusal"]._count(noted["method"])
            if name:
                payload = {**noted["payload"], "method": name}
                # About the user who tried: who may read the log learns of it, whatever was asked for.
                env["ai.audit.log"]._append("refused", env.user.sudo(), [payload])
                env.flush_all()
    except Exception:
        _logger.exception("A refused attempt of user %s could not be logged: %s", user_id, noted)

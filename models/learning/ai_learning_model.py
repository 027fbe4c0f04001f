"""Snapshots of what was learned: immutable, versioned, plain data; newer lessons are laid over the newest."""

import json
import zlib
from base64 import b64decode, b64encode
from collections import OrderedDict
from decimal import Decimal
from threading import Lock

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.learning import Case, Example, Learner
from ...engine.learning.learner import VERSION

#: Learners kept per process: what is asked for again and again while people decide.
KEPT = 4

_LESSONS = """
    SELECT e.id, e.res_id, e.date, e.payee, e.payee_name, e.text, e.amount, c.name AS currency,
           c.decimal_places AS places, e.journal_id, e.transaction_code, e.label, e.weight
      FROM ai_learning_event e JOIN res_currency c ON c.id = e.currency_id
"""


class _Shelf:
    """Learners by what they know: (database, snapshot, lessons laid over it). What is in it is never changed."""

    def __init__(self):
        self._lock = Lock()
        self._found = OrderedDict()

    def get(self, key):
        with self._lock:
            learner = self._found.get(key)
            if learner is not None:
                self._found.move_to_end(key)
            return learner

    def put(self, key, learner):
        with self._lock:
            self._found[key] = learner
            while len(self._found) > KEPT:
                self._found.popitem(last=False)


_SHELF = _Shelf()


class AiLearningModel(models.Model):
    """One snapshot of one company and scope. ``_learner`` is what everybody asks."""

    _name = "ai.learning.model"
    _description = "What Was Learned"
    _order = "id desc"

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    scope = fields.Char(required=True, default="bank_coding")
    version = fields.Integer(required=True, help="Counts up per company and scope.")
    format = fields.Integer(required=True, help="Of the data: engine.learning.learner.VERSION.")
    last_event_id = fields.Integer(required=True, help="The newest lesson in it; newer ones are overlaid.")
    lesson_count = fields.Integer(required=True)
    data = fields.Binary(required=True, attachment=True, help="The learner's JSON, compressed.")
    measured = fields.Json(help="How often it was right, by confidence: the reliability diagram.")

    _version_uniq = models.Constraint("UNIQUE(company_id, scope, version)", "A version exists once.")

    # === ASKING === #

    @api.model
    def _learner(self, company, scope="bank_coding"):
        """(Learner, version) that knows every decision up to now; it must not be taught.

        Cached by exactly what it knows, so that nothing of a rolled back transaction or another company gets into it.
        """
        snapshot = self.sudo().search(
            [("company_id", "=", company.id), ("scope", "=", scope), ("format", "=", VERSION)], limit=1
        )
        newer = self._newer_events(company, scope, snapshot)
        version = f"coding-{VERSION}/{snapshot.version}+{len(newer)}"
        key = (self.env.cr.dbname, company.id, scope, snapshot.id, tuple(newer))
        learner = _SHELF.get(key)
        if learner is None:
            learner = snapshot._loaded() if snapshot else Learner(self._names(company))
            self._overlay(learner, newer)
            _SHELF.put(key, learner)
        return learner, version

    @api.model
    def _newer_events(self, company, scope, snapshot):
        """Ids of the lessons, and of what takes one back, that the snapshot does not know."""
        self.env["ai.learning.event"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM ai_learning_event WHERE company_id = %s AND scope = %s AND id > %s ORDER BY id",
                company.id,
                scope,
                snapshot.last_event_id or 0,
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _overlay(self, learner, event_ids):
        if not event_ids:
            return
        rows = self.env.execute_query_dict(SQL(_LESSONS + " WHERE e.id = ANY(%s) ORDER BY e.id", event_ids))
        learner.learn_many(self._as_example(row) for row in rows)

    @api.model
    def _as_example(self, row):
        amount = Decimal(str(row["amount"])).quantize(Decimal(1).scaleb(-row["places"]))
        case = Case(
            key=row["res_id"],
            date=row["date"],
            payee=row["payee"] or "",
            text=row["text"] or "",
            amount=amount,
            currency=row["currency"],
            unit=str(row["journal_id"] or ""),
            name=row["payee_name"] or "",
            code=row["transaction_code"] or "",
        )
        return Example(case, row["label"], row["weight"])

    @api.model
    def _names(self, company):
        return {}

    # === DATA === #

    def _loaded(self):
        """A learner of its own from this snapshot; bytes are data: nothing in them is executed."""
        return Learner.from_json(json.loads(zlib.decompress(b64decode(self.data))))

    @api.model
    def _packed(self, learner):
        return b64encode(zlib.compress(json.dumps(learner.to_json(), separators=(",", ":")).encode()))

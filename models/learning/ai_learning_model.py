"""Snapshots of what was learned: immutable, versioned, plain data; newer lessons are laid over the newest."""

import json
import time
import zlib
from base64 import b64decode, b64encode
from functools import lru_cache

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...engine.learning import Learner
from ...engine.learning.learner import VERSION
from . import lessons
from .shelf import SHELF

#: The newest lessons that a snapshot is built from, snapshots that are kept, and how many lessons are laid over one
#: before the next is built.
MOST_LESSONS = 200_000
KEPT_SNAPSHOTS = 12
OVERLAY = 200
#: Lessons laid over at most, where there is no snapshot to build on.
MOST_OVERLAID = 5_000
#: Numbers of rows, counted back from the newest, that may still be committed by somebody else.
WINDOW = 20_000


class AiLearningModel(models.Model):
    """One snapshot of one company and scope. ``_learner`` is what everybody asks."""

    _name = "ai.learning.model"
    _description = "What Was Learned"
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    scope = fields.Char(required=True, default="bank_coding", string="Kind")
    version = fields.Integer(required=True, aggregator=False, help="Counts up per company and scope.")
    format = fields.Integer(required=True, aggregator=False, help="Of the data: engine.learning.learner.VERSION.")
    last_event_id = fields.Integer(
        required=True, aggregator=False, help="The newest lesson in it; newer ones are overlaid."
    )
    gaps = fields.Json(help="Numbers below the newest lesson that were not committed when it was built.")
    lesson_count = fields.Integer(required=True, string="Lessons", aggregator=False)
    date_from = fields.Date(string="First Lesson")
    date_to = fields.Date(string="Last Lesson")
    size = fields.Integer(string="Bytes", aggregator=False)
    seconds = fields.Float(aggregator=False, help="How long it took to learn.")
    # Texts of payments that a journal may hide: the addon reads it, people see what it measured.
    data = fields.Binary(
        required=True, attachment=True, groups=fields.NO_ACCESS, help="The learner's JSON, compressed."
    )
    measured = fields.Json(help="How often it was right, by confidence: the reliability diagram.")

    _version_uniq = models.Constraint("UNIQUE(company_id, scope, version)", "A version exists once.")

    @api.depends("version", "scope")
    def _compute_name(self):
        for snapshot in self:
            snapshot.name = f"{snapshot.scope} {snapshot.version}"

    def write(self, vals):
        """A snapshot stays as it was: what was proposed with it can be understood later."""
        raise UserError(
            self.env._("A snapshot of what was learned is never changed. Learn again: that makes a new one.")
        )

    # === ASKING === #

    @api.model
    def _learner(self, company, scope="bank_coding"):
        """(Learner, version) that knows every decision up to now; it must not be taught.

        Kept by exactly what it knows, so that nothing of a rolled back transaction or another company gets into it.
        """
        snapshot = self._newest(company, scope)
        newer = self._newer(company, scope, snapshot)
        if len(newer) > self._overlay_limit(snapshot):
            self._ask_for_snapshot(company, scope)
        version = f"coding-{VERSION}/{snapshot.version}+{len(newer)}"
        forbidden = company._ai_forbidden_accounts()
        key = (self.env.cr.dbname, company.id, scope, snapshot.id, tuple(newer), forbidden)
        learner = SHELF.get(key)
        if learner is None:
            learner = self._base(company, scope, snapshot)
            rows = self.env.execute_query_dict(lessons.chosen(newer)) if newer else []
            self._teach(learner, lessons.changes(rows), forbidden)
            SHELF.put(key, learner)
        return learner, version

    @api.model
    def _overlay_limit(self, snapshot):
        """How many lessons are laid over it before the next one is built."""
        return OVERLAY if snapshot else MOST_OVERLAID // 10

    @api.model
    def _newest(self, company, scope):
        domain = [("company_id", "=", company.id), ("scope", "=", scope), ("format", "=", VERSION)]
        return self.sudo().search(domain, limit=1)

    @api.model
    def _newer(self, company, scope, snapshot):
        """Ids of the lessons, and of what takes one back, that the snapshot does not know, oldest first."""
        query = lessons.newer(company.id, scope, snapshot.last_event_id or 0, snapshot.gaps or (), MOST_OVERLAID)
        return sorted(row[0] for row in self.env.execute_query(query))

    @api.model
    def _base(self, company, scope, snapshot):
        """A learner of its own: of the snapshot, or one that knows nothing but the names of the accounts."""
        if not snapshot:
            return Learner(company._ai_account_names())
        key = (self.env.cr.dbname, company.id, scope, snapshot.id)
        text = SHELF.get(key)
        if text is None:
            text = zlib.decompress(b64decode(snapshot.data))
            SHELF.put(key, text)
        return Learner.from_json(json.loads(text))

    @api.model
    def _teach(self, learner, changes, forbidden):
        used = lru_cache(maxsize=None)(lambda label: lessons.uses(label, forbidden))
        for example, is_learned in changes:
            if not used(example.label):
                (learner.learn if is_learned else learner.forget)(example)

    # === BUILDING === #

    @api.model
    def _ask_for_snapshot(self, company, scope="bank_coding"):
        """Have the queue build the next snapshot; what waits to be done already stays one job."""
        if not self.env.cr.readonly:
            self.env["sync.job"]._enqueue(
                [
                    {
                        "kind": "learn",
                        "res_model": company._name,
                        "res_id": company.id,
                        "company_id": company.id,
                        "payload": {"task": "snapshot", "scope": scope},
                        "dedup_key": f"learn:{company.id}:{scope}",
                        "order_key": f"learn:{company.id}:{scope}",
                    }
                ]
            )

    @api.model
    def _build(self, company, scope="bank_coding"):
        """Learn everything that counts in order of date and keep it; returns the snapshot."""
        started = time.monotonic()
        newest = self.search([("company_id", "=", company.id), ("scope", "=", scope)], limit=1)
        gaps = [row[0] for row in self.env.execute_query(lessons.missing(WINDOW))]
        [(last,)] = self.env.execute_query(SQL("SELECT COALESCE(max(id), 0) FROM ai_learning_event"))
        rows = self.env.execute_query_dict(lessons.live(company.id, scope, MOST_LESSONS))
        learner = Learner(company._ai_account_names())
        forbidden = company._ai_forbidden_accounts()
        used = lru_cache(maxsize=None)(lambda label: lessons.uses(label, forbidden))
        learner.learn_many(lessons.example(row) for row in rows if not used(row["label"]))
        data = b64encode(zlib.compress(json.dumps(learner.to_json(), separators=(",", ":")).encode()))
        snapshot = self.create(
            {
                "company_id": company.id,
                "scope": scope,
                "version": newest.version + 1,
                "format": VERSION,
                "last_event_id": last,
                "gaps": gaps,
                "lesson_count": len(rows),
                "date_from": rows[0]["date"] if rows else False,
                "date_to": rows[-1]["date"] if rows else False,
                "size": len(data),
                "seconds": time.monotonic() - started,
                "data": data,
                "measured": learner.reliability() if hasattr(learner, "reliability") else [],
            }
        )
        self.search([("company_id", "=", company.id), ("scope", "=", scope)], offset=KEPT_SNAPSHOTS).unlink()
        return snapshot

"""Snapshots of what was learned: immutable, versioned, plain data; newer lessons are laid over the newest."""

import json
import time
import zlib
from base64 import b64decode, b64encode
from functools import lru_cache

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...engine.intervals import interval
from ...engine.learning import Learner
from ...engine.learning.learner import VERSION
from . import lessons
from .shelf import SHELF

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
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
    seconds = fields.Float(aggregator=False, string="Seconds to Learn")
    # Texts of payments that a journal may hide: the addon reads it, people see what it measured.
    data = fields.Binary(
        required=True, attachment=True, groups=fields.NO_ACCESS, help="The learner's JSON, compressed."
    )
    measured = fields.Json(help="How often it was right, by confidence: the reliability diagram.")
    measured_text = fields.Char(compute="_compute_measured_text", string="Where It Was Surest")

    _version_uniq = models.Constraint("UNIQUE(company_id, scope, version)", "A version exists once.")

    @api.depends("version", "scope")
    @api.depends_context("lang")
    def _compute_name(self):
        kinds = dict(self.env["ai.suggestion"]._fields["kind"]._description_selection(self.env))
        for snapshot in self:
            kind = kinds.get(snapshot.scope, snapshot.scope)
            snapshot.name = self.env._("%(kind)s, version %(number)s", kind=kind, number=snapshot.version)

    def write(self, vals):  # pylint: disable=method-required-super
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
        learner = SHELF.get(key)
        if learner is None:
            # Bytes are data: nothing in them is executed.
            learner = Learner.from_json(json.loads(zlib.decompress(b64decode(snapshot.data))))
            SHELF.put(key, learner)
        return learner.copy()

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
                "measured": self._with_intervals(learner.reliability()),
            }
        )
        self.search([("company_id", "=", company.id), ("scope", "=", scope)], offset=KEPT_SNAPSHOTS).unlink()
        return snapshot

    @api.model
    def _with_intervals(self, bins):
        """Each bin of the reliability diagram with the exact 95 % interval of the share that was right."""
        return [{**row, "interval": [round(edge, 4) for edge in interval(row["right"], row["n"])]} for row in bins]

    # === SHOWN === #

    @api.depends("measured")
    @api.depends_context("lang")
    def _compute_measured_text(self):
        for snapshot in self:
            top = max(snapshot.measured or [], key=lambda row: (row["low"], row["n"]), default=None)
            snapshot.measured_text = self._top_sentence(top) if top else self.env._("Nothing was measured yet.")

    @api.model
    def _top_sentence(self, row):
        low, high = row["interval"]
        return self.env._(
            "Of %(n)s said at %(said)s%% or more, %(right)s were right (exact 95%% interval %(low)s%% to %(high)s%%).",
            n=row["n"],
            said=round(100 * row["low"]),
            right=row["right"],
            low=f"{100 * low:.1f}",
            high=f"{100 * high:.1f}",
        )

    def action_learn_now(self):
        """Have the next snapshot built from all lessons, in the background."""
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers start learning. Ask one of them."))
        for company in self.company_id or self.env.companies:
            # Snapshots are the addon's.
            self.sudo()._ask_for_snapshot(company)
        return self.env["ai.suggestion"]._notice(self.env._("It learns in the background. Reload in a moment."))

    def action_open_lessons(self):
        """Open the lessons of this snapshot's company and kind."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_learning_event_action")
        return {**action, "domain": [("company_id", "=", self.company_id.id), ("scope", "=", self.scope)]}

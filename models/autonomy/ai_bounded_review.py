"""Bounded review: from a few bookings, how much of what policies booked is wrongly posted at most."""

import secrets
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL, formatLang

from ...engine.autonomy import Item, Plan, conclude, plan
from ...engine.vocabulary import SAMPLE_DIFFERS, SAMPLE_GONE, SAMPLE_WAITING, SAMPLE_WRONG

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
STATES = [("draft", "Not drawn"), ("drawn", "Being coded"), ("done", "Concluded")]
#: More than these nobody codes: the tolerable misstatement is too small for the books.
MOST = 500
#: What a person says of a review.
TOLD = {"company_id", "date_from", "date_to", "tolerable"}
#: What policies decided, booked in the period, in money of the company.
BOOKED = """
    SELECT s.id, COALESCE((s.policy_facts->>'amount')::numeric, abs(s.amount)::numeric)
      FROM ai_suggestion s
     WHERE s.company_id = %s AND s.decision = 'policy' AND s.state = 'applied'
       AND s.date BETWEEN %s AND %s
     ORDER BY s.date, s.id
"""


class AiBoundedReview(models.Model):
    """A monetary-unit sample. It tests what was booked, not what is missing."""

    _name = "ai.bounded.review"
    _inherit = "mail.thread"
    _description = "Bounded Review"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        string="From", required=True, default=lambda self: fields.Date.today() + relativedelta(months=-1, day=1)
    )
    date_to = fields.Date(
        string="To", required=True, default=lambda self: fields.Date.today() + relativedelta(day=1, days=-1)
    )
    tolerable = fields.Monetary(
        string="Tolerable Misstatement",
        required=True,
        help="Up to this much may be wrongly posted in the period without anybody being misled.",
    )
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, copy=False)
    seed = fields.Char(readonly=True, copy=False, help="The same seed draws the same bookings again.")
    interval = fields.Monetary(readonly=True, copy=False, help="One unit of money is drawn of so many.")
    plan = fields.Json(readonly=True, copy=False, help="What was drawn, exactly.")
    booked_count = fields.Integer(readonly=True, copy=False, string="Booked by Policies")
    booked_amount = fields.Monetary(readonly=True, copy=False)
    sample_ids = fields.One2many("ai.sample", "review_id", readonly=True, copy=False, string="To Be Coded")
    waiting_count = fields.Integer(compute="_compute_waiting_count", string="Still to Code")
    known = fields.Monetary(readonly=True, copy=False, string="Found in Large Bookings")
    likely = fields.Monetary(readonly=True, copy=False, string="Most Likely in All")
    upper = fields.Monetary(readonly=True, copy=False, string="With 95 % Certainty below")
    error_count = fields.Integer(readonly=True, copy=False, string="Found Wrong")
    is_met = fields.Boolean(readonly=True, copy=False, string="Within What Is Tolerable")
    conclusion = fields.Text(compute="_compute_conclusion")
    concluded_at = fields.Datetime(readonly=True, copy=False)

    _tolerable_positive = models.Constraint("CHECK(tolerable > 0)", "Say how much may be wrongly posted: more than 0.")

    @api.depends("date_from", "date_to")
    def _compute_name(self):
        for review in self:
            review.name = f"{review.date_from or ''} – {review.date_to or ''}"

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        if any(review.date_from > review.date_to for review in self):
            raise ValidationError(self.env._("The first day comes before the last."))

    @api.depends("sample_ids.state")
    def _compute_waiting_count(self):
        for review in self:
            # Counted for everybody alike: a sample in a closed journal waits, too.
            waiting = review.sudo().sample_ids.filtered(lambda s: s.state in (SAMPLE_WAITING, SAMPLE_DIFFERS))
            review.waiting_count = len(waiting)

    @api.depends("state", "upper", "booked_count", "waiting_count", "tolerable")
    @api.depends_context("lang")
    def _compute_conclusion(self):
        for review in self:
            review.conclusion = review._conclusion()

    def _conclusion(self):
        if self.state == "draft":
            return False
        count = len(self.sudo().sample_ids)
        if self.state == "drawn":
            return self.env._(
                "%(count)s of %(all)s bookings were drawn, %(waiting)s are still to be coded. If none is wrong, the "
                "wrongly posted value is below %(tolerable)s with 95 %% certainty.",
                count=count,
                all=self.booked_count,
                waiting=self.waiting_count,
                tolerable=self._money(self.tolerable),
            )
        lines = [
            self.env._(
                "95 %% sure that wrongly posted value is below %(upper)s, of %(amount)s in %(all)s bookings; "
                "%(count)s were looked at, %(errors)s of them were wrong.",
                upper=self._money(self.upper),
                amount=self._money(self.booked_amount),
                all=self.booked_count,
                count=count,
                errors=self.error_count,
            )
        ]
        if not self.is_met:
            lines.append(
                self.env._(
                    "That is more than the tolerable %(tolerable)s: autopilot asks again.",
                    tolerable=self._money(self.tolerable),
                )
            )
        return "\n".join(lines)

    def _money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    # === RIGHTS === #

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers do this. Ask one of them."))
        self.check_access("write")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_told(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_told(vals)
        if TOLD & vals.keys() and any(review.state != "draft" for review in self):
            raise UserError(self.env._("What is drawn is drawn: make another review for another period or amount."))
        return super().write(vals)

    def _check_told(self, vals):
        """What the sample says is not for people to write."""
        said = {name for name in vals if name in self._fields and self._fields[name].readonly} - TOLD
        if said and not self.env.su:
            raise UserError(self.env._("What a review says follows from what was coded."))

    # === DRAWING === #

    def action_draw(self):
        """Draw the bookings that are to be coded blind."""
        self.ensure_one()
        self._check_manager()
        if self.state != "draft":
            raise UserError(self.env._("This is drawn already."))
        review = self.sudo()
        review.seed = review.seed or str(secrets.randbits(63))
        items = review._items()
        drawn = plan(items, review._exact(review.tolerable), int(review.seed))
        if not items:
            raise UserError(self.env._("No policy booked anything in this period."))
        if len(drawn.keys) > MOST:
            raise UserError(
                self.env._(
                    "%(count)s bookings would have to be coded. Tolerate more, or take a shorter period.",
                    count=len(drawn.keys),
                )
            )
        review._make_samples(drawn)
        review.write(
            {
                "state": "drawn",
                "interval": float(drawn.interval),
                "plan": drawn.to_json(),
                "booked_count": len(items),
                "booked_amount": float(drawn.total),
            }
        )
        payload = {"seed": review.seed, "tolerable": review.tolerable, "booked": len(items), **review.plan}
        self.env["ai.audit.log"]._append("review_drawn", review, [payload])
        review._conclude_when_done()
        return True

    def _items(self):
        self.env["ai.suggestion"].flush_model()
        rows = self.env.execute_query(SQL(BOOKED, self.company_id.id, self.date_from, self.date_to))
        return [Item(key, self._exact(amount)) for key, amount in rows]

    def _exact(self, amount):
        return Decimal(str(amount)).quantize(Decimal(1).scaleb(-self.currency_id.decimal_places))

    def _make_samples(self, drawn):
        """One sample a booking; what was coded blind before, for autopilot, is taken over."""
        samples = self.env["ai.sample"]
        suggestions = self.env["ai.suggestion"].browse(drawn.keys)
        coded = {
            sample.suggestion_id.id: sample
            for sample in samples.search([("suggestion_id", "in", suggestions.ids), ("coded_at", "!=", False)])
        }
        taken = ("state", "coding", "coded_by_id", "coded_at", "error_kind", "wrong")
        rows, large = [], set(drawn.large)
        for suggestion in suggestions:
            values = samples._values_of(suggestion)
            before = coded.get(suggestion.id)
            if before:
                values |= before._convert_to_write({name: before[name] for name in taken})
            rows.append({**values, "review_id": self.id, "is_large": suggestion.id in large})
        return samples.create(rows)

    # === CONCLUDING === #

    def _conclude_when_done(self):
        """When the last booking is coded, and nowhere it is open who was right, the sample says its word."""
        for review in self.sudo():
            if review.state == "drawn" and not review.waiting_count:
                review._conclude()

    def _conclude(self):
        wrong, amounts = {}, {}
        for sample in self.sample_ids:
            key = sample.suggestion_id.id
            facts = (sample.policy_facts or {}).get("amount")
            amounts[key] = self._exact(facts if facts else abs(sample.amount))
            if sample.state in (SAMPLE_WRONG, SAMPLE_GONE):
                # Taken back before anybody coded it: entirely wrong is the safe side.
                wrong[key] = amounts[key] if sample.state == SAMPLE_GONE else self._exact(sample.wrong)
        drawn = Plan.from_json(self.plan)
        found = conclude(drawn, amounts, wrong, self._exact(self.tolerable))
        self.write(
            {
                "state": "done",
                "known": float(found.known),
                "likely": float(found.likely),
                "upper": float(found.upper),
                "error_count": found.errors,
                "is_met": found.is_met,
                "concluded_at": fields.Datetime.now(),
            }
        )
        payload = {"upper": self.upper, "likely": self.likely, "known": self.known, "errors": self.error_count}
        self.env["ai.audit.log"]._append("review_concluded", self, [payload])
        if not found.is_met:
            gates = self.env["ai.gate"].search([("company_id", "=", self.company_id.id), ("state", "!=", "closed")])
            for gate in gates:
                gate._shut("review", {})

    def action_open_samples(self):
        """Open the bookings that are to be coded."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_sample_action")
        return {**action, "domain": [("review_id", "=", self.id)], "context": {}}

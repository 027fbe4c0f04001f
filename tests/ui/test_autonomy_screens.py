from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from ..autonomy.common import AutopilotCase
from ..common_browser import BrowserCase


@tagged("post_install", "-at_install")
class TestAutonomyScreens(AutopilotCase, BrowserCase):
    """A manager sees a gate open, a reviewer codes blind, people take back, and the manager sees it closed."""

    def test_open_sampled_reviewed_closed(self):
        self.income.name = "Tour Income"
        # Enough that one error does not break the bound.
        self.replayed(60, confidence=1.0)
        _policy, gate = self.opened(sample_rate=1.0)
        # A review is of the last month, if nobody says otherwise.
        booked = self.alone(5, date=fields.Date.today() + relativedelta(day=1, days=-3))
        self.start_tour("/odoo/bookkeeping-autonomy", "ai_bookkeeper_gate_open", login=self.manager.login)
        self.start_tour("/odoo/bookkeeping-samples", "ai_bookkeeper_sample_blind", login=self.reviewer.login)
        self.env.invalidate_all()
        self.assertEqual(sorted(booked.mapped("state")), ["applied"] * 4 + ["undone"])
        self.start_tour("/odoo/bookkeeping-bounded-review", "ai_bookkeeper_bounded_review", login=self.manager.login)
        self.env.invalidate_all()
        booked.filtered(lambda suggestion: suggestion.state == "applied")[:2].action_undo()
        self.assertEqual((gate.state, gate.why), ("closed", "undone"))
        self.start_tour("/odoo/bookkeeping-autonomy", "ai_bookkeeper_gate_closed", login=self.manager.login)

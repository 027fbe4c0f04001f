"""The questions of a signed-in person, in their portal."""

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class QuestionPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "ai_question_count" in counters:
            values["ai_question_count"] = request.env["ai.question.request"]._count_mine()
        return values

    @http.route("/my/questions", type="http", auth="user", website=True, sitemap=False)
    def my_questions(self, **_other):
        return request.render(
            "ai_bookkeeper.portal_my_questions",
            {"requests": request.env["ai.question.request"]._mine(), "page_name": "ai_questions"},
        )

"""Bodies that must stay as they came."""

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        result = super()._pre_dispatch(rule, args)
        if rule.endpoint.routing.get("ai_raw_body"):
            # A body that calls itself a form would be eaten by the form parser, and its signature would fit nothing.
            request.get_http_params = dict
        return result

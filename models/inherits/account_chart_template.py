"""A chart that is loaded after the addon brings the company's accounts for differences."""

from odoo import models


class AccountChartTemplate(models.AbstractModel):
    _name = "account.chart.template"
    _inherit = "account.chart.template"

    def _post_load_data(self, template_code, company, template_data):
        result = super()._post_load_data(template_code, company, template_data)
        company._ai_set_defaults()
        return result

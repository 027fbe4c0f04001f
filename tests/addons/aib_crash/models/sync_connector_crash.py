"""What comes in makes a partner each time that it is understood: whoever does it twice is seen."""

import json

from odoo import models

MOST_BYTES = 10_000


class SyncConnectorCrash(models.AbstractModel):
    _name = "sync.connector.crash"
    _inherit = "sync.connector"
    _description = "Crash test"

    def _understand(self, connection, intake):
        told = json.loads(intake._data(MOST_BYTES))
        self.env["res.partner"].sudo().create({"name": told["name"]})
        intake._settle("done", told["name"])

"""Faults of our own, to see that the judge convicts: ``AIB_SABOTAGE`` names one."""

import os

from odoo import models


class SyncHandlerPush(models.AbstractModel):
    _inherit = "sync.handler.push"

    def _probe(self, job):
        # Blind: sends again without asking first.
        return None if os.environ.get("AIB_SABOTAGE") == "blind" else super()._probe(job)

    def _send(self, request):
        # Deaf: takes a request for sent that never left.
        if os.environ.get("AIB_SABOTAGE") == "deaf":
            return {"status": 200, "headers": {}, "body": b'{"remote_id": "R-0", "version": "1"}'}
        return super()._send(request)

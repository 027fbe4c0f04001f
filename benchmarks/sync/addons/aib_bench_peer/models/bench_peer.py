"""What a module on queue_job would do: one request a job."""

import requests

from odoo import models


class BenchPeer(models.AbstractModel):
    _name = "aib.bench.peer"
    _description = "Peer of the sync benchmark"

    def _deliver(self, url, key, body):
        # Like everybody: keep-alive is of no use, a job may run in any process.
        reply = requests.post(url, data=body, headers={"Idempotency-Key": key}, timeout=10)
        reply.raise_for_status()

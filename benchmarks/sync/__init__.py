"""Deliveries, latency, claiming: what the sync desk does in a second, beside OCA queue_job."""

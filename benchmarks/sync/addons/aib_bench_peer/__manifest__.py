{
    "name": "AI Bookkeeper: the peer of the sync benchmark",
    "summary": "For bin/bench sync: the same request as a job of queue_job",
    "version": "19.0.1.0.0",
    "author": "AI Bookkeeper contributors",
    "license": "LGPL-3",
    "category": "Hidden",
    "depends": ["queue_job"],
    "installable": True,
}

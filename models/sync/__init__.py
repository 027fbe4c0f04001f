from . import egress  # isort: skip
from . import sync_capture, sync_connection, sync_connector, sync_handler  # isort: skip
from . import sync_connection_guard, sync_connection_health, sync_connection_jobs  # isort: skip
from . import sync_connection_lifecycle, sync_cursor  # isort: skip
from . import sync_binding, sync_delivery, sync_event, sync_intake, sync_job, sync_secret, sync_webhook
from . import sync_metrics, sync_retention, sync_tally, sync_tick
from . import sync_trouble, sync_watchdog
from . import sync_dashboard
from . import sync_pause
from . import sync_mixin  # isort: skip
from . import account_move, account_payment, base_partner_merge, res_partner
from . import sync_job_status
from . import sync_breaker, sync_job_claim, sync_job_history, sync_job_outcome, sync_job_person, sync_job_receipt
from . import sync_job_run, sync_runner
from . import sync_runner_queue_job  # isort: skip
from . import sync_event_feed, sync_event_tick, sync_event_vacuum, sync_generation, sync_generation_doubt, sync_laggard
from . import ir_http_hook, sync_connection_hook, sync_connector_hook, sync_handler_intake, sync_intake_guard
from . import sync_webhook_header, sync_webhook_send  # isort: skip
from . import sync_handler_deliver, sync_payload
from . import sync_webhook_events, sync_webhook_health, sync_webhook_resend, sync_webhook_secret

# Last: it adds words to what is there.
from . import sync_job_words, sync_event_words  # isort: skip
from . import sync_handler_import, sync_job_import  # isort: skip

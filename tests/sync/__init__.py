from . import test_secrets
from . import test_tally
from . import test_metrics
from . import test_watchdog
from . import test_sync_settings
from . import test_sync_dashboard
from . import test_capture, test_feed, test_generation, test_sequencer
from . import test_queue, test_queue_order, test_queue_people, test_queue_runner
from . import test_hook, test_hook_test, test_intake_file
from . import test_job_words
from . import (
    test_bindings,
    test_capture,
    test_feed,
    test_generation,
    test_hidden_records,
    test_hook,
    test_hook_test,
    test_intake_file,
    test_job_words,
    test_merged_partners,
    test_metrics,
    test_pause,
    test_queue,
    test_queue_order,
    test_queue_people,
    test_queue_runner,
    test_secrets,
    test_sequencer,
    test_status,
    test_sync_dashboard,
    test_sync_settings,
    test_tally,
    test_watchdog,
    test_webhook_delivery,
    test_webhook_payload,
    test_webhooks,
)

from . import test_sync_webhooks

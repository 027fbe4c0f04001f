from . import sync_connector_fake

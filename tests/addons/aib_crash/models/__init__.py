from . import sync_connector_crash

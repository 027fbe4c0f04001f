from . import sync_connector_crash, sync_sabotage

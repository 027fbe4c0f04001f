from . import sync_event

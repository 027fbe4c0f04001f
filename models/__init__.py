from . import audit, bank, facts, inherits, proposers, suggestion, sync

from . import approve, ask, document, hook, metrics, portal, reconciliation
